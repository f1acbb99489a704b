//! Greetings: the recordings that callers hear.

use omicall_api::greetings;
use wasm_bindgen::prelude::*;

use crate::client::{
    methods::{Family, Method},
    payload_check::Rules,
};

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * Greetings, the recordings that callers hear. Available as `callCenter.greetings`.
 */
export class Greetings {
    private constructor();
    free(): void;
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
"#;

/// `callCenter.greetings`.
pub static FAMILY: Family = Family { class: "Greetings", name: "greetings", methods: METHODS };

const METHODS: &[Method] = &[
    Method::call("list", &greetings::LIST),
    Method::iterate(&greetings::LIST),
    Method::upload("upload", &greetings::UPLOAD),
    Method::call("textToSpeech", &greetings::TEXT_TO_SPEECH).check(Rules::TextToSpeech),
    Method::call("delete", &greetings::DELETE).check(Rules::Delete),
];
