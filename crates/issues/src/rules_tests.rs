//! The table of codes that ships with the package is generated from the catalogue.

use std::{fs, path::Path};

use crate::rules::{DESCRIPTIONS, Description, rule};

const HEAD: &str = "# What the checks find

Each issue has a `code`, which never changes its meaning, a `severity`, a `path` into the payload (a JSON pointer; `i` is an index), a sentence
as `message`, and the values in the sentence as `params`: each `{word}` below is one of them. *Needs* is the tenant data that the rule requires;
without it the rule is skipped.

- **error**: the server would reject it, or a caller would be lost. A request with an error is not sent.
- **warning**: probably a mistake.
- **hint**: worth a look.

Rules marked * report a warning instead of an error if the lists are not complete (`complete: false`, or a list page that is not the last one).
Six options or more are many; texts are compared and counted composed (NFC), names trimmed and ignoring case.

| Code | Severity | Path | Needs | English | Tiếng Việt |
|---|---|---|---|---|---|
";

fn row(description: &Description) -> String {
    let rule = rule(description.code);
    let star = if rule.needs_complete_tenant { "\\*" } else { "" };
    let other_severity = match description.other_severity {
        "" => String::new(),
        other => format!("; {other}"),
    };
    let path = |path: &str| if path.starts_with('/') { format!("`{path}`") } else { path.into() };
    let paths: Vec<_> = description.path.split(", ").map(path).collect();
    let cell = |text: &str| text.replace('|', "\\|");
    format!(
        "| `{}` | {}{star}{other_severity} | {} | {} | {} | {} |\n",
        description.code.as_str(),
        rule.severity.as_str(),
        paths.join(", "),
        if description.needs.is_empty() { "–" } else { description.needs },
        cell(rule.english),
        cell(rule.vietnamese),
    )
}

#[test]
fn published_table_matches_the_catalogue() {
    let text = HEAD.to_owned() + &DESCRIPTIONS.iter().map(row).collect::<String>();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pkg-template/docs/rules.md");
    if std::env::var_os("BLESS").is_some() {
        assert!(file.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()));
        assert!(fs::write(&file, &text).is_ok(), "{} cannot be written", file.display());
    }
    let published = fs::read_to_string(&file).unwrap_or_default();
    assert!(published == text, "the rules changed: update the table with `cargo xtask test --bless native`");
}
