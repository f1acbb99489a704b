//! The rule about texts for people: names, and texts that are read out.

use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;

/// Checks a name, which is one line.
pub fn check_name_characters(name: Value<'_>, path: &[&str], report: &mut Report) {
    check_characters(name, &[], path, report);
}

/// Checks a text to be read out, which may have several lines.
pub fn check_text_characters(text: Value<'_>, path: &[&str], report: &mut Report) {
    check_characters(text, &['\t', '\n', '\r'], path, report);
}

/// Reports control characters. Drafts have U+FFFD in place of NUL and of halves of characters, and as a character of its own it
/// means that a text was damaged before.
fn check_characters(text: Value<'_>, allowed: &[char], path: &[&str], report: &mut Report) {
    let is_wrong = |character: char| character == '\u{FFFD}' || character.is_control();
    let mut characters = text.text_or_empty().chars();
    if characters.any(|character| is_wrong(character) && !allowed.contains(&character)) {
        report.add(IssueCode::TextControlCharacter, path);
    }
}
