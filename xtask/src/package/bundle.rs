//! The JavaScript of the package: wasm-bindgen's, what starts the module, and the entries that are single files.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::{Compression, write::DeflateEncoder};

use super::{
    Mode, copy,
    minified_names::{self, MinifiedNames},
};
use crate::{
    command::Logs,
    project::{Project, fresh_folder, read, write},
    setup::npm_program,
};

/// The class of errors is JavaScript that the crate imports; the package exports it too.
const ERROR_CLASS: &str = "OmiCallError";
const ERRORS: &str = "src/js/error.js";

/// Files of `pkg-template/` that are bundled with wasm-bindgen's JavaScript.
pub const SOURCES: &[&str] = &["bundled/start.js", "bundled/handles.js", "bundled/bytes.js"];

/// The entry of which the single files are made.
pub const ENTRIES: &[&str] = &["inline.js"];

/// Writes `omicall.js`, its source map, `omicall.wasm.js`, `inline.cjs` and `classic.js` into `made/`.
pub fn make(
    project: &Project,
    logs: &Logs,
    folder: &Path,
    short: &MinifiedNames,
    build: &str,
    mode: Mode,
) -> Result<()> {
    let sources = folder.join("bundled");
    fresh_folder(&sources)?;
    for file in SOURCES {
        copy(&project.path("pkg-template").join(file), &folder.join(file))?;
    }
    let bindgen = folder.join("bindgen");
    let javascript = bindgen.join("omicall_bg.js");
    write(&javascript, short.rename_exports(&read(&javascript)?)?)?;
    write(&folder.join("glue.js"), internal(&bindgen, short, build)?)?;
    write(&folder.join("public.js"), public(&bindgen)?)?;
    write(&folder.join("data.js"), data(&folder.join("made/omicall.wasm"))?)?;

    let run = |input: &str, output: &str, more: &[&str]| {
        let mut esbuild = npm_program(project, "esbuild");
        esbuild
            .current_dir(folder)
            .env("NODE_PATH", project.path("tests/node_modules"))
            .args([input, "--bundle", "--target=es2022", "--charset=utf8", "--log-level=warning"])
            .args(["--alias:omicall-glue=./glue.js", "--alias:omicall-data=./data.js"])
            .arg(format!("--outfile=made/{output}"))
            .args(more);
        if mode == Mode::Release {
            esbuild.arg("--minify");
        }
        logs.must("package-esbuild", &mut esbuild)
    };
    run("public.js", "omicall.js", &["--format=esm", "--sourcemap"])?;
    run("bundled/bytes.js", "omicall.wasm.js", &["--format=esm", &licence_of("fflate", project)?])?;

    // The single files hold the same parts, put together by the entry that is published beside them.
    for entry in ENTRIES {
        copy(&project.path("pkg-template").join(entry), &folder.join("made").join(entry))?;
    }
    let licence = licence_of("fflate", project)?;
    run("made/inline.js", "inline.cjs", &["--format=cjs", &licence])?;
    run("made/inline.js", "classic.js", &["--format=iife", "--global-name=OmiCallCenter", &licence])?;
    for file in ["inline.cjs", "classic.js"] {
        let file = folder.join("made").join(file);
        write(&file, own_exports_only(&read(&file)?)?)?;
    }
    Ok(())
}

/// esbuild's helper for exports walks with `for…in`, which throws where a page has added a member to `Object.prototype`.
fn own_exports_only(bundle: &str) -> Result<String> {
    let (before, rest) = bundle.split_once("for(var ").or_else(|| bundle.split_once("for (var ")).context(
        "esbuild's helper for exports has another form: look at inline.cjs, and at what a page with a member on \
         Object.prototype makes of it",
    )?;
    let (head, after) = rest.split_once(')').context("a loop without an end in esbuild's output")?;
    let (name, object) = head.split_once(" in ").context("esbuild's helper for exports has another loop")?;
    Ok(format!("{before}for(var {name} of Object.keys({object})){after}"))
}

/// The module with what `bundled/start.js` needs to know about this build.
fn internal(bindgen: &Path, short: &MinifiedNames, build: &str) -> Result<String> {
    let mut text = String::new();
    let mut modules = BTreeMap::new();
    let mut imports = String::new();
    for (module, name, short) in &short.imports {
        let next = format!("module{}", modules.len());
        let known = modules.entry(module).or_insert(next);
        imports += &format!("\"{short}\": {known}.{name}, ");
    }
    for (module, name) in modules {
        let file = module.strip_prefix("./").with_context(|| format!("the wasm imports from {module}"))?;
        text += &format!("import * as {name} from \"./bindgen/{file}\";\n");
    }
    let begin = short.export("__wbindgen_start").context("the wasm has no __wbindgen_start")?;
    text += &errors(bindgen, "OmiCallError, usageError, afterFree")?;
    text += "export { __wbg_set_wasm as bind } from \"./bindgen/omicall_bg.js\";\n";
    text += &format!(
        "export const imports = {{ {}: {{ __proto__: null, {imports}}} }};\n",
        minified_names::MODULE
    );
    text += &format!("export const begin = \"{begin}\", build = \"{build}\";\n");
    Ok(text)
}

/// Everything that the declarations declare, classes behind `handles.js`, and the two functions that start the module
/// as the default.
fn public(bindgen: &Path) -> Result<String> {
    let declarations = read(&bindgen.join("omicall.d.ts"))?;
    let classes = values(&declarations, &["class "]);
    let others = values(&declarations, &["function ", "enum ", "const "]);
    if classes.is_empty() || others.is_empty() {
        bail!("wasm-bindgen's declarations export nothing: has their form changed?");
    }
    let mut text = errors(bindgen, ERROR_CLASS)?;
    text += &format!("export {{ {} }} from \"./bindgen/omicall_bg.js\";\n", others.join(", "));
    text += "export { default } from \"./bundled/start.js\";\n";
    text += "import * as bindgen from \"./bindgen/omicall_bg.js\";\n";
    text += "import { handleClass } from \"./bundled/handles.js\";\n";
    for class in classes.iter().filter(|name| *name != ERROR_CLASS) {
        text += &format!("export const {class} = handleClass(\"{class}\", bindgen.{class});\n");
    }
    Ok(text)
}

/// The line that exports `names` of the JavaScript that makes errors.
fn errors(bindgen: &Path, names: &str) -> Result<String> {
    let snippets = snippets_with(bindgen, ERRORS)?;
    Ok(format!("export {{ {names} }} from \"./bindgen/snippets/{snippets}/{ERRORS}\";\n"))
}

/// The names of what TypeScript declarations export with one of the keywords `kinds`.
fn values(declarations: &str, kinds: &[&str]) -> Vec<String> {
    let name_of = |line: &str| {
        let line = line.strip_prefix("export ")?;
        let line = line.strip_prefix("declare ").unwrap_or(line);
        let name = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(name.len());
        name.get(..end).map(str::to_owned)
    };
    let mut names: Vec<_> = declarations.lines().filter_map(name_of).collect();
    // Of a function with overloads there are several lines.
    names.sort();
    names.dedup();
    names
}

/// The module as JavaScript text.
fn data(wasm: &Path) -> Result<String> {
    let bytes = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&bytes).context("could not compress")?;
    let deflated = deflate.finish().context("could not compress")?;
    Ok(format!("export const base64 = \"{}\", length = {};\n", BASE64_STANDARD.encode(deflated), bytes.len()))
}

/// esbuild's option that puts the notice of a package's licence on top, as the licence asks.
fn licence_of(package: &str, project: &Project) -> Result<String> {
    let text = read(&project.path("tests/node_modules").join(package).join("LICENSE"))?;
    Ok(format!("--banner:js=/*! With {package}:\n{}\n*/", text.trim()))
}

/// The name of the folder below `snippets/` that has `file`; wasm-bindgen puts a hash into it.
fn snippets_with(bindgen: &Path, file: &str) -> Result<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(bindgen.join("snippets")).context("could not list the snippets")? {
        let entry = entry?;
        if entry.path().join(file).is_file() {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(folder), true) => Ok(folder),
        (Some(_), false) => bail!("{file} is in several snippet folders: which one has the class?"),
        (None, _) => bail!("{file} is in no snippet folder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_walked_without_inherited_members() -> Result<()> {
        let bundle = "var x=(t,e)=>{for(var r in e)d(t,r,{get:e[r]})};f(1)";
        let fixed = "var x=(t,e)=>{for(var r of Object.keys(e))d(t,r,{get:e[r]})};f(1)";
        assert_eq!(own_exports_only(bundle)?, fixed);
        assert!(own_exports_only("f(1)").is_err());
        Ok(())
    }

    #[test]
    fn declared_values_are_found_once() {
        let text = "export class A {\n  list(): void;\n}\nexport function b(x: 1): void;\nexport function b(x: 2): void;\n\
                    export interface C {}\nexport type D = 1;\nexport const E: 5;\nfunction hidden(): void;\n";
        assert_eq!(values(text, &["class "]), ["A"]);
        assert_eq!(values(text, &["function ", "const "]), ["E", "b"]);
    }
}
