//! Lints the IVR scripts of a tenant: `cargo run -p omicall-checks --example lint_tenant tenant.json`.
//! The exit code is 0, 1 if there are errors, or 2 if the file cannot be linted.

use std::{env, error::Error, fs, process::ExitCode};

use omicall_checks::{ivr::lint::lint, tenant::json::TenantJson};

fn main() -> ExitCode {
    match lint_file() {
        Ok(ok) => ExitCode::from(u8::from(!ok)),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn lint_file() -> Result<bool, Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: lint_tenant TENANT.json")?;
    let json = TenantJson::parse(&fs::read_to_string(path)?)?;
    let report = lint(&json.tenant())?;
    for issue in &report.issues {
        println!("{} {} {}: {}", issue.severity.as_str(), issue.code.as_str(), issue.path, issue.message);
    }
    Ok(report.ok)
}
