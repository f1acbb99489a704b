//! The documentation as pages: Markdown becomes HTML, and what it links to in the repository becomes pages too.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use comrak::{Arena, Node, Options, format_html, nodes::NodeValue, parse_document};

use super::{
    links::{Links, is_picture, source_page},
    page::{self, escape},
    write_below,
};
use crate::project::{Project, read};

/// Folders whose Markdown files are documents, and single documents.
const FOLDERS: &[&str] = &["docs", "pkg-template/docs"];
const SINGLE: &[&str] = &["SECURITY.md", "CHANGELOG.md"];

/// A document of the repository and its page.
pub struct Document {
    /// Its path in the repository: `docs/calls.md`.
    source: String,
    /// The path of its page on the site: `docs/calls.html`.
    pub page: String,
    pub title: String,
    text: String,
}

impl Document {
    /// The name of its file: `calls.md`.
    pub fn file_name(&self) -> &str {
        self.source.rsplit('/').next().unwrap_or_default()
    }
}

/// Writes a page for each document, and for each file or folder that one of them links to.
pub fn write(project: &Project, site: &Path) -> Result<Vec<Document>> {
    let documents = find(project)?;
    let pages: BTreeMap<_, _> =
        documents.iter().map(|document| (document.source.clone(), document.page.clone())).collect();
    let mut links = Links::new(&project.root, pages);
    for document in &documents {
        let html = render(document, &mut links)?;
        page::write(site, &document.page, &format!("{} · omicall-call-center", document.title), &html)?;
    }
    for source in &links.sources {
        write_source(&project.root, site, source)?;
    }
    Ok(documents)
}

fn find(project: &Project) -> Result<Vec<Document>> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        let names = file_names(&project.path(folder))?;
        sources
            .extend(names.iter().filter(|name| name.ends_with(".md")).map(|name| format!("{folder}/{name}")));
    }
    sources.extend(SINGLE.iter().map(|name| (*name).to_owned()));

    let mut documents: Vec<Document> = Vec::new();
    for source in sources {
        let text = read(&project.path(&source))?;
        let name = Path::new(&source)
            .file_stem()
            .and_then(|name| name.to_str())
            .context("a document without a name")?;
        let page = format!("docs/{}.html", name.to_lowercase());
        if let Some(other) = documents.iter().find(|document| document.page == page) {
            bail!("{source} and {} would have the same page", other.source);
        }
        let title = title(&text).with_context(|| format!("{source} has no title"))?;
        documents.push(Document { source, page, title, text });
    }
    Ok(documents)
}

/// The names in a folder, in order, without hidden ones, `node_modules` and lock files.
fn file_names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "node_modules" && name != "package-lock.json" {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    // As on GitHub: links to a heading work in both places.
    options.extension.header_id_prefix = Some(String::new());
    options
}

/// The text of the first heading.
fn title(text: &str) -> Option<String> {
    let arena = Arena::new();
    let document = parse_document(&arena, text, &options());
    document
        .children()
        .find(|node| matches!(node.data().value, NodeValue::Heading(_)))
        .map(|heading: Node<'_>| heading.collect_text())
}

fn render(document: &Document, links: &mut Links<'_>) -> Result<String> {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, &document.text, &options);
    for node in root.descendants() {
        if let NodeValue::Link(link) | NodeValue::Image(link) = &mut node.data_mut().value {
            link.url = links.resolve(&document.source, &document.page, &link.url)?;
        }
    }
    let mut html = String::new();
    format_html(root, &options, &mut html).context("could not write HTML")?;
    Ok(html)
}

/// Writes the page of a file, or of a folder with the pages of everything in it.
fn write_source(repository: &Path, site: &Path, source: &str) -> Result<()> {
    let path = repository.join(source);
    let to = source_page(repository, source);
    if is_picture(&path) {
        return write_below(site, &to, fs::read(&path).with_context(|| format!("could not read {source}"))?);
    }
    let mut content = format!("<h1>{}</h1>\n", escape(source));
    if path.is_dir() {
        content += "<ul>\n";
        for name in file_names(&path)? {
            let inside = format!("{source}/{name}");
            write_source(repository, site, &inside)?;
            let link = format!("{}{}", page::root(&to), source_page(repository, &inside));
            content += &format!("<li><a href=\"{link}\">{}</a></li>\n", escape(&name));
        }
        content += "</ul>\n";
    } else {
        content += &format!("<pre class=\"source\"><code>{}</code></pre>\n", escape(&read(&path)?));
    }
    page::write(site, &to, source, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let [source, page, text] = ["docs/a.md", "docs/a.html", text].map(str::to_owned);
        Document { source, page, title: String::new(), text }
    }

    fn rendered(text: &str) -> Result<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let pages = [("docs/calls.md".to_owned(), "docs/calls.html".to_owned())];
        render(&document(text), &mut Links::new(&root, pages.into()))
    }

    #[test]
    fn links_and_headings_work_as_on_github() -> Result<()> {
        let html = rendered("## SvelteKit, Nuxt, Astro\n\nSee [`calls`](calls.md#cors).\n")?;
        assert!(html.contains("id=\"sveltekit-nuxt-astro\""), "{html}");
        assert!(html.contains("<a href=\"../docs/calls.html#cors\"><code>calls</code></a>"), "{html}");
        Ok(())
    }

    #[test]
    fn tables_are_tables_and_code_stays_code() -> Result<()> {
        let html = rendered("| a |\n|---|\n| `{title}` |\n\n```ts\nf<T>();\n```\n")?;
        assert!(html.contains("<td><code>{title}</code></td>"), "{html}");
        assert!(html.contains("<code class=\"language-ts\">f&lt;T&gt;();"), "{html}");
        Ok(())
    }

    #[test]
    fn the_title_is_the_first_heading() {
        assert_eq!(title("text\n\n# What `lint` finds\n\n# b").as_deref(), Some("What lint finds"));
        assert_eq!(title("text"), None);
    }
}
