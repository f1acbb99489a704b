//! Debian's Rust for wasm32, where rustup cannot download: its packages, and a standard library built from their source.
//!
//! Debian ships the compiler, the linker and the library's source, but no compiled library for the target.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use super::{
    Step,
    apt::{Apt, as_root, root_is_possible},
    rust_target::TARGET,
};
use crate::{
    command::{Logs, answer, command},
    progress::Line,
    project::{cache, fresh_folder, remove_folder, write},
};

/// Where Debian's Rust lives.
pub const SYSROOT: &str = "/usr";
pub const RUSTC: &str = "/usr/bin/rustc";
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy"];

/// Whether an earlier set-up is complete and still fits the compiler.
pub fn is_ready() -> bool {
    std_fits() && is_linked()
}

pub fn ensure(step: &mut Step, apt: &Apt, logs: &Logs) -> Result<()> {
    if is_ready() {
        return Ok(());
    }
    install(step, apt)?;
    if !std_fits() {
        build_std(step, logs)?;
    }
    if !is_linked() && crate::project::on_path("rustup").is_some() {
        logs.must("setup-rustup-link", command("rustup").args(["toolchain", "link", "debian", SYSROOT]))?;
    }
    Ok(())
}

/// The compiler, its linker for wasm, and the source of the library.
pub fn install(step: &mut Step, apt: &Apt) -> Result<()> {
    apt.install(&step.title("Debian's Rust"), PACKAGES)?;
    let linker = linker_package()?;
    apt.install(&step.title("Debian's linker for wasm"), &[&linker])
}

/// Whether Debian's compiler and its linker are installed.
pub fn has_compiler() -> bool {
    Path::new(RUSTC).exists()
        && Path::new("/usr/bin/cargo").exists()
        && Path::new("/usr/bin/rust-lld").exists()
}

fn libraries() -> PathBuf {
    Path::new(SYSROOT).join("lib/rustlib").join(TARGET)
}

/// Compiles and links a tiny library. It fails as it should when the compiler was updated since the standard
/// library was built, when the linker is missing, and when there is nothing at all.
fn std_fits() -> bool {
    if !Path::new(RUSTC).exists() {
        return false;
    }
    let Ok(folder) = cache().map(|cache| cache.join("debian-probe")) else {
        return false;
    };
    let source = folder.join("probe.rs");
    let program = "extern crate alloc; #[unsafe(no_mangle)] pub extern \"C\" fn f(n: u32) -> usize { format!(\"{n}\").len() }";
    if fs::create_dir_all(&folder).is_err() || write(&source, program).is_err() {
        return false;
    }
    let compiled = debian_command(RUSTC)
        .current_dir(&folder)
        .args(["--edition=2024", "--crate-type=cdylib", "--target", TARGET, "-o", "probe.wasm", "probe.rs"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    compiled.is_ok_and(|status| status.success())
}

fn is_linked() -> bool {
    let toolchains = answer(command("rustup").args(["toolchain", "list", "-v"])).unwrap_or_default();
    toolchains.lines().any(|line| line.starts_with("debian") && line.ends_with(SYSROOT))
}

/// `rust-lld` is a link to `lld-22` or whatever LLVM this Rust was built with; the package has that name too.
fn linker_package() -> Result<String> {
    let link = Path::new("/usr/bin/rust-lld");
    let target = fs::read_link(link)
        .with_context(|| format!("{} is missing although rust-web-llvm is installed", link.display()))?;
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
    name.with_context(|| format!("{} points to nothing", link.display()))
}

fn build_std(step: &mut Step, logs: &Logs) -> Result<()> {
    if !root_is_possible() {
        bail!(
            "the standard library for {TARGET} has to be put into {SYSROOT}, which needs root: run `cargo xtask setup` once as root"
        );
    }
    let title = "standard library for wasm32, built once from Debian's source, takes 1 to 2 minutes";
    let line = Line::begin(step.title(title));
    let folder = cache()?.join("debian-std");
    fresh_folder(&folder.join("src"))?;
    write(&folder.join("src/lib.rs"), "")?;
    let manifest =
        "[package]\nname = \"throwaway\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    write(&folder.join("Cargo.toml"), manifest)?;
    let mut build = debian_command("/usr/bin/cargo");
    build
        .current_dir(&folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["build", "--release", "--target", TARGET])
        // `test` is in the list because `cargo test` links libtest.
        .arg("-Zbuild-std=std,panic_abort,test");
    logs.must("setup-debian-std", &mut build)?;

    let built = folder.join("target").join(TARGET).join("release/deps");
    let staged = folder.join("lib");
    fresh_folder(&staged)?;
    for entry in fs::read_dir(&built).with_context(|| format!("could not read {}", built.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libthrowaway") {
            fs::copy(&path, staged.join(&name)).with_context(|| format!("could not copy {name}"))?;
        }
    }
    put_in_place(&staged, logs)?;
    if !std_fits() {
        bail!("the standard library for {TARGET} was built, but {RUSTC} cannot use it");
    }
    remove_folder(&folder)?;
    line.end("");
    Ok(())
}

/// Copies beside the final place first: the compiler finds all of the library or none.
fn put_in_place(staged: &Path, logs: &Logs) -> Result<()> {
    let libraries = libraries();
    let (partial, last) = (libraries.join("lib.partial"), libraries.join("lib"));
    logs.must("setup-debian-copy", as_root("rm").arg("-rf").arg(&partial).arg(&last))?;
    logs.must("setup-debian-copy", as_root("mkdir").arg("-p").arg(&libraries))?;
    logs.must("setup-debian-copy", as_root("cp").arg("-r").arg(staged).arg(&partial))?;
    logs.must("setup-debian-copy", as_root("mv").arg(&partial).arg(&last))?;
    Ok(())
}

/// A command of Debian's, kept away from rustup's shims and from flags that are meant for the project.
pub fn debian_command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/bin:/bin");
    for (name, value) in env::vars_os() {
        let text = name.to_string_lossy().to_ascii_lowercase();
        let needed = ["home", "cargo_home", "tmpdir", "lang"].contains(&text.as_str())
            || text.ends_with("_proxy")
            || text.starts_with("ssl_cert_");
        if needed {
            command.env(&name, value);
        }
    }
    command
}
