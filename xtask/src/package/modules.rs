//! The WebAssembly modules of the package.

/// A module, compiled from one feature of the crate. A page loads only those that it uses.
#[derive(Debug, PartialEq, Eq)]
pub struct Module {
    /// The feature of the crate.
    pub feature: &'static str,
    /// The folder of its entries in the package, with a slash at the end; empty for the package's root.
    pub folder: &'static str,
    /// What its files are called: `checks.js`, `checks.wasm`.
    pub name: &'static str,
    /// Whether the crate that reads values is compiled for speed: 1 KB more, for what computes much.
    pub fast: bool,
    /// What the crate exports for the other parts of the package, but not for pages; and the files of `pkg-template/bundled/` with
    /// functions for them, which must be `async`.
    pub internal: &'static [&'static str],
    /// Files of `pkg-template/bundled/` with functions and constants for pages. The crate declares them. They import what
    /// they need of the module from `bindgen.js`.
    pub scripts: &'static [&'static str],
    /// Of these functions, those that return a promise: the entries start the module before they call them.
    pub starting: &'static [&'static str],
    /// Functions of files of `pkg-template/bundled/` for the entries.
    pub internal_scripts: &'static [(&'static str, &'static str)],
    /// What the crate declares, but the module does not have.
    pub only_declared: &'static [&'static str],
}

pub const CLIENT: Module = Module {
    feature: "client",
    folder: "",
    name: "omicall",
    fast: true,
    internal: &[],
    scripts: &["records.js"],
    starting: &[],
    internal_scripts: &[],
    only_declared: &[],
};

pub const CHECKS: Module = Module {
    feature: "checks",
    folder: "checks/",
    name: "checks",
    fast: true,
    internal: &["checkPayload", "edits.js", "upload-check.js"],
    scripts: &["issues-by-field.js", "schemas.js"],
    starting: &[],
    internal_scripts: &[],
    only_declared: &[],
};

pub const SOFTPHONE: Module = Module {
    feature: "softphone",
    folder: "softphone/",
    name: "softphone",
    fast: false,
    internal: &[],
    scripts: &[],
    starting: &[],
    internal_scripts: &[],
    only_declared: &[],
};

pub const PLAN: Module = Module {
    feature: "plan",
    folder: "plan/",
    name: "plan",
    fast: false,
    internal: &[],
    scripts: &["plan-functions.js", "plan-snapshot.js", "plan-apply.js"],
    starting: &[],
    internal_scripts: &[("plan-checks.js", "setChecks")],
    only_declared: &[],
};

pub const SANDBOX: Module = Module {
    feature: "testing",
    folder: "testing/",
    name: "sandbox",
    fast: false,
    internal: &[],
    scripts: &["create-sandbox.js", "omicall-error.js"],
    starting: &["createSandbox"],
    internal_scripts: &[],
    only_declared: &[],
};

/// All features but plans and the sandbox in one module: for the classic script, whose pages load everything, and for the declarations.
pub const EVERYTHING: Module = Module {
    feature: "client,checks,softphone,plan-types,testing-types",
    folder: "",
    name: "everything",
    fast: true,
    internal: CHECKS.internal,
    scripts: &["records.js", "issues-by-field.js", "schemas.js"],
    starting: &[],
    internal_scripts: &[],
    only_declared: &["apply", "createSandbox", "describe", "diff", "omiCallError", "plan", "snapshot"],
};

/// The modules that are files of the package.
pub const MODULES: &[Module] = &[CLIENT, CHECKS, SOFTPHONE, PLAN, SANDBOX];

impl Module {
    /// The path in the package of the file with this ending: `checks/checks.wasm`.
    pub fn file(&self, ending: &str) -> String {
        format!("{}{}.{ending}", self.folder, self.name)
    }

    /// What the module is imported as.
    pub fn entry(&self) -> String {
        ["omicall-call-center/", self.folder].concat().trim_end_matches('/').to_owned()
    }

    /// The path from the module's folder to the package's root.
    pub fn root(&self) -> &'static str {
        if self.folder.is_empty() { "./" } else { "../" }
    }
}
