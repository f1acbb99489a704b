//! Greetings: the recordings that callers hear.

use omicall_schema::{Anything, Field, HasSchema, ObjectSchema, PositiveInt, Schema};

use crate::{endpoint::Endpoint, list_page::Page};

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
    /// A recording to upload.
    pub struct GreetingUpload {
        /// The recording, **an MP3 file**.
        file: Anything = "Blob | ArrayBuffer | Uint8Array",
    }
    optional {
        /// The name of the new greeting; the server chooses one if left out.
        greeting_name: String,
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

/// The fields of a [`TextToSpeechRequest`] that are sent in the body; the name is sent in the query.
const TEXT_TO_SPEECH_BODY: Schema = Schema::Object(&ObjectSchema {
    name: "TextToSpeechRequest",
    fields: &[
        Field { name: "text", schema: Schema::String, required: true },
        Field { name: "speed", schema: Schema::String, required: true },
        Field { name: "voice", schema: Schema::String, required: true },
    ],
    closed: false,
});

/// `GET greeting/list`. The server wants page and size each time.
pub static LIST: Endpoint = Endpoint::get("/api/call_center/greeting/list", &Page::<Greeting>::SCHEMA)
    .argument("query", &GreetingQuery::SCHEMA)
    .query(&["page=1", "size=10"]);

/// `POST greeting/upload`
pub static UPLOAD: Endpoint = Endpoint::post("/api/call_center/greeting/upload", &Schema::Any)
    .argument("upload", &GreetingUpload::SCHEMA)
    .query(&["greeting_name"]);

/// `POST greeting/upload-text-to-speech`
pub static TEXT_TO_SPEECH: Endpoint =
    Endpoint::post("/api/call_center/greeting/upload-text-to-speech", &GreetingFile::SCHEMA)
        .argument("request", &TextToSpeechRequest::SCHEMA)
        .query(&["greeting_name"])
        .body(&TEXT_TO_SPEECH_BODY);

/// `DELETE greeting/delete/:id`
pub static DELETE: Endpoint = Endpoint::delete("/api/call_center/greeting/delete/:id", &Schema::Any);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::for_tests::queried;

    #[test]
    fn the_requests_are_the_contracts() {
        let url = |fields: &[(&str, &str)]| queried(&LIST, fields).url("");
        assert_eq!(url(&[]), "/api/call_center/greeting/list?page=1&size=10");
        assert_eq!(url(&[("page", "4"), ("size", "3")]), "/api/call_center/greeting/list?page=4&size=3");
        assert_eq!(TEXT_TO_SPEECH.label(), "POST /api/call_center/greeting/upload-text-to-speech");
        assert_eq!(DELETE.label(), "DELETE /api/call_center/greeting/delete/:id");
    }
}
