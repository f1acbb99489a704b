//! The arguments after `cargo xtask`, parsed, or rejected by name.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{
    demo,
    package::{self, Mode},
    test,
};

pub const HELP: &str = "\
cargo xtask setup                  install what is missing: Rust for wasm32, wasm-bindgen, Chromium, npm packages
cargo xtask demo [--port N]        build everything, start the sandbox, print the addresses of the dashboard and the
                                   softphone, which registers where Kamailio is installed
cargo xtask demo --check [--screenshot FILE]
                                   the same in headless Chromium; exits 0 when the list is on the page
cargo xtask test [NAME…] [--bless] run every check, or those whose name contains NAME; --bless accepts the
                                   TypeScript declarations as they are now
cargo xtask package [--dev | --accept-sizes]
                                   build the npm package in pkg/ and print what a page loads; --dev leaves out
                                   wasm-opt, --accept-sizes makes today's sizes the budget
cargo xtask docs                   write the API's pages to docs/api/

Each of them sets up first and does nothing twice; test also installs Kamailio, a SIP server. CHROME and CHROMEDRIVER
name a browser of your own.";

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    Help,
    Setup,
    Package(package::Options),
    Demo(demo::Options),
    Test(test::Options),
    Docs,
}

/// Parses the arguments, the program's own name not among them.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Task> {
    let mut words = words.into_iter();
    let Some(task) = words.next() else {
        return Ok(Task::Help);
    };
    let words: Vec<String> = words.collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Task::Help);
    }
    match task.as_str() {
        "help" | "--help" | "-h" => Ok(Task::Help),
        "setup" => match words.first() {
            None => Ok(Task::Setup),
            Some(word) => bail!("setup does not know `{word}`"),
        },
        "package" => parse_package(words),
        "docs" => match words.first() {
            None => Ok(Task::Docs),
            Some(word) => bail!("docs does not know `{word}`"),
        },
        "demo" => parse_demo(words),
        "test" => parse_test(words),
        other => bail!("xtask does not know `{other}`; it knows setup, demo, test, package and docs"),
    }
}

fn parse_package(words: Vec<String>) -> Result<Task> {
    let mut options = package::Options::default();
    for word in words {
        match word.as_str() {
            "--dev" => options.mode = Mode::Dev,
            "--accept-sizes" => options.accept_sizes = true,
            other => bail!("package does not know `{other}`; it knows --dev and --accept-sizes"),
        }
    }
    if options.accept_sizes && options.mode == Mode::Dev {
        bail!("--accept-sizes goes with the package as it is published, not with --dev");
    }
    Ok(Task::Package(options))
}

fn parse_demo(words: Vec<String>) -> Result<Task> {
    let mut options = demo::Options::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--port" => {
                let port = words.next().context("--port needs a number after it")?;
                let port = port
                    .parse()
                    .ok()
                    .with_context(|| format!("--port needs a number from 0 to 65535, not `{port}`"))?;
                options.port = Some(port);
            }
            "--check" => options.check = true,
            "--screenshot" => {
                options.screenshot =
                    Some(PathBuf::from(words.next().context("--screenshot needs a file name after it")?));
            }
            other => bail!("demo does not know `{other}`; it knows --port N, --check and --screenshot FILE"),
        }
    }
    if options.screenshot.is_some() && !options.check {
        bail!("--screenshot goes with --check");
    }
    Ok(Task::Demo(options))
}

fn parse_test(words: Vec<String>) -> Result<Task> {
    let mut options = test::Options {
        bless: std::env::var_os("BLESS").is_some_and(|value| value == "1"),
        ..Default::default()
    };
    for word in words {
        match word.as_str() {
            "--bless" => options.bless = true,
            flag if flag.starts_with('-') => {
                bail!("test does not know `{flag}`; it knows --bless and names of checks")
            }
            name => options.names.push(name.to_owned()),
        }
    }
    Ok(Task::Test(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn parses_what_the_help_shows() -> Result<()> {
        assert_eq!(words("")?, Task::Help);
        assert_eq!(words("demo --help")?, Task::Help);
        let dev = package::Options { mode: Mode::Dev, accept_sizes: false };
        assert_eq!(words("package --dev")?, Task::Package(dev));
        let demo = demo::Options { port: Some(0), check: true, screenshot: Some("a.png".into()) };
        assert_eq!(words("demo --port 0 --check --screenshot a.png")?, Task::Demo(demo));
        let Task::Test(test) = words("test page browser --bless")? else { bail!("not a test") };
        assert_eq!(test.names, ["page", "browser"]);
        assert!(test.bless);
        Ok(())
    }

    #[test]
    fn an_error_names_the_word() {
        let cases = [
            ("deploy", "deploy"),
            ("setup now", "now"),
            ("package --fast", "--fast"),
            ("package --dev --accept-sizes", "--accept-sizes"),
            ("demo --prot 1", "--prot"),
            ("demo --port 99999", "99999"),
            ("demo --port", "--port"),
            ("test --blees", "--blees"),
        ];
        for (line, word) in cases {
            let error = words(line).map_err(|error| error.to_string());
            assert!(error.as_ref().is_err_and(|text| text.contains(word)), "{line}: {error:?}");
        }
    }
}
