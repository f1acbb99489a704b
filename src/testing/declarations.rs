//! The TypeScript of `omicall-call-center/testing`. What it declares is JavaScript in `pkg-template/bundled/`
//! (`create-sandbox.js`, `sandbox-*.js`, `omicall-error.js`). A module of its own, because all declarations are made from the
//! module of the classic script, which must not have a sandbox.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
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
"#;

#[cfg(all(test, feature = "testing"))]
mod tests {
    #[test]
    fn the_calls_are_those_of_the_sandbox() -> Result<(), &'static str> {
        let source = include_str!("declarations.rs");
        let (_, rest) = source.split_once("export type SandboxCall =").ok_or("there is no type of calls")?;
        let (calls, _) = rest.split_once(';').ok_or("the type has no end")?;
        let mut declared: Vec<&str> = calls.split('"').skip(1).step_by(2).collect();
        let mut known: Vec<&str> = omicall_sandbox::call_names().collect();
        declared.sort_unstable();
        known.sort_unstable();
        assert_eq!(declared, known);
        assert_eq!(known.len(), 20);
        Ok(())
    }
}
