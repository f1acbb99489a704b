//! What is wrong with a text that is to be read out.

use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;
use omicall_schema::vocabulary::{GreetingVoice, SpeechSpeed};
use omicall_schema::{HasSchema, Schema};

omicall_schema::draft! {
    /// A text to be read out as far as it is filled in.
    pub struct TextToSpeechDraft<'t> as TextToSpeechDraft {
        /// The name of the new greeting.
        greeting_name: Value<'t> = "string | null | undefined",
        /// The text.
        text: Value<'t> = "string | null | undefined",
        /// How fast it is read, from `"-3"` to `"3"`.
        speed: Value<'t> = "SpeechSpeed | (string & {}) | null | undefined",
        /// Who reads it.
        voice: Value<'t> = "GreetingVoice | (string & {}) | null | undefined",
    }
}

/// How many characters the vendor reads out.
const MOST_CHARACTERS: usize = 300;

/// Every rule about a text to be read out.
pub fn check(speech: &TextToSpeechDraft<'_>, report: &mut Report) {
    if !speech.greeting_name.is_non_blank() {
        report.add(IssueCode::GreetingNameRequired, &["/greeting_name"]);
    }
    // As composed characters (NFC): a text typed with combining marks counts like the same text typed without.
    let length = speech.text.text_or_empty().chars().count();
    if !(1..=MOST_CHARACTERS).contains(&length) {
        report.push(report.issue(IssueCode::TtsTextLength, &["/text"]).with_param("length", length));
    }
    if !is_one_of(speech.speed, &SpeechSpeed::SCHEMA) {
        report.add(IssueCode::TtsSpeedRange, &["/speed"]);
    }
    if !is_one_of(speech.voice, &GreetingVoice::SCHEMA) {
        report.add(IssueCode::TtsVoiceUnknown, &["/voice"]);
    }
}

fn is_one_of(value: Value<'_>, schema: &Schema) -> bool {
    matches!((value, schema), (Value::Text(text), Schema::OneOf(words)) if words.contains(&text))
}
