//! From cargo's wasm to the parts of the package: wasm-bindgen's JavaScript, wasm-opt, esbuild.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use wasm_encoder::{CustomSection, Section};

use super::{Mode, bundle, minified_names::MinifiedNames};
use crate::{
    command::{Logs, command},
    project::{Project, fresh_folder, write},
    setup::{Tools, npm_program},
};

/// To be increased when this file or `bundle.rs` makes something else from the same wasm.
const RECIPE: u32 = 12;

/// Returns the folder with the parts of the package; does nothing if they were made from the same wasm.
pub fn make(project: &Project, tools: &Tools, logs: &Logs, wasm: &Path, mode: Mode) -> Result<PathBuf> {
    let folder = project.target.join("pkg-parts");
    let made = folder.join("made");
    let stamp = folder.join("made-from");
    let key = key(project, tools, wasm, mode)?;
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return Ok(made);
    }

    fresh_folder(&folder)?;
    fs::create_dir(&made).context("could not create a folder in target/pkg-parts")?;
    let bindgen = folder.join("bindgen");
    // This target's JavaScript is told the module from outside, so that the entries decide how it comes up.
    bind(tools, logs, wasm, &bindgen)?;
    super::copy(&bindgen.join("omicall.d.ts"), &made.join("omicall.d.ts"))?;

    let small = optimise(project, logs, &bindgen.join("omicall_bg.wasm"), &made.join("omicall.wasm"), mode)?;
    let build = mark(&made.join("omicall.wasm"), &project.locked_version("omicall-call-center")?)?;
    bundle::make(project, logs, &folder, &small, &build, mode)?;
    write(&stamp, key)?;
    Ok(made)
}

/// What the result depends on.
fn key(project: &Project, tools: &Tools, wasm: &Path, mode: Mode) -> Result<String> {
    let template = project.path("pkg-template");
    let sources = bundle::SOURCES.iter().chain(bundle::ENTRIES).map(|file| template.join(file));
    // The wasm carries the JavaScript snippets of the crate within it.
    let files = [wasm.to_owned(), project.path("tests/package-lock.json")].into_iter().chain(sources);
    let mut hasher = Sha256::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("could not read {}", file.display()))?;
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    let version = project.locked_version("omicall-call-center")?;
    Ok(format!("{RECIPE} {mode:?} {version} {} {}", tools.bindgen.display(), hex(&hasher.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bind(tools: &Tools, logs: &Logs, wasm: &Path, out: &Path) -> Result<()> {
    let mut bindgen = command(tools.bindgen.join("wasm-bindgen"));
    bindgen.args(["--target", "bundler", "--out-name", "omicall"]);
    logs.must("package-bindgen", bindgen.arg("--out-dir").arg(out).arg(wasm))?;
    Ok(())
}

/// Makes the module small, and the names of its imports and exports too: wasm-bindgen's are long and end in hashes,
/// which nothing compresses.
fn optimise(project: &Project, logs: &Logs, from: &Path, to: &Path, mode: Mode) -> Result<MinifiedNames> {
    // Which wasm features it may use, wasm-opt reads in the file itself.
    let mut optimise = npm_program(project, "wasm-opt");
    match mode {
        // Flattened and put together again, it is 1 KB less with gzip. Functions called in one place stay functions unless
        // they are tiny, and what is computed twice stays so: both compress better. Nothing lies at the first 1 024
        // addresses, for there the stack ends.
        Mode::Release => {
            optimise.args(["--flatten", "--rereloop", "-Os", "-Os", "--skip-pass=local-cse"]);
            optimise.args(["--one-caller-inline-max-function-size=20", "--low-memory-unused"]);
            optimise.arg("--strip-producers")
        }
        Mode::Dev => optimise.arg("-g"),
    };
    optimise.arg("--minify-imports-and-exports-and-modules").arg(from).arg("-o").arg(to);
    MinifiedNames::read(&logs.must("package-wasm-opt", &mut optimise)?)
}

/// Writes into the module, as a custom section, which build it is: `0.1.0-1a2b3c4d`. The JavaScript has the same text and
/// starts no other module, whose short names would stand for other functions.
fn mark(wasm: &Path, version: &str) -> Result<String> {
    let mut module = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let hash: String = hex(&Sha256::digest(&module)).chars().take(8).collect();
    let build = format!("{version}-{hash}");
    CustomSection { name: "omicall".into(), data: build.as_bytes().into() }.append_to(&mut module);
    write(wasm, module)?;
    Ok(build)
}
