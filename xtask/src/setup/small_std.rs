//! A standard library that is compiled along with the package, for size: it saves every visitor some kilobytes.
//!
//! It takes the library's source. rustup has that, and Debian has it for its own Rust; where neither is to be had, the
//! ordinary library does.

use std::{path::Path, process::Command};

use super::{
    Step,
    apt::{Apt, root_is_possible},
    debian::{self, SYSROOT},
    rust_target::{TARGET, WasmCargo},
};
use crate::{
    command::{Logs, answer, command},
    progress::Line,
    project::{Project, on_path},
};

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
        // The flags below are no part of stable Rust yet.
        cargo.env("RUSTC_BOOTSTRAP", "1").arg("--target-dir").arg(&project.target);
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        // A panic ends the wasm either way; so it does without the code that would word a message nobody sees.
        cargo.args(["-Zpanic-immediate-abort", "--config", "profile.wasm.panic=\"immediate-abort\""]);
        // Nor does anybody see where it happened.
        let silent = "[\"-Zlocation-detail=none\",\"-Zfmt-debug=none\"]";
        cargo.arg("--config").arg(format!("target.{TARGET}.rustflags={silent}"));
        cargo
    }
}

pub fn ensure(step: &mut Step, apt: &Apt, logs: &Logs, cargo: WasmCargo) -> Option<SmallStd> {
    if cargo == WasmCargo::Debian {
        return has_source(SYSROOT).then_some(SmallStd::Own(cargo));
    }
    let sysroot = answer(command("rustc").args(["--print", "sysroot"]))?;
    if has_source(&sysroot) {
        return Some(SmallStd::Own(cargo));
    }
    if has_source(SYSROOT) && debian::has_compiler() {
        return Some(SmallStd::Debian);
    }
    if on_path("rustup").is_some() {
        let line = Line::begin(step.title("source of the standard library, from rustup"));
        let added = logs.run("setup-rust-src", command("rustup").args(["component", "add", "rust-src"]));
        if added.is_ok_and(|added| added.success) {
            line.end("");
            return Some(SmallStd::Own(cargo));
        }
        line.end("rustup cannot download it");
    }
    if Apt::is_here() && root_is_possible() && debian::install(step, apt).is_ok() {
        return Some(SmallStd::Debian);
    }
    println!("      the package is compiled with the ordinary standard library, which is larger");
    None
}

fn has_source(sysroot: &str) -> bool {
    Path::new(sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
}
