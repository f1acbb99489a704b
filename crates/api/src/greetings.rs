//! Greetings: the recordings that callers hear.

use omicall_schema::{Anything, Field, HasSchema, ObjectSchema, PositiveInt, Schema, StringOrNumber};

use crate::{endpoint::Endpoint, list_page::Page, user_reference::UserReference};

omicall_schema::record! {
    /// A greeting, as returned by `greetings.list` and `greetings.textToSpeech`.
    ///
    /// Source: the vendor's documentation, `greeting/list`. Missing values are `null` or `""`.
    pub struct Greeting {
        /// The id of the greeting, 24 hexadecimal digits.
        _id: String,
        /// When it was created, in Unix milliseconds.
        created_date: f64,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// Who created it. Always `null` in known responses.
        create_by: Option<UserReference>,
        /// Who last changed it. Always `null` in known responses.
        last_update_by: Option<UserReference>,
        /// The id of the tenant.
        tenant_id: String,
        /// The name.
        greeting_name: String,
        /// The name without diacritics.
        greeting_name_unsigned: String,
        /// How it was made, in Vietnamese, e.g. `"Robot đọc"` for text-to-speech.
        formality: String,
        /// The file name of the recording, e.g. `"6c0d4c55-d837-4ae5-835e-c16180b09e51.mp3"`. Not a URL that can be played.
        recording_file: String,
        /// The text that is spoken.
        content: String,
        /// The voice; may be one that is not listed.
        voice: String = "GreetingVoice | (string & {})",
        /// The speed, from -3 to 3: **a number** here, a string in `textToSpeech`.
        speed: f64,
        /// Whether it has been deleted.
        is_deleted: bool,
        /// Always `null` in known responses.
        is_hidden_in_list: Anything = "boolean | string | null",
    }
}

omicall_schema::record! {
    /// The response of `greetings.textToSpeech`.
    pub struct GreetingFile {
        /// The new greeting.
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
        /// The name of the new greeting; not blank if you pass one. By default, the server chooses one.
        greeting_name: String,
    }
}

omicall_schema::request! {
    /// Which greetings to list. All fields are optional.
    pub struct GreetingQuery {}
    optional {
        /// The number of the list page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// The maximum number of greetings per page, from 1. Default 10.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// A text to turn into a greeting. Other fields are an error.
    pub struct TextToSpeechRequest {
        /// The name of the new greeting.
        greeting_name: String,
        /// The text, 1 to 300 characters.
        text: String,
        /// The speed, from `"-3"` (slowest) to `"3"`. A number, as records have it, is sent as a string. Another
        /// speed breaks a rule.
        speed: StringOrNumber = "SpeechSpeed | (string & {}) | number",
        /// The voice. One that is not listed is sent, with a warning to `onIssue`.
        voice: String = "GreetingVoice | (string & {})",
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
    rejects_unknown: false,
});

/// `GET greeting/list`. The server requires page and size.
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
    use crate::request::test_support::request_with;

    #[test]
    fn requests_match_the_contract() {
        let url = |fields: &[(&str, &str)]| request_with(&LIST, fields).url("");
        assert_eq!(url(&[]), "/api/call_center/greeting/list?page=1&size=10");
        assert_eq!(url(&[("page", "4"), ("size", "3")]), "/api/call_center/greeting/list?page=4&size=3");
        assert_eq!(TEXT_TO_SPEECH.label(), "POST /api/call_center/greeting/upload-text-to-speech");
        assert_eq!(DELETE.label(), "DELETE /api/call_center/greeting/delete/:id");
    }
}
