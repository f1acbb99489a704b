//! The list of checks, in the order in which they run: quick and telling ones first.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail};

use super::{
    Context, browser,
    counts::{Verdict, of_cargo, of_node},
    declarations,
};
use crate::{run::command, setup};

/// A check and the name that `cargo xtask test NAME` chooses it by.
pub struct Check {
    pub name: &'static str,
    pub run: fn(&Context) -> Verdict,
}

pub const CHECKS: &[Check] = &[
    Check { name: "format", run: format },
    Check { name: "clippy", run: clippy },
    Check { name: "clippy-wasm", run: clippy_wasm },
    Check { name: "doc", run: doc },
    Check { name: "native", run: native },
    Check { name: "browser", run: browser::run },
    Check { name: "package", run: package },
    Check { name: "declarations", run: declarations::run },
    Check { name: "types", run: types },
    Check { name: "page", run: page },
    Check { name: "softphone", run: softphone },
    Check { name: "demo", run: demo },
];

/// A program that passes by exiting with 0.
fn single(context: &Context, name: &str, program: &mut Command) -> Verdict {
    Verdict::single(context.logs.must(name, program).map(|_| String::new()))
}

fn cargo(context: &Context, words: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.current_dir(&context.project.root).args(words.split(' '));
    cargo
}

fn format(context: &Context) -> Verdict {
    single(context, "format", &mut cargo(context, "fmt --all --check -- --color=never"))
}

fn clippy(context: &Context) -> Verdict {
    single(context, "clippy", &mut cargo(context, "clippy --quiet --workspace --all-targets -- -D warnings"))
}

fn clippy_wasm(context: &Context) -> Verdict {
    let mut clippy = context.tools.wasm_cargo.command("clippy");
    clippy.current_dir(&context.project.root).args(["--quiet", "--lib", "--tests", "--", "-D", "warnings"]);
    single(context, "clippy-wasm", &mut clippy)
}

fn doc(context: &Context) -> Verdict {
    let mut doc = cargo(context, "doc --quiet --workspace --no-deps");
    single(context, "doc", doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn native(context: &Context) -> Verdict {
    let mut test = cargo(context, "test --workspace --no-fail-fast");
    if context.bless {
        test.env("BLESS", "1");
    }
    runner(context.logs.run("native", &mut test), of_cargo)
}

fn package(context: &Context) -> Verdict {
    Verdict::single(context.package().map(|sizes| {
        let (raw, gzip) = sizes.total();
        format!("a page loads {raw} bytes, {gzip} with gzip")
    }))
}

fn types(context: &Context) -> Verdict {
    Verdict::single(check_types(context))
}

fn check_types(context: &Context) -> Result<String> {
    context.package()?;
    for project in ["tests/types", "tests/types/softphone"] {
        if !context.project.path(project).join("tsconfig.json").is_file() {
            bail!("{project}/tsconfig.json is missing: the declarations are not checked by TypeScript");
        }
        let mut tsc = command(context.project.path("tests/node_modules/.bin/tsc"));
        tsc.current_dir(&context.project.root).args(["-p", project]);
        context.logs.must("types", &mut tsc)?;
    }
    Ok(String::new())
}

fn page(context: &Context) -> Verdict {
    in_chromium(context, "page")
}

/// Against a real SIP server, which each test file starts and ends for itself.
fn softphone(context: &Context) -> Verdict {
    match setup::sip_server::ensure(context.logs) {
        Ok(()) => in_chromium(context, "softphone"),
        Err(error) => Verdict::failed(format!("{error:#}")),
    }
}

/// The tests in that folder of `tests/`, with the package and the sandbox.
fn in_chromium(context: &Context, name: &str) -> Verdict {
    let prepared = context.package().and_then(|_| Ok((context.sandbox()?, tests_in(context, name)?)));
    let (sandbox, tests) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Verdict::failed(format!("{error:#}")),
    };
    let mut node = command("node");
    node.current_dir(&context.project.root)
        .args(["--test", "--test-reporter=spec"])
        .args(tests)
        .env("CHROME", &context.tools.browser.chrome)
        .env("OMICALL_SANDBOX", sandbox)
        .env("OMICALL_PKG", crate::package::folder(context.project));
    runner(context.logs.run(name, &mut node), of_node)
}

fn tests_in(context: &Context, folder: &str) -> Result<Vec<PathBuf>> {
    let folder = context.project.path("tests").join(folder);
    let mut tests = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            tests.push(path);
        }
    }
    if tests.is_empty() {
        bail!("there is no *.test.mjs in {}", folder.display());
    }
    tests.sort();
    Ok(tests)
}

/// The very command that a new user types.
fn demo(context: &Context) -> Verdict {
    let mut demo = command(&context.xtask);
    single(context, "demo", demo.current_dir(&context.project.root).args(["demo", "--check"]))
}

/// A test runner that could not even be started has failed once.
pub fn runner(outcome: Result<crate::run::Outcome>, count: fn(&str) -> super::counts::Counts) -> Verdict {
    match outcome {
        Ok(outcome) => Verdict::of_runner(&outcome, count),
        Err(error) => Verdict::failed(format!("{error:#}")),
    }
}
