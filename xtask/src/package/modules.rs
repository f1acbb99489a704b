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
    /// What the crate exports for the other parts of the package, but not for pages.
    pub internal: &'static [&'static str],
    /// Files of `pkg-template/bundled/` with functions for pages that need no WebAssembly. The crate declares them.
    pub scripts: &'static [&'static str],
}

pub const CLIENT: Module = Module {
    feature: "client",
    folder: "",
    name: "omicall",
    fast: true,
    internal: &[],
    scripts: &["records.js"],
};

pub const CHECKS: Module = Module {
    feature: "checks",
    folder: "checks/",
    name: "checks",
    fast: true,
    internal: &["checkPayload", "UploadCheck"],
    scripts: &["issues-by-field.js"],
};

pub const SOFTPHONE: Module = Module {
    feature: "softphone",
    folder: "softphone/",
    name: "softphone",
    fast: false,
    internal: &[],
    scripts: &[],
};

/// All features in one module: for the classic script, whose pages load everything, and for the declarations.
pub const EVERYTHING: Module = Module {
    feature: "client,checks,softphone",
    folder: "",
    name: "everything",
    fast: true,
    internal: CHECKS.internal,
    scripts: &["records.js", "issues-by-field.js"],
};

/// The modules that are files of the package.
pub const MODULES: &[Module] = &[CLIENT, CHECKS, SOFTPHONE];

impl Module {
    /// The path in the package of the file with this ending: `checks/checks.wasm`.
    pub fn file(&self, ending: &str) -> String {
        format!("{}{}.{ending}", self.folder, self.name)
    }

    /// The path from the module's folder to the package's root.
    pub fn root(&self) -> &'static str {
        if self.folder.is_empty() { "./" } else { "../" }
    }
}
