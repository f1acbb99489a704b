//! From cargo's wasm to the parts of the package: wasm-bindgen's JavaScript, wasm-opt, esbuild.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use wasm_encoder::{CustomSection, Section};

use super::{
    Mode, bundle, dead_closures,
    minified_names::MinifiedNames,
    modules::{EVERYTHING, MODULES, Module},
};
use crate::{
    command::{Logs, command},
    project::{Project, fresh_folder, read, write},
    setup::{Tools, npm_program},
};

/// To be increased when this file, `bundle.rs`, `dead_closures.rs`, `entries.rs` or `modules.rs` makes something else from the same wasm.
const RECIPE: u32 = 25;

/// The parts of the package that are made from the crate.
#[derive(Debug)]
pub struct Parts {
    /// The folder with the files of the package.
    pub made: PathBuf,
    /// The TypeScript declarations of everything.
    pub declarations: String,
}

impl Parts {
    /// What a module exports to pages: classes, functions, constants.
    pub fn exports(&self, module: &Module) -> Result<Vec<String>> {
        let declarations = self.made.with_file_name(module.name).join(format!("{}.d.ts", module.name));
        Ok(bundle::values(&read(&declarations)?, &["class ", "function ", "enum ", "const "]))
    }
}

/// Makes the parts of the package; does nothing if they were made from the same files.
pub fn make(project: &Project, tools: &Tools, logs: &Logs, mode: Mode) -> Result<Parts> {
    let folder = project.target.join("pkg-parts");
    fs::create_dir_all(project.target.join("pkg-wasm")).context("could not create target/pkg-wasm")?;
    let modules: Vec<_> = MODULES.iter().chain([&EVERYTHING]).collect();
    let mut wasm = Vec::new();
    for module in &modules {
        let to = compiled(project, module);
        super::copy(&super::compile::compile(project, tools, logs, module)?, &to)?;
        wasm.push(to);
    }
    let key = key(project, tools, &wasm, mode)?;
    let release = release(&wasm)?;
    let stamp = folder.join("made-from");
    let declarations = folder.join("everything/everything.d.ts");
    let made = folder.join("made");
    if !fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        fresh_folder(&folder)?;
        fs::create_dir(&made).context("could not create a folder in target/pkg-parts")?;
        for module in modules {
            make_module(project, tools, logs, &folder, module, &release, mode)?;
        }
        bundle::make_shared(project, logs, &folder, mode)?;
        write(&stamp, key)?;
    }
    Ok(Parts { made, declarations: read(&declarations)? })
}

/// Where the wasm of a module is kept, because cargo writes all of them to the same file.
fn compiled(project: &Project, module: &Module) -> PathBuf {
    project.target.join("pkg-wasm").join(format!("{}.wasm", module.name))
}

fn make_module(
    project: &Project,
    tools: &Tools,
    logs: &Logs,
    folder: &Path,
    module: &Module,
    release: &str,
    mode: Mode,
) -> Result<()> {
    let bindgen = folder.join(module.name);
    // This target's JavaScript is told the module from outside, so that the entries decide how it comes up.
    bind(tools, logs, &compiled(project, module), &bindgen, module.name)?;
    let small = folder.join("made").join(module.file("wasm"));
    fs::create_dir_all(small.with_file_name("")).context("could not create a folder in target/pkg-parts")?;
    let bound = bindgen.join(format!("{}_bg.wasm", module.name));
    let wasm = fs::read(&bound).with_context(|| format!("could not read {}", bound.display()))?;
    write(&bound, dead_closures::remove(&wasm)?)?;
    let names = optimise(project, logs, &bound, &small, mode)?;
    let build = mark(&small, &project.locked_version("omicall-call-center")?)?;
    let build = bundle::Build { module: &build, release };
    bundle::make(project, logs, folder, module, &names, build, mode)
}

/// What the result depends on.
fn key(project: &Project, tools: &Tools, wasm: &[PathBuf], mode: Mode) -> Result<String> {
    // The wasm carries the JavaScript snippets of the crate within it.
    let mut files = wasm.to_vec();
    files.push(project.path("tests/package-lock.json"));
    for folder in
        ["bundled", "entries", "entries/all", "entries/plan", "entries/tanstack", "entries/testing", "module"]
    {
        files.extend(files_in(&project.path("pkg-template").join(folder))?);
    }
    let mut hasher = Sha256::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("could not read {}", file.display()))?;
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    let version = project.locked_version("omicall-call-center")?;
    Ok(format!("{RECIPE} {mode:?} {version} {} {}", tools.bindgen.display(), hex(&hasher.finalize())))
}

/// Names the build of all modules together.
fn release(wasm: &[PathBuf]) -> Result<String> {
    let mut hasher = Sha256::new();
    for file in wasm {
        hasher.update(fs::read(file).with_context(|| format!("could not read {}", file.display()))?);
    }
    Ok(hex(&hasher.finalize()).chars().take(8).collect())
}

/// The files in a folder, sorted by name.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bind(tools: &Tools, logs: &Logs, wasm: &Path, out: &Path, name: &str) -> Result<()> {
    let mut bindgen = command(tools.bindgen.join("wasm-bindgen"));
    bindgen.args(["--target", "bundler", "--out-name", name]);
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
