//! `cargo xtask demo`: the dashboard, the softphone, and the sandbox behind them, for a person or (`--check`) for headless Chromium.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    command::{Logs, command},
    package::{self, Mode, copy, copy_folder},
    progress::Line,
    project::{Project, fresh_folder},
    sandbox::{self, is_taken},
    server::Server,
    setup::{self, Tools, npm_program},
};

const USUAL_PORT: u16 = 8080;

/// What the user asked for.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where the sandbox listens; 0 is any free port [default: 8080, with --check 0]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the dashboard in headless Chromium and exit; the exit code is 0 if the list of phones is shown
    #[arg(long)]
    pub check: bool,
    /// Where --check saves a screenshot [default: target/demo.png]
    #[arg(long, value_name = "FILE", requires = "check")]
    pub screenshot: Option<PathBuf>,
}

pub fn run(project: &Project, logs: &Logs, options: &Options) -> Result<()> {
    let port = options.port.unwrap_or(if options.check { 0 } else { USUAL_PORT });
    if is_taken(port) {
        // Checked before minutes of set-up and compiling.
        bail!("port {port} is taken: choose another with --port N");
    }
    let tools = setup::run(project, logs)?;
    let line = Line::begin("building the package");
    package::build(project, &tools, logs, Mode::Release)?;
    line.end("");
    fill_vendor_folder(project, logs)?;
    let line = Line::begin("starting the sandbox");
    let mut sandbox = sandbox::start(project, logs, port)?;
    line.end("");

    // Kept until the end: it ends with the demo.
    let _sip_server = start_sip_server(project, logs, &sandbox.address, options.check)?;

    if options.check {
        return check(project, &tools, logs, options, &sandbox.address);
    }
    let address = &sandbox.address;
    println!(
        "\nThe dashboard is at {address}/, the softphone at {address}/softphone.html (Ctrl-C ends them)"
    );
    let status = sandbox.process.wait()?;
    bail!("the sandbox ended by itself ({status}); see {}", logs.path("sandbox").display());
}

/// Starts Kamailio for the softphone if it is installed. The rest of the demo works without it, but `must_start` makes an
/// installed Kamailio that does not start an error.
fn start_sip_server(
    project: &Project,
    logs: &Logs,
    sandbox: &str,
    must_start: bool,
) -> Result<Option<Server>> {
    if !setup::sip_server::is_here() {
        println!(
            "There is no Kamailio on this machine, so the softphone cannot register. On Debian: {}",
            setup::sip_server::BY_HAND
        );
        return Ok(None);
    }
    let line = Line::begin("starting Kamailio, a SIP server, for the softphone");
    match sandbox::start_sip_server(project, logs, sandbox) {
        Ok(server) => {
            line.end("");
            Ok(Some(server))
        }
        Err(error) if must_start => Err(error),
        Err(error) => {
            line.end("failed");
            println!("The softphone cannot register: {error:#}");
            Ok(None)
        }
    }
}

/// Copies what the example pages load besides their own files: the package, and a style sheet and SIP libraries from npm.
pub fn fill_vendor_folder(project: &Project, logs: &Logs) -> Result<()> {
    let vendor = project.path("www-example/vendor");
    fresh_folder(&vendor)?;
    copy_folder(&package::folder(project), &vendor.join("omicall-call-center"))?;
    let style = project.path("tests/node_modules/@picocss/pico/css/pico.min.css");
    copy(&style, &vendor.join("pico.min.css"))?;
    for (library, file) in [("jssip", "jssip.js"), ("sip.js", "sip.js")] {
        // Each as one module: browsers cannot load CommonJS, and a hundred files are slow.
        let mut esbuild = npm_program(project, "esbuild");
        esbuild.current_dir(project.path("tests")).args([
            library,
            "--bundle",
            "--format=esm",
            "--target=es2022",
            "--minify",
        ]);
        esbuild.arg(format!("--outfile={}", vendor.join(file).display()));
        logs.must("vendor-esbuild", &mut esbuild)?;
    }
    Ok(())
}

/// Opens the page in headless Chromium, waits for the list of phones, saves a screenshot.
fn check(project: &Project, tools: &Tools, logs: &Logs, options: &Options, address: &str) -> Result<()> {
    let screenshot = options.screenshot.clone().unwrap_or_else(|| project.target.join("demo.png"));
    // Node runs in the project's folder, xtask perhaps in another one.
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
