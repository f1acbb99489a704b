//! The crate, compiled to wasm with the profile that is published, once for each module.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

use super::modules::Module;
use crate::{
    command::Logs,
    project::Project,
    setup::{TARGET, Tools},
};

/// Compiles the crate with the features of a module. Returns the path of the `.wasm`, which the next call overwrites.
pub fn compile(project: &Project, tools: &Tools, logs: &Logs, module: &Module) -> Result<PathBuf> {
    // Cargo adds these to the flags of .cargo/config.toml.
    let flags = serde_json::to_string(&short_paths())?;
    let mut build = tools.small_std.build(project);
    build.current_dir(&project.root).args(["--lib", "--profile", "wasm", "--no-default-features"]);
    build.arg("--features").arg(format!("{},typescript", module.feature));
    if !module.fast {
        build.args(["--config", "profile.wasm.package.omicall-schema.opt-level=\"z\""]);
    }
    build.arg("--config").arg(format!("target.{TARGET}.rustflags={flags}"));
    logs.must("package-cargo", &mut build).with_context(|| {
        let compiler = tools.small_std.compiler().unwrap_or_else(|error| error.to_string());
        format!("the package and its standard library could not be compiled ({compiler}); if rustc does not know a flag, update Rust")
    })?;
    Ok(project.target.join(TARGET).join("wasm/omicall_call_center.wasm"))
}

/// Paths of source files that end up in the wasm would name this user's home, where those of dependencies and of the
/// standard library are: the package must contain neither that path nor its bytes.
fn short_paths() -> Vec<String> {
    let folder = |variable: &str, usual: &str| {
        env::var_os(variable)
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(usual)))
    };
    let registries =
        folder("CARGO_HOME", ".cargo").and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let crates = registries.into_iter().flatten().flatten().map(|registry| (registry.path(), "crates"));
    let toolchains = folder("RUSTUP_HOME", ".rustup").map(|home| (home, "rustup"));
    let mut flags: Vec<String> = crates
        .chain(toolchains)
        .map(|(path, short)| format!("--remap-path-prefix={}={short}", path.display()))
        .collect();
    // Another order would be another set of flags, and everything would be compiled again.
    flags.sort();
    flags
}
