//! The entries of the package, which say where each module is.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{
    copy_folder,
    modules::{CLIENT, MODULES, Module, PLAN},
};
use crate::project::{Project, read, write as write_file};

/// The entries of the checks and of the softphone are alike: they are made from this folder of the template.
const MODULE_TEMPLATE: &str = "module";

/// What the entries are for `require`, as the name of a namespace in `everything.cjs`, and their path without ending.
const COMMON_JS: &[(&str, &str)] = &[
    ("client", "inline"),
    ("checks", "checks/inline"),
    ("softphone", "softphone/inline"),
    ("all", "all/inline"),
    ("tanstack", "tanstack/index"),
];

/// Writes the JavaScript entries into `made/`, also for `require`.
pub fn write(project: &Project, made: &Path) -> Result<()> {
    let template = project.path("pkg-template");
    copy_folder(&template.join("entries"), made)?;
    // Those of the plans start the checks too.
    let alike = |module: &&Module| **module != CLIENT && **module != PLAN;
    for module in MODULES.iter().filter(alike) {
        let entries =
            fs::read_dir(template.join(MODULE_TEMPLATE)).context("could not list the template's entries")?;
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().context("an entry without a name")?;
            let mut text = read(&path)?;
            if !module.starting.is_empty() && path.extension().is_some_and(|extension| extension == "js") {
                // Started on demand, it needs no source at import, and bundlers may drop the entry.
                text = text
                    .lines()
                    .filter(|line| !line.contains(".setSource("))
                    .flat_map(|line| [line, "\n"])
                    .collect();
                text += &starting(module);
            }
            let text =
                text.replace("omicall-call-center/MODULE", &module.entry()).replace("MODULE", module.name);
            write_file(&made.join(module.folder).join(name), text)?;
        }
    }
    let mut everything = String::new();
    for (name, path) in COMMON_JS {
        everything += &format!("export * as {name} from \"./{path}.js\";\n");
        let root = if path.contains('/') { "../" } else { "./" };
        write_file(
            &made.join(path).with_extension("cjs"),
            format!(
                "module.exports = Object.defineProperty(require(\"{root}everything.cjs\").{name}, \"__esModule\", {{ value: true }});\n"
            ),
        )?;
    }
    // What `inline.cjs` of the plans and of the sandbox have in common with them.
    everything += "export * as shared from \"./shared.js\";\nexport * as inflating from \"./inflate.js\";\n";
    write_file(&made.join("require.js"), everything)
}

/// The functions of an entry that start the module by themselves. They are in the entry, which knows where the module is.
fn starting(module: &Module) -> String {
    let mut text = String::new();
    for name in module.starting {
        text += &format!(
            "\nimport {{ {name} as {name}Started }} from \"./MODULE.js\";\nexport const {name} = (...args) => initAsync().then(() => {name}Started(...args));\n"
        );
    }
    text
}
