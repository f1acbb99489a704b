//! Greetings: the recordings that callers hear.

use omicall_api::greetings::{self, GreetingQuery, GreetingUpload, TextToSpeechRequest};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::{
    client::{Arguments, CallOptions, Client, pagination, payload_check::Rules},
    upload::{self, GreetingUploadOptions},
};

/// Greetings, the recordings that callers hear. Available as `callCenter.greetings`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Greetings(pub(crate) Client);

#[wasm_bindgen]
impl Greetings {
    /// Lists a page of the greetings.
    ///
    /// @example
    /// ```ts
    /// const page = await callCenter.greetings.list({ page: 1, size: 50 });
    /// for (const greeting of page.items) console.log(greeting.greeting_name, greeting.content);
    /// ```
    ///
    /// @param query which list page; default: the first
    /// @param options abort signal, timeout and retries of this call
    /// @returns the list page
    /// @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
    /// error, see `ErrorKind`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<Greeting>>")]
    pub fn list(
        &self,
        query: Option<Ts<GreetingQuery>>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call(&greetings::LIST, Arguments::new(query), options)
    }

    /// Iterates over all greetings, fetching each list page when it is needed.
    ///
    /// @example
    /// ```ts
    /// for await (const greeting of callCenter.greetings.iterate()) console.log(greeting.greeting_name);
    /// ```
    ///
    /// @param query `page` is the first list page, `size` the number of greetings per request
    /// @param options abort signal, timeout and retries of each request
    /// @returns an async iterator that ends after the last page and rejects like `list`
    #[wasm_bindgen(unchecked_return_type = "PageIterator<Greeting>")]
    pub fn iterate(&self, query: Option<Ts<GreetingQuery>>, options: Option<Ts<CallOptions>>) -> JsValue {
        pagination::iterate(&self.0, &greetings::LIST, Arguments::new(query), options)
    }

    /// Uploads a recording. **MP3 only**: any other file is rejected before it is sent.
    ///
    /// @example
    /// ```ts
    /// const file = input.files[0]; // of an <input type="file" accept=".mp3">
    /// await callCenter.greetings.upload({ file, greeting_name: "Welcome" }, {
    ///   onProgress: ({ loaded, total }) => (bar.value = loaded / total),
    ///   timeoutMs: 120_000,
    /// });
    /// ```
    ///
    /// @param upload the recording and its name
    /// @param options progress, abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
    /// @returns the server's response; undocumented, do not rely on its contents
    /// @throws {OmiCallError} `validation` with the issues of `validateGreetingFile` and of the name if there is one,
    /// `usage` if `file` is not a file, both before anything is sent; or any request error, see `ErrorKind`.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn upload(
        &self,
        #[wasm_bindgen(js_name = "upload")] recording: Ts<GreetingUpload>,
        options: Option<Ts<GreetingUploadOptions>>,
    ) -> js_sys::Promise {
        upload::upload(&self.0, recording, options)
    }

    /// Creates a greeting from a text, using the vendor's text-to-speech.
    ///
    /// @example
    /// ```ts
    /// const { file } = await callCenter.greetings.textToSpeech({
    ///   greeting_name: "Welcome", text: "Xin chào, cảm ơn bạn đã gọi.", speed: "0", voice: "banmai",
    /// });
    /// console.log(file._id);
    /// ```
    ///
    /// @param request name, text, speed and voice
    /// @param options abort signal, timeout and retries of this call; it is retried only after HTTP 429 and 503
    /// @returns the new greeting as `file`; its `speed` is a number
    /// @throws {OmiCallError} `validation` with the issues of `validateTextToSpeech`, `usage` if a field is
    /// missing, unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
    #[wasm_bindgen(js_name = textToSpeech, unchecked_return_type = "Promise<GreetingFile>")]
    pub fn text_to_speech(
        &self,
        #[wasm_bindgen(js_name = "request")] speech: Ts<TextToSpeechRequest>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call(&greetings::TEXT_TO_SPEECH, Arguments::new(speech).check(Rules::TextToSpeech), options)
    }

    /// Deletes a greeting.
    ///
    /// With `context`, it is not deleted while a script or a group uses it; `whoUses` of `omicall-call-center/checks` lists the places.
    ///
    /// @example
    /// ```ts
    /// const context = { scripts, groups }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
    /// if (confirm(`Delete ${greeting.greeting_name}?`)) await callCenter.greetings.delete(greeting._id, { context });
    /// ```
    ///
    /// @param id the `_id` of the greeting
    /// @param options abort signal, timeout, retries, `context` and `force` of this call; it is retried only after HTTP 429 and 503
    /// @returns the server's response; undocumented, do not rely on its contents
    /// @throws {OmiCallError} `validation` with an issue `still-used` for each place that uses it, `usage` if the id is empty, both
    /// before anything is sent; or any request error, see `ErrorKind`.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn delete(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DeleteOptions | null")] options: Option<
            Ts<CallOptions>,
        >,
    ) -> js_sys::Promise {
        self.0.call(&greetings::DELETE, Arguments::default().id(id).check(Rules::Delete), options)
    }
}
