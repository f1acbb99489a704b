//! The TypeScript declarations are reviewed: they equal the snapshot, or somebody accepts the new ones.

use std::fs;

use anyhow::{Context as _, Result, bail};

use super::{Context, test_summary::CheckResult};
use crate::{
    command::{answer_of_diff, command},
    package,
    project::read,
};

const SNAPSHOT: &str = "tests/snapshots/types.d.ts";

pub fn run(context: &Context) -> CheckResult {
    CheckResult::single(compare(context))
}

fn compare(context: &Context) -> Result<String> {
    context.package()?;
    let snapshot = context.project.path(SNAPSHOT);
    let now = package::folder(context.project).join("types.d.ts");
    let same = snapshot.is_file() && read(&snapshot)? == read(&now)?;
    if same {
        return Ok(String::new());
    }
    if context.bless {
        if let Some(folder) = snapshot.parent() {
            fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
        }
        package::copy(&now, &snapshot)?;
        return Ok(format!("written to {SNAPSHOT}"));
    }
    if !snapshot.is_file() {
        bail!(
            "{SNAPSHOT} does not exist: look at pkg/types.d.ts and accept it with `cargo xtask test --bless declarations`"
        );
    }
    let mut diff = command("git");
    diff.current_dir(&context.project.root).args([
        "diff",
        "--no-index",
        "--no-color",
        SNAPSHOT,
        "pkg/types.d.ts",
    ]);
    bail!(
        "the declarations changed; if that is what you want, accept them with `cargo xtask test --bless declarations`\n{}",
        answer_of_diff(&mut diff)
    );
}
