//! Licences and origins of all dependencies, as `deny.toml` allows them; known vulnerabilities where their database is.

use std::{env, path::PathBuf};

use anyhow::Result;

use super::{Context, test_summary::CheckResult};
use crate::command::command;

pub fn run(context: &Context) -> CheckResult {
    CheckResult::single(check(context))
}

fn check(context: &Context) -> Result<String> {
    let deny = |options: &[&str]| {
        let mut deny = command(context.cargo_deny()?);
        deny.current_dir(&context.project.root).args(["--color", "never", "--workspace"]);
        context.logs.must("dependencies", deny.args(options))
    };
    deny(&["check", "bans", "licenses", "sources"])?;
    if !has_advisories() {
        return Ok(
            "without known vulnerabilities: no database of advisories in ~/.cargo/advisory-dbs".to_owned()
        );
    }
    // Fetching the newest database would make the result depend on the network.
    deny(&["--offline", "check", "advisories"])?;
    Ok(String::new())
}

/// Whether cargo-deny has fetched the database before.
fn has_advisories() -> bool {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let databases = cargo_home.and_then(|home| home.join("advisory-dbs").read_dir().ok());
    databases.into_iter().flatten().flatten().any(|entry| entry.path().is_dir())
}
