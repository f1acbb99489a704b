//! Runs the example `lint_tenant`.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Runs the example. Returns its exit code, its output and its errors. Cargo builds it first: with a filter, `cargo test`
/// does not build examples.
fn lint_tenant(arguments: &[&Path]) -> (Option<i32>, String, String) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["run", "--quiet", "--offline", "--example", "lint_tenant", "--"]).args(arguments);
    let output = cargo.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn file(name: &str, content: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, content).unwrap();
    file
}

#[test]
fn errors_are_printed_and_exit_with_1() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tenant.json");
    let (code, output, errors) = lint_tenant(&[&sample]);
    let expected = "\
warning ivr-timeout-unusual /scripts/1/time_out: 60 s is outside 3–30 s; milliseconds meant?
error ivr-target-unknown /scripts/1/scripts/0/action: Destination 62ff11a208d4bf3ea694a500 does not exist
warning ivr-fallback-missing /scripts/1/action_type: A caller who presses nothing has nowhere to go
error ivr-trap /scripts/1/scripts: No key sequence ever reaches anybody
";
    assert_eq!((code, output.as_str(), errors.as_str()), (Some(1), expected, ""));
}

#[test]
fn tenant_without_errors_exits_with_0() {
    let (code, output, errors) = lint_tenant(&[&file("no-scripts.json", r#"{ "scripts": [] }"#)]);
    assert_eq!((code, output.as_str(), errors.as_str()), (Some(0), "", ""));
}

#[test]
fn file_that_cannot_be_linted_exits_with_2() {
    let cases = [
        ("no-json.json", "scripts:", "the tenant is not valid JSON: expected value at line 1 column 1\n"),
        (
            "no-list.json",
            r#"{ "scripts": {} }"#,
            "`tenant.scripts` must be an array of records or a page of a list.\n",
        ),
        (
            "missing-list.json",
            r#"{ "groups": [] }"#,
            "`tenant.scripts` is missing: pass what `ivrScripts.list` or `ivrScripts.iterate` returned.\n",
        ),
    ];
    for (name, content, expected) in cases {
        let (code, output, errors) = lint_tenant(&[&file(name, content)]);
        assert_eq!((code, output.as_str(), errors.as_str()), (Some(2), "", expected), "{name}");
    }
    let (code, _, errors) = lint_tenant(&[]);
    assert_eq!((code, errors.as_str()), (Some(2), "usage: lint_tenant TENANT.json\n"));
}
