//! The crate, compiled to wasm with the profile that is published.

use std::{env, fs, path::PathBuf};

use anyhow::Result;

use crate::{
    project::Project,
    run::Logs,
    setup::{TARGET, Tools},
};

/// Returns the path of the `.wasm` that cargo wrote.
pub fn compile(project: &Project, tools: &Tools, logs: &Logs) -> Result<PathBuf> {
    let mut build = match tools.small_std {
        Some(small_std) => small_std.build(project),
        None => tools.wasm_cargo.command("build"),
    };
    build.current_dir(&project.root).args(["--lib", "--profile", "wasm"]);
    // Cargo adds these to the flags of .cargo/config.toml.
    let flags = serde_json::to_string(&short_paths())?;
    build.arg("--config").arg(format!("target.{TARGET}.rustflags={flags}"));
    logs.must("package-cargo", &mut build)?;
    Ok(project.target.join(TARGET).join("wasm/omicall_call_center.wasm"))
}

/// Panic messages name source files, and those of dependencies lie in this user's home:
/// the package shall carry neither that path nor its bytes.
fn short_paths() -> Vec<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let Some(entries) = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok()) else {
        return Vec::new();
    };
    let mut flags: Vec<String> = entries
        .flatten()
        .map(|registry| format!("--remap-path-prefix={}=crates", registry.path().display()))
        .collect();
    // Another order would be another set of flags, and everything would be compiled again.
    flags.sort();
    flags
}
