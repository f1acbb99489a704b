//! The rule about texts for people: names, and texts that are read out.

use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;

/// Reports control characters other than line breaks and tabs. Drafts have U+FFFD in place of NUL and of halves of
/// characters; where it was in the text before, the text was damaged.
pub fn check_characters(text: Value<'_>, path: &[&str], report: &mut Report) {
    let is_wrong = |character| match character {
        '\t' | '\n' | '\r' => false,
        '\u{FFFD}' => true,
        other => other.is_control(),
    };
    if text.text_or_empty().contains(is_wrong) {
        report.add(IssueCode::TextControlCharacter, path);
    }
}

/// Checks the name of a new greeting.
pub fn check_greeting_name(name: Value<'_>, report: &mut Report) {
    check_characters(name, &["/greeting_name"], report);
    if !name.is_non_blank() {
        report.add(IssueCode::GreetingNameRequired, &["/greeting_name"]);
    }
}
