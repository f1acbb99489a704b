//! `THIRD-PARTY-NOTICES.md`: the licences of what is in the package but not ours. Most of them ask for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use cargo_metadata::MetadataCommand;

use super::modules::{EVERYTHING, MODULES};
use crate::{
    command::{answer, command},
    project::{Project, read},
    setup::TARGET,
};

pub const FILE: &str = "THIRD-PARTY-NOTICES.md";

/// The packages from npm that are bundled into the JavaScript.
const NPM_PACKAGES: &[&str] = &["fflate"];

const BEGINNING: &str = "# Third-party notices\n\nThe WebAssembly modules and the JavaScript of this package contain the following \
                         software. Where it is offered under several licences, the text of one of them follows.\n";

/// The licence MIT, for what comes without its text.
const MIT: &str = "\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the \"Software\"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR
IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

/// The text of the file. It needs no network: whatever is compiled is on this machine.
pub fn notices(project: &Project) -> Result<String> {
    // Many have the very same text, which then follows once.
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |name: String, text: String| names.entry(text).or_default().push(name);
    for (name, version) in compiled(project)? {
        add(format!("{name} {version}"), licence(&sources_of(&name, &version)?)?);
    }
    add("the standard library of Rust".into(), mit_of("The Rust Project Contributors"));
    for name in NPM_PACKAGES {
        let folder = project.path("tests/node_modules").join(name);
        let manifest: serde_json::Value = serde_json::from_str(&read(&folder.join("package.json"))?)?;
        let version = manifest.get("version").and_then(|version| version.as_str());
        let version = version.with_context(|| format!("{name} has no version"))?;
        add(format!("{name} {version}"), read(&folder.join("LICENSE"))?);
    }

    let mut sections: Vec<_> = names.into_iter().map(|(text, names)| (names.join(", "), text)).collect();
    sections.sort();
    let sections =
        sections.iter().map(|(names, text)| format!("\n## {names}\n\n```text\n{}\n```\n", text.trim()));
    Ok(BEGINNING.to_owned() + &sections.collect::<String>())
}

/// The names and versions of the crates of others that are compiled into the modules. Macros only run meanwhile.
fn compiled(project: &Project) -> Result<BTreeSet<(String, String)>> {
    // Those of all modules together: not every module is in `EVERYTHING`.
    let features: Vec<_> = MODULES.iter().chain([&EVERYTHING]).map(|module| module.feature).collect();
    let mut tree = command("cargo");
    tree.current_dir(&project.root)
        .args([
            "tree",
            "--offline",
            "--target",
            TARGET,
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
        ])
        .args(["--no-default-features", "--features"])
        .arg(format!("{},typescript", features.join(",")));
    let tree = answer(&mut tree).context("`cargo tree` does not list the dependencies")?;
    let crates = tree.lines().filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        let (version, note) = rest.split_once(' ').unwrap_or((rest, ""));
        // Our own have their path in parentheses; `(*)` is a crate that was listed before.
        (!note.contains('/')).then(|| (name.to_owned(), version.to_owned()))
    });
    Ok(crates.collect())
}

/// The folder with the sources of a crate, which are there once it was compiled.
fn sources_of(name: &str, version: &str) -> Result<PathBuf> {
    let registries =
        fs::read_dir(cargo_home()?.join("registry/src")).context("cargo has no sources of crates")?;
    let folder = format!("{name}-{version}");
    registries
        .flatten()
        .map(|registry| registry.path().join(&folder))
        .find(|path| path.is_dir())
        .with_context(|| format!("the sources of {folder} are not among those of cargo: run `cargo fetch`"))
}

fn cargo_home() -> Result<PathBuf> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || Some(PathBuf::from(env::var_os("HOME")?).join(".cargo"));
    named.or_else(usual).context("neither CARGO_HOME nor HOME is set")
}

/// The text under which a crate is used: MIT where it is offered.
fn licence(folder: &Path) -> Result<String> {
    let files = licence_files(folder)?;
    let files = chosen(&files);
    if !files.is_empty() {
        let texts = files.iter().map(|file| read(&folder.join(file))).collect::<Result<Vec<_>>>()?;
        return Ok(texts.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n\n"));
    }
    let metadata = MetadataCommand::new().manifest_path(folder.join("Cargo.toml")).no_deps().exec()?;
    let package = metadata.packages.first().context("a manifest without a package")?;
    let expression = package.license.as_deref().unwrap_or_default();
    if !expression.split(|c: char| !c.is_alphanumeric()).any(|word| word == "MIT") {
        bail!("{} has no file with its licence ({expression}): add the text to {}", package.name, file!());
    }
    Ok(mit_of(&package.authors.join(", ")))
}

fn mit_of(holders: &str) -> String {
    format!("Copyright (c) {holders}\n\n{MIT}")
}

fn licence_files(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let upper = name.to_ascii_uppercase();
        let is_licence =
            ["LICENSE", "LICENCE", "COPYRIGHT", "NOTICE"].iter().any(|word| upper.starts_with(word));
        if is_licence && entry.file_type()?.is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Of the files of a crate those that have to be passed on: of alternatives only MIT.
fn chosen(files: &[String]) -> Vec<&String> {
    let has = |name: &str, word: &str| name.to_ascii_uppercase().contains(word);
    let offers_mit = files.iter().any(|name| has(name, "MIT"));
    files
        .iter()
        .filter(|name| !offers_mit || !["APACHE", "ZLIB"].iter().any(|word| has(name, word)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_alternatives_only_mit_is_passed_on() {
        let chosen = |files: &[&str]| {
            let files: Vec<_> = files.iter().map(|&file| file.to_owned()).collect();
            chosen(&files).into_iter().cloned().collect::<Vec<_>>()
        };
        assert_eq!(chosen(&["LICENSE-APACHE", "LICENSE-MIT"]), ["LICENSE-MIT"]);
        assert_eq!(chosen(&["LICENSE"]), ["LICENSE"]);
        // What applies besides is passed on too.
        let unicode = ["COPYRIGHT", "LICENSE-APACHE", "LICENSE-MIT", "LICENSE-UNICODE"];
        assert_eq!(chosen(&unicode), ["COPYRIGHT", "LICENSE-MIT", "LICENSE-UNICODE"]);
    }

    /// The names that a JavaScript file imports and that are not files: `import { inflateSync } from "fflate"`.
    fn packages(javascript: &str) -> impl Iterator<Item = &str> {
        let quoted = javascript.split(" from \"").skip(1).filter_map(|rest| rest.split('"').next());
        quoted.filter(|name| !name.starts_with('.'))
    }

    #[test]
    fn what_the_javascript_imports_is_listed() -> Result<()> {
        let project = Project::find()?;
        let mut found = BTreeSet::new();
        for folder in ["pkg-template/bundled", "src/js"] {
            for entry in fs::read_dir(project.path(folder))? {
                let text = read(&entry?.path())?;
                let code: String = text.lines().filter(|line| !line.trim_start().starts_with('*')).collect();
                found.extend(packages(&code).map(str::to_owned));
            }
        }
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), NPM_PACKAGES);
        Ok(())
    }

    #[test]
    fn a_crate_without_the_text_of_its_licence_is_refused() -> Result<()> {
        let folder = env::temp_dir().join(format!("omicall-notices-{}", std::process::id()));
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("src/lib.rs"), "")?;
        let text = |licence: &str| {
            let manifest = format!(
                "[package]\nname = \"other\"\nversion = \"1.0.0\"\nlicense = \"{licence}\"\nauthors = [\"Ann\"]\n"
            );
            fs::write(folder.join("Cargo.toml"), manifest)?;
            super::licence(&folder)
        };
        let (offered, refused) = (text("Apache-2.0 OR MIT"), text("Zlib"));
        fs::write(folder.join("LICENSE"), "Do what you like.")?;
        let own = text("Zlib");
        fs::remove_dir_all(&folder)?;
        assert!(offered?.starts_with("Copyright (c) Ann\n\nPermission is hereby granted"));
        assert!(
            refused.is_err_and(|error| error
                .to_string()
                .starts_with("other has no file with its licence (Zlib)"))
        );
        assert_eq!(own?, "Do what you like.");
        Ok(())
    }

    #[test]
    fn what_is_compiled_is_listed_with_its_licence() -> Result<()> {
        let text = notices(&Project::find()?)?;
        for name in ["serde_json ", "wasm-bindgen ", "the standard library of Rust", "fflate "] {
            assert!(text.contains(name), "{name}");
        }
        // Macros, and what only tests use.
        for name in ["syn ", "proc-macro2 ", "proptest ", "wasm-bindgen-test ", "axum "] {
            assert!(!text.lines().any(|line| line.starts_with("## ") && line.contains(name)), "{name}");
        }
        Ok(())
    }
}
