//! Everything the build and the tests need and the machine may lack: found if it is there, installed if it is not.

mod apt;
mod browser;
mod cargo_tools;
mod debian;
mod npm;
mod packaging_tools;
mod rust_target;
pub mod sip_server;
mod small_std;

use std::{path::PathBuf, time::Instant};

use anyhow::Result;
use browser::Browser;
pub use cargo_tools::cargo_deny;
pub use npm::{install as npm_install, program as npm_program};
pub use packaging_tools::{PackagingTools, ensure as packaging_tools};
pub use rust_target::{TARGET, WasmCargo};
pub use small_std::SmallStd;

use crate::{command::Logs, progress::seconds, project::Project};

/// What the other commands work with.
pub struct Tools {
    pub wasm_cargo: WasmCargo,
    /// Only for the package; tests use the ordinary standard library.
    pub small_std: SmallStd,
    /// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner`.
    pub bindgen: PathBuf,
    pub browser: Browser,
}

/// The number in front of a step's lines.
pub struct Step {
    number: u32,
    has_worked: bool,
}

const STEPS: u32 = 4;

impl Step {
    fn next(&mut self) -> &mut Self {
        self.number += 1;
        self
    }

    /// `[2/4] …`: asked for only when there is something to do.
    fn title(&mut self, what: &str) -> String {
        self.has_worked = true;
        format!("[{}/{STEPS}] {what}", self.number)
    }
}

/// Every part puts finished things in place in one move, so that an interrupted run is simply started again.
pub fn run(project: &Project, logs: &Logs) -> Result<Tools> {
    let begun = Instant::now();
    let mut step = Step { number: 0, has_worked: false };
    let apt = apt::Apt::new(logs);

    let wasm_cargo = rust_target::ensure(step.next(), &apt, logs)?;
    let small_std = small_std::ensure(&mut step, &apt, logs, wasm_cargo)?;
    rust_target::ensure_linters(&mut step, logs)?;
    let bindgen = cargo_tools::wasm_bindgen(step.next(), project, logs)?;
    let browser = browser::ensure(step.next(), &apt)?;
    npm::ensure(step.next(), project, logs)?;

    let time = seconds(begun.elapsed());
    if step.has_worked {
        println!("set-up is complete, {time}");
    } else {
        println!("set-up: everything is there, {time}");
    }
    Ok(Tools { wasm_cargo, small_std, bindgen, browser })
}
