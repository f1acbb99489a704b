//! The standard library, compiled for size together with the package: it saves every visitor some kilobytes.
//!
//! That needs the library's source: from rustup, or from Debian for its own Rust. The ordinary library never takes its
//! place, for the package would silently be another one.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use super::{
    Step,
    apt::Apt,
    debian::{self, RUSTC, SYSROOT},
    rust_target::{TARGET, WasmCargo},
};
use crate::{
    command::{Logs, answer, command},
    progress::Line,
    project::{Project, on_path},
};

const REMEDY: &str = "the package is compiled together with Rust's standard library, and its source (rust-src) is \
                      missing: with a working network, run `rustup component add rust-src` (on Debian without rustup: \
                      `sudo apt-get install rust-web-src`), then start again";

/// Whose cargo compiles the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmallStd {
    /// The one that compiles all other wasm; it has the library's source.
    Own(WasmCargo),
    /// Debian's.
    Debian,
}

impl SmallStd {
    /// `cargo build --target wasm32-unknown-unknown` with a standard library made for size.
    pub fn build(self, project: &Project) -> Command {
        let mut cargo = match self {
            Self::Own(cargo) => cargo.command("build"),
            Self::Debian => {
                let mut cargo = debian::debian_command("/usr/bin/cargo");
                cargo.args(["build", "--target", TARGET]);
                cargo
            }
        };
        // The flags below are not yet part of stable Rust.
        cargo.env("RUSTC_BOOTSTRAP", "1").arg("--target-dir").arg(&project.target);
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        // A panic ends the wasm either way, so it needs no code for a message that nobody sees.
        cargo.args(["-Zpanic-immediate-abort", "--config", "profile.wasm.panic=\"immediate-abort\""]);
        // Nobody sees where it happened. Generic functions are compiled where they are used: shared among the crates they
        // are not inlined, and the package is 2.3 KB larger with gzip.
        let flags = r#"["-Zlocation-detail=none","-Zfmt-debug=none","-Zshare-generics=no"]"#;
        cargo.arg("--config").arg(format!("target.{TARGET}.rustflags={flags}"));
        cargo
    }

    /// The compiler's version and whose it is: another one makes a module of another size.
    pub fn compiler(self) -> Result<String> {
        let (mut rustc, toolchain) = match self {
            Self::Own(WasmCargo::Plain) => (command("rustc"), "the default toolchain"),
            Self::Own(WasmCargo::Debian) | Self::Debian => (debian::debian_command(RUSTC), "Debian's"),
        };
        let version = answer(rustc.arg("--version")).context("rustc does not print its version")?;
        Ok(format!("{version}, {toolchain}"))
    }
}

/// Installs the library's source where it is missing. rustup comes first even where Debian's Rust is installed: what the
/// package is compiled with must not depend on what happens to be there.
pub fn ensure(step: &mut Step, apt: &Apt, logs: &Logs, cargo: WasmCargo) -> Result<SmallStd> {
    let sysroot = match cargo {
        WasmCargo::Plain => answer(command("rustc").args(["--print", "sysroot"]))
            .context("rustc does not print its sysroot")?,
        WasmCargo::Debian => SYSROOT.to_owned(),
    };
    if has_source(&sysroot) {
        return Ok(SmallStd::Own(cargo));
    }
    let is_debians = Path::new(&sysroot) == Path::new(SYSROOT);
    if !is_debians && on_path("rustup").is_some() {
        let line = Line::begin(step.title("source of the standard library, from rustup"));
        logs.run("setup-rust-src", command("rustup").args(["component", "add", "rust-src"]))?;
        if has_source(&sysroot) {
            line.end("");
            return Ok(SmallStd::Own(cargo));
        }
        line.end("rustup cannot download it");
    }
    if Apt::is_here() {
        debian::install(step, apt).context(REMEDY)?;
        if has_source(SYSROOT) && debian::has_compiler() {
            return Ok(if is_debians { SmallStd::Own(cargo) } else { SmallStd::Debian });
        }
    }
    bail!(REMEDY)
}

fn has_source(sysroot: &str) -> bool {
    Path::new(sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
}
