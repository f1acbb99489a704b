//! Short names for what the wasm and its JavaScript call one another: wasm-bindgen's are long, carry hashes, and are
//! downloaded twice.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use anyhow::{Context, Result, bail};

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The kind of an import or export that is a function.
const FUNCTION: u8 = 0;

/// The module of wasm-bindgen's own imports.
const GLUE: &str = "./omicall_bg.js";

/// Returns the wasm and the JavaScript of wasm-bindgen's web target with short names in both.
///
/// Names that say nothing would also fit the JavaScript of another version, which would then do wrong things quietly: so
/// the first import comes from a module that is named after all of the wasm, and other JavaScript has no such module.
pub fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut hasher = DefaultHasher::new();
    wasm.hash(&mut hasher);
    let version = format!("{:08x}", hasher.finish() as u32);

    let mut short = Vec::from(wasm.get(..8).context("this is no wasm")?);
    let mut script = script.to_owned();
    let mut rest = Reader(&wasm[8..]);
    while !rest.0.is_empty() {
        let (kind, section) = (rest.byte()?, rest.bytes()?);
        let section = match kind {
            IMPORTS => imports(Reader(section), &version, &mut script)?,
            EXPORTS => exports(Reader(section), &mut script)?,
            _ => section.to_vec(),
        };
        short.push(kind);
        push_bytes(&mut short, &section);
    }
    Ok((short, script))
}

fn imports(mut section: Reader, version: &str, script: &mut String) -> Result<Vec<u8>> {
    let count = section.number()?;
    let mut short = Vec::new();
    push_number(&mut short, count);
    let mut members = String::new();
    for index in 0..count {
        let (module, name, kind) = (section.text()?, section.text()?, section.byte()?);
        if kind != FUNCTION {
            bail!("the wasm imports `{name}`, which is no function: teach xtask/src/package/names.rs");
        }
        let new = name_of(index);
        push_bytes(&mut short, if index == 0 { version } else { "a" }.as_bytes());
        push_bytes(&mut short, new.as_bytes());
        short.push(kind);
        push_number(&mut short, section.number()?);
        if module == GLUE {
            replace_once(
                script,
                &format!("\n        {name}: function("),
                &format!("\n        {new}: function("),
            )?;
        } else {
            let (before, _) = script
                .split_once(&format!(" from \"{module}\""))
                .with_context(|| format!("the JavaScript does not import {module}"))?;
            let variable = before.rsplit(' ').next().unwrap_or_default().to_owned();
            members += &format!("        {new}: {variable}.{name},\n");
        }
    }
    let (before, _) =
        script.split_once("    return {\n        __proto__: null,\n").context("no import object")?;
    let end = script[before.len()..].find("};\n").context("the import object has no end")? + before.len() + 3;
    let merged = format!(
        "    Object.assign(import0, {{\n{members}    }});\n    return {{ a: import0, \"{version}\": import0 }};\n"
    );
    script.replace_range(before.len()..end, &merged);
    Ok(short)
}

fn exports(mut section: Reader, script: &mut String) -> Result<Vec<u8>> {
    let count = section.number()?;
    let mut short = Vec::new();
    push_number(&mut short, count);
    let mut names = HashMap::new();
    for index in 0..count {
        let (name, kind, of) = (section.text()?, section.byte()?, section.number()?);
        // Memory and tables keep their names, for those who watch how much there is.
        let new = if kind == FUNCTION { name_of(index) } else { name.to_owned() };
        push_bytes(&mut short, new.as_bytes());
        short.push(kind);
        push_number(&mut short, of);
        names.insert(name, new);
    }
    let mut parts = script.split("wasm.");
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
        renamed += "wasm.";
        renamed += names.get(&part[..end]).map_or(&part[..end], String::as_str);
        renamed += &part[end..];
    }
    *script = renamed;
    Ok(short)
}

fn replace_once(script: &mut String, old: &str, new: &str) -> Result<()> {
    if script.matches(old).count() != 1 {
        bail!("wasm-bindgen writes its JavaScript in another form now: `{}` is not there once", old.trim());
    }
    *script = script.replacen(old, new, 1);
    Ok(())
}

/// `a` to `z`, `A` to `Z`, then `aa`, `ab` and so on.
fn name_of(index: usize) -> String {
    let letters = ('a'..='z').chain('A'..='Z').collect::<Vec<_>>();
    let last = letters[index % letters.len()];
    match index / letters.len() {
        0 => last.into(),
        rest => name_of(rest - 1) + &String::from(last),
    }
}

/// What is left to read of a wasm.
struct Reader<'w>(&'w [u8]);

impl<'w> Reader<'w> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().context("the wasm is cut off")?;
        self.0 = rest;
        Ok(*first)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    fn bytes(&mut self) -> Result<&'w [u8]> {
        let length = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(length).context("the wasm is cut off")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'w str> {
        Ok(std::str::from_utf8(self.bytes()?)?)
    }
}

fn push_number(wasm: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        wasm.push(number as u8 | 0x80);
        number >>= 7;
    }
    wasm.push(number as u8);
}

fn push_bytes(wasm: &mut Vec<u8>, bytes: &[u8]) {
    push_number(wasm, bytes.len());
    wasm.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_get_the_same_names() {
        // Two imports of type 0, and their second one exported.
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut section = vec![2];
        for (module, name) in [(GLUE, "__wbg_long"), ("./snippets/x/wire.js", "ask")] {
            push_bytes(&mut section, module.as_bytes());
            push_bytes(&mut section, name.as_bytes());
            section.extend([0, 0]);
        }
        wasm.push(IMPORTS);
        push_bytes(&mut wasm, &section);
        wasm.extend([EXPORTS, 8, 1, 4]);
        wasm.extend(b"free\0\x01");
        let script = "import * as import1 from \"./snippets/x/wire.js\"\nfunction __wbg_get_imports() {\n    const import0 = {\n        \
            __proto__: null,\n        __wbg_long: function(arg0) {\n        },\n    };\n    return {\n        __proto__: null,\n        \
            \"./omicall_bg.js\": import0,\n        \"./snippets/x/wire.js\": import1,\n    };\n}\nwasm.free(wasm.other);\n";
        let (short, renamed) = shorten(&wasm, script).unwrap();
        assert!(
            short.ends_with(&[1, b'a', b'b', 0, 0, EXPORTS, 5, 1, 1, b'a', 0, 1])
                || short.ends_with(&[EXPORTS, 5, 1, 1, b'a', 0, 1])
        );
        for kept in [
            "        a: function(arg0)",
            "        b: import1.ask,",
            "return { a: import0, \"",
            "wasm.a(wasm.other);",
        ] {
            assert!(renamed.contains(kept), "{kept} in {renamed}");
        }
        assert!(!renamed.contains("\"./snippets/x/wire.js\": import1"));
        let (other, _) = shorten(&[&wasm[..], &[0, 2, 1, b'x']].concat(), script).unwrap();
        assert_ne!(short[..30], other[..30], "another wasm wants another module");
    }

    #[test]
    fn names_differ() {
        let names = (0..4_000).map(name_of).collect::<std::collections::HashSet<_>>();
        assert_eq!(names.len(), 4_000);
        assert_eq!((name_of(0), name_of(51), name_of(52)), ("a".into(), "Z".into(), "aa".into()));
    }
}
