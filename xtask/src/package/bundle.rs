//! The JavaScript of the package: wasm-bindgen's, what starts the module, and the entries that are single files.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::{Compression, write::DeflateEncoder};

use super::{
    Mode, copy, copy_folder,
    minified_names::{self, MinifiedNames},
    modules::{Module, PLAN, SANDBOX},
    remove_file,
};
use crate::{
    command::Logs,
    project::{Project, read, write},
    setup::npm_program,
};

/// The class of errors is JavaScript that the crate imports; the package exports it too.
pub const ERROR_CLASS: &str = "OmiCallError";

/// The snippet with which the client loads the checks.
const CHECKS_LOADER: &str = "src/js/client.js";

/// The JavaScript snippet that all modules share: there must be one class of errors.
const ERRORS: &str = "src/js/error.js";

/// The file with what all modules share.
const SHARED: &str = "shared.js";

/// What the JavaScript is written for. Older than the oldest browsers with the features of WebAssembly that the modules use
/// (Chrome 96, Firefox 93, Safari 16.4), so that an older one says which feature it lacks instead of reporting a syntax error.
const TARGET: &str = "--target=chrome91,firefox89,safari15";

/// Node prints the line of the source for an error that nobody caught.
const LINE_LIMIT: &str = "--line-limit=1000";

/// Which build this is, so that files of different builds are not used together.
#[derive(Clone, Copy, Debug)]
pub struct Build<'b> {
    /// Of this module: its wasm has it too.
    pub module: &'b str,
    /// Of all modules: the client compares its own with that of the checks.
    pub release: &'b str,
}

/// Writes the JavaScript of a module, its source map, and the file that contains the module, into `made/`.
pub fn make(
    project: &Project,
    logs: &Logs,
    folder: &Path,
    module: &Module,
    short: &MinifiedNames,
    build: Build<'_>,
    mode: Mode,
) -> Result<()> {
    let bindgen = folder.join(module.name);
    let javascript = bindgen.join(format!("{}_bg.js", module.name));
    write(&javascript, without_fallbacks(&short.rename_exports(&read(&javascript)?)?))?;
    let shared = format!("{}{SHARED}", module.root());
    let up = "../".repeat(ERRORS.split('/').count() + 1);
    for snippets in snippets_with(&bindgen, ERRORS)? {
        write(&snippets.join(ERRORS), format!("export * from \"{up}error.js\";\n"))?;
    }
    copy_folder(&project.path("pkg-template/bundled"), &bindgen)?;
    // Everything that a module needs of `shared.js` comes by way of this one import: esbuild keeps each that it finds.
    let names = exported_names(&read(&project.path("pkg-template/bundled/shared.js"))?);
    write(&bindgen.join("error.js"), format!("export {{ {names} }} from \"{shared}\";\n"))?;
    write(&bindgen.join("bindgen.js"), format!("export * from \"./{}_bg.js\";\n", module.name))?;
    write(&bindgen.join("module.js"), module_source(&bindgen, module, short, build)?)?;
    let inflate = format!("{}inflate.js", module.root());
    let wasm = folder.join("made").join(module.file("wasm"));
    write(&bindgen.join("data.js"), data(&wasm, &inflate)?)?;

    let external = format!("--external:{shared}");
    let inflate = format!("--external:{inflate}");
    let run = |input: &str, output: String, more: &[&str]| {
        esbuild(
            project,
            logs,
            &bindgen,
            mode,
            &[&[input, &format!("--outfile=../made/{output}")], more].concat(),
        )
    };
    run("module.js", module.file("js"), &["--format=esm", "--sourcemap", &external, "--inject:globals.js"])?;
    run("data.js", module.file("wasm.js"), &["--format=esm", &inflate])
}

/// Writes what all modules share, and the entries that are single files, into `made/`.
pub fn make_shared(project: &Project, logs: &Logs, folder: &Path, mode: Mode) -> Result<()> {
    let template = project.path("pkg-template");
    let sources = folder.join("shared");
    copy_folder(&template.join("bundled"), &sources)?;
    copy(&project.path(ERRORS), &sources.join("error.js"))?;
    let licence = licence_of("fflate", project)?;
    esbuild(
        project,
        logs,
        &sources,
        mode,
        &["shared.js", "--outfile=../made/shared.js", "--format=esm", "--sourcemap"],
    )?;
    esbuild(
        project,
        logs,
        &sources,
        mode,
        &["inflate.js", "--outfile=../made/inflate.js", "--format=esm", &licence],
    )?;

    // The single files hold the same parts, put together by the entries that are published beside them.
    let made = folder.join("made");
    super::entries::write(project, &made)?;
    let single = |input: &str, output: &str, more: &[&str]| -> Result<()> {
        let output_option = format!("--outfile={output}");
        esbuild(project, logs, &made, mode, &[&[input, &output_option], more].concat())?;
        write(&made.join(output), own_exports_only(&read(&made.join(output))?)?)
    };
    single("require.js", "everything.cjs", &["--format=cjs", "--inject:../shared/text-coding.js", &licence])?;
    single("classic-source.js", "classic.js", &["--global-name=OmiCallCenter", &licence])?;
    // Files of their own, because few load them; what they share with the others comes from there.
    let shared =
        [("shared", "../shared.js"), ("inflating", "../inflate.js"), ("checks", "../checks/inline.js")];
    let external = shared.map(|(_, file)| format!("--external:{file}"));
    let more = ["--format=cjs", "--inject:../shared/text-coding.js"].into_iter();
    let more: Vec<_> = more.chain(external.iter().map(String::as_str)).collect();
    for folder in [PLAN.folder, SANDBOX.folder] {
        let output = format!("{folder}inline.cjs");
        single(&format!("{folder}inline.js"), &output, &more)?;
        let mut text = read(&made.join(&output))?;
        for (name, file) in shared {
            text = text
                .replace(&format!("require(\"{file}\")"), &format!("require(\"../everything.cjs\").{name}"));
        }
        write(&made.join(&output), text)?;
    }
    // For `require`. Mock Service Worker is installed beside the package.
    let msw = ["testing/msw.js", "--outfile=testing/msw.cjs", "--format=cjs", "--external:msw"];
    esbuild(project, logs, &made, mode, &msw)?;
    write(&made.join("testing/msw.cjs"), own_exports_only(&read(&made.join("testing/msw.cjs"))?)?)?;
    // The sources of the single files, and the module that is only in classic.js.
    let module = ["everything.js", "everything.js.map", "everything.wasm", "everything.wasm.js"];
    for file in ["require.js", "classic-source.js"].into_iter().chain(module) {
        remove_file(&made.join(file))?;
    }
    Ok(())
}

fn esbuild(project: &Project, logs: &Logs, folder: &Path, mode: Mode, arguments: &[&str]) -> Result<()> {
    let mut esbuild = npm_program(project, "esbuild");
    esbuild
        .current_dir(folder)
        .env("NODE_PATH", project.path("tests/node_modules"))
        .args(["--bundle", TARGET, "--charset=utf8", "--log-level=warning", LINE_LIMIT])
        .args(arguments);
    if mode == Mode::Release {
        esbuild.arg("--minify");
    }
    logs.must("package-esbuild", &mut esbuild)?;
    Ok(())
}

/// esbuild's helper for exports walks with `for…in`, which throws where a page has added a member to `Object.prototype`.
fn own_exports_only(bundle: &str) -> Result<String> {
    let (before, rest) = bundle.split_once("for(var ").or_else(|| bundle.split_once("for (var ")).context(
        "esbuild's helper for exports has another form: look at inline.cjs, and at what a page with a member on \
         Object.prototype makes of it",
    )?;
    let (head, after) = rest.split_once(')').context("a loop without an end in esbuild's output")?;
    let (name, object) = head.split_once(" in ").context("esbuild's helper for exports has another loop")?;
    Ok(format!("{before}for(var {name} of Object.keys({object})){after}"))
}

/// What a file exports from others, by name.
fn exported_names(javascript: &str) -> String {
    let lists = javascript.lines().filter_map(|line| line.strip_prefix("export { ")?.split_once(" }"));
    lists.map(|(names, _)| names).collect::<Vec<_>>().join(", ")
}

/// wasm-bindgen's JavaScript without a branch for modules that cannot reallocate, and without what it repeats for each class:
/// `Symbol.dispose`, which `handles.js` defines, and a registry for engines that have none.
fn without_fallbacks(javascript: &str) -> String {
    let fallback = "{ register: () => {}, unregister: () => {} }";
    let repeated = format!(
        "(typeof FinalizationRegistry === 'undefined')\n    ? {fallback}\n    : new FinalizationRegistry("
    );
    let once = "const Registry = typeof FinalizationRegistry === 'undefined' ? class { register() {} unregister() {} } : FinalizationRegistry;\n";
    let mut skipped_until = None;
    let lines = javascript.lines().filter(|line| {
        if let Some(end) = skipped_until {
            if *line == end {
                skipped_until = None;
            }
            return false;
        }
        skipped_until = (*line == "    if (realloc === undefined) {").then_some("    }");
        skipped_until.is_none() && !line.starts_with("if (Symbol.dispose) ")
    });
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    // After the imports, of which there may be none.
    let shorter = text.replace(&repeated, "new Registry(");
    if shorter == text { text } else { format!("{once}{shorter}") }
}

/// The source of a module's JavaScript: everything that its declarations declare, classes from `handles.js`, and as the
/// default what the entries and the other modules need.
fn module_source(
    bindgen: &Path,
    module: &Module,
    short: &MinifiedNames,
    Build { module: build, release }: Build<'_>,
) -> Result<String> {
    let name = module.name;
    let mut text = String::new();
    let mut modules = BTreeMap::new();
    let mut imports = String::new();
    for (module, name, short) in &short.imports {
        let next = format!("module{}", modules.len());
        let known = modules.entry(module).or_insert(next);
        imports += &format!("\"{short}\": {known}.{name}, ");
    }
    for (module, name) in modules {
        text += &format!("import * as {name} from \"{module}\";\n");
    }
    let begin = short.export("__wbindgen_start").context("the wasm has no __wbindgen_start")?;
    text += &format!("import * as bindgen from \"./{name}_bg.js\";\n");
    text += &format!(
        "import {{ createRuntime }} from \"./error.js\";\nexport {{ {ERROR_CLASS} }} from \"./error.js\";\n"
    );
    let imports = format!("{{ {}: {{ __proto__: null, {imports}}} }}", minified_names::MODULE);
    let file = format!("{name}.wasm");
    let entry = if module.folder.trim_end_matches('/') == name || module.folder.is_empty() {
        String::new()
    } else {
        format!("entry: \"{}\", ", module.entry())
    };
    text += &format!(
        "const runtime = createRuntime({{ bind: bindgen.__wbg_set_wasm, begin: \"{begin}\", build: \"{build}\", file: \"{file}\", {entry}imports: {imports} }});\n"
    );

    let declarations = read(&bindgen.join(format!("{name}.d.ts")))?;
    let classes = values(&declarations, &["class "]);
    let mut functions = values(&declarations, &["function ", "enum ", "const "]);
    if classes.is_empty() && functions.is_empty() {
        bail!("wasm-bindgen's declarations export nothing: has their form changed?");
    }
    functions.retain(|function| !module.only_declared.contains(&function.as_str()));
    for file in module.scripts {
        for name in values(&read(&bindgen.join(file))?, &["function ", "async function ", "const "]) {
            let declared = functions.iter().position(|function| *function == name);
            functions.remove(declared.with_context(|| format!("{name} of {file} is not declared"))?);
        }
        text += &format!("export * from \"./{file}\";\n");
    }
    if !functions.is_empty() {
        text += &format!("export {{ {} }} from \"./{name}_bg.js\";\n", functions.join(", "));
    }
    let handles: Vec<_> = classes.iter().filter(|name| *name != ERROR_CLASS).collect();
    if !handles.is_empty() {
        text += "import { handleClass, methodsOf } from \"./handles.js\";\n";
    }
    for class in handles {
        text += &format!("export const {class} = handleClass(\"{class}\");\n");
    }
    let mut internal = Vec::new();
    for name in module.internal {
        if name.ends_with(".js") {
            let functions = values(&read(&bindgen.join(name))?, &["async function "]).join(", ");
            text += &format!("import {{ {functions} }} from \"./{name}\";\n");
            internal.push(functions);
        } else {
            internal.push(format!("{name}: bindgen.{name}"));
        }
    }
    if let Some(snippets) = snippets_with(bindgen, CHECKS_LOADER)?.first() {
        let snippet = snippets.strip_prefix(bindgen).context("a snippet is not where it was found")?;
        text += &format!("import {{ setChecksLoader }} from \"./{}/{CHECKS_LOADER}\";\n", snippet.display());
        text += "import { groupRequest, scriptRequest } from \"./records.js\";\n";
        internal.push(
            "setChecksLoader: (load, options) => setChecksLoader(load, release, { groupRequest, scriptRequest, methodsOf }, options)".into(),
        );
    }
    for (file, function) in module.internal_scripts {
        text += &format!("import {{ {function} }} from \"./{file}\";\n");
        internal.push((*function).into());
    }
    text += &format!(
        "const release = \"{release}\";\nexport default {{ ...runtime, release, {} }};\n",
        internal.join(", ")
    );
    Ok(text)
}

/// The names of what TypeScript declarations export with one of the keywords `kinds`.
pub fn values(declarations: &str, kinds: &[&str]) -> Vec<String> {
    let name_of = |line: &str| {
        let line = line.strip_prefix("export ")?;
        let line = line.strip_prefix("declare ").unwrap_or(line);
        let name = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(name.len());
        name.get(..end).map(str::to_owned)
    };
    let mut names: Vec<_> = declarations.lines().filter_map(name_of).collect();
    // Of a function with overloads there are several lines.
    names.sort();
    names.dedup();
    names
}

/// The module as JavaScript text, deflated, to halve its size on servers that do not compress.
fn data(wasm: &Path, inflate: &str) -> Result<String> {
    let bytes = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&bytes).context("could not compress")?;
    let base64 = BASE64_STANDARD.encode(deflate.finish().context("could not compress")?);
    let length = bytes.len();
    Ok(format!(
        "import {{ inflate }} from \"{inflate}\";\nexport default () => inflate(\"{base64}\", {length});\n"
    ))
}

/// esbuild's option that puts the notice of a package's licence on top, as the licence asks.
fn licence_of(package: &str, project: &Project) -> Result<String> {
    let text = read(&project.path("tests/node_modules").join(package).join("LICENSE"))?;
    Ok(format!("--banner:js=/*! With {package}:\n{}\n*/", text.trim()))
}

/// The folders of snippets that have `file`; wasm-bindgen puts a hash into their names.
fn snippets_with(bindgen: &Path, file: &str) -> Result<Vec<PathBuf>> {
    let folder = bindgen.join("snippets");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).context("could not list the snippets")?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.join(file).is_file()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_walked_without_inherited_members() -> Result<()> {
        let bundle = "var x=(t,e)=>{for(var r in e)d(t,r,{get:e[r]})};f(1)";
        let fixed = "var x=(t,e)=>{for(var r of Object.keys(e))d(t,r,{get:e[r]})};f(1)";
        assert_eq!(own_exports_only(bundle)?, fixed);
        assert!(own_exports_only("f(1)").is_err());
        Ok(())
    }

    #[test]
    fn registries_are_made_in_one_way() {
        let class = |name: &str| {
            format!(
                "if (Symbol.dispose) {name}.prototype[Symbol.dispose] = {name}.prototype.free;\nconst {name}Finalization = (typeof \
                 FinalizationRegistry === 'undefined')\n    ? {{ register: () => {{}}, unregister: () => {{}} }}\n    : new \
                 FinalizationRegistry(ptr => wasm.a(ptr, 1));\n"
            )
        };
        let shorter = without_fallbacks(&(class("A") + &class("B")));
        assert_eq!(shorter.matches("typeof FinalizationRegistry").count(), 1);
        assert_eq!(shorter.matches("new Registry(ptr").count(), 2);
        assert!(!shorter.contains("Symbol.dispose"));
        let text = "function pass() {\n    if (realloc === undefined) {\n        if (a) {\n        }\n    }\n    f();\n}\n";
        assert_eq!(without_fallbacks(text), "function pass() {\n    f();\n}\n");
        assert_eq!(without_fallbacks("f();\n"), "f();\n");
    }

    #[test]
    fn declared_values_are_found_once() {
        let text = "export class A {\n  list(): void;\n}\nexport function b(x: 1): void;\nexport function b(x: 2): void;\n\
                    export interface C {}\nexport type D = 1;\nexport const E: 5;\nfunction hidden(): void;\n";
        assert_eq!(values(text, &["class "]), ["A"]);
        assert_eq!(values(text, &["function ", "const "]), ["E", "b"]);
    }
}
