//! The list of checks, in the order in which they run: quick and telling ones first.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail};

use super::{
    Context, architecture, browser, declarations, dependencies,
    test_summary::{CheckResult, TestCounts, count_cargo_tests, count_node_tests},
};
use crate::{
    command::{Outcome, command},
    docs, setup, site as static_site,
};

/// A check and the name that `cargo xtask test NAME` chooses it by.
pub struct Check {
    pub name: &'static str,
    pub run: fn(&Context) -> CheckResult,
}

pub const CHECKS: &[Check] = &[
    Check { name: "format", run: format },
    Check { name: "clippy", run: clippy },
    Check { name: "clippy-wasm", run: clippy_wasm },
    Check { name: "architecture", run: architecture::run },
    Check { name: "dependencies", run: dependencies::run },
    Check { name: "doc", run: doc },
    Check { name: "native", run: native },
    Check { name: "fuzz", run: fuzz },
    Check { name: "browser", run: browser::run },
    Check { name: "package", run: package },
    Check { name: "declarations", run: declarations::run },
    Check { name: "types", run: types },
    Check { name: "api-pages", run: api_pages },
    Check { name: "page", run: page },
    Check { name: "softphone", run: softphone },
    Check { name: "demo", run: demo },
    Check { name: "packaging", run: packaging },
    Check { name: "site", run: site },
];

/// A program that passes by exiting with 0.
fn single(context: &Context, name: &str, program: &mut Command) -> CheckResult {
    CheckResult::single(context.logs.must(name, program).map(|_| String::new()))
}

fn cargo(context: &Context, words: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.current_dir(&context.project.root).args(words.split(' '));
    cargo
}

fn format(context: &Context) -> CheckResult {
    single(context, "format", &mut cargo(context, "fmt --all --check -- --color=never"))
}

fn clippy(context: &Context) -> CheckResult {
    single(context, "clippy", &mut cargo(context, "clippy --quiet --workspace --all-targets -- -D warnings"))
}

fn clippy_wasm(context: &Context) -> CheckResult {
    let mut clippy = context.tools.wasm_cargo.command("clippy");
    clippy.current_dir(&context.project.root).args(["--quiet", "--lib", "--tests", "--", "-D", "warnings"]);
    single(context, "clippy-wasm", &mut clippy)
}

fn doc(context: &Context) -> CheckResult {
    let mut doc = cargo(context, "doc --quiet --workspace --no-deps");
    single(context, "doc", doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn native(context: &Context) -> CheckResult {
    let mut test = cargo(context, "test --workspace --no-fail-fast");
    // The tests only look whether it is set, so `BLESS=0` must not reach them.
    test.env_remove("BLESS");
    if context.bless {
        test.env("BLESS", "1");
    }
    runner(context.logs.run("native", &mut test), count_cargo_tests)
}

/// The fuzz targets still compile. Fuzzing itself takes a nightly Rust and as much time as one gives it.
fn fuzz(context: &Context) -> CheckResult {
    let mut check = cargo(context, "check --quiet --locked --manifest-path tests/fuzz/Cargo.toml --bins");
    check.env("CARGO_TARGET_DIR", &context.project.target);
    // Without this, libfuzzer-sys compiles libFuzzer, which needs a C++ compiler. Nothing is linked here.
    check.env("CUSTOM_LIBFUZZER_PATH", "/not-linked/libfuzzer.a");
    single(context, "fuzz", &mut check)
}

fn package(context: &Context) -> CheckResult {
    CheckResult::single(context.package().and_then(|()| {
        let sizes = crate::package::measure(context.project, context.tools, context.logs)?;
        sizes.check(context.project)?;
        let (page, instead) = (sizes.page(), sizes.instead());
        Ok(format!(
            "a page loads {} bytes, {} with gzip; axios + zod are {} and {}; compiled with {}",
            page.raw,
            page.gzip,
            instead.raw,
            instead.gzip,
            sizes.compiler()
        ))
    }))
}

fn types(context: &Context) -> CheckResult {
    CheckResult::single(check_types(context))
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

/// TypeDoc warns of what is not documented, and of links that lead nowhere; a warning fails.
fn api_pages(context: &Context) -> CheckResult {
    let built = || {
        context.package()?;
        docs::prepare(context.project, context.logs)?;
        docs::build(context.project, context.logs)?;
        Ok(String::new())
    };
    CheckResult::single(built())
}

fn page(context: &Context) -> CheckResult {
    runner(node_tests(context, "page", |_, _| Ok(())), count_node_tests)
}

/// Against a real SIP server, which each test file starts and ends for itself.
fn softphone(context: &Context) -> CheckResult {
    runner(
        node_tests(context, "softphone", |context, _| setup::sip_server::ensure(context.logs)),
        count_node_tests,
    )
}

/// The package as npm packs and installs it, in the places that people use.
fn packaging(context: &Context) -> CheckResult {
    let with_packaging_tools = |context: &Context, node: &mut Command| {
        let packaging_tools = context.packaging_tools()?;
        node.env("FIREFOX", &packaging_tools.firefox).env("NGINX", &packaging_tools.nginx);
        node.env("WEBKIT_DRIVER", &packaging_tools.webkit.driver);
        if let Some(xvfb) = &packaging_tools.webkit.xvfb {
            node.env("XVFB", xvfb);
        }
        node.env("OMICALL_TARGET", &context.project.target).arg("--test-concurrency=2");
        Ok(())
    };
    runner(node_tests(context, "packaging", with_packaging_tools), count_node_tests)
}

/// The site as a static host serves it, below a path.
fn site(context: &Context) -> CheckResult {
    let prepare = |context: &Context, node: &mut Command| {
        docs::prepare(context.project, context.logs)?;
        node.env("OMICALL_SITE", static_site::build(context.project, context.logs)?);
        node.env("FIREFOX", &context.packaging_tools()?.firefox);
        Ok(())
    };
    runner(node_tests(context, "site", prepare), count_node_tests)
}

/// Runs the `*.test.mjs` of a folder of `tests/` with everything they need to know.
fn node_tests(
    context: &Context,
    folder: &str,
    prepare: impl Fn(&Context, &mut Command) -> Result<()>,
) -> Result<Outcome> {
    context.package()?;
    let mut node = command("node");
    node.current_dir(&context.project.root)
        .args(["--test", "--test-reporter=spec"])
        .env("CHROME", &context.tools.browser.chrome)
        .env("OMICALL_SANDBOX", context.sandbox()?)
        .env("OMICALL_PKG", crate::package::folder(context.project));
    prepare(context, &mut node)?;
    context.logs.run(folder, node.args(test_files(context, folder)?))
}

fn test_files(context: &Context, folder: &str) -> Result<Vec<PathBuf>> {
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
fn demo(context: &Context) -> CheckResult {
    let mut demo = command(&context.xtask);
    single(context, "demo", demo.current_dir(&context.project.root).args(["demo", "--check"]))
}

/// A test runner that could not even be started has failed once.
pub fn runner(outcome: Result<Outcome>, count: fn(&str) -> TestCounts) -> CheckResult {
    match outcome {
        Ok(outcome) => CheckResult::from_runner(&outcome, count),
        Err(error) => CheckResult::failed(format!("{error:#}")),
    }
}
