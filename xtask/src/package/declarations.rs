//! The TypeScript declarations of the package.

use std::path::Path;

use anyhow::Result;

use super::{
    bundle::ERROR_CLASS,
    modules::{MODULES, PLAN, SANDBOX},
    wasm_bindgen::Parts,
};
use crate::project::{read, write as write_file};

/// Classes from wasm-bindgen have `[Symbol.dispose]`. Without this line only projects whose `lib` is the very
/// newest could compile against the package.
const NEEDED_LIB: &str = "/// <reference lib=\"esnext.disposable\" />\n";

/// What wasm-bindgen adds to each class, without a word about it.
const RELEASE: &str = "    free(): void;\n    [Symbol.dispose](): void;\n";
const RELEASE_EXPLAINED: &str = "    \
    /**
     * Gives back what this object holds, for programs that make many; otherwise the garbage collector does it. What is
     * called on it afterwards fails with `kind: \"usage\"`; calls that are under way go on.
     *
     * @example
     * ```ts
     * callCenter.free();
     * ```
     */
    free(): void;
    /**
     * The same as `free`, for `using`.
     *
     * @example
     * ```ts
     * using callCenter = new CallCenter({ baseUrl: \"/omicall\", auth });
     * ```
     */
    [Symbol.dispose](): void;
";

/// Writes `types.d.ts`, with everything that the crate declares, and the declarations of each entry, which name what it exports.
///
/// TypeScript takes a file of each kind for its own: `require` gets the same declarations as CommonJS.
pub fn write(parts: &Parts, template: &Path, pkg: &Path) -> Result<()> {
    let generated = parts.declarations.replace(RELEASE, RELEASE_EXPLAINED);
    let types = [NEEDED_LIB, generated.trim_end(), "\n", &read(&template.join("types.d.ts"))?].concat();
    both_kinds(&pkg.join("types"), &types)?;
    let mut everything = Vec::new();
    for module in MODULES {
        let exports = parts.exports(module)?;
        entry(&pkg.join(module.folder), module.root(), &exports)?;
        if *module != PLAN && *module != SANDBOX {
            everything.extend(exports);
        }
    }
    everything.sort();
    everything.dedup();
    entry(&pkg.join("all"), "../", &everything)?;
    // Without a module, these have only what the template declares.
    for name in ["tanstack/index", "testing/msw"] {
        both_kinds(&pkg.join(name), &read(&template.join(format!("entries/{name}.d.ts")))?)?;
    }
    Ok(())
}

/// Completes the declarations of an entry, of which the template has what only the entry itself exports.
fn entry(folder: &Path, root: &str, exports: &[String]) -> Result<()> {
    let own = read(&folder.join("index.d.ts"))?;
    let mut exports = exports.to_vec();
    exports.push(ERROR_CLASS.into());
    exports.sort();
    exports.dedup();
    let exports = exports.join(", ");
    let text = format!(
        "export {{ {exports} }} from \"{root}types.js\";\nexport type * from \"{root}types.js\";\n\n{own}"
    );
    both_kinds(&folder.join("index"), &text)
}

fn both_kinds(path: &Path, text: &str) -> Result<()> {
    write_file(&path.with_extension("d.ts"), text)?;
    write_file(&path.with_extension("d.cts"), text.replace(".js\"", ".cjs\""))
}
