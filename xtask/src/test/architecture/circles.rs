//! Finds circles among the modules of one crate.
//!
//! A module is a file, and an edge is a path that one file names of another: in a `use`, in code, or among the tokens of
//! a macro. A path through a re-export leads to the file that defines the item. Declaring or re-exporting a child is not
//! an edge, using it is. Macros by name (`#[macro_use]`) and code for tests are left out.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};

use super::source::{File, Mention};

/// How many re-exports are followed for one path; more would be a re-export that leads back to itself.
const LONGEST_CHAIN: usize = 16;

/// A file that names something of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: String,
    pub to: String,
    pub line: usize,
    pub path: String,
}

/// Files that all use each other, directly or through others.
#[derive(Debug)]
pub struct Circle {
    pub files: Vec<String>,
    pub edges: Vec<Edge>,
}

impl Circle {
    pub fn report(&self) -> String {
        let mut report = format!("{} form a circle:", self.files.join(", "));
        for uses in self.edges.chunk_by(|a, b| (&a.from, &a.to) == (&b.from, &b.to)) {
            let Some(Edge { from, to, .. }) = uses.first() else { continue };
            let lines: Vec<_> =
                uses.iter().map(|edge| format!("{} in line {}", edge.path, edge.line)).collect();
            report += &format!("\n    {from} uses {to}: {}", lines.join(", "));
        }
        report
    }
}

/// The circles among the files of a crate, each given as its path below `src/` and its text.
pub fn find(sources: &[(String, String)]) -> Result<Vec<Circle>> {
    let edges = Modules::read(sources)?.edges();
    let graph: DiGraphMap<&str, ()> =
        edges.iter().map(|edge| (edge.from.as_str(), edge.to.as_str())).collect();
    let mut circles: Vec<Circle> = tarjan_scc(&graph)
        .into_iter()
        .filter(|files| files.len() > 1)
        .map(|mut files| {
            files.sort_unstable();
            let inside =
                |edge: &&Edge| files.contains(&edge.from.as_str()) && files.contains(&edge.to.as_str());
            let edges = edges.iter().filter(inside).cloned().collect();
            Circle { files: files.into_iter().map(str::to_owned).collect(), edges }
        })
        .collect();
    circles.sort_by(|a, b| a.files.cmp(&b.files));
    Ok(circles)
}

/// All modules of a crate by their path: `[]` is the root, `["ivr", "graph"]` is `crate::ivr::graph`.
struct Modules {
    files: BTreeMap<Vec<String>, (String, File)>,
}

impl Modules {
    fn read(sources: &[(String, String)]) -> Result<Self> {
        let mut files = BTreeMap::new();
        let mut only_for_tests = Vec::new();
        for (path, text) in sources.iter().filter(|(path, _)| !is_test_file(path)) {
            let file = File::parse(text).with_context(|| format!("could not parse {path}"))?;
            let module = module_path(path);
            only_for_tests.extend(file.test_modules.iter().map(|name| joined(&module, name)));
            files.insert(module, (path.clone(), file));
        }
        files.retain(|module, _| !only_for_tests.iter().any(|test| module.starts_with(test)));
        Ok(Self { files })
    }

    fn edges(&self) -> Vec<Edge> {
        let mut edges = BTreeSet::new();
        for (module, (from, file)) in &self.files {
            for Mention { path, line, is_reexport } in &file.mentions {
                let Some(target) = self.resolve(module, path, 0) else { continue };
                let reexports_child = *is_reexport && target.starts_with(module);
                if let Some((to, _)) = self.files.get(&target)
                    && to != from
                    && !reexports_child
                {
                    let (from, to) = (from.clone(), to.clone());
                    edges.insert(Edge { from, to, line: *line, path: path.join("::") });
                }
            }
        }
        edges.into_iter().collect()
    }

    /// The module that defines what `path` means inside `module`; `None` if it is not of this crate.
    fn resolve(&self, module: &[String], path: &[String], followed: usize) -> Option<Vec<String>> {
        let (mut module, mut rest) = self.start(module, path)?;
        while let Some((name, tail)) = rest.split_first() {
            let child = joined(&module, name);
            if !self.files.contains_key(&child) {
                return Some(self.reexported(&module, name, tail, followed).unwrap_or(module));
            }
            module = child;
            rest = tail;
        }
        Some(module)
    }

    /// Where a path begins, and what is left of it from there.
    fn start<'a>(&self, module: &[String], path: &'a [String]) -> Option<(Vec<String>, &'a [String])> {
        let (first, mut rest) = path.split_first()?;
        let mut start = module.to_vec();
        match first.as_str() {
            "crate" => start.clear(),
            "self" => {}
            "super" => {
                start.pop()?;
                while let Some((_, tail)) = rest.split_first().filter(|(name, _)| *name == "super") {
                    start.pop()?;
                    rest = tail;
                }
            }
            child => {
                start.push(child.to_owned());
                self.files.contains_key(&start).then_some(())?;
            }
        }
        Some((start, rest))
    }

    fn reexported(
        &self,
        module: &[String],
        name: &String,
        tail: &[String],
        followed: usize,
    ) -> Option<Vec<String>> {
        let (_, file) = self.files.get(module)?;
        if file.items.contains(name) || followed == LONGEST_CHAIN {
            return None;
        }
        if let Some(target) = file.imports.get(name) {
            return self.resolve(module, &[target, tail].concat(), followed + 1);
        }
        file.globs.iter().find_map(|glob| {
            let target = self.resolve(module, glob, followed + 1)?;
            let (_, file) = self.files.get(&target)?;
            let is_there = file.items.contains(name) || self.files.contains_key(&joined(&target, name));
            is_there.then_some(target)
        })
    }
}

fn joined(module: &[String], name: &str) -> Vec<String> {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

/// `ivr/graph.rs` → `["ivr", "graph"]`, `ivr/mod.rs` → `["ivr"]`, `lib.rs` → `[]`.
fn module_path(file: &str) -> Vec<String> {
    let mut path: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    let is_root = path.len() == 1 && path.iter().any(|name| name == "lib" || name == "main");
    if is_root || path.last().is_some_and(|name| name == "mod") {
        path.pop();
    }
    path
}

fn is_test_file(file: &str) -> bool {
    file.trim_end_matches(".rs")
        .split('/')
        .any(|name| name == "tests" || name == "test_support" || name.ends_with("_tests"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(sources: &[(&str, &str)]) -> Result<Vec<Vec<String>>> {
        let sources: Vec<_> =
            sources.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Ok(find(&sources)?.into_iter().map(|circle| circle.files).collect())
    }

    #[test]
    fn a_circle_is_reported_with_its_lines() -> Result<()> {
        let sources = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::B;\npub struct A(B);"),
            ("b.rs", "pub struct B;\n\nfn f() { super::c::f() }"),
            ("c.rs", "pub fn f() { let _ = vec![crate::a::A(1)]; }"),
        ];
        assert_eq!(circles(&sources)?, [["a.rs", "b.rs", "c.rs"]]);
        let sources = sources.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let report: Vec<String> = find(&sources)?.iter().map(Circle::report).collect();
        let expected = "a.rs, b.rs, c.rs form a circle:\n    a.rs uses b.rs: crate::b::B in line 1\n    \
                        b.rs uses c.rs: super::c::f in line 3\n    c.rs uses a.rs: crate::a::A in line 1";
        assert_eq!(report, [expected]);
        Ok(())
    }

    #[test]
    fn a_chain_is_not_a_circle() -> Result<()> {
        let sources = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::{b::B, c::C};"),
            ("b.rs", "use crate::c::C; pub struct B;"),
            ("c.rs", "use std::fmt; pub struct C;"),
        ];
        assert!(circles(&sources)?.is_empty());
        Ok(())
    }

    #[test]
    fn a_reexport_leads_to_the_file_that_defines_the_item() -> Result<()> {
        let two_files = [
            ("lib.rs", "mod p;"),
            ("p/mod.rs", "pub mod a; pub mod b; pub use a::A; pub use b::*;"),
            ("p/a.rs", "use super::B; pub struct A;"),
            ("p/b.rs", "use crate::p::A; pub struct B;"),
        ];
        assert_eq!(circles(&two_files)?, [["p/a.rs", "p/b.rs"]]);
        let facade = [
            ("lib.rs", "mod p;"),
            ("p/mod.rs", "pub mod a; pub mod b; pub use a::A; pub use b::B;"),
            ("p/a.rs", "use super::B; pub struct A;"),
            ("p/b.rs", "pub struct B;"),
        ];
        assert!(circles(&facade)?.is_empty());
        Ok(())
    }

    #[test]
    fn a_parent_and_a_child_that_use_each_other_are_a_circle() -> Result<()> {
        let uses = ("p/mod.rs", "mod a; pub struct P; fn f() { a::f() }");
        let only_declares = ("p/mod.rs", "pub mod a; pub use a::f; pub struct P;");
        let child = ("p/a.rs", "use super::P; pub fn f() {}");
        assert_eq!(circles(&[("lib.rs", "mod p;"), uses, child])?, [["p/a.rs", "p/mod.rs"]]);
        assert!(circles(&[("lib.rs", "mod p;"), only_declares, child])?.is_empty());
        Ok(())
    }

    #[test]
    fn tests_may_use_anything() -> Result<()> {
        let sources = [
            ("lib.rs", "mod a; mod b; #[cfg(all(test, unix))] mod samples; #[cfg(test)] mod fixtures;"),
            (
                "a.rs",
                "pub struct A; #[cfg(test)] use crate::b::B; #[cfg(test)] mod tests { use crate::b::B; }",
            ),
            ("b.rs", "use crate::a::A; pub struct B;"),
            ("c.rs", "use crate::d::D;"),
            ("d.rs", "#[test] fn t() { crate::c::f() } #[cfg(test)] impl D { fn f() { crate::c::f() } }"),
            ("samples.rs", "use crate::fixtures::F;"),
            ("fixtures.rs", "use crate::samples::S;"),
            ("a_tests.rs", "use crate::b_tests::B;"),
            ("b_tests.rs", "use crate::a_tests::A;"),
        ];
        assert!(circles(&sources)?.is_empty());
        Ok(())
    }

    #[test]
    fn code_that_is_left_out_of_tests_counts() -> Result<()> {
        let sources = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "#[cfg(not(test))] use crate::b::B; pub struct A;"),
            ("b.rs", "mod inner { use super::super::a::A; } pub struct B;"),
        ];
        assert_eq!(circles(&sources)?, [["a.rs", "b.rs"]]);
        Ok(())
    }
}
