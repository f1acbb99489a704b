//! `cargo xtask demo`: the dashboard and the sandbox behind it, for a person or (`--check`) for headless Chromium.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    package::{self, Mode, copy, copy_folder},
    progress::Line,
    project::{Project, fresh_folder},
    run::{Logs, command},
    sandbox::{Sandbox, is_taken},
    setup::{self, Tools},
};

const USUAL_PORT: u16 = 8080;

/// What the user asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub port: Option<u16>,
    pub check: bool,
    pub screenshot: Option<PathBuf>,
}

pub fn run(project: &Project, logs: &Logs, options: &Options) -> Result<()> {
    let port = options.port.unwrap_or(if options.check { 0 } else { USUAL_PORT });
    if is_taken(port) {
        // Said before minutes of set-up and compiling.
        bail!("port {port} is taken: choose another with --port N");
    }
    let tools = setup::run(project, logs)?;
    let line = Line::begin("building the package");
    package::build(project, &tools, logs, Mode::Release)?;
    line.end("");
    fill_vendor_folder(project)?;
    let line = Line::begin("starting the sandbox");
    let mut sandbox = Sandbox::start(project, logs, port)?;
    line.end("");

    if options.check {
        return check(project, &tools, logs, options, &sandbox.address);
    }
    println!("\nThe dashboard is at {}/ (Ctrl-C ends it)", sandbox.address);
    let status = sandbox.server.wait()?;
    bail!("the sandbox ended by itself ({status}); see {}", logs.path("sandbox").display());
}

/// What the example page loads beside its own files: the package, and its style sheet from npm.
pub fn fill_vendor_folder(project: &Project) -> Result<()> {
    let vendor = project.path("www-example/vendor");
    fresh_folder(&vendor)?;
    copy_folder(&package::folder(project), &vendor.join("omicall-call-center"))?;
    let style = project.path("tests/node_modules/@picocss/pico/css/pico.min.css");
    copy(&style, &vendor.join("pico.min.css"))
}

/// Opens the page in headless Chromium, waits for the list of phones, saves a screenshot.
fn check(project: &Project, tools: &Tools, logs: &Logs, options: &Options, address: &str) -> Result<()> {
    let screenshot = options.screenshot.clone().unwrap_or_else(|| project.target.join("demo.png"));
    // Node runs in the project's folder, the user may be elsewhere.
    let screenshot = std::path::absolute(&screenshot).context("the screenshot needs a file name")?;
    if let Some(folder) = screenshot.parent() {
        fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
    }
    let line = Line::begin("opening the dashboard in headless Chromium");
    let mut node = command("node");
    node.current_dir(&project.root)
        .arg("tests/page/demo-check.mjs")
        .arg(format!("{address}/"))
        .arg(&screenshot)
        .env("CHROME", &tools.browser.chrome);
    let said = logs.must("demo-check", &mut node)?;
    line.end(said.trim());
    println!("screenshot: {}", screenshot.display());
    Ok(())
}
