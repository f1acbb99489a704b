//! The table of codes that ships with the package is generated from the catalogue.

use std::{fs, path::Path};

use serde_json::Value as Json;

#[path = "../../../tests/rules/cases.rs"]
mod rule_cases;

use rule_cases::{Case, ExpectedIssue, Kind};

use crate::rules::{DESCRIPTIONS, Description};

const HEAD: &str = "# What the checks find

Each issue has a `code`, which never changes its meaning, a `severity`, a `path` into the payload (a JSON pointer; `i` is an index), a sentence
as `message`, and the values in the sentence as `params`: each `{word}` below is one of them. *Needs* is the tenant data that the rule requires;
without it the rule is skipped.

- **error**: the server would reject it, or a caller would be lost. A request with an error is not sent.
- **warning**: probably a mistake.
- **hint**: worth a look.

Rules marked * report a warning instead of an error if the lists are not complete (`complete: false`, or a list page that is not the last one).
Six options or more are many; texts are compared and counted composed (NFC), names trimmed and ignoring case.
The paths of `lintIvr` begin with `/scripts/i` or `/groups/i`; a group of `groups.list` has `/members` for `/sip_members` and `/timeout`.

| Code | Severity | Path | Needs | English | Tiếng Việt |
|---|---|---|---|---|---|
";

fn table_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn row(description: &Description) -> String {
    let rule = description.code.rule();
    let star = if rule.needs_complete_tenant { "\\*" } else { "" };
    let other_severity = match description.other_severity {
        "" => String::new(),
        other => format!("; {other}"),
    };
    let path = |path: &str| if path.starts_with('/') { format!("`{path}`") } else { path.into() };
    let paths: Vec<_> = description.path.split(", ").map(path).collect();
    format!(
        "| `{}` | {}{star}{other_severity} | {} | {} | {} | {} |\n",
        description.code.as_str(),
        rule.severity.as_str(),
        paths.join(", "),
        if description.needs.is_empty() { "–" } else { description.needs },
        table_cell(rule.english),
        table_cell(rule.vietnamese),
    )
}

const EXAMPLES: &str = "
## Examples

A payload for each code, with the fields that matter (all cases are in `tests/rules/` of the repository). Of a recording, its bytes: `hex`, then
`zeros` zero bytes, `repeat` times.

| Code | Function | Payload | Context | Issue | Why |
|---|---|---|---|---|---|
";

/// Longer examples would make the table unreadable.
const MAX_EXAMPLE_LENGTH: usize = 400;

fn example_row(code: &str, case: &Case) -> String {
    let payload = table_cell(&spaced_json(&case.payload));
    let context = case.context.as_ref().map(|context| format!("`{}`", table_cell(&spaced_json(context))));
    let context = context.unwrap_or("–".into());
    let is_short = [payload.as_str(), &context].concat().len() <= MAX_EXAMPLE_LENGTH;
    assert!(is_short, "{code}: the first case is too long for an example");
    let issue = |issue: &ExpectedIssue| match issue.path.as_str() {
        "" => format!("{} at `\"\"`", issue.severity),
        path => format!("{} at `{path}`", issue.severity),
    };
    let issues: Vec<_> = case.expected.iter().map(issue).collect();
    format!(
        "| `{code}` | {} | `{payload}` | {context} | {} | {} |\n",
        function_of(case.kind),
        issues.join(", "),
        case.why
    )
}

fn function_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Script => "`validateIvrScript`",
        Kind::Group => "`validateGroup`",
        Kind::Members => "`validateGroupMembers`",
        Kind::TextToSpeech => "`validateTextToSpeech`",
        Kind::GreetingFile => "`validateGreetingFile`",
        Kind::Delete => "`delete` with `context`",
        Kind::Tenant => "`lintIvr`",
        Kind::SipAccount => "`validateSipAccount`",
        Kind::ListQuery => "any `list`",
        Kind::Patch => "`groups.patch`, `ivrScripts.patch`",
    }
}

/// Returns a value as JSON in one line, with spaces as people write it.
fn spaced_json(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("[{}]", items.iter().map(spaced_json).collect::<Vec<_>>().join(", ")),
        Json::Object(fields) if !fields.is_empty() => {
            let field = |(name, value): (&String, &Json)| format!("\"{name}\": {}", spaced_json(value));
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

/// Returns a row for the first case of each code.
fn examples() -> String {
    let cases = rule_cases::all();
    let example = |description: &Description| {
        let code = description.code.as_str();
        let first = cases.get(code).and_then(|cases| cases.first());
        assert!(first.is_some(), "{code} has no cases in tests/rules");
        first.map(|case| example_row(code, case)).unwrap_or_default()
    };
    EXAMPLES.to_owned() + &DESCRIPTIONS.iter().map(example).collect::<String>()
}

#[test]
fn published_table_matches_the_catalogue() {
    let text = HEAD.to_owned() + &DESCRIPTIONS.iter().map(row).collect::<String>() + &examples();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pkg-template/docs/rules.md");
    if std::env::var_os("BLESS").is_some() {
        assert!(file.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()));
        assert!(fs::write(&file, &text).is_ok(), "{} cannot be written", file.display());
    }
    let published = fs::read_to_string(&file).unwrap_or_default();
    assert!(published == text, "the rules changed: update the table with `cargo xtask test --bless native`");
}
