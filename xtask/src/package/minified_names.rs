//! The short names that wasm-opt gave to what the module imports and exports.

use anyhow::{Context, Result};
use serde::Deserialize;

/// As wasm-opt prints it.
#[derive(Debug, Deserialize)]
pub struct MinifiedNames {
    /// Of each import: its module, its name, its short name in the one module that is left.
    pub imports: Vec<(String, String, String)>,
    /// Of each export: its name, its short name.
    pub exports: Vec<(String, String)>,
}

/// What wasm-opt calls that one module.
pub const MODULE: &str = "a";

impl MinifiedNames {
    pub fn read(said: &str) -> Result<Self> {
        let json = said.find('{').and_then(|start| said.get(start..)).unwrap_or(said);
        serde_json::from_str(json)
            .with_context(|| format!("wasm-opt did not print its short names, but: {said}"))
    }

    pub fn export(&self, name: &str) -> Option<&str> {
        self.exports.iter().find(|(long, _)| long == name).map(|(_, short)| short.as_str())
    }

    /// wasm-bindgen's JavaScript with the short names behind each `wasm.`.
    pub fn rename_exports(&self, javascript: &str) -> Result<String> {
        let mut out = String::with_capacity(javascript.len());
        let mut parts = javascript.split("wasm.");
        out += parts.next().unwrap_or_default();
        let mut before_is_name = ends_in_name(&out);
        for part in parts {
            let end = part.find(|c: char| !is_name(c)).unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            // `omicall.wasm.` and the end of a sentence are not exports.
            let short = if before_is_name || name.is_empty() {
                name
            } else {
                self.export(name).with_context(|| {
                    format!("wasm-bindgen's JavaScript uses wasm.{name}, which the module does not export")
                })?
            };
            out += &["wasm.", short, rest].concat();
            before_is_name = ends_in_name(rest) || (rest.is_empty() && !name.is_empty());
        }
        Ok(out)
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn ends_in_name(text: &str) -> bool {
    text.ends_with(|c: char| is_name(c) || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exports_of_the_module_are_renamed() -> Result<()> {
        let said = r#"{ "imports": [["./x.js", "__wbg_a_1", "$"]], "exports": [["phones_list", "a"], ["memory", "b"]] }"#;
        let short = MinifiedNames::read(said)?;
        let javascript =
            "// omicall.wasm. All of wasm. And x.wasm.phones_list\nwasm.phones_list(wasm.memory.buffer)";
        let renamed = "// omicall.wasm. All of wasm. And x.wasm.phones_list\nwasm.a(wasm.b.buffer)";
        assert_eq!(short.rename_exports(javascript)?, renamed);
        assert!(short.rename_exports("wasm.unknown()").is_err());
        assert!(MinifiedNames::read("nothing").is_err());
        Ok(())
    }
}
