/// <reference lib="esnext.disposable" />
/* tslint:disable */
/* eslint-disable */

/**
 * A record with only the fields that its type lists. TypeScript's own `Omit` and `keyof` need it.
 *
 * @example
 * ```ts
 * type PhoneOnScreen = Omit<Listed<InternalPhone>, "password">;
 * ```
 */
export type Listed<T> = { [K in keyof T as string extends K ? never : K]: T[K] };



/**
 * A walk over all records of a list, one request for each page, sent when its records are asked for.
 * It can be walked once. It ends after the last page and when the server sends the same page again;
 * it rejects with an `OmiCallError` like the list itself, and with `kind: "aborted"` when its signal aborts.
 */
export interface PageIterator<T> extends AsyncIterableIterator<T> {
    /** Collects the records that are left, `limit` of them at the most. */
    toArray(options?: ToArrayOptions): Promise<T[]>;
    /** The same walk page by page, with the numbers that the server sent. */
    pages(): AsyncIterableIterator<Page<T>>;
}



/**
 * The one error that everything in this package throws or rejects with.
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
    readonly name: "OmiCallError";
    /** What the platform, your `fetch` or your `getAccessToken` threw. */
    readonly cause?: unknown;
}
export interface OmiCallError extends Readonly<ErrorFields> {}


/**
 * A SIP account, as the vendor writes it.
 */
export interface PbxAccount extends UnlistedFields {
    /**
     * The name to show to the other side.
     */
    display_name: string;
    /**
     * The SIP user, which is the extension number.
     */
    sip_user: string;
    /**
     * The SIP password in plain text. **A secret**: keep it out of logs and screens.
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
     * A SIP name-addr in angle brackets, e.g. `"<sip:192.0.2.14;transport=udp>"`, or `""`. No use to a browser.
     */
    sip_proxy: string;
    /**
     * The port of the proxy as a string, may be `""`.
     */
    sip_proxy_port: string;
    /**
     * STUN servers; may be empty.
     */
    stun_servers: string[];
    /**
     * What the PBX speaks: `"tcp"`, `"udp"`, `"ws"`, `"wss"`.
     */
    transport: string[];
    /**
     * Whether the PBX wishes for the Opus codec.
     */
    use_opus: boolean;
    /**
     * The Opus quality that the PBX wishes for.
     */
    opus_quality: number;
}

/**
 * A place where an answer is not what TypeScript promises. Tells kinds, never values.
 */
export interface Drift {
    /**
     * Method and path template of the call, e.g. `"GET /api/call_center/internal_phone/list"`.
     */
    endpoint: string;
    /**
     * Where in the answer, as a JSON pointer, e.g. `"/payload/items/3/email"`.
     */
    path: string;
    /**
     * What TypeScript promises, e.g. `"a string"`.
     */
    expected: string;
    /**
     * What kind of thing came.
     */
    found: "string" | "number" | "boolean" | "null" | "array" | "object" | "missing";
}

/**
 * An internal phone, as `phones.list` sends it.
 *
 * Names and values are the wire's own. Source: the vendor's documentation, `internal_phone/list`.
 */
export interface InternalPhone extends UnlistedFields {
    /**
     * The SIP domain (realm) of the account, often a bare name without a dot, e.g. `"omiteam"`.
     */
    domain: string;
    /**
     * The WebSocket address that a softphone connects to, e.g. `"wss://wssvn.omicrm.com"`.
     */
    outbound_proxy: string;
    /**
     * The extension number, which is also the SIP user, e.g. `"147"`.
     */
    sip_user: string;
    /**
     * The SIP password in plain text. **A secret**: keep it out of logs and screens.
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
     * The number that people outside see; `""` where there is none.
     */
    public_number: string;
    /**
     * When it was last changed, in Unix milliseconds.
     */
    last_updated_date: number;
    /**
     * When it was made, in Unix milliseconds.
     */
    created_date: number;
    /**
     * The id of the agent; older answers lack it.
     */
    agent_id?: string;
}

/**
 * By what an extension is looked up.
 */
export type ExtensionKey = "sip_user" | "user_email" | "usr_uuid";

/**
 * Fields that the server sends and nobody listed. They arrive unchanged; look before you use one.
 */
export type UnlistedFields = Record<string, unknown>;

/**
 * How a client reaches the API.
 */
export interface CallCenterOptions {
    /**
     * The address of the API, which ends before `/api`: absolute, e.g. `"https://public-v1.omicall.com"`, or a path
     * on the page's own origin that a proxy serves, e.g. `"/omicall"`.
     */
    baseUrl: string;
    /**
     * How to sign in: exactly one of an access token, a function that gets one, or an API key.
     */
    auth: Auth;
    /**
     * How long a call may take in all, waiting for a token and retries included, in milliseconds. Default 30 000.
     */
    timeoutMs?: number | undefined;
    /**
     * How often a request is sent again after trouble that passes by itself. Default 2; 0 for never.
     */
    maxRetries?: number | undefined;
    /**
     * Used instead of the global `fetch`, called as `fetch(url, { method, headers, body, signal })`.
     */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
    /**
     * The language of the sentences in `issues`. Default `"en"`.
     */
    language?: Language | undefined;
    /**
     * What happens when the server sends a record of another form. Default `"warn"`.
     */
    responseValidation?: ResponseValidation | undefined;
    /**
     * Hears of every place where an answer is not what TypeScript promises, under `responseValidation: "warn"`.
     */
    onDrift?: ((drift: Drift) => void) | undefined;
}

/**
 * How bad an issue is.
 */
export type Severity = "error" | "warning" | "hint";

/**
 * How much `toArray` collects.
 */
export interface ToArrayOptions {
    /**
     * Stop after so many records, and fetch no page beyond them. Default: all there are.
     */
    limit?: number | undefined;
}

/**
 * How to sign in: exactly one of these.
 */
export type Auth = { accessToken: string; getAccessToken?: never; apiKey?: never } | { getAccessToken: () => string | Promise<string>; accessToken?: never; apiKey?: never } | { apiKey: string; dangerouslyAllowBrowser?: boolean; accessToken?: never; getAccessToken?: never };

/**
 * Names a rule. A code never changes its meaning.
 */
export type IssueCode = "list-page-invalid";

/**
 * One extension and its SIP account, as `extensions.detail` sends it.
 *
 * Source: the vendor's documentation, `extensions/detail`.
 */
export interface ExtensionDetail extends UnlistedFields {
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
     * The numbers that this extension may call out with; only newer answers carry them.
     */
    hotlines?: string[];
}

/**
 * One page of a list, as the server sends it.
 *
 * Only `has_next` says whether there is more: on the last page `next_page` repeats the page itself, and
 * `total_pages` does not always agree with `total_items`.
 */
export interface Page<T> extends UnlistedFields {
    /**
     * The records of this page.
     */
    items: T[];
    /**
     * The number of this page, from 1.
     */
    page_number: number;
    /**
     * How many records a page holds.
     */
    page_size: number;
    /**
     * How many records there are in all.
     */
    total_items: number;
    /**
     * How many pages there are, as the server counts them.
     */
    total_pages: number;
    /**
     * Whether there is a page after this one.
     */
    has_next: boolean;
    /**
     * The page after this one; on the last page, this page's own number.
     */
    next_page: number;
    /**
     * Whether there is a page before this one.
     */
    has_previous: boolean;
    /**
     * The page before this one; on the first page, `1`.
     */
    previous_page: number;
    /**
     * Sent as `null` by some lists; what it means is unknown.
     */
    extension?: string | null;
}

/**
 * One thing that is wrong with a payload.
 */
export interface Issue {
    /**
     * Which rule found it.
     */
    code: IssueCode;
    /**
     * How bad it is.
     */
    severity: Severity;
    /**
     * Where, as a JSON pointer into what was passed, e.g. `"/page"`.
     */
    path: string;
    /**
     * What is wrong and what is allowed, in the client's `language`.
     */
    message: string;
    /**
     * What the sentence names, for sentences of your own.
     */
    params: Record<string, string | number>;
}

/**
 * Options of one call; they win over the client's.
 */
export interface CallOptions {
    /**
     * Ends the call at once when it aborts; the call rejects with `kind: "aborted"`.
     */
    signal?: AbortSignal | undefined;
    /**
     * How long this call may take in all, in milliseconds.
     */
    timeoutMs?: number | undefined;
    /**
     * How often this request is sent again after trouble that passes by itself.
     */
    maxRetries?: number | undefined;
}

/**
 * The language of the sentences in `issues`. Messages of errors are English: they are for developers.
 */
export type Language = "en" | "vi";

/**
 * What every `OmiCallError` tells beside its message. Nothing in it is ever a token, a key or a password.
 */
export interface ErrorFields {
    /**
     * What kind of failure it is.
     */
    kind: ErrorKind;
    /**
     * The vendor's own code, e.g. `"extension_invalid"`, where the server gave one.
     */
    code?: string;
    /**
     * The HTTP status of the last answer, e.g. `401`. The vendor sends most failures with `200`.
     */
    status?: number;
    /**
     * The envelope's own `status_code`: `9999` is success, `-9999` failure.
     */
    statusCode?: number;
    /**
     * Which server answered, as the envelope says. Worth quoting to the vendor's support.
     */
    instanceId?: string;
    /**
     * Method and path template, e.g. `"GET /api/call_center/internal_phone/list"`. Never a query.
     */
    endpoint?: string;
    /**
     * How many requests were sent for the call; `0` if it failed before the first one.
     */
    attempts: number;
    /**
     * What is wrong with the payload, where `kind` is `"validation"`; otherwise empty.
     */
    issues: Issue[];
    /**
     * Where, as a JSON pointer: into the answer where `kind` is `"decode"`, into the argument where it is `"usage"` or `"validation"`.
     */
    path?: string;
    /**
     * Whether the same call may succeed later without a change.
     */
    retryable: boolean;
}

/**
 * What happens when the server sends a record that is not what TypeScript promises.
 */
export type ResponseValidation = "warn" | "error" | "off";

/**
 * What kind of failure it is; decides what a page does about it.
 *
 * | kind | what happened | what helps |
 * |---|---|---|
 * | `validation` | the payload would be refused; nothing was sent | show `issues` beside the fields |
 * | `usage` | the SDK was called in a way it cannot work | change the code that called it |
 * | `auth` | no token, or the server refuses it | sign in again |
 * | `api` | the server understood and said no | read `code` |
 * | `http` | an HTTP status without an answer of the API | try again later; see `retryable` |
 * | `network` | no answer at all, or the browser may not see it (CORS) | check address and connection |
 * | `timeout` | the deadline of the call passed | try again, or raise `timeoutMs` |
 * | `aborted` | your `signal` ended the call | nothing |
 * | `decode` | the answer is not what the API promises | report it with `path` |
 */
export type ErrorKind = "validation" | "auth" | "api" | "http" | "network" | "timeout" | "aborted" | "decode" | "usage";

/**
 * Which extension to look up.
 */
export interface ExtensionQuery {
    /**
     * What `keyword` is: an extension number (`"sip_user"`), an e-mail address (`"user_email"`) or an agent's id (`"usr_uuid"`).
     */
    type: ExtensionKey;
    /**
     * The extension number, e-mail address or id itself. Sent percent-encoded.
     */
    keyword: string;
}

/**
 * Which internal phones to list. Everything may be left out.
 */
export interface PhoneQuery {
    /**
     * Part of an extension number, an e-mail address or a full name. Sent percent-encoded, so any text is safe.
     */
    keyword?: string | undefined;
    /**
     * Which page, from 1. Default 1.
     */
    page?: number | undefined;
    /**
     * How many phones a page holds, from 1. Default 50.
     */
    size?: number | undefined;
}


/**
 * A client of one OMICall tenant. Make one and keep it: it holds the access token, and all its calls share it.
 *
 * @example
 * ```ts
 * await initAsync();
 * const callCenter = new CallCenter({
 *   baseUrl: "https://public-v1.omicall.com",
 *   auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() },
 * });
 * const page = await callCenter.phones.list({ keyword: "147" });
 * ```
 */
export class CallCenter {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Makes a client. Nothing is sent until the first call.
     *
     * @param options where the API is and how to sign in; everything else has a default
     * @throws {OmiCallError} `usage` where an option is missing, unknown or of another kind than it must be; the
     * message names it.
     */
    constructor(options: CallCenterOptions);
    /**
     * One extension in full, with its SIP account.
     */
    readonly extensions: Extensions;
    /**
     * Internal phones (extensions).
     */
    readonly phones: Phones;
}

/**
 * Extensions in full. Reach it as `callCenter.extensions`.
 */
export class Extensions {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Looks up one extension and its SIP account.
     *
     * @example
     * ```ts
     * const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: "6349" });
     * console.log(detail.full_name, detail.pbx_account.sip_web_socket_server);
     * ```
     *
     * @param query by what to look it up, and the value to look for
     * @param options abort signal, deadline and retries of this one call
     * @returns the extension; `pbx_account.sip_password` is a secret
     * @throws {OmiCallError} `usage` for an unknown `type` or an empty `keyword`, before anything is sent; `api` with code
     * `extension_invalid` where there is no such extension; `auth`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
     */
    detail(query: ExtensionQuery, options?: CallOptions | null): Promise<ExtensionDetail>;
}

/**
 * Internal phones. Reach it as `callCenter.phones`.
 */
export class Phones {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Walks over the internal phones of all pages, fetching each page when it is needed.
     *
     * @example
     * ```ts
     * for await (const phone of callCenter.phones.iterate({ size: 100 })) console.log(phone.full_name);
     * const first500 = await callCenter.phones.iterate().toArray({ limit: 500 });
     * ```
     *
     * @param query which phones; `page` is where the walk starts, `size` how many each request fetches
     * @param options abort signal, deadline and retries of each request
     * @returns an async iterator; it ends after the last page, and rejects like `list`
     */
    iterate(query?: PhoneQuery | null, options?: CallOptions | null): PageIterator<InternalPhone>;
    /**
     * Lists one page of the internal phones.
     *
     * @example
     * ```ts
     * const page = await callCenter.phones.list({ keyword: "Nguyễn", page: 1, size: 50 });
     * for (const phone of page.items) console.log(phone.sip_user, phone.full_name);
     * ```
     *
     * @param query which phones, and which page of them; all of them from page 1 if left out
     * @param options abort signal, deadline and retries of this one call
     * @returns the page as the server sent it
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent;
     * `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
     */
    list(query?: PhoneQuery | null, options?: CallOptions | null): Promise<Page<InternalPhone>>;
}


/**
 * Starts the WebAssembly module. Call it once before anything else; calling it again does nothing, and after a
 * failure it may be tried again.
 *
 * @example
 * ```ts
 * import { initAsync, CallCenter } from "omicall-call-center";
 * await initAsync();
 * ```
 *
 * @param input where the module is, if not beside the package: an address, a `Response`, its bytes or a compiled module
 * @throws {OmiCallError} `usage` where the module cannot be fetched or started; `cause` says why.
 */
export function initAsync(
  input?: string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>,
): Promise<void>;
