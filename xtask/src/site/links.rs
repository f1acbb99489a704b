//! Where the links of a document lead on the site.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, Result, bail};

use crate::project::linked_path;

/// What the documents link to. Paths of the repository have no `./` and `..` in them.
pub struct Links<'p> {
    repository: &'p Path,
    /// The page of each document, by its path in the repository.
    documents: BTreeMap<String, String>,
    /// The other files and folders of the repository that a document links to.
    pub sources: BTreeSet<String>,
}

impl<'p> Links<'p> {
    pub fn new(repository: &'p Path, documents: BTreeMap<String, String>) -> Self {
        Self { repository, documents, sources: BTreeSet::new() }
    }

    /// The link on the site for a link in `document`. Fails if nothing is there.
    pub fn resolve(&mut self, document: &str, page: &str, link: &str) -> Result<String> {
        let (path, fragment) = link.split_at(link.find('#').unwrap_or(link.len()));
        if path.is_empty() || is_web_address(path) {
            return Ok(link.to_owned());
        }
        let target = linked_path(document, path)
            .with_context(|| format!("{document} links to {link}, outside of the repository"))?;
        let page_of_target = match self.documents.get(&target) {
            Some(page) => page.clone(),
            None => {
                if !self.repository.join(&target).exists() {
                    bail!("{document} links to {link}, which does not exist");
                }
                self.sources.insert(target.clone());
                source_page(self.repository, &target)
            }
        };
        Ok(format!("{}{page_of_target}{fragment}", super::page::root(page)))
    }
}

/// The page that shows a file or folder of the repository; pictures are copied as they are.
pub fn source_page(repository: &Path, path: &str) -> String {
    let ending = if is_picture(&repository.join(path)) { "" } else { ".html" };
    format!("source/{path}{ending}")
}

pub fn is_picture(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "png" || ending == "svg")
}

/// Whether a link has a scheme, such as `https:`.
fn is_web_address(link: &str) -> bool {
    let scheme = link.split(['/', '?']).next().unwrap_or_default();
    scheme.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(link: &str) -> Result<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let documents =
            [("docs/calls.md", "docs/calls.html"), ("pkg-template/docs/rules.md", "docs/rules.html")];
        let documents = documents.map(|(document, page)| (document.to_owned(), page.to_owned()));
        Links::new(&root, documents.into()).resolve("docs/checks.md", "docs/checks.html", link)
    }

    #[test]
    fn documents_lead_to_documents() -> Result<()> {
        assert_eq!(resolve("calls.md#cors")?, "../docs/calls.html#cors");
        assert_eq!(resolve("../pkg-template/docs/rules.md")?, "../docs/rules.html");
        Ok(())
    }

    #[test]
    fn what_has_no_page_of_its_own_gets_one() -> Result<()> {
        assert_eq!(resolve("../xtask/Cargo.toml")?, "../source/xtask/Cargo.toml.html");
        assert_eq!(resolve("../xtask/src")?, "../source/xtask/src.html");
        assert_eq!(resolve("../www-example/softphone.png")?, "../source/www-example/softphone.png");
        Ok(())
    }

    #[test]
    fn other_links_stay() -> Result<()> {
        for link in ["#passwords", "https://mermaid.js.org", "mailto:a@example.com"] {
            assert_eq!(resolve(link)?, link);
        }
        Ok(())
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        for link in ["call.md", "../../elsewhere.md"] {
            let error = resolve(link).map_err(|error| format!("{error:#}"));
            assert!(
                error.as_ref().is_err_and(|text| text.contains("docs/checks.md") && text.contains(link)),
                "{error:?}"
            );
        }
    }
}
