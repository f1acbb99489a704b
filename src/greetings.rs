//! Greetings: the recordings that callers hear.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::{
    checks,
    client::{
        CallOptions, Client,
        argument::{self, JsonArgument},
        page::{self, Page},
        request::Endpoint,
    },
    upload::{self, GreetingUpload, GreetingUploadOptions},
};
use omicall_schema::draft::Value;
use omicall_schema::{Anything, Field, HasSchema, ObjectSchema, PositiveInt, Schema};

omicall_schema::record! {
    /// A greeting, as `greetings.list` and `greetings.textToSpeech` send it.
    ///
    /// Source: the vendor's documentation, `greeting/list`. Where the vendor has no value it sends `null` or `""`.
    pub struct Greeting {
        /// The id of the greeting, 24 hexadecimal digits.
        _id: String,
        /// When it was made, in Unix milliseconds.
        created_date: f64,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// Only ever seen as `null`.
        create_by: Anything = "unknown",
        /// Only ever seen as `null`.
        last_update_by: Anything = "unknown",
        /// The id of the tenant.
        tenant_id: String,
        /// The name.
        greeting_name: String,
        /// The name without Vietnamese marks.
        greeting_name_unsigned: String,
        /// How it was made, in Vietnamese, e.g. `"Robot đọc"` for a text that was read out.
        formality: String,
        /// The name of the recording, e.g. `"6c0d4c55-d837-4ae5-835e-c16180b09e51.mp3"`. No address to play it from.
        recording_file: String,
        /// The text that is read out.
        content: String,
        /// The voice that reads; other words than the known ones may come.
        voice: String = "GreetingVoice | (string & {})",
        /// How fast it is read, from -3 to 3: **a number** here, a string in `textToSpeech`.
        speed: f64,
        /// Whether it has been deleted.
        is_deleted: bool,
        /// Only ever seen as `null`.
        is_hidden_in_list: Anything = "unknown",
    }
}

omicall_schema::record! {
    /// A greeting just made, as `greetings.textToSpeech` sends it.
    pub struct GreetingFile {
        /// The greeting.
        file: Greeting,
    }
}

omicall_schema::request! {
    /// Which page of the greetings to list. Everything may be left out.
    pub struct GreetingQuery {}
    optional {
        /// Which page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// How many greetings a page holds, from 1. Default 10.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// A text to be read out. Any other field is refused, by TypeScript and when the call is made.
    pub struct TextToSpeechRequest {
        /// The name of the new greeting.
        greeting_name: String,
        /// The text, 300 characters at the most.
        text: String,
        /// How fast it is read.
        speed: String = "SpeechSpeed",
        /// Who reads it.
        voice: String = "GreetingVoice",
    }
}

/// What of a [`TextToSpeechRequest`] is sent in the body; the name stands in the query.
const SPEECH: Schema = Schema::Object(&ObjectSchema {
    name: "TextToSpeechRequest",
    fields: &[
        Field { name: "text", schema: Schema::String, required: true },
        Field { name: "speed", schema: Schema::String, required: true },
        Field { name: "voice", schema: Schema::String, required: true },
    ],
    closed: false,
});

const LIST: Endpoint =
    // The server wants page and size each time.
    Endpoint::get("/api/call_center/greeting/list").query(&["page=1", "size=10"]);
const UPLOAD: Endpoint = Endpoint::post("/api/call_center/greeting/upload").query(&["greeting_name"]);
const TEXT_TO_SPEECH: Endpoint =
    Endpoint::post("/api/call_center/greeting/upload-text-to-speech").query(&["greeting_name"]);
const DELETE: Endpoint = Endpoint::delete("/api/call_center/greeting/delete/:id");

/// Greetings, the recordings that callers hear. Reach it as `callCenter.greetings`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Greetings(pub(crate) Client);

#[wasm_bindgen]
impl Greetings {
    /// Lists one page of the greetings.
    ///
    /// @example
    /// ```ts
    /// const page = await callCenter.greetings.list({ page: 1, size: 50 });
    /// for (const greeting of page.items) console.log(greeting.greeting_name, greeting.content);
    /// ```
    ///
    /// @param query which page; the first one if left out
    /// @param options abort signal, deadline and retries of this one call
    /// @returns the page as the server sent it
    /// @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent;
    /// `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<Greeting>>")]
    pub fn list(
        &self,
        query: Option<Ts<GreetingQuery>>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call::<Page<Greeting>, _>(&LIST, query, options)
    }

    /// Walks over the greetings of all pages, fetching each page when it is needed.
    ///
    /// @example
    /// ```ts
    /// for await (const greeting of callCenter.greetings.iterate()) console.log(greeting.greeting_name);
    /// ```
    ///
    /// @param query `page` is where the walk starts, `size` how many each request fetches
    /// @param options abort signal, deadline and retries of each request
    /// @returns an async iterator; it ends after the last page, and rejects like `list`
    #[wasm_bindgen(unchecked_return_type = "PageIterator<Greeting>")]
    pub fn iterate(&self, query: Option<Ts<GreetingQuery>>, options: Option<Ts<CallOptions>>) -> JsValue {
        page::iterate::<Greeting, _>(&self.0, &LIST, query, options)
    }

    /// Uploads a recording. **MP3 only**: anything else is refused before it is sent.
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
    /// @param options progress, abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `validation` with what `validateGreetingFile` finds, `usage` for what is no file, both before
    /// anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn upload(
        &self,
        #[wasm_bindgen(js_name = "upload")] recording: Ts<GreetingUpload>,
        options: Option<Ts<GreetingUploadOptions>>,
    ) -> js_sys::Promise {
        upload::upload(&self.0, &UPLOAD, recording, options)
    }

    /// Makes a greeting of a text that the vendor's robot reads out.
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
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns the new greeting as `file`, its `speed` a number
    /// @throws {OmiCallError} `validation` with what `validateTextToSpeech` finds, `usage` where a field is missing, unknown or of
    /// another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the
    /// call goes.
    #[wasm_bindgen(js_name = textToSpeech, unchecked_return_type = "Promise<GreetingFile>")]
    pub fn text_to_speech(
        &self,
        #[wasm_bindgen(js_name = "request")] speech: Ts<TextToSpeechRequest>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        let (name, value) = ("request", JsValue::from(speech));
        self.0.send(&TEXT_TO_SPEECH, &GreetingFile::SCHEMA, options, |_, options| {
            let language = self.0.language();
            self.0.check(name, checks::check_text_to_speech, &value, Value::Absent, options)?;
            let schema = &TextToSpeechRequest::SCHEMA;
            let request = argument::query(&TEXT_TO_SPEECH, name, Some(value.clone()), schema, language)?;
            let body = JsonArgument { name, value, schema: &SPEECH, check: None };
            Ok(request.json(argument::json(body, language)?))
        })
    }

    /// Deletes a greeting.
    ///
    /// @example
    /// ```ts
    /// if (confirm(`Delete ${greeting.greeting_name}?`)) await callCenter.greetings.delete(greeting._id);
    /// ```
    ///
    /// @param id the `_id` of the greeting. Sent percent-encoded
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `usage` where the id is empty, before anything is sent; `auth`, `api`, `http`, `network`,
    /// `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn delete(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.delete(&DELETE, &id, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::request::queried;

    #[test]
    fn the_requests_are_the_contracts() {
        let url = |fields: &[(&str, &str)]| queried(&LIST, fields).url("");
        assert_eq!(url(&[]), "/api/call_center/greeting/list?page=1&size=10");
        assert_eq!(url(&[("page", "4"), ("size", "3")]), "/api/call_center/greeting/list?page=4&size=3");
        assert_eq!(TEXT_TO_SPEECH.label(), "POST /api/call_center/greeting/upload-text-to-speech");
        assert_eq!(DELETE.label(), "DELETE /api/call_center/greeting/delete/:id");
    }
}
