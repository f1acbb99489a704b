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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::Tenant;

    #[test]
    fn a_name_must_be_visible_and_without_control_characters() {
        let codes = |name| {
            let mut report = Tenant::default().new_report();
            check_greeting_name(Value::Text(name), &mut report);
            assert!(report.issues.iter().all(|issue| issue.path == "/greeting_name"), "{name:?}");
            report.issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(codes("Lời chào"), Vec::<&str>::new());
        assert_eq!(codes("  \u{200b}"), ["greeting-name-required"]);
        assert_eq!(codes(""), ["greeting-name-required"]);
        // The check of an upload gets NUL as it is.
        assert_eq!(codes("a\0b"), ["text-control-character"]);
    }
}
