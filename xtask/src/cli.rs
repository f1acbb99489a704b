//! The command line: `cargo xtask …`.

use clap::{Parser, Subcommand};

use crate::{demo, package, test};

const AFTER_HELP: &str = "\
Each command first sets up what it needs and does nothing twice; test also installs Kamailio, Firefox, nginx and \
cargo-deny. To use a browser of your own, name it in the environment variables CHROME and CHROMEDRIVER.";

/// Set-up, build, demo, tests and packaging of omicall-call-center
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    flatten_help = true,
    disable_help_subcommand = true,
    max_term_width = 120,
    after_help = AFTER_HELP
)]
pub struct Cli {
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Task {
    /// Install what is missing: Rust for wasm32, wasm-bindgen, Chromium, npm packages
    Setup,
    /// Build everything, start the sandbox, print the addresses of the dashboard and the softphone, which registers
    /// where Kamailio is installed
    Demo(demo::Options),
    /// Run every check, or only those whose name contains one of the NAMEs
    Test(test::Options),
    /// Build the npm package in pkg/ and print what a web page downloads
    Package(package::Options),
    /// Write the pages of the API to docs/api/
    Docs,
    /// Write the dashboard with a sandbox inside the page, the pages of the API and the documentation to target/site/, for
    /// any static host
    Site,
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use anyhow::{Result, bail};
    use clap::{CommandFactory, error::ErrorKind};

    use super::*;

    fn parse(line: &str) -> Result<Task, clap::Error> {
        Cli::try_parse_from(format!("xtask {line}").split_whitespace())
            .and_then(|cli| cli.task.ok_or_else(|| Cli::command().error(ErrorKind::MissingSubcommand, "")))
    }

    #[test]
    fn the_definitions_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn parses_what_the_help_shows() -> Result<()> {
        assert_eq!(parse("setup")?, Task::Setup);
        assert_eq!(parse("site")?, Task::Site);
        assert_eq!(
            parse("package --dev")?,
            Task::Package(package::Options { dev: true, accept_sizes: false })
        );
        let demo = demo::Options { port: Some(0), check: true, screenshot: Some(PathBuf::from("a.png")) };
        assert_eq!(parse("demo --port 0 --check --screenshot a.png")?, Task::Demo(demo));
        let Task::Test(test) = parse("test page browser --bless")? else { bail!("not a test") };
        assert_eq!(test.names, ["page", "browser"]);
        assert!(test.bless);
        Ok(())
    }

    #[test]
    fn the_overview_names_every_command_and_option() {
        let help = Cli::command().render_help().to_string();
        let expected = [
            "setup",
            "demo",
            "--port",
            "--check",
            "--screenshot",
            "test",
            "--bless",
            "package",
            "--dev",
            "--accept-sizes",
            "docs",
            "site",
            "CHROMEDRIVER",
        ];
        for word in expected {
            assert!(help.contains(word), "{word} is missing from:\n{help}");
        }
    }

    #[test]
    fn an_error_names_the_argument() {
        let cases = [
            ("deploy", "deploy"),
            ("setup now", "now"),
            ("package --fast", "--fast"),
            ("package --dev --accept-sizes", "--accept-sizes"),
            ("demo --prot 1", "--prot"),
            ("demo --port 99999", "99999"),
            ("demo --port", "--port"),
            ("demo --screenshot a.png", "--check"),
            ("test --blees", "--blees"),
        ];
        for (line, argument) in cases {
            let error = parse(line).map_err(|error| error.to_string());
            assert!(error.as_ref().is_err_and(|text| text.contains(argument)), "{line}: {error:?}");
        }
    }
}
