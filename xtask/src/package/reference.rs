//! The list of everything that can be called, for `AGENTS.md` and `llms.txt`, from the doc comments of the declarations.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::project::read;

/// Where a page has the list as a list of calls.
const CALLS: &str = "<!-- all calls -->\n";
/// Where a page has the list as links, as <https://llmstxt.org> wants them.
const LINKS: &str = "<!-- all calls as links -->\n";

/// The name of the package, and of the class that has all handles.
const PACKAGE: &str = "omicall-call-center";
const CLIENT: &str = "CallCenter";
/// The declarations that all entries share.
const TYPES: &str = "types.d.ts";

/// The page with the list of what `pkg` declares in place of its mark, if it has one.
pub fn filled(page: &str, pkg: &Path) -> Result<String> {
    if !page.contains(CALLS) && !page.contains(LINKS) {
        return Ok(page.to_owned());
    }
    let mut declared = BTreeMap::new();
    parse(TYPES, &read(&pkg.join(TYPES))?, &mut declared);
    let mut entries = Vec::new();
    for (name, types) in entries_of(&read(&pkg.join("package.json"))?)? {
        let entry = read(&pkg.join(&types))?;
        entries.push((name, exported(&entry)));
        parse(&types, &entry, &mut declared);
    }
    let sections = sections(&declared, &entries)?;
    let list = |level: &str, line: fn(&Call) -> String| {
        let section = |(title, calls): &(String, Vec<Call>)| {
            format!("{level} {title}\n\n{}", calls.iter().map(line).collect::<String>())
        };
        sections.iter().map(section).collect::<Vec<_>>().join("\n")
    };
    let calls = list("###", |call| format!("- `{}`: {}\n", call.text, call.summary));
    let links = list("##", |call| format!("- [{}]({}): {}\n", call.text, call.file, call.summary));
    Ok(page.replace(CALLS, &calls).replace(LINKS, &links))
}

/// Something that can be called, as users write it, and the first sentence of its doc comment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Call {
    text: String,
    summary: String,
    /// Where it is declared.
    file: String,
}

/// A class or function of the declarations, with its members.
#[derive(Debug, Default)]
struct Declared {
    call: Option<Call>,
    /// Getters: name, class, first sentence.
    handles: Vec<(String, String, String)>,
    methods: Vec<Call>,
}

/// The calls of each handle, then those of each entry.
fn sections(
    declared: &BTreeMap<String, Declared>,
    entries: &[(String, Vec<String>)],
) -> Result<Vec<(String, Vec<Call>)>> {
    let client = declared.get(CLIENT).with_context(|| format!("there is no class {CLIENT}"))?;
    let prefixed = |prefix: &str, methods: &[Call]| {
        methods.iter().map(|call| Call { text: format!("{prefix}.{}", call.text), ..call.clone() }).collect()
    };
    let mut sections = vec![("`callCenter`".to_owned(), prefixed("callCenter", &client.methods))];
    for (handle, class, summary) in &client.handles {
        let class = declared.get(class).with_context(|| format!("there is no class {class}"))?;
        let handle = format!("callCenter.{handle}");
        // `free` of the client frees all of them.
        let methods: Vec<_> = class.methods.iter().filter(|call| call.text != "free()").cloned().collect();
        sections.push((format!("`{handle}`: {summary}"), prefixed(&handle, &methods)));
    }
    for (entry, names) in entries {
        let calls = names.iter().filter_map(|name| declared.get(name)?.call.clone()).collect();
        sections.push((format!("Exports of `{entry}`"), calls));
    }
    Ok(sections)
}

/// What is imported as `omicall-call-center/…`, with its declarations. Not what only exports the same again.
fn entries_of(manifest: &str) -> Result<Vec<(String, String)>> {
    let manifest: Value = serde_json::from_str(manifest).context("package.json is not JSON")?;
    let exports =
        manifest.get("exports").and_then(Value::as_object).context("package.json has no `exports`")?;
    let is_repetition = |path: &str| path.ends_with("/inline") || path == "./all";
    let entries = exports.iter().filter(|(path, _)| !is_repetition(path));
    let mut entries: Vec<_> = entries
        .filter_map(|(path, conditions)| {
            let types = types(conditions)?.trim_start_matches("./").to_owned();
            Some((format!("{PACKAGE}{}", path.strip_prefix('.')?), types))
        })
        .collect();
    entries.sort();
    Ok(entries)
}

/// The declarations that conditional exports name for `import`.
fn types(conditions: &Value) -> Option<String> {
    let Value::Object(conditions) = conditions else { return None };
    let own = conditions.get("types").and_then(Value::as_str).filter(|types| types.ends_with(".d.ts"));
    own.map(str::to_owned).or_else(|| conditions.values().find_map(types))
}

/// The names that an entry exports.
fn exported(entry: &str) -> Vec<String> {
    let list = entry.split_once("export { ").and_then(|(_, rest)| rest.split_once(" }"));
    let mut names: Vec<_> =
        list.into_iter().flat_map(|(list, _)| list.split(", ")).map(str::to_owned).collect();
    let own = |line: &str| Some(name_and_rest(after_keyword(line)?)?.0.to_owned());
    names.extend(entry.lines().filter_map(own));
    names
}

/// What follows the keyword of a function or constant that is exported.
fn after_keyword(line: &str) -> Option<&str> {
    line.strip_prefix("export function ").or_else(|| line.strip_prefix("export const "))
}

/// Adds the classes and functions that TypeScript declarations export.
fn parse(file: &str, text: &str, declared: &mut BTreeMap<String, Declared>) {
    let mut class = String::new();
    let mut comment = String::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("/**") || trimmed.starts_with('*') {
            comment += trimmed;
            comment.push('\n');
            continue;
        }
        let summary = first_sentence(&std::mem::take(&mut comment));
        if let Some(rest) = line.strip_prefix("export class ") {
            class = name_and_rest(rest).map(|(name, _)| name.to_owned()).unwrap_or_default();
            declared.entry(class.clone()).or_default();
        } else if line.starts_with('}') {
            class.clear();
        } else if let Some(rest) = after_keyword(line) {
            if let Some((name, text)) = call(rest) {
                // Of a function with overloads, the first is the usual one.
                declared.entry(name).or_default().call.get_or_insert(Call {
                    text,
                    summary,
                    file: file.into(),
                });
            }
        } else if let Some(members) = declared.get_mut(&class) {
            if let Some((name, of)) = trimmed.strip_prefix("readonly ").and_then(|rest| rest.split_once(": "))
            {
                members.handles.push((name.to_owned(), of.trim_end_matches(';').to_owned(), summary));
            } else if let Some((name, text)) = call(trimmed)
                && name != "constructor"
            {
                members.methods.push(Call { text, summary, file: file.into() });
            }
        }
    }
}

fn name_and_rest(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    (end > 0).then(|| text.split_at(end))
}

/// The name of a declared function, and how it is called: `list(query?, options?)`. A constant is only named.
fn call(declaration: &str) -> Option<(String, String)> {
    let (name, rest) = name_and_rest(declaration)?;
    if rest.starts_with(':') {
        return Some((name.to_owned(), name.to_owned()));
    }
    let generic = rest.starts_with('<');
    let parameters = if generic { rest.split_once(">(")?.1 } else { rest.strip_prefix('(')? };
    Some((name.to_owned(), format!("{name}({})", parameter_names(parameters).join(", "))))
}

/// The names of the parameters in `query?: PhoneQuery | null, options?: X): Promise<Y>;`, with their question marks.
fn parameter_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut depth = 0_i32;
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '(' | '{' | '[' | '<' => depth += 1,
            // Not the arrow of a function.
            '>' if before == '=' => {}
            ')' if depth == 0 => break,
            ')' | '}' | ']' | '>' => depth -= 1,
            ',' if depth == 0 => start = at + 1,
            ':' if depth == 0 => names.extend(text.get(start..at).map(str::trim)),
            _ => {}
        }
        before = c;
    }
    names
}

/// The first sentence of a doc comment.
fn first_sentence(comment: &str) -> String {
    let lines =
        comment.lines().map(|line| line.trim_start_matches(['/', '*']).trim().trim_end_matches("*/").trim());
    let lines = lines
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty() && !line.starts_with('@'));
    let text = lines.collect::<Vec<_>>().join(" ");
    let is_end = |(at, _): &(usize, &str)| {
        text.get(at + 2..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c == '*' || c == '`'))
    };
    let end = text.match_indices(". ").find(is_end).map_or(text.len(), |(at, _)| at + 1);
    text.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARATIONS: &str = "
/**
 * Lists, e.g. phones. Then more.
 *
 * @param query which
 */
export class Phones {
    private constructor();
    /**
     * Lists a page
     * of the phones. More.
     */
    list(query?: Query<A, B> | null, then: (x: 1, y: 2) => void, options?: X | null): Promise<Page<Y>>;
    [Symbol.dispose](): void;
}
export class CallCenter {
    constructor(options: CallCenterOptions);
    /** Gives it back. */
    free(): void;
    /**
     * Phones.
     */
    readonly phones: Phones;
}
/** Makes it. */
export function make<T>(detail: T, options: { a: 1, b: 2 }): void;
/** A schema. */
export const schema: {
    (options: 1): void;
};
/** Makes another. */
export function make(detail: number): void;
export interface Not { list(): void }
";

    #[test]
    fn every_method_and_function_is_listed_with_its_first_sentence() -> Result<()> {
        let entries =
            [("pkg".to_owned(), exported("export { CallCenter, make, schema } from \"./types.js\";"))];
        let mut declared = BTreeMap::new();
        parse("index.d.ts", DECLARATIONS, &mut declared);
        let text = |(title, calls): (String, Vec<Call>)| {
            (
                title,
                calls.into_iter().map(|call| format!("{}: {}", call.text, call.summary)).collect::<Vec<_>>(),
            )
        };
        let sections: Vec<_> = sections(&declared, &entries)?.into_iter().map(text).collect();
        let expected = [
            ("`callCenter`", "free(): Gives it back."),
            ("`callCenter.phones`: Phones.", "list(query?, then, options?): Lists a page of the phones."),
            ("Exports of `pkg`", "make(detail, options): Makes it."),
        ];
        assert_eq!(sections.len(), expected.len());
        assert_eq!(sections.iter().map(|(_, calls)| calls.len()).collect::<Vec<_>>(), [1, 1, 2]);
        assert!(sections.iter().flat_map(|(_, calls)| calls).any(|call| call == "schema: A schema."));
        for ((title, calls), (expected_title, call)) in sections.iter().zip(expected) {
            assert_eq!(title, expected_title);
            assert!(calls.first().is_some_and(|found| found.ends_with(call)), "{calls:?}");
        }
        Ok(())
    }

    #[test]
    fn sentences_end_where_the_next_begins() {
        assert_eq!(first_sentence("/** A phone, e.g. 147. It rings. */\n"), "A phone, e.g. 147.");
        assert_eq!(first_sentence("/**\n* One\n* two.\n*\n* Three.\n*/\n"), "One two.");
        assert_eq!(first_sentence("/**\n* One\n* @returns two\n"), "One");
    }

    #[test]
    fn entries_are_what_package_json_exports() -> Result<()> {
        let manifest = r#"{ "exports": {
            "./checks": { "require": { "types": "./checks/index.d.cts" }, "default": { "types": "./checks/index.d.ts", "default": "./checks/index.js" } },
            ".": { "types": "./index.d.ts", "default": "./index.js" },
            "./inline": { "types": "./inline.d.ts" }, "./all": { "types": "./all/index.d.ts" }, "./omicall.wasm": "./omicall.wasm"
        } }"#;
        let entry = |name: &str, types: &str| (name.to_owned(), types.to_owned());
        let expected =
            [entry(PACKAGE, "index.d.ts"), entry("omicall-call-center/checks", "checks/index.d.ts")];
        assert_eq!(entries_of(manifest)?, expected);
        Ok(())
    }

    #[test]
    fn functions_of_the_entry_itself_are_exported_too() {
        let entry = "export { a, b } from \"./types.js\";\nexport type * from \"./types.js\";\n\nexport function loadChecks(): Promise<void>;\n";
        assert_eq!(exported(entry), ["a", "b", "loadChecks"]);
    }
}
