/// <reference lib="esnext.disposable" />
/* tslint:disable */
/* eslint-disable */

/**
 * A client for one OMICall tenant. Create it once and keep it: all its calls share the access token.
 *
 * @example
 * ```ts
 * await initAsync();
 * const callCenter = new CallCenter({
 *   baseUrl: "https://public-v1-stg.omicall.com",
 *   auth: {
 *     getAccessToken: async () => {
 *       const response = await fetch("/my-backend/omicall-token");
 *       if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
 *       return response.text();
 *     },
 *   },
 * });
 * const page = await callCenter.phones.list({ keyword: "147" });
 * ```
 */
export class CallCenter {
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * An access token that calls could use now: the one that the client holds, or a new one shortly before that expires. So a
     * backend that has the API key can hand out tokens to its pages, and signs in once for all of them. It does not notice that OMICall
     * revoked a token before its `exp`, and returns it again: if your pages then get 401, make a new `CallCenter`.
     *
     * @example
     * ```ts
     * const callCenter = new CallCenter({ baseUrl, auth: { apiKey: process.env.OMICALL_API_KEY! } });
     * app.get("/my-backend/omicall-token", async (request, response) => response.type("text").send(await callCenter.accessToken()));
     * ```
     *
     * @param options abort signal, timeout and retries; `validation` has no effect here
     * @returns the token, without `Bearer`
     * @throws {OmiCallError} `auth` if there is no token; or any request error of the sign-in, see `ErrorKind`.
     */
    accessToken(options?: CallOptions | null): Promise<string>;
    /**
     * Creates a client. It sends nothing until the first call.
     *
     * @param options the URL of the API and how to sign in; all other options have defaults
     * @throws {OmiCallError} `usage` if an option is missing, unknown or of the wrong type; the message names it.
     */
    constructor(options: CallCenterOptions);
    /**
     * Extension details, with the SIP account.
     */
    readonly extensions: Extensions;
    /**
     * Greetings, the recordings that callers hear.
     */
    readonly greetings: Greetings;
    /**
     * Ring groups.
     */
    readonly groups: Groups;
    /**
     * Hotlines, the public numbers of the tenant.
     */
    readonly hotlines: Hotlines;
    /**
     * IVR scripts.
     */
    readonly ivrScripts: IvrScripts;
    /**
     * Internal phones (extensions).
     */
    readonly phones: Phones;
}



/**
 * A word that the server sent and this package does not list. It is a `string`, but comparing it with a literal does not compile:
 * that is more often a typo than news. To look for a new word, write `(group.strategy as string) === "new_word"`.
 */
declare enum UnlistedWord {
    /** Stands for any word; it does not exist at run time. */
    Word = "a word that is not listed",
}



/**
 * An async iterator over all records of a list. It fetches each list page when its records are needed, and can be used once.
 * It ends after the last page, or if the server repeats a page. It rejects with the same errors as `list`, and with
 * `kind: "aborted"` when its signal is aborted.
 */
export interface PageIterator<T> extends AsyncIterableIterator<T> {
    /**
     * Collects the remaining records, at most `limit`.
     *
     * @example
     * ```ts
     * const first500 = await callCenter.phones.iterate({ size: 100 }).toArray({ limit: 500 });
     * ```
     *
     * @returns the records; rejects with the error of a list page that could not be fetched
     */
    toArray(options?: ToArrayOptions): Promise<T[]>;
    /**
     * Iterates over the list pages instead of the records.
     *
     * @example
     * ```ts
     * for await (const page of callCenter.phones.iterate().pages()) console.log(page.page_number, page.items.length);
     * ```
     */
    pages(): AsyncIterableIterator<Page<T>>;
}



/**
 * Extension details, available as `callCenter.extensions`.
 */
export class Extensions {
    private constructor();
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * Looks up an extension and its SIP account.
     *
     * @example
     * ```ts
     * const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
     * console.log(detail.full_name, detail.pbx_account.sip_web_socket_server);
     * ```
     *
     * @param query the key to look up by, and its value
     * @param options abort signal, timeout and retries of this call
     * @returns the extension; `pbx_account.sip_password` is a secret
     * @throws {OmiCallError} `usage` for an unknown `type` or an empty `keyword`, before anything is sent; `api`
     * with code `extension_invalid` if there is no such extension; or any request error, see `ErrorKind`.
     */
    detail(query: ExtensionQuery, options?: CallOptions | null): Promise<ExtensionDetail>;
}



/**
 * Greetings, the recordings that callers hear. Available as `callCenter.greetings`.
 */
export class Greetings {
    private constructor();
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * Deletes a greeting.
     *
     * With `context`, it is not deleted while a script or a group uses it; `whoUses` of `omicall-call-center/checks` lists the places.
     *
     * @example
     * ```ts
     * const context = { scripts, groups }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
     * if (confirm(`Delete ${greeting.greeting_name}?`)) await callCenter.greetings.delete(greeting._id, { context });
     * ```
     *
     * @param id the `_id` of the greeting
     * @param options abort signal, timeout, retries, `context` and `force` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with an issue `still-used` for each place that uses it, `usage` if the id is empty, both
     * before anything is sent; or any request error, see `ErrorKind`.
     */
    delete(id: string, options?: DeleteOptions | null): Promise<unknown>;
    /**
     * Iterates over all greetings, fetching each list page when it is needed.
     *
     * @example
     * ```ts
     * for await (const greeting of callCenter.greetings.iterate()) console.log(greeting.greeting_name);
     * ```
     *
     * @param query `page` is the first list page, `size` the number of greetings per request
     * @param options abort signal, timeout and retries of each request
     * @returns an async iterator that ends after the last page and rejects like `list`
     */
    iterate(query?: GreetingQuery | null, options?: CallOptions | null): PageIterator<Greeting>;
    /**
     * Lists a page of the greetings.
     *
     * @example
     * ```ts
     * const page = await callCenter.greetings.list({ page: 1, size: 50 });
     * for (const greeting of page.items) console.log(greeting.greeting_name, greeting.content);
     * ```
     *
     * @param query which list page; default: the first
     * @param options abort signal, timeout and retries of this call
     * @returns the list page
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: GreetingQuery | null, options?: CallOptions | null): Promise<Page<Greeting>>;
    /**
     * Creates a greeting from a text, using the vendor's text-to-speech.
     *
     * @example
     * ```ts
     * const { file } = await callCenter.greetings.textToSpeech({
     *   greeting_name: "Welcome", text: "Xin chào, cảm ơn bạn đã gọi.", speed: "0", voice: "banmai",
     * });
     * console.log(file._id);
     * ```
     *
     * @param request name, text, speed and voice
     * @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
     * @returns the new greeting as `file`; its `speed` is a number
     * @throws {OmiCallError} `validation` with the issues of `validateTextToSpeech`, `usage` if a field is
     * missing, unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    textToSpeech(request: TextToSpeechRequest, options?: CallOptions | null): Promise<GreetingFile>;
    /**
     * Uploads a recording. **MP3 only**: any other file is rejected before it is sent.
     *
     * @example
     * ```ts
     * const file = input.files[0]; // of an <input type="file" accept=".mp3">
     * await callCenter.greetings.upload({ file, greeting_name: "Welcome" }, {
     *   onProgress: ({ loaded, total }) => (bar.value = loaded / total),
     *   timeoutMs: 120_000,
     * });
     * ```
     *
     * @param upload the recording and its name
     * @param options progress, abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with the issues of `validateGreetingFile` and of the name if there is one,
     * `usage` if `file` is not a file, both before anything is sent; or any request error, see `ErrorKind`.
     */
    upload(upload: GreetingUpload, options?: GreetingUploadOptions | null): Promise<unknown>;
}



/**
 * Hotlines, the public numbers of the tenant. Available as `callCenter.hotlines`.
 */
export class Hotlines {
    private constructor();
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * Assigns a hotline to exactly one extension.
     *
     * @example
     * ```ts
     * await callCenter.hotlines.assignToExtension({ hotline: "02473000000", user_email: "an@example.com", directions: ["outbound"] });
     * ```
     *
     * @param assignment the number, the agent and the directions
     * @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `usage` if a field is missing, unknown or of the wrong type, before anything is sent;
     * or any request error, see `ErrorKind`.
     */
    assignToExtension(assignment: HotlineAssignment, options?: CallOptions | null): Promise<unknown>;
    /**
     * Lists the active hotlines. The list has no pages.
     *
     * @example
     * ```ts
     * const numbers = await callCenter.hotlines.list({ extension: "147" });
     * console.log(numbers.join(", "));
     * ```
     *
     * @param query which extension's hotlines; default: all active ones
     * @param options abort signal, timeout and retries of this call
     * @returns the numbers in the server's format
     * @throws {OmiCallError} `usage` if `extension` is not a string, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: HotlineQuery | null, options?: CallOptions | null): Promise<string[]>;
}



/**
 * IVR scripts, available as `callCenter.ivrScripts`.
 */
export class IvrScripts {
    private constructor();
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * Creates an IVR script.
     *
     * A caller hears the greeting, during which keys count already. A wrong key plays `invalid_sound_id`; after `max_failure` of them,
     * or `time_out` seconds of silence, the fallback follows (`action_type` and `action`), or the call ends. A script without keys plays
     * its greeting and goes on. To a caller who comes back, it plays `greeting_short_id`.
     *
     * @example
     * ```ts
     * const script = await callCenter.ivrScripts.create({
     *   script_name: "Main menu",
     *   greeting_id: greeting._id,
     *   max_failure: 3,
     *   time_out: 5,
     *   scripts: [{ ivr: "1", action_type: "Ring_group", action: group._id }],
     * });
     * ```
     *
     * @param script name, greeting, limits and keys
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the new script
     * @throws {OmiCallError} `validation` with the issues of `validateIvrScript`, `usage` if a field is missing,
     * unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    create(script: IvrScriptRequest, options?: CheckedCallOptions | null): Promise<IvrScript>;
    /**
     * Deletes an IVR script.
     *
     * With `context`, it is not deleted while a script or a group uses it; `whoUses` of `omicall-call-center/checks` lists the places. A hotline may lead to it all the same.
     *
     * @example
     * ```ts
     * const context = { scripts, groups }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
     * if (confirm(`Delete ${script.script_name}?`)) await callCenter.ivrScripts.delete(script._id, { context });
     * ```
     *
     * @param id the `_id` of the script
     * @param options abort signal, timeout, retries, `context` and `force` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with an issue `still-used` for each place that uses it, `usage` if the id is empty, both
     * before anything is sent; or any request error, see `ErrorKind`.
     */
    delete(id: string, options?: DeleteOptions | null): Promise<unknown>;
    /**
     * Iterates over all IVR scripts, fetching each list page when it is needed.
     *
     * @example
     * ```ts
     * for await (const script of callCenter.ivrScripts.iterate()) console.log(script.script_number, script.script_name);
     * ```
     *
     * @param query which scripts; `page` is the first list page, `size` the number of scripts per request
     * @param options abort signal, timeout and retries of each request
     * @returns an async iterator that ends after the last page and rejects like `list`
     */
    iterate(query?: IvrScriptQuery | null, options?: CallOptions | null): PageIterator<IvrScript>;
    /**
     * Lists a page of the IVR scripts.
     *
     * @example
     * ```ts
     * const page = await callCenter.ivrScripts.list();
     * for (const script of page.items) console.log(script.script_name, script.scripts.map((key) => key.ivr));
     * ```
     *
     * @param query which scripts, and which list page; default: all, page 1
     * @param options abort signal, timeout and retries of this call
     * @returns the list page
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: IvrScriptQuery | null, options?: CallOptions | null): Promise<Page<IvrScript>>;
    /**
     * Changes some fields of an IVR script, and keeps the others: reads the script as it is now, updates it with everything that can
     * be sent, reads it back, and says what is not as it was meant. The rules know all scripts, so `ivr-name-taken` and loops are found.
     *
     * With `unchangedSince`, nothing is sent if somebody has changed the script since you read it. Patches of the same script by one web page
     * run one after the other. The API has no locks: a change that somebody else makes in the moment between the reading and the update
     * is overwritten. If that was a patch too, its `notAsMeant` says so, because it waits as long as that moment lasted, at most two
     * seconds, before it reads the record back. If a response is lost, patch again with the same `unchangedSince`: either the change
     * is made then, or it was made already, and the error names you.
     *
     * @example
     * ```ts
     * const { record, notAsMeant } = await callCenter.ivrScripts.patch(script._id, { time_out: 8 }, { unchangedSince: script });
     * console.log(record.last_updated_date, notAsMeant); // [] if everything else is as it was
     * ```
     *
     * @param id the `_id` of the script
     * @param change the fields that should be different; `scripts` replaces all keys
     * @param options what you know of the script; abort signal, timeout, retries and `context` of its requests
     * @returns the script as it is afterwards, and what is not as it was meant; also if it could not be read back
     * @throws {OmiCallError} `validation`, before anything is changed, with the issue `changed-meanwhile` for each field that somebody
     * changed, `record-missing`, or those of `validateIvrScript`; `usage` for an argument of the wrong type or an unknown field; or
     * any request error, see `ErrorKind`.
     */
    patch(id: string, change: IvrScriptChange, options?: IvrScriptPatchOptions | null): Promise<PatchedIvrScript>;
    /**
     * Updates an IVR script: replaces its name, greeting, `max_failure`, `time_out` and keys.
     *
     * **The server may reset what the update leaves out**: fallback, sounds and direct dialling. `scriptRequest` passes them on.
     * A `note` cannot be sent.
     *
     * @example
     * ```ts
     * const scripts = [{ ivr: "1", action_type: "Ivr_menu", action: other._id }];
     * await callCenter.ivrScripts.update(script._id, { ...scriptRequest(script), scripts });
     * ```
     *
     * @param id the `_id` of the script
     * @param script the new content of the script
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the updated script
     * @throws {OmiCallError} `validation` with the issues of `validateIvrScript`, `usage` if the id is empty, or a
     * field is missing, unknown or of the wrong type, both before anything is sent; or any request error, see
     * `ErrorKind`.
     */
    update(id: string, script: IvrScriptRequest, options?: CheckedCallOptions | null): Promise<IvrScript>;
}



/**
 * Internal phones (extensions), available as `callCenter.phones`.
 */
export class Phones {
    private constructor();
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * Iterates over all internal phones, fetching each list page when it is needed.
     *
     * @example
     * ```ts
     * for await (const phone of callCenter.phones.iterate({ size: 100 })) console.log(phone.full_name);
     * const first500 = await callCenter.phones.iterate().toArray({ limit: 500 });
     * ```
     *
     * @param query which phones; `page` is the first list page, `size` the number of phones per request
     * @param options abort signal, timeout and retries of each request, and `includePasswords`
     * @returns an async iterator that ends after the last page and rejects like `list`; each `password` is `"***"`, unless
     * `includePasswords` is set
     */
    iterate(query?: PhoneQuery | null, options?: PhoneListOptions | null): PageIterator<InternalPhone>;
    /**
     * Lists a page of the internal phones.
     *
     * @example
     * ```ts
     * const page = await callCenter.phones.list({ keyword: "Nguyễn", page: 1, size: 50 });
     * for (const phone of page.items) console.log(phone.sip_user, phone.full_name);
     * ```
     *
     * @param query which phones, and which list page; default: all, page 1
     * @param options abort signal, timeout and retries of this call, and `includePasswords`
     * @returns the list page; each `password` is `"***"`, unless `includePasswords` is set
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: PhoneQuery | null, options?: PhoneListOptions | null): Promise<Page<InternalPhone>>;
    /**
     * Enables or disables an internal phone. A disabled extension cannot connect from anywhere, desk phones included.
     *
     * @example
     * ```ts
     * await callCenter.phones.setEnabled({ sip_user: "147", enabled: false });
     * ```
     *
     * @param status the phone, and whether to enable it
     * @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `usage` if a field is missing, unknown or of the wrong type, before anything is sent;
     * `api` if there is no such extension; or any request error, see `ErrorKind`.
     */
    setEnabled(status: PhoneStatusRequest, options?: CallOptions | null): Promise<unknown>;
}



/**
 * Makes the request of `ivrScripts.update` from a script, to change something in it and to keep the rest: the server replaces the
 * whole script. Keys that lead nowhere stay; optional fields that are empty are left out. **A `note` cannot be sent**, so an update
 * probably resets it; it is the only field that is lost, and has always been `null` so far.
 *
 * @example
 * ```ts
 * if (script.note) throw new Error("the note can only be set in the vendor's console again");
 * await callCenter.ivrScripts.update(script._id, { ...scriptRequest(script), script_name: "Welcome" });
 * ```
 *
 * @param script a script of `ivrScripts.list`
 * @returns the request: what the server takes of the record, nothing more
 * @throws {OmiCallError} `usage` if `script` has no `scripts`, or one of them is not a key
 */
export function scriptRequest(script: DeepReadonly<IvrScript>): Mutable<IvrScriptRequest>;

/** The fields that `ivrScripts.patch` changes; all others stay as they are. `null` and `""` clear an optional field. */
export type IvrScriptChange = { readonly [Field in keyof IvrScriptRequest]?: IvrScriptRequest[Field] | null | undefined };

/** Options of `ivrScripts.patch`; they override the client's. Timeout and retries are those of each request. */
export interface IvrScriptPatchOptions extends CheckedCallOptions {
    /**
     * What you know of the script: the record as you read it, or its `last_updated_date`. If somebody has changed the script since,
     * nothing is sent. Without it, the change is made to whatever the script is now.
     */
    unchangedSince?: DeepReadonly<IvrScript> | number | null | undefined;
}

/** What `ivrScripts.patch` did. */
export type PatchedIvrScript = PatchedRecord<
IvrScript,
IvrScriptRequest,
| "script_name" | "greeting_id" | "max_failure" | "time_out" | "scripts" | "action_type" | "action" | "greeting_short_id" | "invalid_sound_id"
| "ivr_direct_menu_dial" | "note"
>;



/**
 * Ring groups, available as `callCenter.groups`.
 */
export class Groups {
    private constructor();
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: "usage"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: "/omicall", auth });
     * ```
     */
    [Symbol.dispose](): void;
    /**
     * Adds extensions to a ring group.
     *
     * @example
     * ```ts
     * await callCenter.groups.addMembers({ group_id: group._id, sip_users: ["147", "145"] });
     * ```
     *
     * @param change the group and the extensions
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with the issues of `validateGroupMembers`, `usage` if a field is
     * missing, unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    addMembers(change: GroupMembersChange, options?: CheckedCallOptions | null): Promise<unknown>;
    /**
     * Creates a ring group.
     *
     * To copy a group, leave the overflow out, which only an update takes:
     * `const { target_timeout, target_timeout_type, ...copy } = groupRequest(group, phones).request`.
     *
     * @example
     * ```ts
     * const group = await callCenter.groups.create({ group_name: "Nhóm Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 20 });
     * console.log(group._id, group.group_number);
     * ```
     *
     * @param group name, strategy, extensions, and how many seconds each member rings
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the new group, with `sip_members` and `timeout`
     * @throws {OmiCallError} `validation` with the issues of `validateGroup`, `usage` if a field is missing,
     * unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    create(group: GroupRequest, options?: CheckedCallOptions | null): Promise<InternalGroup>;
    /**
     * Deletes a ring group.
     *
     * With `context`, it is not deleted while a script or a group uses it; `whoUses` of `omicall-call-center/checks` lists the places. A hotline may lead to it all the same.
     *
     * @example
     * ```ts
     * const context = { scripts, groups }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
     * if (confirm(`Delete ${group.group_name}?`)) await callCenter.groups.delete(group._id, { context });
     * ```
     *
     * @param id the `_id` of the group
     * @param options abort signal, timeout, retries, `context` and `force` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with an issue `still-used` for each place that uses it, `usage` if the id is empty, both
     * before anything is sent; or any request error, see `ErrorKind`.
     */
    delete(id: string, options?: DeleteOptions | null): Promise<unknown>;
    /**
     * Iterates over all ring groups, fetching each list page when it is needed.
     *
     * @example
     * ```ts
     * for await (const group of callCenter.groups.iterate()) console.log(group.group_number, group.group_name);
     * ```
     *
     * @param query which groups; `page` is the first list page, `size` the number of groups per request
     * @param options abort signal, timeout and retries of each request
     * @returns an async iterator that ends after the last page and rejects like `list`
     */
    iterate(query?: GroupQuery | null, options?: CallOptions | null): PageIterator<InternalGroup>;
    /**
     * Lists a page of the ring groups.
     *
     * @example
     * ```ts
     * const page = await callCenter.groups.list({ keyword: "Sales" });
     * for (const group of page.items) console.log(group.group_name, group.strategy, group.members.length);
     * ```
     *
     * @param query which groups, and which list page; default: all, page 1
     * @param options abort signal, timeout and retries of this call
     * @returns the list page
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: GroupQuery | null, options?: CallOptions | null): Promise<Page<InternalGroup>>;
    /**
     * Moves extensions from one ring group to another: adds them there, then removes them here. So nobody is left out if the second half
     * fails; the error then says so, and `error.moved` how far it came.
     *
     * The groups are not read. An extension that is in the second group already stays in it; one that is not in the first one is added
     * to the second one all the same.
     *
     * @example
     * ```ts
     * try {
     *   await callCenter.groups.moveMembers(sales._id, support._id, ["147", "145"]);
     * } catch (error) {
     *   if (error instanceof OmiCallError && error.moved?.removed === "failed") tell("They are in both groups now.");
     *   else throw error;
     * }
     * ```
     *
     * @param from the `_id` of the group that they leave
     * @param to the `_id` of the group that they join
     * @param extensions the extensions
     * @param options abort signal, timeout, retries and `context` of each of the two requests
     * @throws {OmiCallError} `validation` with the issues of `validateGroupMembers`, `usage` for an argument of the wrong type or the
     * same group twice, both before anything is sent; or any request error of either half, see `ErrorKind`.
     */
    moveMembers(from: string, to: string, extensions: readonly string[], options?: CheckedCallOptions | null): Promise<void>;
    /**
     * Changes some fields of a ring group, and keeps the others: reads the group as it is now, updates it with everything that can be
     * sent, reads it back, and says what is not as it was meant.
     *
     * With `unchangedSince`, nothing is sent if somebody has changed the group since you read it. Patches of the same group by one web page
     * run one after the other. The API has no locks: a change that somebody else makes in the moment between the reading and the update
     * is overwritten. If that was a patch too, its `notAsMeant` says so, because it waits as long as that moment lasted, at most two
     * seconds, before it reads the record back. If a response is lost, patch again with the same `unchangedSince`: either the change
     * is made then, or it was made already, and the error names you.
     *
     * @example
     * ```ts
     * try {
     *   const { notAsMeant } = await callCenter.groups.patch(group._id, { group_name: "Sales" }, { unchangedSince: group, phones });
     *   for (const { field, meant } of notAsMeant) console.warn(`${field} was ${String(meant)}, and was reset`);
     * } catch (error) {
     *   const changed = error instanceof OmiCallError && error.issues.find(({ code }) => code === "changed-meanwhile");
     *   if (!changed) throw error;
     *   alert(changed.message); // "Changed by An, 2026-11-27T08:54:20.000Z, after it was read"
     * }
     * ```
     *
     * @param id the `_id` of the group
     * @param change the fields that should be different; `sip_members` replaces all members, and a group that has none needs a `timeout`
     * @param options what you know of the group; abort signal, timeout, retries and `context` of its requests
     * @returns the group as it is afterwards, and what is not as it was meant; also if it could not be read back
     * @throws {OmiCallError} `validation`, before anything is changed, with the issue `changed-meanwhile` for each field that somebody
     * changed, `record-missing`, `members-unresolved` if members would leave the group because no phone has their agent, or those of
     * `validateGroup`; `usage` for an argument of the wrong type or an unknown field; or any request error, see `ErrorKind`.
     */
    patch(id: string, change: GroupChange, options?: GroupPatchOptions | null): Promise<PatchedGroup>;
    /**
     * Takes extensions out of a ring group.
     *
     * @example
     * ```ts
     * await callCenter.groups.removeMembers({ group_id: group._id, sip_users: ["145"] });
     * ```
     *
     * @param change the group and the extensions
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with the issues of `validateGroupMembers`, `usage` if a field is
     * missing, unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    removeMembers(change: GroupMembersChange, options?: CheckedCallOptions | null): Promise<unknown>;
    /**
     * Updates a ring group: replaces its name, strategy, members and timeout.
     *
     * **Anyone who is not in `sip_members` leaves the group, and the server may reset what the update leaves out**: the overflow, so
     * pass it as it is, and the ring-back tone, `is_answer`, the criteria and others, which can only be set again in the vendor's
     * console. `groupRequest` passes on what can be sent, and says what cannot. With `context`, `onIssue` receives warnings about
     * lost members and overflows too; without `onIssue`, the console shows them.
     *
     * @example
     * ```ts
     * const [groups, phones] = [await callCenter.groups.iterate().toArray(), await callCenter.phones.iterate().toArray()];
     * const { request, unresolved, lost } = groupRequest(group, phones);
     * const isSafe = unresolved.length === 0 && lost.length === 0;
     * if (isSafe) await callCenter.groups.update(group._id, { ...request, timeout: 30 }, { context: { groups, phones } });
     * ```
     *
     * @param id the `_id` of the group
     * @param group the new content of the group
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the updated group, with `sip_members` and `timeout`
     * @throws {OmiCallError} `validation` with the issues of `validateGroup`, `usage` if the id is empty, or a
     * field is missing, unknown or of the wrong type, both before anything is sent; or any request error, see
     * `ErrorKind`.
     */
    update(id: string, group: GroupUpdateRequest, options?: CheckedCallOptions | null): Promise<InternalGroup>;
}



/**
 * Sorts issues by the field that they are about, named as form libraries name fields: `"scripts.0.action"`.
 *
 * @example
 * ```ts
 * const byField = issuesByField(validateIvrScript(form, context));
 * const messages = byField["scripts.0.action"]?.map((issue) => issue.message);
 * const ofWholeForm = byField[""] ?? [];
 * ```
 *
 * @param report a report, or an `OmiCallError` of kind `"validation"`
 * @returns the issues of each field that has some, in the order of the report; those of the whole value are under `""`. The object
 * has no prototype, so any name of a field can be looked up.
 * @throws {OmiCallError} `usage` if `report` is not an object, or its `issues` are not issues
 */
export function issuesByField(report: { readonly issues?: readonly Issue[] | undefined }): Partial<Record<string, Issue[]>>;



/**
 * The error class of this package: everything throws or rejects with it.
 *
 * @example
 * ```ts
 * try {
 *   await callCenter.phones.list();
 * } catch (error) {
 *   if (error instanceof OmiCallError && error.kind === "auth") signInAgain();
 *   else throw error;
 * }
 * ```
 */
export class OmiCallError extends Error {
    private constructor();
    /** Always `"OmiCallError"`, even in minified code. */
    readonly name: "OmiCallError";
    /**
     * What the platform, your `fetch` or your `getAccessToken` threw, or the reason of your `signal`. A copy, because the
     * object itself may contain anything, such as a response with passwords. Tokens and keys in it are `***`, and what
     * `JSON.parse` could not parse is not quoted.
     */
    readonly cause?: ErrorCause;
    /**
     * Includes the message, so that `JSON.stringify` and loggers get it too.
     *
     * @example
     * ```ts
     * await fetch("/my-backend/log", { method: "POST", body: JSON.stringify(error) });
     * ```
     */
    toJSON(): Pick<Error, "name" | "message"> & ErrorFields;
}
export interface OmiCallError extends Readonly<ErrorFields> {}

/** A copy of what was thrown: name, message and stack, truncated if they are long. */
export interface ErrorCause extends Error {
    /** The platform's error code, e.g. `"ECONNREFUSED"` in Node. */
    readonly code?: string;
    /** Its own cause, at most four levels deep. */
    readonly cause?: ErrorCause;
}



/**
 * The values in an issue's message, by their names in the sentence; `docs/rules.md` of the package says which rule has which.
 */
export interface IssueParams {
    /** What kind the destination really is: a group or a menu. */
    readonly actual?: string | number;
    /** When the record was last changed, in ISO 8601. */
    readonly at?: string | number;
    /** Who changed the record; "somebody" if the server does not say. */
    readonly by?: string | number;
    /** How many there are. */
    readonly count?: string | number;
    /** What kind the destination should be. */
    readonly expected?: string | number;
    /** An extension number. */
    readonly extension?: string | number;
    /** What was found in the file. */
    readonly found?: string | number;
    /** The id of the destination or of the greeting; of `still-used`, the id of the script or group that uses the record. */
    readonly id?: string | number;
    /** A key of a menu, or an extension that callers dial like one. */
    readonly key?: string | number;
    /** Of `still-used`, what uses the record: `"script"` or `"group"`. It is not in the sentence. */
    readonly kind?: string | number;
    /** The length of the text, in characters. */
    readonly length?: string | number;
    /** How many menus deep. */
    readonly levels?: string | number;
    /** The longer key that begins with this one. */
    readonly longer?: string | number;
    /** The keys that are skipped. */
    readonly missing?: string | number;
    /** The name of the script or of the group. */
    readonly name?: string | number;
    /** The names of the menus in the loop, or the `agent_id`s of the members. */
    readonly names?: string | number;
    /** The number of the script. */
    readonly number?: string | number;
    /** Of `still-used`, where in the script or group: a JSON pointer. */
    readonly path?: string | number;
    /** The SIP realm. */
    readonly realm?: string | number;
    /** A number of seconds. */
    readonly seconds?: string | number;
    /** The STUN server. */
    readonly server?: string | number;
    /** How many there are in all. */
    readonly total?: string | number;
    /** The action type. */
    readonly type?: string | number;
    /** The SIP user. */
    readonly user?: string | number;
    /** The voice. */
    readonly voice?: string | number;
}



/**
 * Which records of two tenants are the same, where ids and names do not tell. Ids of the second tenant to ids of the first; `null` for
 * none. What names a record of the first tenant twice is `usage`.
 */
export interface RecordMapping {
    /** Greetings, by id. */
    readonly greetings?: Readonly<Record<string, string | null>> | undefined;
    /** Ring groups, by id. */
    readonly groups?: Readonly<Record<string, string | null>> | undefined;
    /** IVR scripts, by id. */
    readonly scripts?: Readonly<Record<string, string | null>> | undefined;
    /** Extensions of the second tenant to those of the first. */
    readonly phones?: Readonly<Record<string, string>> | undefined;
}

/** Options of `diff`. */
export interface DiffOptions {
    /** Records that are the same although neither id nor name says so. */
    readonly mapping?: RecordMapping | undefined;
    /**
     * How records are matched: by id and then by name, or by name only. Names are compared composed (NFC) and without case. By
     * default by id if both snapshots are of one tenant (`tenant_id` of the records), otherwise by name.
     */
    readonly matchBy?: "id" | "name" | undefined;
}

/** Where a key, a fallback or an overflow leads, or which greeting is played; the type is `""` for nowhere. */
export interface NamedDestination {
    /** The kind of destination. */
    type: IvrActionType | "" | (string & {});
    /** The name of the record. */
    name: string;
}

/** A field that differs. */
export interface FieldChange {
    /**
     * The name of the field in the request, e.g. `"timeout"`. A destination has one, that of its id; keys of a script have `"scripts"`.
     * What differs among the members of a group is `"members/timeout"`, `"members/hold_music_id"` or `"members/view"`, with a text for each
     * member: its extension and the value.
     */
    field: string;
    /** The key of a script, e.g. `"1"`, if `field` is `"scripts"`. */
    key?: string;
    /** The value before; destinations with their names. */
    before: NamedDestination | string | number | string[] | null | unknown;
    /** The value after; destinations with their names. */
    after: NamedDestination | string | number | string[] | null | unknown;
    /** Whether a request can set this field. */
    plannable: boolean;
}

/** A record that differs. Fields that the server sets by itself (ids, dates, by whom, numbers, names without accents) are no difference. */
export interface RecordChange {
    /** The kind of record. */
    kind: RecordKind;
    /** Whether only the second snapshot has it, only the first, or both. */
    change: "added" | "removed" | "changed";
    /** Its name; of a phone the extension and the name. */
    name: string;
    /** Its id in the first snapshot; of a phone the extension. */
    before?: string;
    /** Its id in the second snapshot; of a phone the extension. */
    after?: string;
    /** The fields that differ, if both have it. */
    fields: FieldChange[];
}

/** A record whose name does not tell which one it is. Answer with `mapping`. */
export interface AmbiguousRecord {
    /** The kind of record. */
    kind: PlannedKind;
    /** Its name. */
    name: string;
    /** Its id in the second snapshot. */
    id: string;
    /** The ids in the first snapshot that it may be. */
    candidates: string[];
}

/** The differences between two snapshots. */
export interface TenantDiff {
    /** What kind of document it is. */
    format: "omicall-diff";
    /** The version of its form. */
    version: 1;
    /** The first snapshot. */
    before: SnapshotOrigin;
    /** The second snapshot. */
    after: SnapshotOrigin;
    /** How records were matched. */
    matchedBy: "id" | "name";
    /** The records that differ. */
    changes: RecordChange[];
    /** The records about which to ask; they are not in `changes`. */
    ambiguous: AmbiguousRecord[];
    /** The lists that one of the snapshots does not have whole. */
    incomplete: string[];
}

/** Which snapshot a document was made from. */
export interface SnapshotOrigin {
    /** When it was taken, in Unix milliseconds. */
    takenAt?: number;
    /** Where it was taken. */
    baseUrl?: string;
    /** The `tenant_id` of its records; missing if it has none. A plan is applied to no other tenant. */
    tenantId?: string;
    /** How many greetings, groups and scripts it has; missing if a list could not be read whole. */
    records?: number;
}

/**
 * Compares two snapshots, of one tenant or of two.
 *
 * @example
 * ```ts
 * const { changes, ambiguous } = diff(yesterday, today);
 * for (const change of changes) console.log(describe(change, "vi"));
 * ```
 *
 * @param before the first snapshot
 * @param after the second snapshot
 * @param options how records are matched
 * @returns the differences, by record and field
 * @throws {OmiCallError} `usage` if an argument is not a snapshot, or `mapping` names a record that is not there
 */
export function diff(before: TenantSnapshot, after: TenantSnapshot, options?: DiffOptions): TenantDiff;

/**
 * Says in a sentence what a change, a step, a limit or an outcome is.
 *
 * @example
 * ```ts
 * for (const step of plan(current, desired).steps) console.log(describe(step)); // "Change group “Sales”: seconds for each member 20 → 30."
 * ```
 *
 * @param what a change of a diff, a step or a limit of a plan, or a step of a result
 * @param language the language. Default `"en"`
 * @throws {OmiCallError} `usage` if `what` is not an object
 */
export function describe(what: RecordChange | PlanStep | PlanLimit | StepOutcome, language?: Language): string;



/** A kind of record in a snapshot. */
export type RecordKind = "phone" | "hotline" | "greeting" | "group" | "script";

/** A kind of record that a plan can create, change and delete. */
export type PlannedKind = "greeting" | "group" | "script";

/**
 * A tenant as one JSON document: all records as they came, without passwords, and recordings by name and file name. It can be saved,
 * and passed wherever a `Tenant` is taken: `lintIvr(snapshot)`.
 */
export interface TenantSnapshot {
    /** What kind of document it is. */
    format: "omicall-tenant";
    /** The version of its form. */
    version: 1;
    /** When it was taken, in Unix milliseconds. */
    takenAt: number;
    /** The `baseUrl` of the options, without user, password and query. */
    baseUrl?: string;
    /** The phones, without passwords. */
    phones: Omit<InternalPhone, "password">[];
    /** The hotlines. */
    hotlines: string[];
    /** The ring groups. */
    groups: InternalGroup[];
    /** The IVR scripts. */
    scripts: IvrScript[];
    /** The greetings. */
    greetings: Greeting[];
    /** Whether all lists were read whole. */
    complete: boolean;
    /** The lists that could not be read whole; what was read of them is there. A plan changes nothing on their account. */
    incomplete: SnapshotGap[];
}

/** A list that could not be read whole. */
export interface SnapshotGap {
    /** The list. */
    list: "phones" | "hotlines" | "groups" | "scripts" | "greetings";
    /** Why: the kind of the error, or `"changed"` if the list changed each time while it was read. */
    kind: ErrorKind | "changed";
}

/** How far a snapshot is. */
export interface SnapshotProgress {
    /** The list that has got more records. */
    list: "phones" | "hotlines" | "groups" | "scripts" | "greetings";
    /** How many records of it are read. */
    read: number;
    /** How many it has, as the server says. */
    total: number;
}

/** Options of `snapshot`. */
export interface SnapshotOptions {
    /** Is called after each list page. */
    onProgress?: ((progress: SnapshotProgress) => void) | undefined;
    /** Ends the snapshot. */
    signal?: AbortSignal | undefined;
    /** Is noted in the snapshot, so that people know where it is from. */
    baseUrl?: string | undefined;
}

/** The handles of a `CallCenter` that snapshots and plans use. */
export type PlanClient = Pick<CallCenter, "phones" | "hotlines" | "groups" | "ivrScripts" | "greetings">;

/**
 * Reads all records of a tenant. Lists are walked until they are complete, and again if they change meanwhile.
 *
 * @example
 * ```ts
 * const backup = await snapshot(callCenter, { onProgress: ({ list, read, total }) => show(`${list}: ${read} of ${total}`) });
 * await writeFile("tenant.json", JSON.stringify(backup, null, 2));
 * ```
 *
 * @param callCenter the client of the tenant
 * @param options progress and abort
 * @returns the snapshot; lists that could not be read are in `incomplete`
 * @throws {OmiCallError} `auth` or `aborted`; other errors of a list are in `incomplete`
 */
export function snapshot(callCenter: PlanClient, options?: SnapshotOptions): Promise<TenantSnapshot>;



/** Anything that the server sends as an object: a record, a part of one, or a list page. */
export type AnyRecord =
| InternalPhone
| ExtensionDetail
| PbxAccount
| InternalGroup
| GroupMember
| IvrScript
| IvrKey
| Greeting
| GreetingFile
| UserReference
| Page<unknown>;



/** How a schema reports issues. All are optional. */
export interface SchemaOptions {
    /** The language of the messages; by default that of the context, or `"en"`. */
    readonly language?: Language | undefined;
    /**
     * The lowest severity that makes the validation fail, and that is reported. Default `"error"`. With `"warning"`, a form cannot be
     * submitted as long as it has warnings.
     */
    readonly severity?: Severity | undefined;
}

/** An issue as Standard Schema wants it, with what the rule says about it. */
export interface SchemaIssue {
    /** What is wrong and what is allowed, in the requested language. */
    readonly message: string;
    /** The steps to the value: `["scripts", 2, "action"]`; empty if it is about the whole value. */
    readonly path: readonly (string | number)[];
    /** The same as a JSON pointer: `"/scripts/2/action"`; `""` for the whole value. */
    readonly pointer: string;
    /** The rule that found it. */
    readonly code: IssueCode;
    /** How bad it is. */
    readonly severity: Severity;
    /** The values in the message, for messages of your own. */
    readonly params: IssueParams;
}

/** What a schema says of a value: exactly one of the two. */
export type SchemaResult<T> = SchemaSuccess<T> | SchemaFailure;

/** A value without issues. */
export interface SchemaSuccess<T> {
    /** The value itself, unchanged. */
    readonly value: T;
    /** There are none. */
    readonly issues?: undefined;
}

/** A value with issues. */
export interface SchemaFailure {
    /** The issues, the worst first. */
    readonly issues: readonly SchemaIssue[];
}

/** The types of a schema, for TypeScript alone. */
export interface SchemaTypes<T> {
    /** What it takes. */
    readonly input: T;
    /** What it returns. */
    readonly output: T;
}

/**
 * A check as [Standard Schema](https://standardschema.dev) and Standard JSON Schema, versions 1, which React Hook Form, TanStack Form and
 * many other libraries take. The type parameter is what it validates.
 */
export interface RequestSchema<T> {
    /** What libraries look for. */
    readonly "~standard": {
        /** The version of Standard Schema. */
        readonly version: 1;
        /** The name of this package. */
        readonly vendor: "omicall-call-center";
        /**
         * Returns the value itself, unchanged, or the issues. It is synchronous. A value that is not an object is checked as an
         * empty one.
         *
         * @throws {OmiCallError} `usage` if the checks are not started yet (`await initAsync()`), or the context cannot be read
         */
        readonly validate: (value: unknown) => SchemaResult<T>;
        /** Only a type. */
        readonly types?: SchemaTypes<T> | undefined;
        /** The JSON Schema; input and output are the same. */
        readonly jsonSchema: {
            /** @throws {OmiCallError} `usage` for another target than `"draft-2020-12"` and `"draft-07"` */
            readonly input: (options: { readonly target: "draft-2020-12" | "draft-07" | (string & {}) }) => Record<string, unknown>;
            /** @throws {OmiCallError} `usage` for another target than `"draft-2020-12"` and `"draft-07"` */
            readonly output: (options: { readonly target: "draft-2020-12" | "draft-07" | (string & {}) }) => Record<string, unknown>;
        };
    };
    /**
     * Returns the form of the request as JSON Schema, draft 2020-12, e.g. for an editor or for the tool of a language model. It is a new
     * object each time. It knows fields, types, words and limits; rules that look at several fields or at the context are only in
     * `validate`.
     */
    jsonSchema(): Record<string, unknown>;
}

/**
 * The check of an IVR script, `validateIvrScript`, for libraries that take any Standard Schema. It is a schema itself, and a function
 * that makes one with a context and options.
 *
 * @example
 * ```ts
 * const schema = ivrScriptSchema({ scripts, groups, greetings, id: script._id }, { language: "vi" });
 * const form = useForm({ resolver: standardSchemaResolver(schema), defaultValues: scriptRequest(script) });
 * ```
 *
 * @throws {OmiCallError} `usage` for unknown options
 */
export const ivrScriptSchema: RequestSchema<Mutable<IvrScriptRequest>> & {
    (context?: Tenant | null, options?: SchemaOptions): RequestSchema<Mutable<IvrScriptRequest>>;
};

/**
 * The check of a ring group, `validateGroup`, for libraries that take any Standard Schema. It is a schema itself, and a function that
 * makes one with a context and options. With the `id` of a group in the context, it is the schema of an update.
 *
 * @example
 * ```ts
 * const schema = groupSchema({ phones }, { language: "vi" });
 * const form = useForm({ validators: { onChange: schema }, onSubmit: ({ value }) => callCenter.groups.create(value) });
 * ```
 *
 * @throws {OmiCallError} `usage` for unknown options
 */
export const groupSchema: RequestSchema<Mutable<GroupRequest>> & {
    (context: Tenant & { readonly id: string }, options?: SchemaOptions): RequestSchema<Mutable<GroupUpdateRequest>>;
    (context?: Tenant | null, options?: SchemaOptions): RequestSchema<Mutable<GroupRequest>>;
};

/**
 * The check of a change of a ring group's members, `validateGroupMembers`, for libraries that take any Standard Schema. It is a schema
 * itself, and a function that makes one with a context and options.
 *
 * @example
 * ```ts
 * const schema = groupMembersSchema({ groups, phones, action: "remove" });
 * ```
 *
 * @throws {OmiCallError} `usage` for unknown options
 */
export const groupMembersSchema: RequestSchema<Mutable<GroupMembersChange>> & {
    (context?: Tenant | null, options?: SchemaOptions): RequestSchema<Mutable<GroupMembersChange>>;
};

/**
 * The check of a text for text-to-speech, `validateTextToSpeech`, for libraries that take any Standard Schema. It is a schema itself, and
 * a function that makes one with a context, which is only a language, and options.
 *
 * @example
 * ```ts
 * const schema = textToSpeechSchema(null, { language: "vi", severity: "warning" });
 * ```
 *
 * @throws {OmiCallError} `usage` for unknown options
 */
export const textToSpeechSchema: RequestSchema<TextToSpeechRequest> & {
    (context?: Tenant | null, options?: SchemaOptions): RequestSchema<TextToSpeechRequest>;
};

/**
 * The check of a SIP account, `validateSipAccount` of `omicall-call-center/softphone`, for libraries that take any Standard Schema. It is
 * a schema itself, and a function that makes one with a context, which is only a language, and options. Its JSON Schema describes an
 * account as `extensions.detail` returns it.
 *
 * @example
 * ```ts
 * const result = sipAccountSchema["~standard"].validate(await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" }));
 * for (const { pointer, message } of result.issues ?? []) console.warn(pointer, message);
 * ```
 *
 * @throws {OmiCallError} `usage` for unknown options
 */
export const sipAccountSchema: RequestSchema<SipAccountDraft> & {
    (context?: Tenant | null, options?: SchemaOptions): RequestSchema<SipAccountDraft>;
};



/** Options of `phones.list` and `phones.iterate`; they override the client's. */
export interface PhoneListOptions extends CallOptions {
    /**
     * Whether the phones have their SIP passwords. Default `false`: then `password` is `"***"`, masked in the bytes of the
     * response before any object or string is made of it. To make a call, `extensions.detail` gives the account of one extension.
     */
    includePasswords?: boolean | undefined;
}

/** Options of a call whose payload is checked first; they override the client's. */
export interface CheckedCallOptions extends CallOptions {
    /**
     * What is known about the tenant, as the functions in `omicall-call-center/checks` take it: rules that compare the payload with
     * other records only fire with it, such as `members-lost`. Issues that are errors reject the call with `kind: "validation"`
     * before anything is sent, all others go to `onIssue`. `id` and `action` follow from the call; `language` is by default the client's.
     */
    context?: Tenant | null | undefined;
}

/** Options of `groups.delete`, `ivrScripts.delete` and `greetings.delete`; they override the client's. */
export interface DeleteOptions extends CallOptions {
    /**
     * What is known about the tenant, as `whoUses` of `omicall-call-center/checks` takes it. If a script or a group in it uses the
     * record, the call rejects with `kind: "validation"` and an issue `still-used` for each place, before anything is sent. Without a
     * context nothing is checked. What is not in the lists is not known, such as the hotlines that lead to a script or a group.
     */
    context?: Tenant | null | undefined;
    /**
     * Whether to delete the record even if something uses it: then the issues are warnings, which go to `onIssue`. The server may
     * refuse it all the same. Default `false`.
     */
    force?: boolean | undefined;
}



/** Options of `plan`. */
export interface PlanOptions extends DiffOptions {
    /**
     * Whether what the desired tenant lacks is deleted, and a greeting that differs is replaced: the API cannot change one. Default
     * `false`.
     */
    readonly allowDelete?: boolean | undefined;
    /** Which records may be changed: those that all given members name. By default all. */
    readonly only?: PlanScope | undefined;
    /** The language of issues. Default `"en"`. */
    readonly language?: Language | undefined;
}

/** Which records a plan may change. */
export interface PlanScope {
    /** Kinds of records. */
    readonly kinds?: readonly PlannedKind[] | undefined;
    /** Ids in either snapshot. */
    readonly ids?: readonly string[] | undefined;
    /** Names, compared composed (NFC) and without case. */
    readonly names?: readonly string[] | undefined;
}

/** Stands for the id of a record that a step creates. */
export interface RecordRef {
    /** The name of the placeholder, e.g. `"group-1"`. */
    $ref: string;
}

/** A step of a plan: one request. */
export interface PlanStep {
    /** Its number, from 1. */
    step: number;
    /** What it does. */
    action: "create" | "update" | "delete";
    /** The kind of record. */
    kind: PlannedKind;
    /** The name of the record. */
    name: string;
    /**
     * Why: the record is new, differs, is gone or is taken back. `"completes"`: it is updated with what did not exist when it was
     * created. `"frees-name"`: another script needs its name; a later step, which must not be left out, gives it its own or deletes it.
     * `"detaches"`: records that name each other are to be deleted.
     */
    reason: "added" | "changed" | "removed" | "completes" | "frees-name" | "detaches" | "undo";
    /** The id of the record, or the placeholder of one that the plan creates. */
    record: string | RecordRef;
    /** The method that is called, e.g. `"groups.update"`. */
    call: string;
    /** What is sent, with placeholders for ids that are not known yet; missing if the record is deleted. */
    request?: Record<string, unknown>;
    /** What the record says before. A step fails if it says something else by then. */
    before?: Record<string, unknown>;
    /** When it was last changed before, in Unix milliseconds. */
    since?: number;
    /** The fields that change. */
    fields?: FieldChange[];
    /** Other records with the same name, which are not the one that the step creates. */
    existing?: string[];
    /** Fields that the step resets or deletes although no request takes them: nobody can bring them back. */
    loses?: string[];
    /** The step cannot be taken back: nobody can read the recording. */
    isFinal?: boolean;
}

/**
 * Something that a plan cannot do, or does not.
 *
 * | code | what it means |
 * |---|---|
 * | `ambiguous` | several records have the name: pass `mapping` |
 * | `recording` | the bytes of a recording cannot be read: upload `file` by hand under this name, take a snapshot and plan again |
 * | `greeting-update` | the API cannot change a greeting; with `allowDelete` it is replaced |
 * | `members-unknown` | extensions in `names` do not exist in the current tenant: create them, or pass `mapping.phones` |
 * | `members-unresolved` | the group has members whose phone the snapshot does not have |
 * | `needs` | the records in `names` are not there, and are not created; what the desired tenant does not have either is named by its id |
 * | `refused` | the request breaks the rules in `issues` |
 * | `in-use` | it is not deleted, because the record in `names` still leads to it |
 * | `list-incomplete` | the list of the current tenant was not read whole |
 * | `name-taken` | another script keeps or gets the name |
 * | `not-sent` | no request takes the `fields` |
 * | `not-planned` | phones and hotlines in `names` are missing; the API creates none |
 * | `kept` | the records in `names` are only in the current tenant, and stay: `allowDelete` is not set |
 */
export interface PlanLimit {
    /** What it is. */
    code:
    | "ambiguous" | "recording" | "greeting-update" | "members-unknown" | "members-unresolved" | "needs" | "refused"
    | "in-use" | "list-incomplete" | "name-taken" | "not-sent" | "not-planned" | "kept";
    /** The kind of record. */
    kind: RecordKind;
    /** The name of the record; `""` if it is about several. */
    name: string;
    /** What it is about. */
    names?: string[];
    /** The fields that it is about. */
    fields?: string[];
    /** The file name of the recording. */
    file?: string;
    /** The rules that are broken. */
    issues?: Issue[];
}

/** An issue of the tenant that a plan leads to, with the path in its record. */
export interface PlanIssue extends Issue {
    /** The kind of record. */
    kind: PlannedKind;
    /** The name of the record. */
    name: string;
}

/** A plan: what is sent to make one tenant like another. It can be saved as JSON, read by people, and applied later. */
export interface TenantPlan {
    /** What kind of document it is. */
    format: "omicall-plan";
    /** The version of its form. */
    version: 1;
    /** The snapshot of the tenant that is changed. */
    current: SnapshotOrigin;
    /** The snapshot that says what it should be. */
    desired: SnapshotOrigin;
    /** The steps, in order. */
    steps: PlanStep[];
    /** What the plan cannot do. */
    cannot: PlanLimit[];
    /** The records about which to ask. */
    ambiguous: AmbiguousRecord[];
    /** The errors and warnings of the rules about the tenant that the plan leads to. */
    issues: PlanIssue[];
}

/**
 * Plans how one tenant becomes like another: greetings, groups and scripts in an order in which each step finds what it names. Nothing
 * is sent. No id of the desired tenant is in a step.
 *
 * @example
 * ```ts
 * const steps = plan(await snapshot(production), await snapshot(staging));
 * for (const step of steps.steps) console.log(describe(step));
 * for (const limit of steps.cannot) console.warn(describe(limit));
 * ```
 *
 * @param current a snapshot of the tenant that is to be changed
 * @param desired a snapshot of what it should be: another tenant, a backup, or an edited snapshot
 * @param options what the plan may do
 * @returns the plan
 * @throws {OmiCallError} `usage` if an argument is not a snapshot, or an option is not what it must be
 */
export function plan(current: TenantSnapshot, desired: TenantSnapshot, options?: PlanOptions): TenantPlan;



/** The methods of a `CallCenter` that send requests, and `"auth"`, the sign-in with an API key. */
export type SandboxCall =
| "auth"
| "phones.list" | "phones.setEnabled"
| "hotlines.list" | "hotlines.assignToExtension"
| "extensions.detail"
| "groups.list" | "groups.create" | "groups.update" | "groups.addMembers" | "groups.removeMembers" | "groups.delete"
| "ivrScripts.list" | "ivrScripts.create" | "ivrScripts.update" | "ivrScripts.delete"
| "greetings.list" | "greetings.upload" | "greetings.textToSpeech" | "greetings.delete";

/** Records of one kind: an array, or a list page. */
export type SandboxList<T> =
| readonly T[]
| {
    /** The records. */
    readonly items: readonly T[];
};

/**
 * The records of a sandbox, as lists return them. Only what is written here is required; the sandbox adds all other fields of a
 * record, a member or a key, and an `_id` where there is none. Fields that no type lists stay.
 */
export interface SandboxRecords {
    /** The phones. A password that is missing or `"***"` is made up, and so is an `agent_id` that is missing. */
    readonly phones?: SandboxList<Partial<InternalPhone> & Pick<InternalPhone, "sip_user">> | undefined;
    /** The hotlines, which all extensions may call with. */
    readonly hotlines?: SandboxList<string> | undefined;
    /** The ring groups. Of a member, only the `agent_id` is required, by which it belongs to a phone. */
    readonly groups?:
    | SandboxList<
    Partial<Omit<InternalGroup, "members">> &
    Pick<InternalGroup, "group_name"> & {
        /** The members. */
        readonly members?: readonly (Partial<GroupMember> & Pick<GroupMember, "agent_id">)[];
    }
    >
    | undefined;
    /** The IVR scripts. Of a key, only `ivr` is required. */
    readonly scripts?:
    | SandboxList<
    Partial<Omit<IvrScript, "scripts">> &
    Pick<IvrScript, "script_name"> & {
        /** The keys. */
        readonly scripts?: readonly (Partial<IvrKey> & Pick<IvrKey, "ivr">)[];
    }
    >
    | undefined;
    /** The greetings. */
    readonly greetings?: SandboxList<Partial<Greeting> & Pick<Greeting, "greeting_name">> | undefined;
}

/** All records of a sandbox, in the form that `lintIvr` takes. */
export interface SandboxTenant {
    /** The phones. Passwords are `"***"`, as in responses, unless `includePasswords` is set. */
    phones: InternalPhone[];
    /** The hotlines. */
    hotlines: string[];
    /** The ring groups. */
    groups: InternalGroup[];
    /** The IVR scripts. */
    scripts: IvrScript[];
    /** The greetings. */
    greetings: Greeting[];
}

/** A document with records, such as a saved snapshot. */
export interface SandboxSnapshot {
    /** The records. */
    readonly records: SandboxRecords;
}

/** A change of one value of a response. */
export interface SandboxChange {
    /** A JSON pointer into the envelope: `"/payload/items/0/email"`. */
    readonly pointer: string;
    /** The new value. */
    readonly value: unknown;
}

/** Options of `createSandbox`. */
export interface SandboxOptions {
    /** How many phones there are, up to 100 000. Default 137, or as many as `tenant` has. */
    agents?: number | undefined;
    /** Your own records instead of the made-up ones, of at least one kind. Kinds that are not given are empty. */
    tenant?: SandboxRecords | undefined;
    /** Records from a snapshot: an object with such lists, or with one as its `records`. Everything else in it is ignored. */
    snapshot?: SandboxRecords | SandboxSnapshot | undefined;
    /** A whole number: another one makes other agents and other ids. The same one always makes the same. Default 0. */
    seed?: number | undefined;
    /** How long a token is valid, in milliseconds. Default 24 hours. */
    tokenLifeMs?: number | undefined;
    /** The time at which the clock stands still. Default: the clock follows `Date.now()`. */
    now?: number | Date | undefined;
}

/** A request that the sandbox received. */
export interface SandboxRequest {
    /** `"GET"`, `"POST"`, `"PUT"` or `"DELETE"`. */
    method: string;
    /** The path from `/api/`, e.g. `"/api/call_center/internal_phone/list"`. */
    path: string;
    /** The query, decoded: of parameters with the same name the first, which counts. Keys, tokens and passwords are `"***"`. */
    query: Record<string, string>;
    /**
     * The body: JSON parsed; of a form, its texts, and `{ name, type, size }` of its files; of anything else, its `{ size }`;
     * `undefined` if there is none. Keys, tokens and passwords are `"***"` here too.
     */
    body: unknown;
    /** The HTTP status of the response; `null` before it or without one. The vendor sends most failures with 200. */
    status: number | null;
    /** Whether it was aborted before all of the response was read. */
    aborted: boolean;
}

/** What goes wrong: exactly one of these. */
export type SandboxFault =
| SandboxFaultOf<"status", {
    /** This HTTP status, from 200 to 599, instead of the response. The tenant does not see the request. */
    status: number;
    /** The header `Retry-After`: seconds, or a date. */
    retryAfter?: number | string | Date | undefined;
    /** More headers. From another origin, a page sees few of them. */
    headers?: Readonly<Record<string, string>> | undefined;
    /** The body: a string as it is, anything else as JSON. Default: none. */
    body?: unknown;
    /** Default: that of JSON, or of plain text for a string. */
    contentType?: string | undefined;
}>
| SandboxFaultOf<"error", {
    /** A failure in the vendor's envelope, with HTTP 200: the error of the call has this `code`. */
    error: KnownErrorCode | (string & {});
    /** The server's sentence. Default: the code. */
    message?: string | undefined;
}>
| SandboxFaultOf<"network", {
    /**
     * `"down"`: the request does not arrive. `"reset"`: it arrives, and the connection breaks before anything is done. `"cut"`: it
     * is done, and the connection breaks in the middle of the response.
     */
    network: "down" | "reset" | "cut";
    /** For `"cut"`: after how many bytes of the body. Default: after half of them. */
    afterBytes?: number | undefined;
}>
| SandboxFaultOf<"connectMs", {
    /** The request arrives only after this time. */
    connectMs: number;
}>
| SandboxFaultOf<"delayMs", {
    /** The request is handled only after this time. Fake timers pass it too. */
    delayMs: number;
}>
| SandboxFaultOf<"hang", {
    /** The request is handled; of the response come only the headers, and its body never. */
    hang: true;
}>
| SandboxFaultOf<"dripMs", {
    /** The body of the response comes one byte at a time, with this pause before each. */
    dripMs: number;
}>
| SandboxFaultOf<"html", {
    /** A web page instead of JSON, with HTTP 200 or this status. */
    html: true | number;
}>
| SandboxFaultOf<"empty", {
    /** HTTP 200 with an empty body. */
    empty: true;
}>
| SandboxFaultOf<"set", {
    /** The response with one value changed or added. */
    set: SandboxChange;
}>
| SandboxFaultOf<"remove", {
    /** The response without the field at this JSON pointer. */
    remove: string;
}>
| SandboxFaultOf<"repeatPage", {
    /** The list page with the records of the first one. */
    repeatPage: true;
}>
| SandboxFaultOf<"raw", {
    /** HTTP 200 with this body. */
    raw: string | Uint8Array;
    /** Default: that of JSON. */
    contentType?: string | undefined;
}>
| SandboxFaultOf<"huge", {
    /** HTTP 200 with a body of this many bytes, up to 10 000 000 000, or, with `true`, one that never ends. */
    huge: number | true;
    /** Whether `Content-Length` says so. */
    announced?: boolean | undefined;
}>;

/** A fault has the field that names its kind, and that of no other kind. */
export type SandboxFaultOf<Kind extends SandboxFaultKind, Fields> = Fields & { [Other in Exclude<SandboxFaultKind, Kind>]?: never };

/** The kinds of faults, by the field that only such a fault has. */
export type SandboxFaultKind =
| "status" | "error" | "network" | "connectMs" | "delayMs" | "hang" | "dripMs" | "html" | "empty" | "set" | "remove" | "repeatPage"
| "raw" | "huge";

/** A fault, and the requests that it happens to. */
export interface SandboxFaultPlan {
    /** Only requests of this method. Default: of any. */
    call?: SandboxCall | undefined;
    /** How many requests, or `Infinity`. Default 1. */
    times?: number | undefined;
    /** What goes wrong. */
    with: SandboxFault;
}

/** A call centre in memory, with the vendor's quirks: what `createSandbox` makes. */
export interface Sandbox {
    /**
     * The `fetch` that reaches it, for the option of the same name. It takes what every `fetch` takes, and works detached.
     *
     * The base URL may have any origin and any path: what counts is the path from its last `/api/`. Nothing else can be reached. As in
     * a browser, requests to another origin than the page's may have no headers but those that the vendor's server allows.
     *
     * @example
     * ```ts
     * const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
     * ```
     */
    readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
    /**
     * Makes a new access token, as the sign-in with the API key `"sandbox-api-key"` does.
     *
     * @example
     * ```ts
     * const auth = { accessToken: sandbox.token() };
     * ```
     *
     * @returns a JWT, valid for `tokenLifeMs`
     */
    token(): string;
    /**
     * Expires all tokens made so far, until `reset`: the next call with one of them gets HTTP 401.
     *
     * @example
     * ```ts
     * sandbox.expireTokens();
     * await expect(callCenter.phones.list()).rejects.toMatchObject({ kind: "auth" });
     * ```
     */
    expireTokens(): void;
    /**
     * Lets something go wrong with the next requests, or with those of one method. Of several faults, the one that was planned first
     * happens first.
     *
     * @example
     * ```ts
     * sandbox.fail({ call: "groups.update", with: { status: 429, retryAfter: 2 } });
     * sandbox.fail({ times: Infinity, with: { network: "down" } });
     * ```
     *
     * @param plan which requests, how many, and what happens to them
     * @throws {OmiCallError} `usage` if the plan makes no sense
     */
    fail(plan: SandboxFaultPlan): void;
    /** The requests so far, without preflights, oldest first: copies. The token is in none of them. */
    readonly requests: SandboxRequest[];
    /**
     * What is there now: copies of all records.
     *
     * @example
     * ```ts
     * expect(sandbox.tenant().groups.map((group) => group.group_name)).toContain("Sales");
     * ```
     *
     * @param options `includePasswords` gives the passwords of phones too, as `phones.list` does
     * @returns the records, in the order of the lists
     */
    tenant(options?: { readonly includePasswords?: boolean | undefined }): SandboxTenant;
    /**
     * Goes back to the beginning: all changes, planned faults and `requests` are forgotten, and the clock is set as `createSandbox` set
     * it. Requests on their way are rejected, and nothing of them is done. Tokens stay valid, so that one client serves all tests; after
     * `expireTokens` they are valid again.
     *
     * @example
     * ```ts
     * beforeEach(() => sandbox.reset());
     * ```
     */
    reset(): void;
    /** The clock, in Unix milliseconds: for the dates of records, and for tokens, which expire. */
    get now(): number;
    /** Stops the clock at a time; with `undefined`, it follows `Date.now()` again. */
    set now(time: number | Date | undefined);
}

/**
 * Makes a call centre in memory, for tests, demos and stories: a `fetch` that responds like the vendor's server, with its quirks and
 * its rules, and goes wrong on demand. It starts its WebAssembly module by itself.
 *
 * @example
 * ```ts
 * const sandbox = await createSandbox({ agents: 20 });
 * const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
 * const { total_items } = await callCenter.phones.list();
 * ```
 *
 * @param options the records or how many, the seed, the clock
 * @returns the sandbox
 * @throws {OmiCallError} `usage` for options that make no sense, and if the module cannot be fetched or started
 */
export function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

/** The fields of an error for a test. `kind` is required; what is missing is as the client has it in such an error. */
export type OmiCallErrorInit = Pick<ErrorFields, "kind"> & { readonly [Field in Exclude<keyof ErrorFields, "kind">]?: ErrorFields[Field] | undefined } & {
    /** What happened. Default: a sentence for the kind. */
    readonly message?: string | undefined;
    /** What the platform threw. */
    readonly cause?: unknown;
    /** How far `groups.moveMembers` came. */
    readonly moved?: MovedMembers | undefined;
};

/**
 * Makes an error as the client throws it, for tests of code that handles errors.
 *
 * @example
 * ```ts
 * const list = vi.fn().mockRejectedValue(omiCallError({ kind: "auth" }));
 * ```
 *
 * @param fields the kind, and what else matters to the test
 * @returns the error
 * @throws {OmiCallError} `usage` for fields that no error has
 */
export function omiCallError(fields: OmiCallErrorInit): OmiCallError;



/** The part of JsSIP's namespace that `jsSipConfig` uses. */
export interface JsSipNamespace<Socket> {
    /** The socket class. */
    readonly WebSocketInterface: {
        /** Makes a socket for a WebSocket URL. */
        new (url: string): Socket;
    };
}

/** The configuration for `new JsSIP.UA(…)`. */
export interface JsSipConfig<Socket> extends JsSipAccount {
    /** One socket, to the account's WebSocket. */
    sockets: Socket[];
}

/** The configuration of JsSIP without its sockets: make one with `new JsSIP.WebSocketInterface(webSocketUrl)`. */
export interface JsSipParts extends JsSipAccount {
    /** The WebSocket to connect to. */
    webSocketUrl: string;
}

/**
 * Makes the configuration for `new JsSIP.UA(…)` from a SIP account.
 *
 * It contains no STUN servers, because JsSIP takes them per call: pass `pcConfig: rtcConfiguration(detail)` to `ua.call`
 * and to `session.answer`. To set more options, change the object (`Object.assign(config, { session_timers: false })`): a
 * copy (`{ ...config }`) would show the password in logs.
 *
 * The password stays in memory as long as this object lives. JsSIP copies it and drops its copy after the first
 * authentication; from then on it keeps a digest that works only for this realm. JavaScript cannot erase it.
 *
 * @example
 * ```ts
 * import * as JsSIP from "jssip";
 * const ua = new JsSIP.UA(jsSipConfig(detail, { JsSIP }));
 * ua.on("registrationFailed", ({ cause }) => console.warn(cause));
 * ua.start();
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options the namespace of the library, display name, registration
 * @returns the configuration for `new JsSIP.UA(…)`; without the namespace, with `webSocketUrl` instead of `sockets`
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function jsSipConfig<Socket>(detail: SipAccountDraft, options: JsSipOptions & { JsSIP: JsSipNamespace<Socket> }): JsSipConfig<Socket>;
/**
 * Makes the configuration of JsSIP from a SIP account without the library's namespace: with `webSocketUrl` instead of
 * `sockets`. Add `sockets` before you pass it to `new JsSIP.UA(…)`.
 *
 * @example
 * ```ts
 * const config = jsSipConfig(detail);
 * const sockets = [new JsSIP.WebSocketInterface(config.webSocketUrl)];
 * const ua = new JsSIP.UA(Object.assign(config, { sockets }));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options display name, registration
 * @returns the configuration, and the URL to make a socket for
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function jsSipConfig(detail: SipAccountDraft, options?: JsSipOptions & { JsSIP?: undefined }): JsSipParts;



/** The part of SIP.js's namespace that `sipJsConfig` uses. */
export interface SipJsNamespace<URI> {
    /** The user agent class. */
    readonly UserAgent: {
        /** Parses a SIP URI; `undefined` if it is not valid. */
        makeURI(uri: string): URI | undefined;
    };
}

/** The options for `new UserAgent(…)` of SIP.js. */
export interface SipJsConfig<URI> extends SipJsAccount {
    /** The SIP address, as an instance of the library's own class. */
    uri: URI;
}

/**
 * The options for `new UserAgent(…)` of SIP.js in two parts, because the address must be of the library's own class:
 * `Object.assign(options, { uri: UserAgent.makeURI(address) })`.
 */
export interface SipJsParts {
    /** The SIP address. */
    address: string;
    /** Everything else. */
    options: SipJsAccount;
}

/**
 * Makes the options for `new UserAgent(…)` of SIP.js from a SIP account.
 *
 * To set more options, change the object (`Object.assign(config, { delegate })`): a copy (`{ ...config }`) would show the
 * password in logs. The password stays in memory as long as this object lives; SIP.js copies it and keeps its copy as long as the
 * `UserAgent` lives, where `console.log(userAgent)` shows it. JavaScript cannot erase it.
 *
 * @example
 * ```ts
 * import * as SIP from "sip.js";
 * const userAgent = new SIP.UserAgent(sipJsConfig(detail, { SIP }));
 * await userAgent.start();
 * await new SIP.Registerer(userAgent, { expires: 300 }).register();
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options the namespace of the library, display name
 * @returns the options for `new UserAgent(…)`; without the namespace, the address as a string and the other options
 * @throws {OmiCallError} `validation` with the issues if the account cannot register with SIP.js, which is stricter about
 * `_` in realms than JsSIP; `usage` for invalid options.
 */
export function sipJsConfig<URI>(detail: SipAccountDraft, options: SipJsOptions & { SIP: SipJsNamespace<URI> }): SipJsConfig<URI>;
/**
 * Makes the options of SIP.js from a SIP account without the library's namespace: with the address as a string, which
 * `UserAgent.makeURI` turns into the URI that the constructor needs.
 *
 * @example
 * ```ts
 * const { address, options } = sipJsConfig(detail);
 * const userAgent = new UserAgent(Object.assign(options, { uri: UserAgent.makeURI(address) }));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options display name
 * @returns the address and the other options
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function sipJsConfig(detail: SipAccountDraft, options?: SipJsOptions & { SIP?: undefined }): SipJsParts;



/** The same with everything readonly: `T` itself, or what `Object.freeze`, Immer or Vue's `readonly` made of it. */
export type DeepReadonly<T> = T extends string ? T : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** The same with nothing readonly, e.g. a request whose lists can be changed. */
export type Mutable<T> = T extends string ? T : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;



/** What `groupRequest` makes of a group. */
export interface EditableGroup {
    /**
     * The request for `groups.update`, which keeps what can be kept. If the group has no ring time, `timeout` is 0, which an update
     * rejects: pass one.
     */
    request: Mutable<GroupUpdateRequest>;
    /**
     * The `agent_id`s of the members whose extension is not known, because no phone, or more than one, has that `agent_id`, and the
     * group has no `sip_members`: they are not in the request, so an update would take them out of the group. `addMembers` and
     * `removeMembers` keep them. `""` stands for a member without an `agent_id`.
     */
    unresolved: string[];
    /**
     * The ring times of the members, in seconds, each once. If there are several, an update makes all members ring
     * `request.timeout` seconds, which is the longest; if there is none, `request.timeout` is 0.
     */
    ringSeconds: number[];
    /**
     * Fields of the group (`"hold_music_id"` and `"view"`: of a member) that hold something, but cannot be sent: an update probably
     * resets them. `"target_timeout"` is there if calls that nobody answers go to something else than a recording, a menu or a group.
     */
    lost: (
    | "target_timeout" | "ring_back_id" | "is_answer" | "criterias" | "enable_criteria" | "note" | "outer_group_id"
    | "is_forward_to_outer_group" | "is_forward_to_user_owner" | "ring_group_type" | "ring_group_wait_time"
    | "ring_group_wait_time_sequence" | "ring_group_type_result" | "hold_music_id" | "view"
    )[];
}

/**
 * Makes the request of `groups.update` from a group, to change something in it and to keep the rest: the server replaces the
 * whole group, and a group lists its members by agent, not by extension.
 *
 * @example
 * ```ts
 * const phones = await callCenter.phones.iterate().toArray();
 * const { request, unresolved, lost } = groupRequest(group, phones);
 * if (unresolved.length > 0) throw new Error(`${unresolved.length} members would leave the group`);
 * if (lost.length > 0) throw new Error(`this can only be set in the vendor's console again: ${lost.join(", ")}`);
 * await callCenter.groups.update(group._id, { ...request, group_name: "Sales" }, { context: { groups: [group], phones } });
 * ```
 *
 * @param group a group of `groups.list`, or the response of `groups.create` or `groups.update`
 * @param phones all phones, as `phones.list` or `phones.iterate` returned them; passwords are not needed
 * @returns the request, and what an update with it would lose
 * @throws {OmiCallError} `usage` if `group` has no `members` or `phones` is not a list, or if either holds something else than records
 */
export function groupRequest(group: DeepReadonly<InternalGroup>, phones: readonly Pick<InternalPhone, "sip_user" | "agent_id">[] | DeepReadonly<Page<InternalPhone>>): EditableGroup;

/** The fields that `groups.patch` changes; all others stay as they are. `null` and `""` clear the overflow. */
export type GroupChange = { readonly [Field in keyof GroupUpdateRequest]?: GroupUpdateRequest[Field] | null | undefined };

/** Options of `groups.patch`; they override the client's. Timeout and retries are those of each request. */
export interface GroupPatchOptions extends CheckedCallOptions {
    /**
     * What you know of the group: the record as you read it, or its `last_updated_date`. If somebody has changed the group since,
     * nothing is sent. Without it, the change is made to whatever the group is now.
     */
    unchangedSince?: DeepReadonly<InternalGroup> | number | null | undefined;
    /** All phones, as `phones.list` or `phones.iterate` returned them. Without them, they are read first. */
    phones?: readonly Pick<InternalPhone, "sip_user" | "agent_id">[] | DeepReadonly<Page<InternalPhone>> | null | undefined;
}

/** What `groups.patch` did. */
export type PatchedGroup = PatchedRecord<
InternalGroup, GroupUpdateRequest, "group_name" | "strategy" | "sip_members" | "timeout" | "target_timeout_type" | EditableGroup["lost"][number]
>;

/** What `groups.patch` or `ivrScripts.patch` did. */
export interface PatchedRecord<T, Sent, Field extends string> {
    /** The record as it was read back after the change; as the update returned it if it could not be read back. */
    record: T;
    /** What was sent. Missing if the record already was as it should be: then nothing was sent. */
    request?: Sent;
    /**
     * The fields that are not as they were meant to be: what the server reset because a request cannot have it, or did otherwise. `meant`
     * is the value that was sent, or that the field had before; `found` is the value in `record`. Members that no phone has are there with
     * their `agent_id`. A `timeout` that is an array has the different ring times of the members.
     */
    notAsMeant: {
        /** The field of the patch. */
        field: Field;
        /** What it should be. */
        meant: unknown;
        /** What it is in `record`. */
        found: unknown;
    }[];
    /** Why the record could not be read back. The change was made nevertheless; `notAsMeant` then compares what the update returned. */
    readBackError?: OmiCallError;
}

/** How far `groups.moveMembers` came. */
export interface MovedMembers {
    /** Whether the extensions were added to the second group; `"unknown"` if the response was lost (`outcomeUnknown`). */
    readonly added: "done" | "failed" | "unknown";
    /** Whether they were removed from the first one. */
    readonly removed: "failed" | "unknown" | "not tried";
}
export interface OmiCallError {
    /** How far `groups.moveMembers` came; only in its errors, and missing if nothing was sent. */
    readonly moved?: MovedMembers;
}



/** What the checks read of a list page: what a `list` method returned, or the same with drafts. */
export interface DraftPage<T> {
    /** The records or drafts. */
    readonly items: readonly T[];
    /** Whether there is a next page, so that a record that is not found may be there. */
    readonly has_next?: boolean | null | undefined;
}



/** Why a step was not made. */
export interface StepError {
    /** The kind of the error. */
    kind: ErrorKind;
    /**
     * The vendor's code, or `"changed-meanwhile"`: somebody else has changed the record since the plan was made. `"sent-before"`: it was
     * sent by the application that is resumed, and is not there so far (`kind` is `"network"`).
     */
    code?: "changed-meanwhile" | "sent-before" | KnownErrorCode | (string & {});
    /** What happened. */
    message: string;
    /** The HTTP status. */
    status?: number;
    /** How many requests were sent. */
    attempts?: number;
    /** The fields that somebody else has changed. */
    fields?: string[];
    /** Who has changed it. */
    by?: string;
    /** When it was changed, in Unix milliseconds. */
    at?: number;
}

/** How a step ended. */
export interface StepOutcome {
    /** The number of the step. */
    step: number;
    /** `"unknown"`: it was sent, its response was lost, and the lists do not tell whether it was made. */
    status: "done" | "failed" | "not-tried" | "unknown";
    /** Tells the step from those of other plans: `resumeFrom` takes no progress of another plan. */
    digest?: number;
    /** The id of the record that it created. */
    id?: string;
    /** It had been made before, perhaps by somebody else, so that nothing was sent. */
    already?: boolean;
    /** Why it was not made. */
    error?: StepError;
}

/** What is known so far about a plan that is being applied. Save it with the plan after each step: `apply` goes on from it. */
export interface ApplyProgress {
    /** What kind of document it is. */
    format: "omicall-result";
    /** The version of its form. */
    version: 1;
    /** The tenant to which the plan is applied; `""` if nothing has told it so far. With the client of another tenant, `resumeFrom` is refused. */
    tenantId?: string;
    /** How the steps stand, in their order. */
    steps: StepOutcome[];
}

/** How a plan ended. */
export interface ApplyResult extends ApplyProgress {
    /** Whether all steps are done; after a dry run, whether no step would fail. */
    ok: boolean;
    /** Nothing was sent. Steps that would be sent are `"not-tried"`. */
    dryRun?: true;
    /**
     * The plan that takes back what is done, but for steps that were done before (`already`); missing after a dry run. What it cannot bring
     * back is in its `cannot`.
     */
    undo?: TenantPlan;
}

/** What `onStep` is told. */
export interface StepProgress {
    /** The step. */
    step: PlanStep;
    /** Its place among the steps, from 0. */
    index: number;
    /** How many steps there are. */
    count: number;
    /** `"sending"` before its request is sent, then how it ended. */
    phase: "sending" | "done" | "failed" | "not-tried" | "unknown";
    /** How it stands; while it is being sent, `status` is `"unknown"`. */
    outcome: StepOutcome;
    /** How all steps stand. Save it, so that `apply` can go on even if the page is closed now. */
    progress: ApplyProgress;
}

/** Options of `apply`. */
export interface ApplyOptions {
    /** Is called before and after each step; what it returns is awaited. If it throws, nothing more is sent. */
    readonly onStep?: ((progress: StepProgress) => void | Promise<void>) | undefined;
    /** Ends the application. A step that is being sent is then `"unknown"`. */
    readonly signal?: AbortSignal | undefined;
    /**
     * Only reads, and says which steps would fail because somebody else has changed a record: all of them. Steps that would be sent are
     * `"not-tried"`, also those that `retryUnknown` sends again. `resumeFrom` takes no result of a dry run. Default `false`.
     */
    readonly dryRun?: boolean | undefined;
    /** Goes on after a step that failed, with those that do not need it; nothing is deleted then. Default `false`. */
    readonly continueOnError?: boolean | undefined;
    /**
     * What `onStep` was told last about this plan, or a result: steps that are done are not done again. A step that was `"unknown"` is
     * looked up: if it is not there, it stays `"unknown"`, and ends the application.
     */
    readonly resumeFrom?: ApplyProgress | undefined;
    /** Sends steps of `resumeFrom` again that are `"unknown"` and not there. Default `false`: they may still be made. */
    readonly retryUnknown?: boolean | undefined;
}

/**
 * Applies a plan: sends each step once. A step first looks at its record: what is there already is not done again, and what somebody
 * else has changed since the plan was made is left alone (`changed-meanwhile`). If a response is lost, the lists are read to find out
 * what became of the step; it is never repeated.
 *
 * @example
 * ```ts
 * // Plan and progress are kept together, so that a page that was closed meanwhile can go on.
 * const run = JSON.parse(localStorage.getItem("run") ?? "null") ?? { plan: plan(await snapshot(production), desired) };
 * const save = (progress) => localStorage.setItem("run", JSON.stringify({ ...run, progress }));
 * const result = await apply(run.plan, production, { resumeFrom: run.progress, onStep: ({ progress }) => save(progress) });
 * if (result.ok) localStorage.removeItem("run");
 * ```
 *
 * @param plan the plan
 * @param callCenter the client of the tenant whose snapshot was `current`
 * @param options progress, abort, and how to go on
 * @returns how each step ended, and a plan that takes back what is done
 * @throws {OmiCallError} `usage` if an argument is not what it must be, `callCenter` is of another tenant than `plan.current`, or
 *     `resumeFrom` is of another plan, before anything is sent; what goes wrong with a step is in the result
 */
export function apply(plan: TenantPlan, callCenter: PlanClient, options?: ApplyOptions): Promise<ApplyResult>;


/**
 * A SIP account as settings for any softphone library.
 */
export interface SoftphoneSettings {
    /**
     * The SIP address, e.g. `"sip:6349@contact18"`. The user is percent-encoded.
     */
    address: string;
    /**
     * The WebSocket to connect to, with the subprotocol `sip`, e.g. `"wss://vh.omicrm.com:7443"`.
     */
    webSocketUrl: string;
    /**
     * The SIP user, also for authentication. Not encoded.
     */
    user: string;
    /**
     * The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
     */
    password: string;
    /**
     * The SIP realm, which is also the host of the address.
     */
    realm: string;
    /**
     * The name that the other side sees, without control characters; `""` if there is none. Not escaped.
     */
    displayName: string;
    /**
     * The STUN servers for `RTCPeerConnection`; empty if there are none.
     */
    iceServers: IceServer[];
    /**
     * The SIP proxy, for information: browsers cannot use it. `null` if there is none.
     */
    proxy: SipProxy | null;
    /**
     * The codec that the PBX prefers.
     */
    codec: CodecWish;
    /**
     * The account fields that were ignored, with reasons.
     */
    ignored: Ignored[];
}

/**
 * A SIP account, complete or not: what `extensions.detail` returns, or a record of `phones.list`.
 */
export interface SipAccountDraft {
    /**
     * The account of `extensions.detail`.
     */
    pbx_account?: PbxAccountDraft | null | undefined;
    /**
     * The SIP realm of a record of `phones.list`.
     */
    domain?: string | null | undefined;
    /**
     * The WebSocket address of a record of `phones.list`.
     */
    outbound_proxy?: string | null | undefined;
    /**
     * The SIP user of a record of `phones.list`.
     */
    sip_user?: string | null | undefined;
    /**
     * The SIP password of a record of `phones.list`, listed with `{ includePasswords: true }`. **A secret.**
     */
    password?: string | null | undefined;
    /**
     * The name of a record of `phones.list`.
     */
    full_name?: string | null | undefined;
}

/**
 * A SIP account, with the vendor's field names.
 */
export interface PbxAccount {
    /**
     * The name that the other side sees.
     */
    display_name: string;
    /**
     * The SIP user, which is the extension number.
     */
    sip_user: string;
    /**
     * The SIP password in plain text. **A secret**: never log or display it.
     */
    sip_password: string;
    /**
     * The WebSocket address to connect to, e.g. `"wss://vh.omicrm.com:7443"`.
     */
    sip_web_socket_server: string;
    /**
     * The SIP realm (domain), often a bare name without a dot, e.g. `"contact18"`.
     */
    sip_realm: string;
    /**
     * A SIP name-addr in angle brackets, e.g. `"<sip:192.0.2.14;transport=udp>"`, or `""`. Browsers cannot use it.
     */
    sip_proxy: string;
    /**
     * The port of the proxy as a string; `""` if there is none.
     */
    sip_proxy_port: string;
    /**
     * STUN servers; may be empty.
     */
    stun_servers: string[];
    /**
     * The transports of the PBX: `"tcp"`, `"udp"`, `"ws"`, `"wss"`.
     */
    transport: string[];
    /**
     * Whether the PBX prefers the Opus codec.
     */
    use_opus: boolean;
    /**
     * The Opus quality that the PBX prefers.
     */
    opus_quality: number;
}

/**
 * A change of the members of a ring group that may be incomplete.
 */
export interface GroupMembersDraft {
    /**
     * The `_id` of the group.
     */
    group_id?: string | null | undefined;
    /**
     * The extensions to add or remove.
     */
    sip_users?: readonly string[] | null | undefined;
}

/**
 * A greeting, a group or a script that nothing in the tenant names.
 */
export interface Orphan {
    /**
     * The kind of the record.
     */
    kind: "greeting" | "group" | "script";
    /**
     * The `_id` of the record.
     */
    id: string;
    /**
     * The name of the record.
     */
    name: string;
}

/**
 * A greeting, as returned by `greetings.list` and `greetings.textToSpeech`.
 *
 * Source: the vendor's documentation, `greeting/list`. Missing values are `null` or `""`.
 */
export interface Greeting {
    /**
     * The id of the greeting, 24 hexadecimal digits.
     */
    _id: string;
    /**
     * When it was created, in Unix milliseconds.
     */
    created_date: number;
    /**
     * When it was last changed, in Unix milliseconds.
     */
    last_updated_date: number;
    /**
     * Who created it. Always `null` in known responses.
     */
    create_by: UserReference | null;
    /**
     * Who last changed it. Always `null` in known responses.
     */
    last_update_by: UserReference | null;
    /**
     * The id of the tenant.
     */
    tenant_id: string;
    /**
     * The name.
     */
    greeting_name: string;
    /**
     * The name without diacritics.
     */
    greeting_name_unsigned: string;
    /**
     * How it was made, in Vietnamese, e.g. `"Robot đọc"` for text-to-speech.
     */
    formality: string;
    /**
     * The file name of the recording, e.g. `"6c0d4c55-d837-4ae5-835e-c16180b09e51.mp3"`. Not a URL that can be played.
     */
    recording_file: string;
    /**
     * The text that is spoken.
     */
    content: string;
    /**
     * The voice; may be one that is not listed.
     */
    voice: GreetingVoice | (string & {});
    /**
     * The speed, from -3 to 3: **a number** here, a string in `textToSpeech`.
     */
    speed: number;
    /**
     * Whether it has been deleted.
     */
    is_deleted: boolean;
    /**
     * Always `null` in known responses.
     */
    is_hidden_in_list: boolean | string | null;
}

/**
 * A key of an IVR script that may be incomplete.
 */
export interface IvrKeyDraft {
    /**
     * The key that a caller presses.
     */
    ivr?: string | null | undefined;
    /**
     * The type of the key's destination.
     */
    action_type?: IvrKeyActionType | (string & {}) | null | undefined;
    /**
     * The `_id` of the key's destination, a group or a script.
     */
    action?: string | null | undefined;
}

/**
 * A key of an IVR script to create or update. Other fields are an error.
 */
export interface IvrKeyRequest {
    /**
     * The key that callers press, e.g. `"1"`.
     */
    ivr: string;
    /**
     * The type of the key's destination; `""` leaves the key unassigned. An undocumented type is sent, with a warning to
     * `onIssue`.
     */
    action_type: IvrKeyActionType | (string & {});
    /**
     * The `_id` of the group or script the key leads to; `""` leaves the key unassigned. For one extension, make a group of one.
     */
    action: string;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    key?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    action_name?: never;
}

/**
 * A key of an IVR script, and where it leads: to a ring group or another script. For one extension, the vendor advises a group of one.
 */
export interface IvrKey {
    /**
     * Always `null` in known responses; the key itself is `ivr`.
     */
    key: string | null;
    /**
     * The type of the key's destination; `""` if the key is not assigned.
     */
    action_type: IvrKeyActionType | UnlistedWord;
    /**
     * The id of the group or script the key leads to; `""` if the key is not assigned.
     */
    action: string;
    /**
     * The name of the destination. Always `null` in known responses.
     */
    action_name: string | null;
    /**
     * The key that callers press, e.g. `"1"`.
     */
    ivr: string;
}

/**
 * A member of a ring group. `agent_id` says who it is; the extension is that of the record of `phones.list` with the same `agent_id`.
 */
export interface GroupMember {
    /**
     * The id of the agent, which is `agent_id` in `phones.list`.
     */
    agent_id: string;
    /**
     * The id of the agent's contact.
     */
    contact_id: string;
    /**
     * The position in the ringing order. Always 0 in known responses.
     */
    order: number;
    /**
     * Always `null` in known responses.
     */
    view: string | null;
    /**
     * How long this member rings, in seconds.
     */
    timeout: number;
    /**
     * The extension. Always `null` in known responses.
     */
    sip_user: string | null;
    /**
     * The id of the music on hold. Always `null` in known responses.
     */
    hold_music_id: string | null;
}

/**
 * A mismatch between a response and its TypeScript type. Contains types, never values.
 */
export interface Drift {
    /**
     * Method and path template of the call, e.g. `"GET /api/call_center/internal_phone/list"`.
     */
    endpoint: string;
    /**
     * Where in the response, as a JSON pointer, e.g. `"/payload/items/3/email"`.
     */
    path: string;
    /**
     * The expected type, e.g. `"a string"`.
     */
    expected: string;
    /**
     * The type of the value found.
     */
    found: "string" | "number" | "boolean" | "null" | "array" | "object" | "missing";
}

/**
 * A phone that a group rings.
 */
export interface IvrRing {
    /**
     * How many seconds the phone rings at most.
     */
    seconds: number;
    /**
     * The extension, if the group has it or `tenant.phones` lists the agent.
     */
    extension?: string;
    /**
     * The id of the agent; absent if the group lists only extensions and no phone has it.
     */
    agentId?: string;
    /**
     * The agent's full name, if `tenant.phones` lists it.
     */
    fullName?: string;
}

/**
 * A place in a script or a group that names a greeting, a group, a script or an extension.
 */
export interface Reference {
    /**
     * The kind of the record that has the place.
     */
    kind: "group" | "script";
    /**
     * The `_id` of that record; `""` if it is not saved yet.
     */
    id: string;
    /**
     * The name of that record.
     */
    name: string;
    /**
     * The place, as a JSON pointer into that record: `"/scripts/2/action"` is the destination of its third key, `"/action"` the
     * fallback, `"/greeting_id"`, `"/greeting_short_id"` and `"/invalid_sound_id"` are sounds, `"/target_timeout"` is the overflow of
     * a group, and `"/members/3"` or `"/sip_members/3"` its fourth member.
     */
    path: string;
    /**
     * The kind of what is named; `null` if the place does not say it, and the tenant does not list the id.
     */
    targetKind: "greeting" | "group" | "script" | "extension" | null;
    /**
     * The `_id` of what is named; of an extension its number, such as `"147"`.
     */
    targetId: string;
    /**
     * Whether what is named does not exist: the tenant lists all records of this kind, but not this one.
     */
    missing: boolean;
}

/**
 * A recording is played, and then the call ends.
 */
export interface IvrRecordingEnding {
    /**
     * The kind of the ending.
     */
    kind: "recording";
    /**
     * The `_id` of the greeting that is played.
     */
    greetingId: string;
    /**
     * The name of the greeting, if `tenant.greetings` lists it.
     */
    greetingName?: string;
}

/**
 * A recording to upload.
 */
export interface GreetingUpload {
    /**
     * The recording, **an MP3 file**.
     */
    file: Blob | ArrayBuffer | Uint8Array;
    /**
     * The name of the new greeting; not blank if you pass one. By default, the server chooses one.
     */
    greeting_name?: string | undefined;
}

/**
 * A ring group gets the call.
 */
export interface IvrGroupEnding {
    /**
     * The kind of the ending.
     */
    kind: "group";
    /**
     * The `_id` of the group.
     */
    groupId: string;
    /**
     * The name of the group.
     */
    groupName: string;
    /**
     * How `rings` are rung: all at once (`enterprise`), in order (`rollover`), or one by one in any order (`random`).
     */
    strategy: RingStrategy | (string & {});
    /**
     * The phones that it rings.
     */
    rings: IvrRing[];
    /**
     * How many seconds the caller hears ringing at most.
     */
    ringSeconds: number;
}

/**
 * A ring group to create. Other fields are an error, for TypeScript and at run time.
 */
export interface GroupRequest {
    /**
     * The name.
     */
    group_name: string;
    /**
     * Which members a phone call rings. Ringing in order skips members who are offline; a member with several devices rings
     * on all of them. Any other strategy is an error, also one that a record has.
     */
    strategy: RingStrategy | UnlistedWord;
    /**
     * The extensions of the members, e.g. `["147", "145"]`, in the order in which they ring.
     */
    sip_members: readonly string[];
    /**
     * How long **each** member rings, in whole seconds from 1. More than 60 are a warning.
     */
    timeout: number;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    _id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    tenant_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    group_name_unsigned?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    group_number?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    created_date?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    last_updated_date?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    create_by?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    last_update_by?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_deleted?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    note?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    members?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_forward_to_user_owner?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_forward_to_outer_group?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    outer_group_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_back_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_back_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_answer?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    target_timeout_type?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    target_timeout?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    target_timeout_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_type?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_wait_time?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_wait_time_sequence?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_type_result?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    enable_criteria?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    criterias?: never;
}

/**
 * A ring group, as returned by `groups.list`, `groups.create` and `groups.update`.
 *
 * Ringing in order (`rollover`) skips members who are offline. A member who is signed in on several devices is rung on all of them.
 * Calls that nobody takes go to its overflow (`target_timeout_type` and `target_timeout`).
 *
 * Source: the vendor's documentation, `internal_group/list`. Missing values are `null` or `""`.
 */
export interface InternalGroup {
    /**
     * The id of the group, 24 hexadecimal digits.
     */
    _id: string;
    /**
     * The id of the tenant.
     */
    tenant_id: string;
    /**
     * The name, e.g. `"Nhóm Sales"`.
     */
    group_name: string;
    /**
     * The name without diacritics, e.g. `"Nhom Sales"`.
     */
    group_name_unsigned: string;
    /**
     * The number of the group, e.g. `"62714"`, which can be dialled like an extension.
     */
    group_number: string;
    /**
     * When it was created, in Unix milliseconds.
     */
    created_date: number;
    /**
     * When it was last changed, in Unix milliseconds.
     */
    last_updated_date: number;
    /**
     * Who created it; `null` if unknown.
     */
    create_by: UserReference | null;
    /**
     * Who last changed it; `null` if nobody did.
     */
    last_update_by: UserReference | null;
    /**
     * Whether it has been deleted.
     */
    is_deleted: boolean;
    /**
     * A note. Always `null` in known responses.
     */
    note: string | null;
    /**
     * The members, in the order in which they ring.
     */
    members: GroupMember[];
    /**
     * Always `null` in known responses.
     */
    is_forward_to_user_owner: boolean | string | null;
    /**
     * Whether phone calls are forwarded to an outer group.
     */
    is_forward_to_outer_group: boolean;
    /**
     * Always `null` in known responses.
     */
    outer_group_id: string | null;
    /**
     * In which order a phone call rings the members; may be a strategy that the package does not list.
     */
    strategy: RingStrategy | UnlistedWord;
    /**
     * The id of the ring-back tone; `""` or `null` for none.
     */
    ring_back_id: string | null;
    /**
     * The name of the ring-back tone. Always `null` in known responses.
     */
    ring_back_name: string | null;
    /**
     * `"true"` or `"false"`, **a string**, or `null`.
     */
    is_answer: TrueOrFalse | null;
    /**
     * The kind of the overflow, where calls go that nobody takes; `""` or `null` for nowhere.
     * `"Voice_mail"` can be set only in the vendor's console, and there may be other kinds.
     */
    target_timeout_type: "Recording" | "Ivr_menu" | "Ring_group" | "Voice_mail" | "" | (string & {}) | null;
    /**
     * The `_id` of the overflow's greeting, script or group; `""` or `null` for none.
     */
    target_timeout: string | null;
    /**
     * The name of that destination. Always `null` in known responses.
     */
    target_timeout_name: string | null;
    /**
     * The type of the group; the vendor does not document the numbers.
     */
    ring_group_type: number | null;
    /**
     * A waiting time; the vendor documents neither meaning nor unit.
     */
    ring_group_wait_time: number | null;
    /**
     * A waiting time; the vendor documents neither meaning nor unit.
     */
    ring_group_wait_time_sequence: number | null;
    /**
     * Always `null` in known responses.
     */
    ring_group_type_result: string | null;
    /**
     * Whether `criterias` are used.
     */
    enable_criteria: boolean | null;
    /**
     * Criteria; the vendor does not document their form. Always empty or `null` in known responses.
     */
    criterias: unknown[] | null;
    /**
     * The extensions of the members; only in the responses of `create` and `update`.
     */
    sip_members?: string[];
    /**
     * How long each member rings, in seconds; only in the responses of `create` and `update`.
     */
    timeout?: number;
}

/**
 * A tenant as its lists returned it: arrays (`await callCenter.groups.iterate().toArray()`) or single pages.
 *
 * Leave out the lists that you do not have: rules that need them are skipped. Records with `is_deleted: true` are
 * ignored. A page with `has_next: true` counts as `complete: false`.
 */
export interface Tenant {
    /**
     * The IVR scripts.
     */
    scripts?: readonly IvrScriptDraft[] | DraftPage<IvrScriptDraft> | null | undefined;
    /**
     * The ring groups.
     */
    groups?: readonly InternalGroupDraft[] | DraftPage<InternalGroupDraft> | null | undefined;
    /**
     * The greetings.
     */
    greetings?: readonly GreetingDraft[] | DraftPage<GreetingDraft> | null | undefined;
    /**
     * The internal phones.
     */
    phones?: readonly InternalPhoneDraft[] | DraftPage<InternalPhoneDraft> | null | undefined;
    /**
     * Whether the lists hold all records. If `false`, a record that is not found is a warning instead of an error.
     * Default `true`.
     */
    complete?: boolean | null | undefined;
    /**
     * The `_id`s of the scripts that hotlines lead to. Without them, unreachable scripts are not reported.
     */
    startScripts?: readonly string[] | null | undefined;
    /**
     * The language of the messages. Default `"en"`.
     */
    language?: Language | null | undefined;
    /**
     * The `_id` of the record that is updated with the payload, if the payload has no `_id` itself.
     */
    id?: string | null | undefined;
    /**
     * Whether a change of members adds or removes them. Default `"add"`.
     */
    action?: "add" | "remove" | null | undefined;
}

/**
 * A text to turn into a greeting. Other fields are an error.
 */
export interface TextToSpeechRequest {
    /**
     * The name of the new greeting.
     */
    greeting_name: string;
    /**
     * The text, 1 to 300 characters.
     */
    text: string;
    /**
     * The speed, from `"-3"` (slowest) to `"3"`. A number, as records have it, is sent as a string. Another
     * speed breaks a rule.
     */
    speed: SpeechSpeed | (string & {}) | number;
    /**
     * The voice. One that is not listed is sent, with a warning to `onIssue`.
     */
    voice: GreetingVoice | (string & {});
}

/**
 * A text-to-speech request that may be incomplete.
 */
export interface TextToSpeechDraft {
    /**
     * The name of the new greeting.
     */
    greeting_name?: string | null | undefined;
    /**
     * The text to read out.
     */
    text?: string | null | undefined;
    /**
     * The speed, from `"-3"` (slowest) to `"3"`, as text or as a number.
     */
    speed?: SpeechSpeed | (string & {}) | number | null | undefined;
    /**
     * The voice.
     */
    voice?: GreetingVoice | (string & {}) | null | undefined;
}

/**
 * A token that you already have. When the server refuses it, calls reject with `kind: "auth"`.
 */
export interface AccessTokenAuth {
    /**
     * The token, without the prefix `Bearer`.
     */
    accessToken: string;
    /**
     * Must not be set: exactly one way to sign in.
     */
    getAccessToken?: never;
    /**
     * Must not be set: exactly one way to sign in.
     */
    apiKey?: never;
}

/**
 * A user who created or changed a record.
 */
export interface UserReference {
    /**
     * The id of the user.
     */
    id: string;
    /**
     * The display name, e.g. `"OMI Hotline"`.
     */
    name: string;
}

/**
 * An IVR script that may be incomplete: the request of `ivrScripts.create`, or a record of `ivrScripts.list`.
 */
export interface IvrScriptDraft {
    /**
     * The id of the script; absent if it is not saved yet.
     */
    _id?: string | null | undefined;
    /**
     * The name.
     */
    script_name?: string | null | undefined;
    /**
     * The number of the script, which messages show.
     */
    script_number?: string | null | undefined;
    /**
     * The `_id` of the greeting that callers hear.
     */
    greeting_id?: string | null | undefined;
    /**
     * The `_id` of a shorter greeting, played when a caller comes back to the menu.
     */
    greeting_short_id?: string | null | undefined;
    /**
     * Whether it has been deleted.
     */
    is_deleted?: boolean | null | undefined;
    /**
     * The keys.
     */
    scripts?: readonly IvrKeyDraft[] | null | undefined;
    /**
     * How many seconds the script waits for a key.
     */
    time_out?: number | null | undefined;
    /**
     * The type of the fallback, which is where callers go who press nothing, or wrong keys too often.
     */
    action_type?: IvrActionType | (string & {}) | null | undefined;
    /**
     * The `_id` of the fallback's group, script or greeting.
     */
    action?: string | null | undefined;
    /**
     * The `_id` of the greeting that is played after a wrong key.
     */
    invalid_sound_id?: string | null | undefined;
    /**
     * How many wrong keys a caller may press before the fallback.
     */
    max_failure?: number | null | undefined;
    /**
     * Whether a caller may dial an extension.
     */
    ivr_direct_menu_dial?: "true" | "false" | (string & {}) | null | undefined;
}

/**
 * An IVR script to create, or the new content of one: the server requires the first five fields each time.
 *
 * **What an update leaves out may be reset**: pass the optional fields as they are. Other fields are an error, for TypeScript and
 * at run time: `scriptRequest` makes this of a script from `ivrScripts.list`.
 */
export interface IvrScriptRequest {
    /**
     * The name, unique in the tenant.
     */
    script_name: string;
    /**
     * The `_id` of the greeting that callers hear. Keys count while it plays.
     */
    greeting_id: string;
    /**
     * How many wrong keys a caller may press, from 1. Then the fallback follows, as after silence.
     */
    max_failure: number;
    /**
     * How long the script waits for a key, in whole seconds from the end of the greeting, from 1. Less than 3 or more than 30 are a
     * warning.
     */
    time_out: number;
    /**
     * The keys. Without any, the greeting is played and the fallback follows.
     */
    scripts: readonly IvrKeyRequest[];
    /**
     * The type of the fallback, where callers go who press no key, or wrong keys too often; `""` for nowhere: the call ends. An
     * undocumented type is sent.
     */
    action_type?: IvrActionType | (string & {}) | null | undefined;
    /**
     * The `_id` of the fallback's group, script or greeting.
     */
    action?: string | null | undefined;
    /**
     * The `_id` of a shorter greeting for callers who come back to the menu.
     */
    greeting_short_id?: string | null | undefined;
    /**
     * The `_id` of the greeting that is played after a wrong key.
     */
    invalid_sound_id?: string | null | undefined;
    /**
     * Whether callers may dial an extension: `"true"` or `"false"`, **a string**. The vendor documents it only in responses.
     */
    ivr_direct_menu_dial?: TrueOrFalse | null | undefined;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    _id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    tenant_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    script_name_unsigned?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    script_number?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    greeting_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    greeting_short_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    note?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    created_date?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    created_by?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    last_updated_date?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    last_updated_by?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_deleted?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    action_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    invalid_sound_name?: never;
}

/**
 * An IVR script, as returned by `ivrScripts.list`, `ivrScripts.create` and `ivrScripts.update`.
 *
 * A caller hears the greeting and presses a key, also while it still plays. A caller who presses nothing within `time_out`, or
 * wrong keys too often, goes where the fallback leads (`action_type` and `action`). A script without keys plays its greeting and
 * goes on to its fallback.
 *
 * Source: the vendor's documentation, `key-interaction/list`. Missing values are `null` or `""`.
 */
export interface IvrScript {
    /**
     * The id of the script, 24 hexadecimal digits.
     */
    _id: string;
    /**
     * The id of the tenant.
     */
    tenant_id: string;
    /**
     * The name, unique in the tenant.
     */
    script_name: string;
    /**
     * The name without diacritics.
     */
    script_name_unsigned: string;
    /**
     * The number of the script, e.g. `"166780"`.
     */
    script_number: string;
    /**
     * The `_id` of the greeting that callers hear.
     */
    greeting_id: string;
    /**
     * The name of that greeting. Always `null` in known responses.
     */
    greeting_name: string | null;
    /**
     * The `_id` of the greeting for callers who come back to this menu; `""` for none.
     */
    greeting_short_id: string;
    /**
     * The name of that greeting. Always `null` in known responses.
     */
    greeting_short_name: string | null;
    /**
     * A note. Always `null` in known responses.
     */
    note: string | null;
    /**
     * When it was created, in Unix milliseconds.
     */
    created_date: number;
    /**
     * Who created it. In groups and greetings, this is `create_by`.
     */
    created_by: UserReference | null;
    /**
     * When it was last changed, in Unix milliseconds.
     */
    last_updated_date: number;
    /**
     * Who last changed it. In groups and greetings, this is `last_update_by`.
     */
    last_updated_by: UserReference | null;
    /**
     * Whether it has been deleted.
     */
    is_deleted: boolean;
    /**
     * The keys.
     */
    scripts: IvrKey[];
    /**
     * How long the script waits for a key, in seconds from the end of the greeting.
     */
    time_out: number;
    /**
     * The type of the fallback, where callers go who press nothing, or wrong keys too often; `""` for none.
     */
    action_type: IvrActionType | UnlistedWord;
    /**
     * The `_id` of the group, script or greeting of the fallback; `""` for none.
     */
    action: string;
    /**
     * The name of the destination. Always `null` in known responses.
     */
    action_name: string | null;
    /**
     * The `_id` of the greeting that is played after a wrong key; `""` for none.
     */
    invalid_sound_id: string;
    /**
     * The name of that greeting. Always `null` in known responses.
     */
    invalid_sound_name: string | null;
    /**
     * How many wrong keys a caller may press before the fallback.
     */
    max_failure: number;
    /**
     * Whether callers may dial an extension: `"true"` or `"false"`, **a string**, or `null`.
     */
    ivr_direct_menu_dial: TrueOrFalse | null;
}

/**
 * An account field that was ignored.
 */
export interface Ignored {
    /**
     * The field, as a JSON pointer into the account that was passed.
     */
    path: string;
    /**
     * Why it was ignored, in English.
     */
    reason: string;
}

/**
 * An extension and its SIP account, as returned by `extensions.detail`.
 *
 * Source: the vendor's documentation, `extensions/detail`.
 */
export interface ExtensionDetail {
    /**
     * The extension number, e.g. `"6349"`.
     */
    extension: string;
    /**
     * The agent's full name.
     */
    full_name: string;
    /**
     * The agent's e-mail address.
     */
    mail: string;
    /**
     * The SIP account of the extension.
     */
    pbx_account: PbxAccount;
    /**
     * The id of the agent.
     */
    uuid: string;
    /**
     * The hotlines that this extension may call out with; only in newer responses.
     */
    hotlines?: string[];
}

/**
 * An internal phone, as returned by `phones.list`, with the vendor's field names.
 *
 * The record does not say whether the phone is enabled. A disabled one cannot connect from anywhere, desk phones included.
 *
 * Source: the vendor's documentation, `internal_phone/list`.
 */
export interface InternalPhone {
    /**
     * The SIP domain (realm) of the account, often a bare name without a dot, e.g. `"omiteam"`.
     */
    domain: string;
    /**
     * The WebSocket address that a softphone connects to, e.g. `"wss://wssvn.omicrm.com"`.
     */
    outbound_proxy: string;
    /**
     * The extension number, which is also the SIP user, e.g. `"147"`. Extensions of employees have up to 4 digits, those of apps 8.
     */
    sip_user: string;
    /**
     * The SIP password; `""` if there is none. It is `"***"`, unless the call asked for it with `{ includePasswords: true }`:
     * then it is plain text and **a secret**, so never log or display it.
     */
    password: string;
    /**
     * The agent's full name, e.g. `"Nguyễn Thị Minh An"`.
     */
    full_name: string;
    /**
     * The agent's e-mail address.
     */
    email: string;
    /**
     * The public number that customers see; `""` if there is none.
     */
    public_number: string;
    /**
     * When it was last changed, in Unix milliseconds.
     */
    last_updated_date: number;
    /**
     * When it was created, in Unix milliseconds.
     */
    created_date: number;
    /**
     * The id of the agent, which is also in the members of groups; missing in older responses.
     */
    agent_id?: string;
}

/**
 * Assigns a hotline to an extension: one number to exactly one extension. Other fields are an error.
 */
export interface HotlineAssignment {
    /**
     * The public number, as returned by `hotlines.list`, e.g. `"02473000000"`.
     */
    hotline: string;
    /**
     * The e-mail address of the agent whose extension gets the hotline.
     */
    user_email: string;
    /**
     * The directions in which the extension uses the hotline: `"outbound"`, `"inbound"` or both.
     */
    directions: readonly ("outbound" | "inbound")[];
}

/**
 * For servers and trials: the API key itself. In a web page, every visitor can read it.
 */
export interface ApiKeyAuth {
    /**
     * The API key of the tenant.
     */
    apiKey: string;
    /**
     * Confirms that every visitor of the page may read the API key. Required in windows and workers, optional on a server.
     */
    dangerouslyAllowBrowser?: boolean;
    /**
     * Must not be set: exactly one way to sign in.
     */
    accessToken?: never;
    /**
     * Must not be set: exactly one way to sign in.
     */
    getAccessToken?: never;
}

/**
 * How a call ends; `kind` says which ending it is.
 */
export type IvrEnding = IvrGroupEnding | IvrNoAnswerEnding | IvrExtensionEnding | IvrRecordingEnding | IvrHangupEnding | IvrTooDeepEnding | IvrWaitingEnding | IvrUnknownEnding;

/**
 * How a call rings the members of a group: all at once (`"enterprise"`), one after the other in their order (`"rollover"`), or one
 * after the other in a random order (`"random"`).
 */
export type RingStrategy = "enterprise" | "rollover" | "random";

/**
 * How bad an issue is. `"error"`: the server would refuse the payload, or a caller would be lost, so nothing is sent. `"warning"`:
 * probably a mistake. `"hint"`: worth a look.
 */
export type Severity = "error" | "warning" | "hint";

/**
 * How fast a text is read, from `"-3"` (slowest) to `"3"`: **a string**, as the server wants it.
 */
export type SpeechSpeed = "-3" | "-2" | "-1" | "0" | "1" | "2" | "3";

/**
 * How to sign in: exactly one of these. `TokenFunctionAuth`, with tokens from your backend, is recommended.
 */
export type Auth = AccessTokenAuth | TokenFunctionAuth | ApiKeyAuth;

/**
 * It is not known what happens at the destination: the tenant does not list it, or its type is not documented.
 */
export interface IvrUnknownEnding {
    /**
     * The kind of the ending.
     */
    kind: "unknown";
    /**
     * The id of the destination.
     */
    destinationId: string;
    /**
     * The type of the destination if it is not documented, such as `"Voice_mail"`.
     */
    destinationType?: string;
}

/**
 * Members to add to a ring group or to remove from it. Other fields are an error.
 */
export interface GroupMembersChange {
    /**
     * The `_id` of the group.
     */
    group_id: string;
    /**
     * The extensions of the members, e.g. `["147"]`.
     */
    sip_users: readonly string[];
}

/**
 * Nobody in a group answers, and the group has no overflow.
 */
export interface IvrNoAnswerEnding {
    /**
     * The kind of the ending.
     */
    kind: "no-answer";
    /**
     * The `_id` of the group.
     */
    groupId: string;
    /**
     * The name of the group.
     */
    groupName: string;
}

/**
 * One page of a list, as the server sends it.
 *
 * Only `has_next` tells whether there is another page: on the last page, `next_page` is the number of that page itself, and
 * `total_pages` does not always agree with `total_items`.
 */
export interface Page<T> {
    /**
     * The records of this page.
     */
    items: T[];
    /**
     * The number of this page, from 1.
     */
    page_number: number;
    /**
     * The maximum number of records per page.
     */
    page_size: number;
    /**
     * The total number of records.
     */
    total_items: number;
    /**
     * The total number of pages, as the server counts them.
     */
    total_pages: number;
    /**
     * Whether there is a next page.
     */
    has_next: boolean;
    /**
     * The number of the next page; on the last page, this page's own number.
     */
    next_page: number;
    /**
     * Whether there is a previous page.
     */
    has_previous: boolean;
    /**
     * The number of the previous page; `1` on the first page.
     */
    previous_page: number;
    /**
     * Some lists send `null`; its meaning is unknown.
     */
    extension?: string | null;
}

/**
 * One problem of a payload.
 */
export interface Issue {
    /**
     * The rule that found it.
     */
    code: IssueCode;
    /**
     * How bad it is.
     */
    severity: Severity;
    /**
     * Where, as a JSON pointer into what was passed, e.g. `"/scripts/0/action"`; `""` for all of it.
     */
    path: string;
    /**
     * What is wrong and what is allowed, in the requested language.
     */
    message: string;
    /**
     * The values in the message, for messages of your own.
     */
    params: IssueParams;
}

/**
 * Options of `jsSipConfig`. All are optional.
 */
export interface JsSipOptions {
    /**
     * The namespace of the library, to make the socket: `import * as JsSIP from "jssip"`.
     */
    JsSIP?: unknown;
    /**
     * The name that the other side sees, instead of the account's own.
     */
    displayName?: string | undefined;
    /**
     * Whether `ua.start()` registers. JsSIP's default is `true`.
     */
    register?: boolean | undefined;
    /**
     * How long a registration lasts, in seconds, at least 1. JsSIP's default is 600.
     */
    registerExpires?: number | undefined;
    /**
     * The language of the `issues` if the account cannot register. Default `"en"`.
     */
    language?: Language | undefined;
}

/**
 * Options of `omiCallSdkConfig`. All are optional.
 */
export interface OmiCallSdkOptions {
    /**
     * Whether to pass the account's WebSocket as `wssUri`, which the vendor does not document. Default `false`.
     */
    wssUri?: boolean | undefined;
    /**
     * The language of the `issues` if the account cannot register. Default `"en"`.
     */
    language?: Language | undefined;
}

/**
 * Options of `sipJsConfig`. All are optional.
 */
export interface SipJsOptions {
    /**
     * The namespace of the library, to make the URI: `import * as SIP from "sip.js"`, or `{ UserAgent }`.
     */
    SIP?: unknown;
    /**
     * The name that the other side sees, instead of the account's own.
     */
    displayName?: string | undefined;
    /**
     * The language of the `issues` if the account cannot register. Default `"en"`.
     */
    language?: Language | undefined;
}

/**
 * Options of `softphoneSettings`. All are optional.
 */
export interface SoftphoneOptions {
    /**
     * The name that the other side sees, instead of the account's own.
     */
    displayName?: string | undefined;
    /**
     * The language of the `issues` if the account cannot register. Default `"en"`.
     */
    language?: Language | undefined;
}

/**
 * Options of `toArray`.
 */
export interface ToArrayOptions {
    /**
     * The maximum number of records; no further pages are fetched. Default, and with `Infinity`: all records.
     */
    limit?: number | undefined;
}

/**
 * Options of a single call; they override the client's.
 */
export interface CallOptions {
    /**
     * Aborts the call; it rejects with `kind: "aborted"`.
     */
    signal?: AbortSignal | undefined;
    /**
     * The timeout of this call, in milliseconds; `Infinity` for none. Default: the client's. If the call has to sign in first, and other calls wait for
     * the same token, the sign-in may go on after it.
     */
    timeoutMs?: number | undefined;
    /**
     * The maximum number of retries after transient failures. Default: the client's. The sign-in has those of the client, if they are more. A browser
     * may also repeat a request by itself, even a change, when a connection that was used before is reset.
     */
    maxRetries?: number | undefined;
    /**
     * Whether to check the payload before sending it; GET requests have no payload. Default: the client's.
     */
    validation?: boolean | undefined;
}

/**
 * Options of an upload; they override the client's.
 */
export interface GreetingUploadOptions {
    /**
     * Called with the upload progress. Called only once, at the end, if there is no XMLHttpRequest (service workers, Node)
     * or the client has a custom `fetch`.
     */
    onProgress?: ((progress: UploadProgress) => void) | undefined;
    /**
     * Aborts the upload; it rejects with `kind: "aborted"`.
     */
    signal?: AbortSignal | undefined;
    /**
     * The timeout of the whole upload, in milliseconds; `Infinity` for none. Default: the client's, so allow for slow connections.
     */
    timeoutMs?: number | undefined;
    /**
     * The maximum number of retries after HTTP 429 and 503. Default: the client's.
     */
    maxRetries?: number | undefined;
    /**
     * Whether to check the recording first. Default: the client's `validation`.
     */
    validation?: boolean | undefined;
}

/**
 * Recommended: your backend keeps the API key and issues tokens.
 */
export interface TokenFunctionAuth {
    /**
     * Returns a token from your backend; it must not call this client. Called once for all waiting calls, again shortly before
     * the token expires (if it is a JWT with `exp`), and once more if the server refuses it.
     */
    getAccessToken: () => string | Promise<string>;
    /**
     * Must not be set: exactly one way to sign in.
     */
    accessToken?: never;
    /**
     * Must not be set: exactly one way to sign in.
     */
    apiKey?: never;
}

/**
 * STUN servers for `RTCPeerConnection`.
 */
export interface IceServer {
    /**
     * Each is `stun:host[:port]` or `stuns:host[:port]`.
     */
    urls: string[];
}

/**
 * The HTTP method of an endpoint.
 */
export type HttpMethod = "GET" | "POST" | "PUT" | "DELETE";

/**
 * The account of `extensions.detail`, complete or not.
 */
export interface PbxAccountDraft {
    /**
     * The name that the other side sees.
     */
    display_name?: string | null | undefined;
    /**
     * The SIP user.
     */
    sip_user?: string | null | undefined;
    /**
     * The SIP password. **A secret.**
     */
    sip_password?: string | null | undefined;
    /**
     * The WebSocket address, `wss://host[:port][/path][?query]`.
     */
    sip_web_socket_server?: string | null | undefined;
    /**
     * The SIP realm.
     */
    sip_realm?: string | null | undefined;
    /**
     * A SIP address in angle brackets.
     */
    sip_proxy?: string | null | undefined;
    /**
     * The port of the proxy.
     */
    sip_proxy_port?: string | null | undefined;
    /**
     * STUN servers.
     */
    stun_servers?: readonly string[] | null | undefined;
    /**
     * The transports of the PBX.
     */
    transport?: readonly string[] | null | undefined;
    /**
     * Whether the PBX prefers Opus.
     */
    use_opus?: boolean | null | undefined;
    /**
     * The preferred quality of Opus.
     */
    opus_quality?: number | null | undefined;
}

/**
 * The argument of `OMICallSDK.register(…)` of the vendor's Web SDK v3.
 */
export interface OmiCallSdkConfig {
    /**
     * The SIP realm.
     */
    sipRealm: string;
    /**
     * The SIP user.
     */
    sipUser: string;
    /**
     * The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
     */
    sipPassword: string;
    /**
     * The WebSocket to connect to; only if requested.
     */
    wssUri?: string;
}

/**
 * The argument of `onRequest`: a request about to be sent. Without query, body and token.
 */
export interface RequestEvent {
    /**
     * The HTTP method.
     */
    method: HttpMethod;
    /**
     * The path template, e.g. `"/api/call_center/internal_group/delete/:id"`.
     */
    path: string;
    /**
     * The number of the attempt, from 1.
     */
    attempt: number;
}

/**
 * The argument of `onResponse`: a response that has been read. Not called without a response.
 */
export interface ResponseEvent {
    /**
     * The HTTP method.
     */
    method: HttpMethod;
    /**
     * The path template.
     */
    path: string;
    /**
     * The number of the attempt, from 1.
     */
    attempt: number;
    /**
     * The HTTP status. The vendor sends most failures with `200`.
     */
    status: number;
    /**
     * The time from sending the request to reading the response, in milliseconds.
     */
    elapsedMs: number;
}

/**
 * The argument of `onRetry`: a retry about to happen.
 */
export interface RetryEvent {
    /**
     * The HTTP method.
     */
    method: HttpMethod;
    /**
     * The path template.
     */
    path: string;
    /**
     * The number of the failed attempt, from 1.
     */
    attempt: number;
    /**
     * The delay before the next attempt, in milliseconds.
     */
    waitMs: number;
    /**
     * The HTTP status of the failed attempt; missing without a response.
     */
    status?: number;
}

/**
 * The caller has dialled an extension. If `tenant.phones` does not list all phones, any digits that are not a key count as one.
 */
export interface IvrExtensionEnding {
    /**
     * The kind of the ending.
     */
    kind: "extension";
    /**
     * The extension.
     */
    extension: string;
    /**
     * The id of the agent, if `tenant.phones` lists it.
     */
    agentId?: string;
    /**
     * The agent's full name, if `tenant.phones` lists it.
     */
    fullName?: string;
}

/**
 * The caller would enter more than 12 nested menus.
 */
export interface IvrTooDeepEnding {
    /**
     * The kind of the ending.
     */
    kind: "too-deep";
    /**
     * The `_id` of the script that is not entered.
     */
    scriptId: string;
}

/**
 * The code of a rule. A code never changes its meaning.
 */
export type IssueCode = "list-page-invalid" | "ivr-name-required" | "ivr-name-taken" | "ivr-greeting-required" | "ivr-sound-unknown" | "ivr-max-failure-invalid" | "ivr-max-failure-unusual" | "ivr-timeout-invalid" | "ivr-timeout-unusual" | "ivr-no-options" | "ivr-key-invalid" | "ivr-key-multi-digit" | "ivr-key-prefix" | "ivr-key-duplicate" | "ivr-key-hash" | "ivr-key-gap" | "ivr-many-options" | "ivr-option-unassigned" | "ivr-action-type-unknown" | "ivr-action-missing" | "ivr-action-orphan" | "ivr-action-id-format" | "ivr-target-unknown" | "ivr-target-type-mismatch" | "ivr-fallback-missing" | "ivr-invalid-sound-missing" | "ivr-direct-dial-value" | "ivr-self-loop" | "ivr-cycle" | "ivr-trap" | "ivr-too-deep" | "ivr-unreachable" | "ivr-group-empty" | "ivr-direct-dial-delay" | "ivr-direct-dial-shadow" | "group-name-required" | "group-strategy-unknown" | "group-timeout-invalid" | "group-total-ring-long" | "group-members-empty" | "group-member-format" | "group-member-duplicate" | "group-member-unknown" | "group-member-is-group" | "group-id-format" | "members-noop" | "members-lost" | "group-overflow-lost" | "group-overflow-incomplete" | "group-overflow-type-unknown" | "group-overflow-unknown" | "group-overflow-self" | "changed-meanwhile" | "record-missing" | "members-unresolved" | "greeting-not-mp3" | "greeting-truncated" | "greeting-empty" | "greeting-name-required" | "tts-text-length" | "tts-text-blank" | "tts-speed-range" | "tts-voice-unknown" | "still-used" | "text-control-character" | "sip-ws-url-invalid" | "sip-ws-url-insecure" | "sip-realm-invalid" | "sip-user-invalid" | "sip-password-missing" | "sip-password-masked" | "sip-stun-invalid" | "sip-transport-no-ws";

/**
 * The codec that the PBX prefers.
 */
export interface CodecWish {
    /**
     * Whether it prefers Opus: see `preferOpus`.
     */
    opus: boolean;
    /**
     * The preferred quality of Opus, in the vendor's units; `null` if the account has none.
     */
    quality: number | null;
}

/**
 * The configuration for `new RTCPeerConnection(…)`.
 */
export interface IceConfiguration {
    /**
     * The STUN servers; empty if the account has none.
     */
    iceServers: IceServer[];
}

/**
 * The configuration of JsSIP, without its sockets.
 */
export interface JsSipAccount {
    /**
     * The SIP address.
     */
    uri: string;
    /**
     * The user to authenticate as.
     */
    authorization_user: string;
    /**
     * The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
     */
    password: string;
    /**
     * The name that the other side sees. JsSIP escapes it.
     */
    display_name?: string;
    /**
     * Whether `ua.start()` registers.
     */
    register?: boolean;
    /**
     * How long a registration lasts, in seconds.
     */
    register_expires?: number;
}

/**
 * The direction of a phone call, seen from the agent.
 */
export type CallDirection = "outbound" | "inbound";

/**
 * The extension to look up.
 */
export interface ExtensionQuery {
    /**
     * The kind of `keyword`: an extension number (`"sip_user"`), an e-mail address (`"user_email"`) or an agent's id (`"usr_uuid"`).
     */
    type: ExtensionKey;
    /**
     * The extension number, e-mail address or id.
     */
    keyword: string;
}

/**
 * The fields of a greeting that the checks and the simulator read.
 */
export interface GreetingDraft {
    /**
     * The id of the greeting.
     */
    _id?: string | null | undefined;
    /**
     * The name.
     */
    greeting_name?: string | null | undefined;
    /**
     * Whether it has been deleted.
     */
    is_deleted?: boolean | null | undefined;
}

/**
 * The fields of a ring group that the checks, the simulator and the diagram read; a record of `groups.list` has them.
 */
export interface InternalGroupDraft {
    /**
     * The id of the group.
     */
    _id?: string | null | undefined;
    /**
     * The name.
     */
    group_name?: string | null | undefined;
    /**
     * The number of the group, which can be dialled like an extension.
     */
    group_number?: string | null | undefined;
    /**
     * Whether it has been deleted.
     */
    is_deleted?: boolean | null | undefined;
    /**
     * In which order members ring.
     */
    strategy?: RingStrategy | (string & {}) | null | undefined;
    /**
     * The members, as `groups.list` returns them.
     */
    members?: readonly GroupMemberDraft[] | null | undefined;
    /**
     * The extensions of the members, as `groups.create` and `groups.update` take them.
     */
    sip_members?: readonly string[] | null | undefined;
    /**
     * How many seconds each member rings, as `groups.create` and `groups.update` take it.
     */
    timeout?: number | null | undefined;
    /**
     * The type of the overflow, which is where a call goes that no member took.
     */
    target_timeout_type?: string | null | undefined;
    /**
     * The `_id` of the overflow's greeting, script or group.
     */
    target_timeout?: string | null | undefined;
    /**
     * What callers hear while it rings.
     */
    ring_back_id?: string | null | undefined;
    /**
     * The group that it forwards calls to.
     */
    outer_group_id?: string | null | undefined;
}

/**
 * The fields of a ring group's member that the checks and the simulator read.
 */
export interface GroupMemberDraft {
    /**
     * The id of the agent, which their phone has too.
     */
    agent_id?: string | null | undefined;
    /**
     * The extension. The server has only ever sent `null`.
     */
    sip_user?: string | null | undefined;
    /**
     * How many seconds this member rings.
     */
    timeout?: number | null | undefined;
    /**
     * What callers hear whom this member puts on hold.
     */
    hold_music_id?: string | null | undefined;
}

/**
 * The fields of an internal phone that the checks and the simulator read.
 */
export interface InternalPhoneDraft {
    /**
     * The extension.
     */
    sip_user?: string | null | undefined;
    /**
     * The id of the agent.
     */
    agent_id?: string | null | undefined;
    /**
     * The agent's full name.
     */
    full_name?: string | null | undefined;
}

/**
 * The fields of every `OmiCallError`, besides its message. They never contain a token, a key or a password.
 */
export interface ErrorFields {
    /**
     * The kind of the error.
     */
    kind: ErrorKind;
    /**
     * How many requests the call sent; `0` if it failed before the first one.
     */
    attempts: number;
    /**
     * What is wrong with the payload if `kind` is `"validation"`; otherwise empty.
     */
    issues: Issue[];
    /**
     * Whether the same call may soon succeed.
     */
    retryable: boolean;
    /**
     * The vendor's error code, e.g. `"extension_invalid"`, if the response has one.
     */
    code?: KnownErrorCode | (string & {});
    /**
     * The server's own sentence about the failure, if the response has one: show it to people. It is in the server's language,
     * and secrets in it are masked.
     */
    serverMessage?: string;
    /**
     * The HTTP status of the last response, e.g. `401`. The vendor sends most failures with `200`.
     */
    status?: number;
    /**
     * The `status_code` of the response body: `9999` is success, `-9999` failure.
     */
    statusCode?: number;
    /**
     * The `instance_id` of the response body: which server responded. Quote it to the vendor's support.
     */
    instanceId?: string;
    /**
     * Method and path template, e.g. `"GET /api/call_center/internal_phone/list"`; without the query.
     */
    endpoint?: string;
    /**
     * Where the error is, as a JSON pointer: into the response if `kind` is `"decode"`, into the argument if it is `"usage"` or
     * `"validation"`.
     */
    path?: string;
    /**
     * `true` if a change may have been made although its call failed: its response was lost. Missing otherwise.
     */
    outcomeUnknown?: true;
}

/**
 * The key by which an extension is looked up.
 */
export type ExtensionKey = "sip_user" | "user_email" | "usr_uuid";

/**
 * The kind of an error, by which a page decides what to do.
 *
 * | kind | what happened | what helps |
 * |---|---|---|
 * | `validation` | the payload breaks a rule; nothing was sent | show `issues` next to the fields |
 * | `usage` | the SDK was called incorrectly, e.g. with an unknown option | fix the calling code |
 * | `auth` | there is no access token, or the server refused it | sign in again |
 * | `api` | the API reported a failure | read `code` |
 * | `http` | an HTTP error status without an API response, or a redirected change | try again later; see `retryable` |
 * | `network` | no response, or the browser withheld it (CORS) | check URL and connection |
 * | `timeout` | no complete response within `timeoutMs` | try again, or raise `timeoutMs` |
 * | `aborted` | your `signal` was aborted | nothing |
 * | `decode` | the response is not JSON or does not match its schema | report it with `path` |
 */
export type ErrorKind = "validation" | "auth" | "api" | "http" | "network" | "timeout" | "aborted" | "decode" | "usage";

/**
 * The language of the messages of `issues`, and of what errors advise about known error codes. Other error messages are English: they
 * are for developers.
 */
export type Language = "en" | "vi";

/**
 * The media options of SIP.js.
 */
export interface SipJsMedia {
    /**
     * The STUN servers; empty if the account has none.
     */
    peerConnectionConfiguration: IceConfiguration;
}

/**
 * The menu waits for the caller: there are no more events.
 */
export interface IvrWaitingEnding {
    /**
     * The kind of the ending.
     */
    kind: "waiting";
}

/**
 * The new content of a ring group: the server requires the first four fields each time, and replaces the members.
 *
 * **What is left out may be reset**: the overflow, which can be sent, and the ring-back tone, `is_answer` and the criteria, which
 * can only be set in the vendor's console. Other fields are an error, for TypeScript and at run time: `groupRequest` makes this
 * of a group from `groups.list` and the phones.
 */
export interface GroupUpdateRequest {
    /**
     * The name.
     */
    group_name: string;
    /**
     * Which members a phone call rings. Ringing in order skips members who are offline; a member with several devices rings
     * on all of them. Any other strategy is an error, also one that a record has.
     */
    strategy: RingStrategy | UnlistedWord;
    /**
     * The extensions of all members, e.g. `["147", "145"]`, in the order in which they ring. Anyone who is not in it
     * leaves the group.
     */
    sip_members: readonly string[];
    /**
     * How long **each** member rings, in whole seconds from 1. More than 60 are a warning.
     */
    timeout: number;
    /**
     * The type of the overflow, where calls go that nobody takes; `""` for nowhere. An undocumented type is sent, with a warning to
     * `onIssue`.
     */
    target_timeout_type?: IvrActionType | (string & {}) | null | undefined;
    /**
     * The `_id` of the overflow's group, script or greeting; `""` for none.
     */
    target_timeout?: string | null | undefined;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    _id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    tenant_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    group_name_unsigned?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    group_number?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    created_date?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    last_updated_date?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    create_by?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    last_update_by?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_deleted?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    note?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    members?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_forward_to_user_owner?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_forward_to_outer_group?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    outer_group_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_back_id?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_back_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    is_answer?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    target_timeout_name?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_type?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_wait_time?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_wait_time_sequence?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    ring_group_type_result?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    enable_criteria?: never;
    /**
     * Must not be set: records have it, but it cannot be sent here.
     */
    criterias?: never;
}

/**
 * The options of SIP.js, without the address.
 */
export interface SipJsAccount {
    /**
     * The user to authenticate as.
     */
    authorizationUsername: string;
    /**
     * The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
     */
    authorizationPassword: string;
    /**
     * The WebSocket to connect to.
     */
    transportOptions: SipJsTransport;
    /**
     * The STUN servers. Always present: without them SIP.js uses one of Google's servers.
     */
    sessionDescriptionHandlerFactoryOptions: SipJsMedia;
    /**
     * The name that the other side sees, escaped, because SIP.js does not escape it.
     */
    displayName?: string;
}

/**
 * The options of a `CallCenter`.
 */
export interface CallCenterOptions {
    /**
     * The URL of the API, without `/api`: absolute, e.g. `"https://public-v1-stg.omicall.com"`, or a path on the page's own
     * origin that a proxy serves, e.g. `"/omicall"`.
     */
    baseUrl: string;
    /**
     * How to sign in: exactly one of an access token, a function that returns one, or an API key.
     */
    auth: Auth;
    /**
     * The timeout of a whole call in milliseconds, including sign-in and retries. Default 30 000; `Infinity` for none.
     */
    timeoutMs?: number | undefined;
    /**
     * The maximum number of retries of a request after transient failures. Default 2; 0 disables retries, `Infinity` sets no
     * limit but the timeout.
     */
    maxRetries?: number | undefined;
    /**
     * Replaces the global `fetch`; called as `fetch(url, { method, headers, body, signal, cache, credentials })`. Requests send no
     * cookies; for a proxy that needs them: `(url, init) => fetch(url, { ...init, credentials: "same-origin" })`.
     */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
    /**
     * The language of the messages in `issues`, and of the advice about known error codes. Default `"en"`.
     */
    language?: Language | undefined;
    /**
     * Whether to check payloads before sending them. If a payload has an error, the call rejects with
     * `kind: "validation"` and sends nothing. Default `true`.
     */
    validation?: boolean | undefined;
    /**
     * Called with every warning and hint about a payload that is sent. Without it, the console shows what an update would take
     * away (`members-lost` and `group-overflow-lost`), and nothing else.
     */
    onIssue?: ((issue: Issue) => void) | undefined;
    /**
     * What happens when a record in a response does not match its TypeScript type. Default `"warn"`.
     */
    responseValidation?: ResponseValidation | undefined;
    /**
     * Called for every mismatch between a response and its TypeScript type, under `responseValidation: "warn"`.
     */
    onDrift?: ((drift: Drift) => void) | undefined;
    /**
     * Called before every request, including token requests. Exceptions it throws are ignored, as in all callbacks.
     */
    onRequest?: ((event: RequestEvent) => void) | undefined;
    /**
     * Called after every response, once it has been read. Exceptions it throws are ignored.
     */
    onResponse?: ((event: ResponseEvent) => void) | undefined;
    /**
     * Called before every retry, and before the one replay with another token after a 401. Exceptions it throws are ignored.
     */
    onRetry?: ((event: RetryEvent) => void) | undefined;
}

/**
 * The progress of an upload, in bytes of the whole request.
 */
export interface UploadProgress {
    /**
     * The number of bytes sent.
     */
    loaded: number;
    /**
     * The total number of bytes, slightly more than the size of the file.
     */
    total: number;
}

/**
 * The proxy of a SIP account, e.g. `{ host: "192.0.2.14", port: null, transport: "udp", params: { transport: "udp" } }`.
 */
export interface SipProxy {
    /**
     * The host name or IP address.
     */
    host: string;
    /**
     * The port, from the address or from `sip_proxy_port`; `null` if neither has one.
     */
    port: number | null;
    /**
     * The transport in lower case, e.g. `"udp"`; `null` if the address has none.
     */
    transport: string | null;
    /**
     * All parameters of the address, names in lower case; `""` for one without a value.
     */
    params: Record<string, string>;
}

/**
 * The response of `greetings.textToSpeech`.
 */
export interface GreetingFile {
    /**
     * The new greeting.
     */
    file: Greeting;
}

/**
 * The result of a check.
 *
 * `ok` means that the payload may be sent; there may still be warnings and hints. The same input always gives the same
 * order of `issues`.
 */
export interface Report {
    /**
     * Whether there is no issue of severity `"error"`.
     */
    ok: boolean;
    /**
     * The issues found.
     */
    issues: Issue[];
}

/**
 * The system hangs up: the caller pressed nothing, or too many wrong keys, and the script has no fallback.
 */
export interface IvrHangupEnding {
    /**
     * The kind of the ending.
     */
    kind: "hangup";
}

/**
 * The transport options of SIP.js.
 */
export interface SipJsTransport {
    /**
     * The WebSocket to connect to.
     */
    server: string;
}

/**
 * The vendor's error codes that are known. The server may send others.
 */
export type KnownErrorCode = "api_key_is_required" | "api_key_invalid" | "request_body_required" | "data_is_required" | "tenant_invalid" | "user_not_registered" | "number_call_out_invalid" | "extension_invalid" | "limit_request_30_minute" | "from_date_is_required" | "to_date_is_required" | "date_invalid" | "date_is_too_long";

/**
 * The voice that reads a text: a woman (`"banmai"`) or a man (`"leminh"`) from the north, or a woman from the south (`"lannhi"`).
 */
export type GreetingVoice = "banmai" | "leminh" | "lannhi";

/**
 * What a caller hears and does in one menu; or, with `groupId`, a group in which nobody answers.
 */
export interface IvrStep {
    /**
     * The `_id` of the script; `""` for a group.
     */
    scriptId: string;
    /**
     * The name of the script; `""` for a group.
     */
    scriptName: string;
    /**
     * The `_id` of the greeting that is played; `""` if the script has none, or goes on waiting for digits.
     */
    greetingId: string;
    /**
     * Whether it is the short greeting, which is played if the script has one and the caller has been in it before.
     */
    isShortGreeting: boolean;
    /**
     * How many wrong keys the caller has pressed in this script, including this one. It restarts at 0 in each script.
     */
    failures: number;
    /**
     * How many timeouts there have been in the whole call so far.
     */
    timeouts: number;
    /**
     * How deep the menu is nested: 1 for the first menu of the call, 2 for a menu that it leads to. It restarts at 1
     * after a group.
     */
    depth: number;
    /**
     * How many seconds the call has waited for keys and rung in groups so far. Recordings do not count, as their length
     * is not known, and keys count as pressed at once.
     */
    seconds: number;
    /**
     * The name of the greeting, if `tenant.greetings` lists it.
     */
    greetingName?: string;
    /**
     * The `_id` of the group in which nobody answers.
     */
    groupId?: string;
    /**
     * The name of that group.
     */
    groupName?: string;
    /**
     * What happens; absent after the last event.
     */
    event?: IvrEvent;
    /**
     * The digits so far, if the menu waits for more of them: they begin an extension or a longer key.
     */
    entered?: string;
    /**
     * After a wrong key, the `_id` of the greeting that is played; `""` if the script has none.
     */
    invalidSoundId?: string;
    /**
     * The destination that the caller leaves for, as a JSON pointer into the script or group: `"/scripts/0/action"`
     * for a key, `"/action"` for the fallback, `"/target_timeout"` for the overflow. Absent if the caller stays, or
     * dials an extension.
     */
    path?: string;
}

/**
 * What a caller hears, and how the call ends.
 */
export interface IvrSimulation {
    /**
     * What happens in each menu, and in each group where nobody answers, in order. A menu that plays again is another
     * step, and so is each digit of an extension or of a longer key.
     */
    steps: IvrStep[];
    /**
     * How the call ends. Events after that are ignored.
     */
    ending: IvrEnding;
}

/**
 * What a diagram shows, and in which format.
 */
export interface IvrDiagramOptions {
    /**
     * Text for Mermaid, or an SVG picture.
     */
    format: "mermaid" | "svg";
    /**
     * The `_id` of a script: only what can be reached from it is shown, and the scripts that lead to it. Default: all
     * scripts.
     */
    focus?: string | null | undefined;
    /**
     * The report of `lintIvr` for this tenant: its errors and warnings are shown in the diagram.
     */
    report?: DeepReadonly<Report> | null | undefined;
    /**
     * The result of `simulateIvr` for this tenant: the path of the call is highlighted.
     */
    simulation?: DeepReadonly<IvrSimulation> | null | undefined;
}

/**
 * What a key of an IVR script leads to: a ring group, another script (`"Ivr_menu"`), or nowhere (`""`). For one extension, make a
 * group of one.
 */
export type IvrKeyActionType = "Ring_group" | "Ivr_menu" | "";

/**
 * What happens in a call. In a menu, the caller presses a key, or nothing until the timeout (`"timeout"`): no more
 * digits either, if the menu waits for them. In a group, nobody answers (`"no-answer"`); in a menu this has no effect.
 */
export type IvrEvent = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "*" | "#" | "timeout" | "no-answer";

/**
 * What happens when a record in a response does not match its TypeScript type. `"warn"`: the call succeeds, and `onDrift` is called;
 * without it, the console shows each kind of mismatch once. `"error"`: the call rejects with `kind: "decode"`. `"off"`: the call
 * succeeds; only the envelope and the numbers of a list page are checked.
 */
export type ResponseValidation = "warn" | "error" | "off";

/**
 * What the fallback of an IVR script, or the overflow of a ring group, leads to: a ring group, an IVR script (`"Ivr_menu"`), a
 * greeting after which the call ends (`"Recording"`), or nowhere (`""`).
 */
export type IvrActionType = "Ring_group" | "Ivr_menu" | "Recording" | "";

/**
 * Where a call starts and what happens in it.
 */
export interface IvrSimulationOptions {
    /**
     * The `_id` of the script in which the call starts.
     */
    start: string;
    /**
     * What happens, in order; at most 10 000 events. A key of several digits, or an extension, is one event for each
     * digit. Another text is an error of kind `usage`. Default: none.
     */
    events?: readonly (IvrEvent | (string & {}))[] | undefined;
}

/**
 * Whether an internal phone is enabled.
 */
export interface PhoneStatusRequest {
    /**
     * The extension number, e.g. `"147"`.
     */
    sip_user: string;
    /**
     * `true` to enable the phone, `false` to disable it: then it cannot connect from anywhere, desk phones included.
     */
    enabled: boolean;
}

/**
 * Which IVR scripts to list. All fields are optional.
 */
export interface IvrScriptQuery {
    /**
     * Part of a name.
     */
    keyword?: string | undefined;
    /**
     * The number of the list page, from 1. Default 1.
     */
    page?: number | undefined;
    /**
     * The maximum number of scripts per page, from 1. Default 10.
     */
    size?: number | undefined;
}

/**
 * Which greetings to list. All fields are optional.
 */
export interface GreetingQuery {
    /**
     * The number of the list page, from 1. Default 1.
     */
    page?: number | undefined;
    /**
     * The maximum number of greetings per page, from 1. Default 10.
     */
    size?: number | undefined;
}

/**
 * Which hotlines to list. All fields are optional.
 */
export interface HotlineQuery {
    /**
     * Only the hotlines that this extension may call out with, e.g. `"147"`.
     */
    extension?: string | undefined;
}

/**
 * Which internal phones to list. All fields are optional.
 */
export interface PhoneQuery {
    /**
     * Part of an extension number, an e-mail address or a full name.
     */
    keyword?: string | undefined;
    /**
     * The number of the list page, from 1. Default 1.
     */
    page?: number | undefined;
    /**
     * The maximum number of phones per page, from 1. Default 50.
     */
    size?: number | undefined;
}

/**
 * Which ring groups to list. All fields are optional.
 */
export interface GroupQuery {
    /**
     * Part of a name.
     */
    keyword?: string | undefined;
    /**
     * The number of the list page, from 1. Default 1.
     */
    page?: number | undefined;
    /**
     * The maximum number of groups per page, from 1. Default 10.
     */
    size?: number | undefined;
}

/**
 * Yes or no, where the API sends and takes **a string**.
 */
export type TrueOrFalse = "true" | "false";


/**
 * Draws the IVR scripts of a tenant: scripts, groups, recordings, fallbacks and overflows (dashed lines), and where the
 * system hangs up.
 *
 * `"mermaid"` is text for [Mermaid](https://mermaid.js.org). `"svg"` is a complete picture: it uses the text colour of the
 * page around it, needs no style sheet and no exception in a Content-Security-Policy, and can be scaled. Names are escaped
 * in both, and long ones are truncated. In the SVG each box can be reached by keyboard, has a name, and has `data-script`,
 * `data-group` or `data-recording` with its `_id`; each line has `data-key` with its keys, `timeout` or `no-answer`; and
 * each box that the call of `simulation` reached has `data-played`. With more than 4 000 destinations, an exit where nothing is wrong is
 * one line of text with these attributes instead of a box.
 * By default, Mermaid draws at most 500 lines: for large tenants raise `maxEdges` and `maxTextSize` in `mermaid.initialize`.
 *
 * @example
 * ```ts
 * const tenant = { scripts, groups };
 * picture.innerHTML = ivrDiagram(tenant, { format: "svg", report: lintIvr(tenant) });
 * const { svg } = await mermaid.render("flow", ivrDiagram(tenant, { format: "mermaid", focus: scripts[0]._id }));
 * ```
 *
 * @param tenant what the lists returned; `scripts` is required, and `language` is the language of the picture's words
 * @param options the format, and what to show
 * @returns the text of the diagram
 * @throws {OmiCallError} `usage` if `format` or `focus` is unknown
 */
export function ivrDiagram(tenant: Tenant, options: IvrDiagramOptions): string;

/**
 * Checks all IVR scripts of a tenant together, how they lead to one another, and the ring groups.
 *
 * The time grows linearly with the number of scripts, keys and groups. Paths begin at the tenant:
 * `"/scripts/0/action"` or `"/groups/0/target_timeout"`, or `"/scripts/items/0/action"` if `scripts` is a page. The
 * issues are in the order of the scripts, then of the groups.
 *
 * @example
 * ```ts
 * const scripts = await callCenter.ivrScripts.iterate().toArray();
 * const groups = await callCenter.groups.iterate().toArray();
 * const report = lintIvr({ scripts, groups, language: "vi" });
 * for (const issue of report.issues) console.log(issue.severity, issue.path, issue.message);
 * ```
 *
 * @param tenant what the lists returned; `scripts` is required, and each other list makes more checks possible
 * @returns all issues of all scripts and groups
 * @throws {OmiCallError} `usage` if `scripts` is missing, or a list is not a list
 */
export function lintIvr(tenant: Tenant): Report;

/**
 * Makes the configuration for the vendor's Web SDK v3 from a SIP account. It needs the account's WebSocket only for `wssUri`.
 *
 * The password stays in memory as long as this object lives, and as long as the vendor's SDK keeps it, which is not
 * documented. JavaScript cannot erase it.
 *
 * @example
 * ```ts
 * await OMICallSDK.init({ lng: "vn" });
 * await OMICallSDK.register(omiCallSdkConfig(detail));
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options whether to pass the WebSocket too
 * @returns the argument for `OMICallSDK.register(…)`
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function omiCallSdkConfig(detail: SipAccountDraft, options?: OmiCallSdkOptions | null): OmiCallSdkConfig;

/**
 * Lists the greetings, groups and scripts that no script and no group names, apart from themselves.
 *
 * **They may be in use all the same**: hotlines lead to scripts and groups, which the lists do not show. Name the scripts that
 * hotlines lead to as `startScripts`; they are not listed. Extensions are not listed either, because most are only dialled.
 * Scripts that only lead to one another are no orphans: `lintIvr` finds them with `startScripts` (`ivr-unreachable`).
 *
 * @example
 * ```ts
 * const unused = orphans({ scripts, groups, greetings, startScripts: [mainMenu._id] });
 * for (const { kind, name } of unused) console.log(`nothing plays or leads to the ${kind} ${name}`);
 * ```
 *
 * @param tenant what the lists returned; `scripts` and `groups` are required. If they are not complete, nothing is known to be unused
 * @returns the greetings, then the groups, then the scripts; empty if `scripts` or `groups` are not complete
 * @throws {OmiCallError} `usage` if `scripts` or `groups` are missing, or a list is not a list
 */
export function orphans(tenant: Tenant): Orphan[];

/**
 * Puts Opus before all other codecs: call it if the PBX prefers Opus (`softphoneSettings(detail).codec.opus`).
 *
 * Call it after the audio has been added and before the SDP offer or answer is created; in JsSIP that is the event
 * `connecting` of a session.
 *
 * @example
 * ```ts
 * session.on("connecting", () => preferOpus(session.connection));
 * ```
 *
 * @param target an audio transceiver, or a peer connection for all its audio transceivers
 * @returns whether it worked: `false` if there is no audio, or the browser has no Opus or no `setCodecPreferences`
 * @throws {OmiCallError} `usage` if `target` is neither.
 */
export function preferOpus(target: RTCRtpTransceiver | RTCPeerConnection): boolean;

/**
 * Lists every place in the scripts and groups of a tenant that names a greeting, a group, a script or an extension: what
 * `whoUses` finds, for all records at once, and the places in which a menu or a group leads back to itself.
 *
 * @example
 * ```ts
 * const missing = references({ scripts, groups, greetings }).filter((place) => place.missing);
 * for (const { name, path, targetId } of missing) console.log(`${name} ${path}: there is no ${targetId}`);
 * ```
 *
 * @param tenant what the lists returned; whether something is `missing` is only known of lists that are given and complete
 * @returns the places in the scripts, then in the groups, in their order
 * @throws {OmiCallError} `usage` if a list is not a list
 */
export function references(tenant: Tenant): Reference[];

/**
 * Makes the configuration of an `RTCPeerConnection` from the STUN servers of a SIP account.
 *
 * It uses nothing else of the account, so it needs no password. Entries that are not STUN addresses are left out;
 * `softphoneSettings(detail).ignored` lists them. JsSIP takes the configuration per call; for SIP.js, `sipJsConfig` already
 * contains it.
 *
 * @example
 * ```ts
 * ua.call("sip:6350@contact18", { mediaConstraints: { audio: true }, pcConfig: rtcConfiguration(detail) });
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list`, which has no STUN servers
 * @returns `{ iceServers }`, empty if the account has no STUN servers
 * @throws {OmiCallError} `usage` if `detail` cannot be read.
 */
export function rtcConfiguration(detail: SipAccountDraft): IceConfiguration;

/**
 * Plays one phone call through the menus and groups: which greetings the caller hears, what each key does, where a call
 * goes that nobody answers (`"no-answer"`), and where it ends.
 *
 * A key of several digits, and an extension that direct dialling reaches, is entered digit by digit. The same tenant and
 * events always give the same result. Nothing is sent, and no phone rings.
 *
 * @example
 * ```ts
 * const call = simulateIvr({ scripts, groups, greetings, phones }, { start: scripts[0]._id, events: ["9", "1"] });
 * for (const step of call.steps) console.log(step.groupName ?? step.scriptName, step.greetingName, step.event);
 * if (call.ending.kind === "group") console.log(call.ending.rings.map((ring) => ring.extension));
 * ```
 *
 * @param tenant what the lists returned; `scripts` is required. A group that `groups` does not contain ends the call as `"unknown"`
 * @param options where the call begins, and what happens
 * @returns every step, and how the call ended
 * @throws {OmiCallError} `usage` if `start` is not a script or an event is unknown
 */
export function simulateIvr(tenant: Tenant, options: IvrSimulationOptions): IvrSimulation;

/**
 * Makes settings for any softphone library from a SIP account.
 *
 * The password stays in memory as long as the object lives, and JavaScript cannot erase it: drop the object, and the
 * `detail` it was made from, when the softphone has started.
 *
 * @example
 * ```ts
 * const settings = softphoneSettings(await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" }));
 * console.log(settings.address, settings.webSocketUrl); // "sip:6349@contact18", "wss://vh.omicrm.com:7443"
 * for (const { path, reason } of settings.ignored) console.info(path, reason);
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param options display name and language
 * @returns the settings; JSON, strings and consoles show `"***"` for the password
 * @throws {OmiCallError} `validation` with the issues if the account cannot register; `usage` for invalid options.
 */
export function softphoneSettings(detail: SipAccountDraft, options?: SoftphoneOptions | null): SoftphoneSettings;

/**
 * Returns what the server sent beyond the fields that the record's type lists.
 *
 * Records keep everything that the server sent, but their types list only what is documented, so that a typo does not compile.
 * What is found here is not documented: check it before you use it. Records inside the record are left out of the search: pass
 * them one by one. A copy (`{ ...record }`) works too; which record it is shows by its fields.
 *
 * @example
 * ```ts
 * const { items } = await callCenter.phones.list();
 * const { department } = unlisted(items[0]);
 * if (typeof department === "string") console.log(department);
 * ```
 *
 * @param record a record, a part of one (such as a member of a group), or a list page
 * @returns a new object with those fields only; empty if there are none
 * @throws {OmiCallError} `usage` if `record` is not an object that the server sends.
 */
export function unlisted(record: DeepReadonly<AnyRecord>): Record<string, unknown>;

/**
 * Checks that a greeting file is a complete MP3 file.
 *
 * @example
 * ```ts
 * const file = input.files[0];
 * const { ok, issues } = validateGreetingFile(await file.arrayBuffer());
 * if (!ok) input.setCustomValidity(issues[0].message);
 * ```
 *
 * @param bytes the whole file
 * @param context the language
 * @returns all issues, always in the same order
 * @throws {OmiCallError} `usage` if `bytes` is not an ArrayBuffer or a view of one
 */
export function validateGreetingFile(bytes: ArrayBuffer | ArrayBufferView, context?: Tenant): Report;

/**
 * Checks a ring group.
 *
 * For an update, pass the id of the group (`id` of the context, or `_id` of the group), `groups` and `phones`: then the
 * report also says whether members would leave the group (`members-lost`), and whether the update may reset where calls
 * go when nobody answers (`group-overflow-lost`).
 *
 * @example
 * ```ts
 * const { issues } = validateGroup({ group_name: "Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 40 }, { phones });
 * console.log(issues[0].code, issues[0].message); // "group-total-ring-long", "Callers may hear 80 s of ringing"
 * ```
 *
 * @param group the group as `groups.create` or `update` takes it, which may be incomplete; a record of `groups.list` also works
 * @param context what is known about the tenant, the id of the group, and the language
 * @returns all issues, always in the same order
 * @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
 */
export function validateGroup(group: InternalGroupDraft, context?: Tenant): Report;

/**
 * Checks a change of the members of a ring group.
 *
 * @example
 * ```ts
 * const report = validateGroupMembers({ group_id: group._id, sip_users: ["147"] }, { groups, phones, action: "remove" });
 * if (report.issues.some((issue) => issue.code === "members-noop")) tell("147 is not in the group.");
 * ```
 *
 * @param change the change as `groups.addMembers` and `groups.removeMembers` take it, which may be incomplete
 * @param context what is known about the tenant (`groups` and `phones` are used), `action`, and the language
 * @returns all issues, always in the same order
 * @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
 */
export function validateGroupMembers(change: GroupMembersDraft, context?: Tenant): Report;

/**
 * Checks an IVR script, before it is sent or while a user fills in a form.
 *
 * @example
 * ```ts
 * const context = { scripts, groups, greetings }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
 * const { ok, issues } = validateIvrScript(form, { ...context, id: script._id, language: "vi" });
 * for (const issue of issues) showBeside(issue.path, issue.message, issue.severity); // "/scripts/0/action", "Hãy chọn đích cho phím 1"
 * saveButton.disabled = !ok;
 * ```
 *
 * @param script the script, which may be incomplete; a record of `ivrScripts.list` also works
 * @param context what is known about the tenant, the id of the script, and the language
 * @returns all issues, always in the same order
 * @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
 */
export function validateIvrScript(script: IvrScriptDraft, context?: Tenant): Report;

/**
 * Checks whether a SIP account can register from a browser, with JsSIP and with SIP.js.
 *
 * @example
 * ```ts
 * const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
 * const { ok, issues } = validateSipAccount(detail, { language: "vi" });
 * if (!ok) for (const { code, path, message } of issues) console.warn(code, path, message);
 * ```
 *
 * @param detail what `extensions.detail` returned, or a record of `phones.list` with its password
 * @param context only its `language` is used
 * @returns the report; paths point into `detail`, e.g. `"/pbx_account/sip_realm"`
 * @throws {OmiCallError} `usage` if `detail` cannot be read or `context` is invalid.
 */
export function validateSipAccount(detail: SipAccountDraft, context?: Tenant): Report;

/**
 * Checks a text for text-to-speech.
 *
 * @example
 * ```ts
 * const report = validateTextToSpeech({ greeting_name: "Welcome", text: textarea.value, speed: "0", voice: "banmai" });
 * const tooLong = report.issues.find((issue) => issue.code === "tts-text-length");
 * if (tooLong) counter.textContent = `${tooLong.params.length} / 300`;
 * ```
 *
 * @param request the request as `greetings.textToSpeech` takes it, which may be incomplete
 * @param context the language
 * @returns all issues, always in the same order
 * @throws {OmiCallError} `usage` if an argument is not an object or cannot be read
 */
export function validateTextToSpeech(request: TextToSpeechDraft, context?: Tenant): Report;

/**
 * Finds every place in the scripts and groups of a tenant that names a greeting, a group, a script or an extension.
 *
 * These are keys, fallbacks, greetings and other sounds of scripts, and overflows, members and other fields of groups. A group
 * lists its members by agent: whoever has no phone in `phones`, or several, is in no place. What only leads back to its own
 * menu or group is not a use.
 *
 * **Not everything that uses a record is in the lists**: a hotline leads to a script or a group, and an extension is dialled.
 *
 * @example
 * ```ts
 * const tenant = { scripts, groups, phones }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
 * for (const { kind, name, path } of whoUses(tenant, greeting._id)) console.log(`${kind} ${name} at ${path}`); // "script Main menu at /greeting_id"
 * const groupsOf147 = whoUses(tenant, "147").map(({ name }) => name);
 * ```
 *
 * @param tenant what the lists returned: `scripts` and `groups` are searched, `phones` are needed for the members of groups
 * @param id the `_id` of a greeting, a group or a script, in upper or lower case; or an extension, such as `"147"`
 * @returns the places in the scripts, then in the groups, in their order; empty if there are none
 * @throws {OmiCallError} `usage` if `id` is not a string, or a list is not a list
 */
export function whoUses(tenant: Tenant, id: string): Reference[];

/** A WebAssembly module of the package: its URL, a response with it, its bytes, or the compiled module. */
export type ModuleSource = string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>;
