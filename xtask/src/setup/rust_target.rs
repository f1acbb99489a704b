//! Rust for wasm32: the installed one, rustup's, or (where rustup cannot download) Debian's.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use super::{
    Step,
    apt::Apt,
    debian::{self, SYSROOT},
};
use crate::{
    command::{Logs, answer, command},
    progress::Line,
    project::on_path,
};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// How cargo is called for wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmCargo {
    /// `cargo`: the default toolchain has the target.
    Plain,
    /// `cargo +debian`: a rustup toolchain that is a link to Debian's.
    Debian,
}

impl WasmCargo {
    /// `cargo[+debian] <subcommand> --target wasm32-unknown-unknown`.
    pub fn command(self, subcommand: &str) -> Command {
        let mut cargo = command("cargo");
        if self == Self::Debian {
            cargo.arg("+debian");
        }
        cargo.args([subcommand, "--target", TARGET]);
        cargo
    }
}

pub fn ensure(step: &mut Step, apt: &Apt, logs: &Logs) -> Result<WasmCargo> {
    let Some(sysroot) = answer(command("rustc").args(["--print", "sysroot"])) else {
        bail!("rustc does not answer: install Rust as rustup.rs describes, then start again");
    };
    let rustup = on_path("rustup");
    if Path::new(&sysroot) == Path::new(SYSROOT) && Apt::is_here() {
        // Debian's Rust is the default one here.
        debian::ensure(step, apt, logs)?;
        return Ok(WasmCargo::Plain);
    }
    if has_std(&PathBuf::from(&sysroot)) {
        return Ok(WasmCargo::Plain);
    }
    if rustup.is_none() {
        bail!(
            "this Rust ({sysroot}) has no standard library for {TARGET}, and there is no rustup to add it: install rustup, or your system's package with it"
        );
    }
    if debian::is_ready() {
        return Ok(WasmCargo::Debian);
    }

    let line = Line::begin(step.title(&format!("Rust for {TARGET}, from rustup")));
    let added = logs.run("setup-rustup", command("rustup").args(["target", "add", TARGET]))?;
    if added.success {
        line.end("");
        return Ok(WasmCargo::Plain);
    }
    if !Apt::is_here() {
        bail!(
            "rustup could not add the target {TARGET}; with a working network, start again. It said:\n{}",
            added.tail()
        );
    }
    line.end("rustup cannot download here, Debian's packages take its place");
    debian::ensure(step, apt, logs)?;
    Ok(WasmCargo::Debian)
}

/// rustfmt and clippy, which rustup's minimal profile leaves out. Only the checks need them: where they cannot be
/// had, the demo works all the same and the checks say what is missing.
pub fn ensure_linters(step: &mut Step, logs: &Logs) -> Result<()> {
    let is_here = |name: &str| answer(command("cargo").args([name, "--version"])).is_some();
    if (is_here("fmt") && is_here("clippy")) || on_path("rustup").is_none() {
        return Ok(());
    }
    let line = Line::begin(step.title("rustfmt and clippy, from rustup"));
    let added =
        logs.run("setup-linters", command("rustup").args(["component", "add", "rustfmt", "clippy"]))?;
    line.end(if added.success {
        ""
    } else {
        "rustup cannot download them; only `cargo xtask test` needs them"
    });
    Ok(())
}

/// Whether the toolchain at `sysroot` can build for the target.
fn has_std(sysroot: &Path) -> bool {
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    libraries.read_dir().is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "rlib")))
    })
}
