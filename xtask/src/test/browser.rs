//! The crate's browser tests: wasm-bindgen's test runner, chromedriver and headless Chromium.

use std::fs;

use anyhow::Result;

use super::{
    Context,
    checks::runner,
    test_summary::{CheckResult, count_cargo_tests},
};
use crate::{command::Outcome, project::write};

/// What Chromium needs to run without a screen, as root, in a container.
const CHROME_ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
];

pub fn run(context: &Context) -> CheckResult {
    runner(run_tests(context), count_cargo_tests)
}

fn run_tests(context: &Context) -> Result<Outcome> {
    let sandbox = context.sandbox()?;
    write_driver_settings(context)?;
    let mut test = context.tools.wasm_cargo.command("test");
    test.current_dir(&context.project.root)
        .args(["--lib", "--tests", "--no-fail-fast"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            context.tools.bindgen.join("wasm-bindgen-test-runner"),
        )
        .env("CHROMEDRIVER", &context.tools.browser.driver)
        // A test that retries with back-off may take longer than the usual 20 s on a slow machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        // Read by `option_env!` while the tests are compiled: a page has no environment.
        .env("OMICALL_SANDBOX", sandbox);
    context.logs.run("browser", &mut test)
}

/// The test runner finds `webdriver.json` beside Cargo.toml and hands it to chromedriver.
fn write_driver_settings(context: &Context) -> Result<()> {
    let path = context.project.path("webdriver.json");
    let settings = serde_json::json!({
        "goog:chromeOptions": { "binary": context.tools.browser.chrome, "args": CHROME_ARGUMENTS }
    });
    let text = format!("{settings:#}\n");
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    write(&path, text)
}
