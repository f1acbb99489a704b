//! `cargo xtask test`: every check there is, one after the other, and one line at the end that counts them.

mod architecture;
mod browser;
mod checks;
mod declarations;
mod dependencies;
mod test_summary;

use std::{cell::OnceCell, path::PathBuf, time::Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use checks::CHECKS;
use clap::{Args, builder::FalseyValueParser};
use test_summary::TestCounts;

use crate::{
    command::Logs,
    demo,
    package::{self, Mode},
    progress::{Line, seconds},
    project::Project,
    sandbox::{self, is_taken},
    server::Server,
    setup::{self, PackagingTools, Tools},
};

/// Browser tests have the sandbox's address compiled in: the same port every time saves compiling them again.
const USUAL_PORT: u16 = 18_137;

/// What the user asked for.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Run only checks whose name contains one of these
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Accept the TypeScript declarations and the published table of rules as they are now
    #[arg(long, env = "BLESS", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub bless: bool,
}

/// What the checks share.
pub struct Context<'a> {
    project: &'a Project,
    logs: &'a Logs,
    tools: &'a Tools,
    /// What only some checks need; set up before the first of them.
    packaging_tools: Option<Result<PackagingTools, String>>,
    cargo_deny: Option<Result<PathBuf, String>>,
    bless: bool,
    /// This program; asked for early, since cargo may put a new one in its place.
    xtask: PathBuf,
    sandbox: OnceCell<Result<Server, String>>,
    package: OnceCell<Result<(), String>>,
}

impl Context<'_> {
    fn packaging_tools(&self) -> Result<&PackagingTools> {
        kept(self.packaging_tools.as_ref().context("Firefox, WebKit and nginx were not set up")?)
    }

    fn cargo_deny(&self) -> Result<&PathBuf> {
        kept(self.cargo_deny.as_ref().context("cargo-deny was not set up")?)
    }

    /// The address of the sandbox, started when the first check needs it.
    fn sandbox(&self) -> Result<&str> {
        let sandbox = self.sandbox.get_or_init(|| {
            let port = if is_taken(USUAL_PORT) { 0 } else { USUAL_PORT };
            keep(sandbox::start(self.project, self.logs, port))
        });
        Ok(&kept(sandbox)?.address)
    }

    /// `pkg/` and the example's copy of it, built when the first check needs them.
    fn package(&self) -> Result<()> {
        let built = self.package.get_or_init(|| {
            keep(
                package::build(self.project, self.tools, self.logs, Mode::Release)
                    .and_then(|()| demo::fill_vendor_folder(self.project, self.logs)),
            )
        });
        kept(built).copied()
    }
}

/// A result whose error can be given to several checks; see `kept`.
fn keep<T>(result: Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{error:#}"))
}

fn kept<T>(result: &Result<T, String>) -> Result<&T> {
    result.as_ref().map_err(|error| anyhow!("{error}"))
}

/// Runs the checks; `false` if one failed.
pub fn run(project: &Project, logs: &Logs, options: &Options) -> Result<bool> {
    let wanted = |name: &str| {
        options.names.is_empty() || options.names.iter().any(|part| name.contains(part.as_str()))
    };
    let chosen: Vec<_> = CHECKS.iter().filter(|check| wanted(check.name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        bail!("no check is called {}; there are: {}", options.names.join(", "), names.join(", "));
    }

    let xtask = std::env::current_exe().context("xtask does not find its own file")?;
    let tools = setup::run(project, logs)?;
    let is_chosen = |name: &str| chosen.iter().any(|check| check.name == name);
    let uses_packaging_tools = is_chosen("packaging") || is_chosen("site");
    let packaging_tools = uses_packaging_tools.then(|| keep(setup::packaging_tools(logs)));
    let cargo_deny = is_chosen("dependencies").then(|| keep(setup::cargo_deny(logs)));
    let begun = Instant::now();
    let context = Context {
        project,
        logs,
        tools: &tools,
        packaging_tools,
        cargo_deny,
        bless: options.bless,
        xtask,
        sandbox: OnceCell::new(),
        package: OnceCell::new(),
    };
    let mut total = TestCounts::default();
    for (number, check) in chosen.iter().enumerate() {
        let line = Line::begin(format!("[{}/{}] {}", number + 1, chosen.len(), check.name));
        let result = (check.run)(&context);
        line.end(&result.summary());
        if let Some(problem) = &result.problem {
            println!("{}\n", indented(problem));
        }
        total += result.counts;
    }
    println!(
        "checks took {}, logs are in {}",
        seconds(begun.elapsed()),
        project.target.join("xtask-logs").display()
    );
    println!("{total}");
    Ok(total.failed == 0)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
