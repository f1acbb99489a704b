//! `cargo xtask site`: a folder that any static host serves, also below a path: the dashboard with the sandbox inside the
//! page, the pages of the API, and the documentation.

mod documents;
mod links;
mod page;

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    command::Logs,
    demo, docs,
    package::{self, Mode, copy, copy_folder},
    progress::Line,
    project::{Project, fresh_folder, read, write},
    setup,
};

/// The line of the example's pages that says where its sandbox is.
const SANDBOX_OF_DEMO: &str = "<meta name=\"sandbox\" content=\"server\">";
const SANDBOX_OF_SITE: &str = "<meta name=\"sandbox\" content=\"in-page\">";

/// The pages of the example that use a sandbox.
const EXAMPLE_PAGES: &[&str] = &["index.html", "softphone.html"];

pub fn run(project: &Project, logs: &Logs) -> Result<()> {
    let tools = setup::run(project, logs)?;
    let line = Line::begin("building the package");
    package::build(project, &tools, logs, Mode::Release)?;
    demo::fill_vendor_folder(project, logs)?;
    line.end("");
    docs::prepare(project, logs)?;
    let line = Line::begin("writing the site");
    let site = build(project, logs)?;
    line.end("");
    println!("{}/: copy it to any static host, at any path", site.display());
    Ok(())
}

/// Writes the site from the package in `pkg/` and the example's copy of it, and returns its folder.
pub fn build(project: &Project, logs: &Logs) -> Result<PathBuf> {
    docs::build(project, logs)?;
    let site = project.target.join("site");
    fresh_folder(&site)?;
    copy_folder(&project.path("docs/api"), &site.join("api"))?;
    copy_example(project, &site.join("dashboard"))?;
    copy(&project.path("xtask/src/site/site.css"), &site.join("site.css"))?;
    let documents = documents::write(project, &site)?;
    link_api_to(&site, &documents)?;
    page::write_start(&site, &documents)?;
    Ok(site)
}

/// TypeDoc copies the documents that the package's README links, as Markdown: here they have pages.
fn link_api_to(site: &std::path::Path, documents: &[documents::Document]) -> Result<()> {
    let index = site.join("api/index.html");
    let mut html = read(&index)?;
    for document in documents {
        html = html.replace(&format!("\"media/{}", document.file_name()), &format!("\"../{}", document.page));
    }
    write(&index, html)
}

/// Copies the example and what it loads, and tells its pages that the sandbox is inside them.
fn copy_example(project: &Project, folder: &std::path::Path) -> Result<()> {
    let example = project.path("www-example");
    copy_folder(&example, folder)?;
    for name in EXAMPLE_PAGES {
        let text = read(&example.join(name))?;
        if !text.contains(SANDBOX_OF_DEMO) {
            bail!("www-example/{name} has no line {SANDBOX_OF_DEMO}");
        }
        write(&folder.join(name), text.replace(SANDBOX_OF_DEMO, SANDBOX_OF_SITE))?;
    }
    Ok(())
}

/// Writes a file of the site, in a folder that may have to be made.
fn write_below(site: &std::path::Path, path: &str, text: impl AsRef<[u8]>) -> Result<()> {
    let file = site.join(path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
    }
    write(&file, text)
}
