//! From cargo's wasm to what a page loads: wasm-bindgen's JavaScript, wasm-opt, esbuild.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{Mode, names};
use crate::{
    project::{Project, fresh_folder, read, remove_folder, write},
    run::{Logs, command},
    setup::{Tools, npm_program},
};

/// The class of errors is JavaScript that the crate imports; the package exports it too.
const ERROR_CLASS: &str = "src/client/error.js";

/// Changes when this file makes something else of the same wasm.
const RECIPE: u32 = 5;

/// Returns the folder with `omicall.{js,js.map,wasm,d.ts}`; nothing is done if they are of this very wasm.
pub fn make(project: &Project, tools: &Tools, logs: &Logs, wasm: &Path, mode: Mode) -> Result<PathBuf> {
    let folder = project.target.join("pkg-glue");
    let made = folder.join("made");
    let stamp = folder.join("made-from");
    let key = key(project, tools, wasm, mode)?;
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return Ok(made);
    }

    fresh_folder(&folder)?;
    fs::create_dir(&made).context("could not create a folder in target/pkg-glue")?;
    let web = folder.join("web");
    bindgen(tools, logs, wasm, "web", &web)?;
    // The declarations of the web target are mixed with those of its start function; the bundler's are pure.
    let bundler = folder.join("bundler");
    bindgen(tools, logs, wasm, "bundler", &bundler)?;
    super::copy(&bundler.join("omicall.d.ts"), &made.join("omicall.d.ts"))?;

    optimise(project, logs, &web.join("omicall_bg.wasm"), &made.join("omicall.wasm"), mode)?;
    bundle(project, logs, &folder, mode)?;
    write(&stamp, key)?;
    Ok(made)
}

/// What the result depends on.
fn key(project: &Project, tools: &Tools, wasm: &Path, mode: Mode) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    // The wasm carries the JavaScript snippets of the crate within it.
    fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?.hash(&mut hasher);
    read(&project.path("tests/package-lock.json"))?.hash(&mut hasher);
    tools.bindgen.hash(&mut hasher);
    Ok(format!("{RECIPE} {mode:?} {:016x}", hasher.finish()))
}

fn bindgen(tools: &Tools, logs: &Logs, wasm: &Path, target: &str, out: &Path) -> Result<()> {
    let mut bindgen = command(tools.bindgen.join("wasm-bindgen"));
    bindgen.args(["--target", target, "--omit-default-module-path", "--out-name", "omicall"]);
    logs.must("package-bindgen", bindgen.arg("--out-dir").arg(out).arg(wasm))?;
    Ok(())
}

fn optimise(project: &Project, logs: &Logs, from: &Path, to: &Path, mode: Mode) -> Result<()> {
    if mode == Mode::Dev {
        return super::copy(from, to);
    }
    // Which wasm features it may use, wasm-opt reads in the file itself.
    let mut optimise = npm_program(project, "wasm-opt");
    // Functions called in one place stay functions unless they are tiny, which compresses better; nothing lies at the
    // first 1 024 addresses, for there the stack ends.
    optimise.args(["-Oz", "--one-caller-inline-max-function-size=20", "--low-memory-unused"]);
    optimise.arg("--strip-producers").arg(from).arg("-o").arg(to);
    logs.must("package-wasm-opt", &mut optimise)?;

    let script = from.with_file_name("omicall.js");
    let wasm = fs::read(to).with_context(|| format!("could not read {}", to.display()))?;
    let (wasm, renamed) = names::shorten(&wasm, &read(&script)?)?;
    write(to, wasm)?;
    write(&script, renamed)
}

/// One file of JavaScript with all the glue, exporting the start function and everything public.
fn bundle(project: &Project, logs: &Logs, folder: &Path, mode: Mode) -> Result<()> {
    let web = folder.join("web");
    let mut entry =
        "export * from \"./web/omicall.js\";\nexport { default } from \"./web/omicall.js\";\n".to_owned();
    if let Some(snippets) = snippets_with(&web, ERROR_CLASS)? {
        entry += &format!("export {{ OmiCallError }} from \"./web/snippets/{snippets}/{ERROR_CLASS}\";\n");
    }
    write(&folder.join("entry.js"), entry)?;

    let mut esbuild = npm_program(project, "esbuild");
    esbuild.current_dir(folder).args([
        "entry.js",
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
        "--sourcemap",
        "--outfile=made/omicall.js",
    ]);
    if mode == Mode::Release {
        esbuild.arg("--minify");
    }
    logs.must("package-esbuild", &mut esbuild)?;
    // The unused half of the folder would only mislead whoever looks for the source.
    remove_folder(&folder.join("bundler"))
}

/// The name of the folder below `snippets/` that has `file`; wasm-bindgen puts a hash into it.
fn snippets_with(web: &Path, file: &str) -> Result<Option<String>> {
    let snippets = web.join("snippets");
    if !snippets.is_dir() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(&snippets).context("could not list the snippets")? {
        let entry = entry?;
        if entry.path().join(file).is_file() {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    if found.len() > 1 {
        bail!("{file} is in several snippet folders ({}): which one has the class?", found.join(", "));
    }
    Ok(found.pop())
}
