//! The table of codes that ships with the package is made of the table of rules.

use std::{fs, path::Path};

use crate::rules::{DESCRIPTIONS, Description, rule};

const HEAD: &str = "# What the checks find

Each issue has a `code`, which never changes its meaning, a `severity`, a `path` into what was passed (a JSON pointer; `i` is an index), a sentence
as `message`, and what the sentence names as `params`: each `{word}` below is one of them. *Needs* is what the check must be told beside the
payload; without it the rule is silent.

- **error**: the server would refuse it, or a caller would be lost. A call that has one rejects before anything is sent.
- **warning**: probably not meant.
- **hint**: worth a look.

\"Not found\" is a warning in place of an error where the lists are not complete (`complete: false`, or a page with more after it): these rules are marked *.
A menu has many options from six on; texts are compared and counted composed (NFC), names trimmed and without regard to case.

| Code | Severity | Path | Needs | English | Tiếng Việt |
|---|---|---|---|---|---|
";

fn row(description: &Description) -> String {
    let rule = rule(description.code);
    let star = if rule.needs_all { "\\*" } else { "" };
    let otherwise = match description.otherwise {
        "" => String::new(),
        otherwise => format!("; {otherwise}"),
    };
    let path = |path: &str| if path.starts_with('/') { format!("`{path}`") } else { path.into() };
    let paths: Vec<_> = description.path.split(", ").map(path).collect();
    let cell = |text: &str| text.replace('|', "\\|");
    format!(
        "| `{}` | {}{star}{otherwise} | {} | {} | {} | {} |\n",
        description.code.as_str(),
        rule.severity.as_str(),
        paths.join(", "),
        if description.needs.is_empty() { "–" } else { description.needs },
        cell(rule.english),
        cell(rule.vietnamese),
    )
}

#[test]
fn the_published_table_is_the_table_of_rules() {
    let text = HEAD.to_owned() + &DESCRIPTIONS.iter().map(row).collect::<String>();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pkg-template/docs/rules.md");
    if std::env::var_os("BLESS").is_some() {
        assert!(file.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()));
        assert!(fs::write(&file, &text).is_ok(), "{} cannot be written", file.display());
    }
    let published = fs::read_to_string(&file).unwrap_or_default();
    assert!(published == text, "the rules changed: write them down with `cargo xtask test --bless native`");
}
