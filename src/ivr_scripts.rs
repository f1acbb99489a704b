//! IVR scripts ("press 1 for sales"): what a caller hears, and where each key leads.

use omicall_api::ivr_scripts;
use wasm_bindgen::prelude::*;

use crate::client::{
    methods::{Family, Method},
    payload_check::Rules,
};

// In JavaScript (`pkg-template/bundled/records.js`), where it is smaller.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
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
"#;

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * IVR scripts, available as `callCenter.ivrScripts`.
 */
export class IvrScripts {
    private constructor();
    free(): void;
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
"#;

/// `callCenter.ivrScripts`.
pub static FAMILY: Family = Family { class: "IvrScripts", name: "ivrScripts", methods: METHODS };

const METHODS: &[Method] = &[
    Method::call("list", &ivr_scripts::LIST),
    Method::iterate(&ivr_scripts::LIST),
    Method::call("create", &ivr_scripts::CREATE).check(Rules::Script),
    Method::call("update", &ivr_scripts::UPDATE).check(Rules::Script),
    Method::edit("patch", &ivr_scripts::UPDATE, "ivrScripts patchScript id change options"),
    Method::call("delete", &ivr_scripts::DELETE).check(Rules::Delete),
];
