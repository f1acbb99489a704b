//! The entries of the package, which say where each module is.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{
    copy_folder,
    modules::{CLIENT, MODULES},
};
use crate::project::{Project, read, write as write_file};

/// The entries of the checks and of the softphone are alike: they are made from this folder of the template.
const MODULE_TEMPLATE: &str = "module";

/// What the entries are for `require`, as the name of a namespace in `everything.cjs`, and their path without ending.
const COMMON_JS: &[(&str, &str)] =
    &[("client", ""), ("checks", "checks/"), ("softphone", "softphone/"), ("all", "all/")];

/// Writes the JavaScript entries into `made/`, also for `require`.
pub fn write(project: &Project, made: &Path) -> Result<()> {
    let template = project.path("pkg-template");
    copy_folder(&template.join("entries"), made)?;
    for module in MODULES.iter().filter(|module| **module != CLIENT) {
        let entries =
            fs::read_dir(template.join(MODULE_TEMPLATE)).context("could not list the template's entries")?;
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().context("an entry without a name")?;
            write_file(&made.join(module.folder).join(name), read(&path)?.replace("MODULE", module.name))?;
        }
    }
    let mut everything = String::new();
    for (name, folder) in COMMON_JS {
        everything += &format!("export * as {name} from \"./{folder}inline.js\";\n");
        let root = if folder.is_empty() { "./" } else { "../" };
        write_file(
            &made.join(folder).join("inline.cjs"),
            format!(
                "module.exports = Object.defineProperty(require(\"{root}everything.cjs\").{name}, \"__esModule\", {{ value: true }});\n"
            ),
        )?;
    }
    write_file(&made.join("require.js"), everything)
}
