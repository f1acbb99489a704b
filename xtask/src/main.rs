//! `cargo xtask …`: one command for a new machine, the build, the demo and the tests.

mod cli;
mod command;
mod demo;
mod docs;
mod package;
mod process_group;
mod progress;
mod project;
mod sandbox;
mod server;
mod setup;
mod site;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser};
use cli::{Cli, Task};
use progress::Line;

fn main() -> ExitCode {
    match begin() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `false` when it all worked but a check failed.
fn begin() -> Result<bool> {
    let Some(task) = Cli::parse().task else {
        Cli::command().print_help()?;
        return Ok(true);
    };
    process_group::end_all_when_interrupted()?;
    let project = project::Project::find()?;
    let logs = command::Logs::new(&project.target)?;
    match task {
        Task::Setup => {
            setup::run(&project, &logs)?;
        }
        Task::Package(options) => {
            let tools = setup::run(&project, &logs)?;
            let line = Line::begin("building the package");
            package::build(&project, &tools, &logs, options.mode())?;
            line.end("");
            let sizes = package::measure(&project, &tools, &logs)?;
            println!("\n{sizes}");
            if options.accept_sizes {
                sizes.accept(&project)?;
            } else if options.mode() == package::Mode::Release {
                sizes.check(&project)?;
            }
        }
        Task::Docs => {
            let tools = setup::run(&project, &logs)?;
            let line = Line::begin("building the package");
            package::build(&project, &tools, &logs, package::Mode::Release)?;
            line.end("");
            docs::prepare(&project, &logs)?;
            println!("{}", docs::build(&project, &logs)?.display());
        }
        Task::Site => site::run(&project, &logs)?,
        Task::Demo(options) => demo::run(&project, &logs, &options)?,
        Task::Test(options) => return test::run(&project, &logs, &options),
    }
    Ok(true)
}
