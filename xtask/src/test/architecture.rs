//! The architecture: what the pure crates may depend on, which crate may use which, and no circles among modules.

mod circles;
mod source;

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use super::{Context, test_summary::CheckResult};
use crate::{command::command, project::read};

/// Which crates each crate may use. A crate in `crates/` that is not here fails.
const ALLOWED_EDGES: &[(&str, &[&str])] = &[
    ("omicall-schema", &[]),
    ("omicall-issues", &["omicall-schema"]),
    ("omicall-api", &["omicall-issues", "omicall-schema"]),
    ("omicall-checks", &["omicall-issues", "omicall-schema"]),
    ("omicall-softphone", &["omicall-issues", "omicall-schema"]),
    ("omicall-plan", &["omicall-checks", "omicall-issues", "omicall-schema"]),
    ("omicall-sandbox", &["omicall-schema"]),
    (
        "omicall-call-center",
        &[
            "omicall-api",
            "omicall-checks",
            "omicall-softphone",
            "omicall-plan",
            "omicall-sandbox",
            "omicall-issues",
            "omicall-schema",
        ],
    ),
];

/// What a pure crate must not contain, for it also runs without a browser.
const FORBIDDEN: &[&str] = &["wasm-bindgen", "js-sys", "web-sys"];

pub fn run(context: &Context) -> CheckResult {
    CheckResult::single(check(context))
}

fn check(context: &Context) -> Result<String> {
    let root = &context.project.root;
    let metadata = MetadataCommand::new()
        .current_dir(root)
        .no_deps()
        .exec()
        .context("cargo does not describe the workspace")?;
    let crates = examined(&metadata);
    let mut problems = wrong_edges(&metadata, &crates);
    for package in &crates {
        if is_pure(&metadata, package) {
            let mut tree = command("cargo");
            tree.current_dir(root).args(["tree", "--package", &package.name, "--prefix", "none"]);
            // For all targets, since js-sys may be a dependency only where the target is wasm.
            tree.args(["--edges", "normal,no-proc-macro", "--target", "all"]);
            let tree = context.logs.must("architecture", &mut tree)?;
            problems.extend(forbidden(&package.name, &tree));
        }
        let folder = package.manifest_path.with_file_name("src");
        let circles = circles::find(&sources(folder.as_std_path())?)?;
        problems.extend(circles.iter().map(|circle| format!("{}: {}", package.name, circle.report())));
    }
    if !problems.is_empty() {
        bail!(problems.join("\n"));
    }
    Ok(String::new())
}

/// The packages in `crates/` and the package of the root.
fn examined(metadata: &Metadata) -> Vec<&Package> {
    let root = metadata.workspace_root.join("Cargo.toml");
    let packages = metadata.packages.iter();
    packages.filter(|package| is_pure(metadata, package) || package.manifest_path == root).collect()
}

fn is_pure(metadata: &Metadata, package: &Package) -> bool {
    package.manifest_path.starts_with(metadata.workspace_root.join("crates"))
}

/// What crates use of the workspace although the table does not allow it. Tests may use anything.
fn wrong_edges(metadata: &Metadata, crates: &[&Package]) -> Vec<String> {
    let mut problems = Vec::new();
    for package in crates {
        let row = ALLOWED_EDGES.iter().find(|(name, _)| *name == package.name.as_str());
        let Some((_, allowed)) = row else {
            problems.push(format!(
                "{} is not in the table ALLOWED_EDGES: add it with what it may use",
                package.name
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let in_workspace = metadata.packages.iter().any(|other| other.name.as_str() == dependency.name);
            let is_allowed = allowed.contains(&dependency.name.as_str());
            if in_workspace && !is_allowed && dependency.kind != DependencyKind::Development {
                problems.push(format!("{} must not depend on {}", package.name, dependency.name));
            }
        }
    }
    problems
}

/// The forbidden packages in what `cargo tree --prefix none` prints.
fn forbidden(package: &str, tree: &str) -> Vec<String> {
    FORBIDDEN
        .iter()
        .filter(|name| tree.lines().any(|line| line.split(' ').next() == Some(name)))
        .map(|name| {
            format!(
                "{package} must not depend on {name}; see how it does with \
                 `cargo tree --package {package} --edges normal --target all --invert {name}`"
            )
        })
        .collect()
}

/// The Rust files below a folder, with their paths relative to it.
fn sources(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("could not read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                found.push((name, read(&path)?));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A package in `folder` that depends on others: their names, and of which kind (`null` is the normal one).
    fn package(name: &str, folder: &str, dependencies: &[(&str, Value)]) -> Value {
        let dependencies: Vec<Value> = dependencies
            .iter()
            .map(|(name, kind)| {
                json!({ "name": name, "kind": kind, "req": "*", "optional": false, "uses_default_features": true,
                        "features": [], "target": null, "source": null })
            })
            .collect();
        json!({ "name": name, "version": "0.1.0", "id": name, "dependencies": dependencies, "targets": [],
                "features": {}, "manifest_path": format!("/w/{folder}Cargo.toml") })
    }

    fn problems(packages: &[Value]) -> Result<Vec<String>> {
        let metadata: Metadata = serde_json::from_value(json!({
            "packages": packages, "workspace_members": [], "resolve": null, "workspace_root": "/w",
            "target_directory": "/w/target", "version": 1
        }))?;
        Ok(wrong_edges(&metadata, &examined(&metadata)))
    }

    #[test]
    fn crates_may_use_those_below_them() -> Result<()> {
        let packages = [
            package("omicall-schema", "crates/schema/", &[("serde", Value::Null)]),
            package("omicall-issues", "crates/issues/", &[("omicall-schema", Value::Null)]),
            package(
                "omicall-api",
                "crates/api/",
                &[("omicall-issues", Value::Null), ("omicall-sandbox", json!("dev"))],
            ),
            package("omicall-call-center", "", &[("omicall-api", Value::Null)]),
            package("omicall-sandbox-server", "tests/sandbox/", &[("omicall-api", Value::Null)]),
        ];
        assert_eq!(problems(&packages)?, [""; 0]);
        Ok(())
    }

    #[test]
    fn an_edge_that_is_not_in_the_table_fails() -> Result<()> {
        let packages = [
            package("omicall-schema", "crates/schema/", &[("omicall-issues", Value::Null)]),
            package("omicall-issues", "crates/issues/", &[]),
            package(
                "omicall-api",
                "crates/api/",
                &[("omicall-schema", json!("build")), ("xtask", json!("build"))],
            ),
            package("omicall-new", "crates/new/", &[]),
            package("xtask", "xtask/", &[]),
        ];
        let expected = [
            "omicall-schema must not depend on omicall-issues",
            "omicall-api must not depend on xtask",
            "omicall-new is not in the table ALLOWED_EDGES: add it with what it may use",
        ];
        assert_eq!(problems(&packages)?, expected);
        Ok(())
    }

    #[test]
    fn a_forbidden_dependency_is_named() {
        let tree =
            "omicall-api v0.1.0 (/w/crates/api)\nserde v1.0.0\nweb-sys v0.3.107\njs-sys v0.3.107 (*)\n";
        let problems = forbidden("omicall-api", tree);
        assert_eq!(problems.len(), 2);
        assert!(problems.iter().all(|problem| problem.starts_with("omicall-api must not depend on ")));
        assert!(forbidden("omicall-api", "omicall-api v0.1.0\nwasm-bindgen-macro v0.2.130\n").is_empty());
    }
}
