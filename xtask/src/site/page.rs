//! The HTML around the text of a page.

use std::path::Path;

use anyhow::Result;

use super::{documents::Document, write_below};

const PAGE: &str = include_str!("page.html");
const START: &str = include_str!("start.html");

/// Writes a page of the site; `content` is HTML.
pub fn write(site: &Path, path: &str, title: &str, content: &str) -> Result<()> {
    // The content comes last: it may contain braces.
    let html = PAGE
        .replace("{title}", &escape(title))
        .replace("{root}", &root(path))
        .replace("{content}", content.trim_end());
    write_below(site, path, html)
}

/// Writes the page that links to everything.
pub fn write_start(site: &Path, documents: &[Document]) -> Result<()> {
    let link = |document: &Document| {
        format!("  <li><a href=\"{}\">{}</a></li>", document.page, escape(&document.title))
    };
    let links: Vec<String> = documents.iter().map(link).collect();
    write(site, "index.html", "omicall-call-center", &START.replace("{documents}", &links.join("\n")))
}

/// The way from a page to the root of the site, as the beginning of a link: `../../`.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A text as HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_at_the_root_of_the_site() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("docs/calls.html"), "../");
        assert_eq!(root("source/tests/a.js.html"), "../../");
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
    }
}
