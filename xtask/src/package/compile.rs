//! The crate, compiled to wasm with the profile that is published.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    command::Logs,
    project::Project,
    setup::{TARGET, Tools},
};

/// Returns the path of the `.wasm` that cargo wrote.
pub fn compile(project: &Project, tools: &Tools, logs: &Logs) -> Result<PathBuf> {
    // Cargo adds these to the flags of .cargo/config.toml.
    let flags = serde_json::to_string(&short_paths())?;
    let run = |mut build: Command| {
        build.current_dir(&project.root).args(["--lib", "--profile", "wasm"]);
        build.arg("--config").arg(format!("target.{TARGET}.rustflags={flags}"));
        logs.must("package-cargo", &mut build)
    };
    let ordinary = || tools.wasm_cargo.command("build");
    match tools.small_std {
        // Its flags are no part of stable Rust: another version may not know them.
        Some(small_std) if run(small_std.build(project)).is_err() => {
            run(ordinary())?;
            println!(
                "      the standard library could not be compiled for size: the package is larger than it need be"
            );
        }
        Some(_) => {}
        None => {
            run(ordinary())?;
        }
    }
    Ok(project.target.join(TARGET).join("wasm/omicall_call_center.wasm"))
}

/// Panic messages name source files where the ordinary library is used, and those of dependencies and of the library
/// lie in this user's home: the package shall carry neither that path nor its bytes.
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
