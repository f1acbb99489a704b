//! Rules about a text to be read out as a greeting.

use omicall_issues::{IssueCode, Report};
use omicall_schema::{
    HasSchema, Schema,
    draft::Value,
    vocabulary::{GreetingVoice, SpeechSpeed},
};

use crate::rules::text::{check_characters, check_greeting_name};

omicall_schema::draft! {
    /// A text-to-speech request that may be incomplete.
    pub struct TextToSpeechDraft<'t> as TextToSpeechDraft {
        /// The name of the new greeting.
        greeting_name: Value<'t> = "string | null | undefined",
        /// The text to read out.
        text: Value<'t> = "string | null | undefined",
        /// The speed, from `"-3"` (slowest) to `"3"`, as text or as a number.
        speed: Value<'t> = "SpeechSpeed | (string & {}) | number | null | undefined",
        /// The voice.
        voice: Value<'t> = "GreetingVoice | (string & {}) | null | undefined",
    }
}

/// The maximum number of characters that the vendor reads out.
const MAX_TEXT_LENGTH: usize = 300;

/// Checks a text-to-speech request.
pub fn check_text_to_speech(request: &TextToSpeechDraft<'_>, report: &mut Report) {
    check_greeting_name(request.greeting_name, report);
    check_characters(request.text, &["/text"], report);
    // Drafts are composed (NFC), so text typed with combining marks has the same length as without.
    let length = request.text.text_or_empty().chars().count();
    if !(1..=MAX_TEXT_LENGTH).contains(&length) {
        report.add_with(IssueCode::TtsTextLength, &["/text"], None, "length", length.into());
    }
    if length > 0 && !request.text.is_non_blank() {
        report.add(IssueCode::TtsTextBlank, &["/text"]);
    }
    if !matches!(request.speed, Value::Int(-3..=3)) && !is_one_of(request.speed, &SpeechSpeed::SCHEMA) {
        report.add(IssueCode::TtsSpeedRange, &["/speed"]);
    }
    if !is_one_of(request.voice, &GreetingVoice::SCHEMA) {
        report.add_quoting(IssueCode::TtsVoiceUnknown, &["/voice"], &[("voice", request.voice)]);
    }
}

fn is_one_of(value: Value<'_>, schema: &Schema) -> bool {
    matches!((value, schema), (Value::Text(text), Schema::OneOf(words)) if words.contains(&text))
}
