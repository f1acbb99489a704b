//! The checks as [Standard Schema](https://standardschema.dev), for libraries that take any validator: JavaScript
//! (`pkg-template/bundled/schemas.js`), declared here, and the one check that pages have from another module.

use wasm_bindgen::prelude::*;

use super::{payload, report};
use crate::convert::error::ThrownError;

/// `validateSipAccount` for `sipAccountSchema`.
///
/// This is not exported to pages, which have it from `omicall-call-center/softphone`.
#[wasm_bindgen(js_name = checkSipAccount, skip_typescript)]
pub fn check_sip_account(detail: &JsValue, context: &JsValue) -> Result<JsValue, ThrownError> {
    report(payload::check_sip_account, detail, context)
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
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
"#;
