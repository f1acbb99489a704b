//! The documentation in the package: that of the project, with links that lead somewhere in the package.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};

use super::{copy, reference};
use crate::project::{Project, linked_path, read, write as write_file};

/// Where files of the project are in the package. Of a folder, only the files that a page links are copied.
const PLACES: &[(&str, &str)] = &[
    ("pkg-template/README.md", "README.md"),
    ("pkg-template/AGENTS.md", "AGENTS.md"),
    ("pkg-template/llms.txt", "llms.txt"),
    ("pkg-template/docs/rules.md", "docs/rules.md"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("SECURITY.md", "SECURITY.md"),
];
const FOLDERS: &[(&str, &str)] =
    &[("tests/packaging/projects", "docs/projects"), ("examples", "docs/examples")];

/// The folder with the documentation of users.
const DOCS: &str = "docs";

/// For those who work on the package: it stays where the commands are that print the figures.
const NOT_FOR_USERS: &[&str] = &["docs/figures.md"];

/// Writes all pages, and the files that they link, into `pkg`, whose declarations are there already.
pub fn write(project: &Project, repository: &str, pkg: &Path) -> Result<()> {
    let mut pages: Vec<_> = PLACES.iter().map(|(from, _)| (*from).to_owned()).collect();
    for entry in fs::read_dir(project.path(DOCS)).context("could not list docs/")? {
        pages.push(format!("{DOCS}/{}", entry?.file_name().to_string_lossy()));
    }
    let mut linked = BTreeSet::new();
    for page in pages {
        let Some(place) = place(&page) else { continue };
        let text = relinked(&read(&project.path(&page))?, &page, &place, repository, &mut linked);
        let target = pkg.join(&place);
        fs::create_dir_all(target.with_file_name("")).context("could not create a folder in the package")?;
        write_file(&target, reference::filled(&text, pkg)?)?;
    }
    for path in linked.iter().filter(|path| project.path(path).is_file()) {
        if let Some(place) = in_folder(path) {
            let target = pkg.join(place);
            fs::create_dir_all(target.with_file_name("")).context("could not create a folder in docs/")?;
            copy(&project.path(path), &target)?;
        }
    }
    Ok(())
}

/// Where a file of the project is in the package, if it is there.
fn place(path: &str) -> Option<String> {
    if let Some((_, place)) = PLACES.iter().find(|(from, _)| *from == path) {
        return Some((*place).to_owned());
    }
    let is_page = path.starts_with("docs/") && path.ends_with(".md") && !NOT_FOR_USERS.contains(&path);
    in_folder(path).or_else(|| is_page.then(|| path.to_owned()))
}

/// Where a file is that belongs to a page, such as a project of the recipes.
fn in_folder(path: &str) -> Option<String> {
    FOLDERS.iter().find_map(|(from, to)| Some(format!("{to}{}", path.strip_prefix(from)?)))
}

/// The text of the page `from` for its place `to` in the package. What is not in the package is linked in the repository; without
/// one, the text of the link stays, and an image is left out. Collects what is linked in the package.
fn relinked(text: &str, from: &str, to: &str, repository: &str, linked: &mut BTreeSet<String>) -> String {
    let mut follow = |target: &str| {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        if path.is_empty() || target.contains("://") {
            return Some(target.to_owned());
        }
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        let path = linked_path(from, path)?;
        match place(&path) {
            Some(place) => {
                linked.insert(path);
                Some(relative(to, &place) + &fragment)
            }
            None if repository.is_empty() => None,
            None => Some(format!("{repository}/blob/HEAD/{path}{fragment}")),
        }
    };
    let mut result = String::new();
    let mut prose = String::new();
    let mut in_code = false;
    for line in text.split_inclusive('\n') {
        let is_fence = line.starts_with("```");
        if is_fence || in_code {
            result += &with_links(&prose, &mut follow);
            prose.clear();
            result += line;
        } else {
            prose += line;
        }
        in_code ^= is_fence;
    }
    result + &with_links(&prose, &mut follow)
}

/// Replaces the target of each link; without a new one, only its text stays.
fn with_links(prose: &str, follow: &mut impl FnMut(&str) -> Option<String>) -> String {
    let mut result = String::new();
    let mut rest = prose;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some((ahead, label)), Some((target, tail))) = (before.rsplit_once('['), after.split_once(')'))
        else {
            break;
        };
        rest = tail;
        match (follow(target), ahead.strip_suffix('!')) {
            (Some(target), _) => result += &format!("{ahead}[{label}]({target})"),
            (None, None) => result += &format!("{ahead}{label}"),
            (None, Some(ahead)) => {
                result += ahead;
                rest = tail.trim_start_matches('\n');
            }
        }
    }
    result + rest
}

/// How a page at `from` links a file at `to`.
fn relative(from: &str, to: &str) -> String {
    match from.split_once('/') {
        None => to.to_owned(),
        Some((folder, name)) => match to.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
            Some(below) => relative(name, below),
            None => "../".repeat(from.matches('/').count()) + to,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, repository: &str) -> (String, Vec<String>) {
        let mut linked = BTreeSet::new();
        let text = relinked(text, "docs/recipes.md", "docs/recipes.md", repository, &mut linked);
        (text, linked.into_iter().collect())
    }

    #[test]
    fn links_lead_to_the_same_file_in_the_package() {
        let text = "[a](calls.md#cors), [b](../SECURITY.md), [c](../pkg-template/docs/rules.md), [d](#here) and [e](https://example.com/)";
        let (changed, linked) = page(text, "");
        assert_eq!(changed, text.replace("../pkg-template/docs/rules.md", "rules.md"));
        assert_eq!(linked, ["SECURITY.md", "docs/calls.md", "pkg-template/docs/rules.md"]);
        let (changed, linked) =
            page("[`vite.config.js`](../tests/packaging/projects/vite/vite.config.js)", "");
        assert_eq!(changed, "[`vite.config.js`](projects/vite/vite.config.js)");
        assert_eq!(linked, ["tests/packaging/projects/vite/vite.config.js"]);
    }

    #[test]
    fn the_readme_is_at_the_root_of_the_package() {
        let mut linked = BTreeSet::new();
        let text =
            relinked("[calls](../docs/calls.md)", "pkg-template/README.md", "README.md", "", &mut linked);
        assert_eq!(text, "[calls](docs/calls.md)");
    }

    #[test]
    fn what_is_not_in_the_package_is_linked_in_the_repository() {
        let text = "Before\n[the\ntools](../tests/package.json).\n\n![A picture](../www-example/softphone.png)\n\nAfter";
        assert_eq!(page(text, "").0, "Before\nthe\ntools.\n\nAfter");
        let (changed, _) = page(text, "https://git.example/team/client");
        assert!(
            changed.contains("[the\ntools](https://git.example/team/client/blob/HEAD/tests/package.json)")
        );
        assert!(
            changed.contains(
                "![A picture](https://git.example/team/client/blob/HEAD/www-example/softphone.png)"
            )
        );
        assert_eq!(page("[figures](figures.md)", "").0, "figures");
    }

    #[test]
    fn code_stays_as_it_is() {
        let text = "```js\nlist[0](../tests/a)\n```\n";
        assert_eq!(page(text, "").0, text);
    }
}
