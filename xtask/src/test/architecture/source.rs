//! What one Rust file defines, imports and names of other modules.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Ident, Item, ItemFn, ItemImpl, ItemMod, ItemUse, Macro, Meta, Path, Token, UseTree,
    Visibility, punctuated::Punctuated, visit::Visit,
};

/// A path that the file names.
#[derive(Debug)]
pub struct Mention {
    pub path: Vec<String>,
    pub line: usize,
    pub is_reexport: bool,
}

/// One file of a crate, without its code for tests.
#[derive(Debug, Default)]
pub struct File {
    pub mentions: Vec<Mention>,
    /// Names that others may find here although they are defined elsewhere, with the paths they stand for.
    pub imports: BTreeMap<String, Vec<String>>,
    /// The modules of which everything is imported.
    pub globs: Vec<Vec<String>>,
    /// Names that are defined here.
    pub items: BTreeSet<String>,
    /// Child modules that exist only for tests.
    pub test_modules: Vec<String>,
    /// How many modules within the file the visited code is in.
    depth: usize,
}

impl File {
    pub fn parse(text: &str) -> syn::Result<Self> {
        let syntax = syn::parse_file(text)?;
        let mut file = Self::default();
        for item in &syntax.items {
            file.note(item);
        }
        file.visit_file(&syntax);
        Ok(file)
    }

    /// What a module-level item makes known to other files.
    fn note(&mut self, item: &Item) {
        match item {
            Item::Use(item) => {
                for leaf in leaves(&item.tree, &[]) {
                    match leaf.name {
                        Some(name) => drop(self.imports.insert(name, leaf.path)),
                        None => self.globs.push(leaf.path),
                    }
                }
            }
            Item::Mod(item) if item.content.is_none() && is_for_tests(&item.attrs) => {
                self.test_modules.push(item.ident.to_string());
            }
            item => self.items.extend(defined_name(item).map(Ident::to_string)),
        }
    }

    /// A path in code inside a module of the file itself is rewritten to one of the file's module.
    fn mention(&mut self, mut path: Vec<String>, line: usize, is_reexport: bool) {
        if self.depth > 0 && path.first().is_some_and(|first| first != "crate") {
            let supers = path.iter().take_while(|name| *name == "super").count();
            if supers <= self.depth {
                return;
            }
            path.drain(..self.depth);
        }
        self.mentions.push(Mention { path, line, is_reexport });
    }

    /// Looks for `crate::…` and `super::…` among the tokens of a macro, which are not parsed.
    fn mention_in_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) if colons == 2 && !path.is_empty() => path.push(name.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                token => {
                    self.end_of_tokens(&mut path, line);
                    match token {
                        TokenTree::Ident(name) if colons != 2 && (name == "crate" || name == "super") => {
                            line = name.span().start().line;
                            path.push(name.to_string());
                        }
                        TokenTree::Group(group) => self.mention_in_tokens(group.stream()),
                        _ => {}
                    }
                }
            }
            colons = 0;
        }
        self.end_of_tokens(&mut path, line);
    }

    fn end_of_tokens(&mut self, path: &mut Vec<String>, line: usize) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.mention(path, line, false);
        }
    }
}

impl<'ast> Visit<'ast> for File {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_for_tests(&item.attrs) {
            self.depth += 1;
            syn::visit::visit_item_mod(self, item);
            self.depth -= 1;
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_for_tests(&item.attrs) {
            syn::visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if !is_for_tests(&item.attrs) {
            syn::visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if is_for_tests(&item.attrs) {
            return;
        }
        let is_reexport = !matches!(item.vis, Visibility::Inherited);
        for leaf in leaves(&item.tree, &[]) {
            self.mention(leaf.path, leaf.line, is_reexport);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        // A single name is an item in scope; if another module defines it, its `use` is an edge already.
        if path.leading_colon.is_none() && path.segments.len() > 1 {
            let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let line = path.segments.first().map_or(0, |first| first.ident.span().start().line);
            self.mention(names, line, false);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        self.visit_path(&item.path);
        self.mention_in_tokens(item.tokens.clone());
    }
}

fn defined_name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Mod(item) => Some(&item.ident),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}

/// One of the things that a `use` imports; without a name it is everything of a module.
struct Leaf {
    path: Vec<String>,
    name: Option<String>,
    line: usize,
}

fn leaves(tree: &UseTree, before: &[String]) -> Vec<Leaf> {
    let with = |name: &Ident| -> Vec<String> {
        // `{self, …}` is the module itself.
        let itself = name == "self" && !before.is_empty();
        before.iter().cloned().chain((!itself).then(|| name.to_string())).collect()
    };
    match tree {
        UseTree::Path(tree) => leaves(&tree.tree, &with(&tree.ident)),
        UseTree::Group(tree) => tree.items.iter().flat_map(|tree| leaves(tree, before)).collect(),
        UseTree::Name(tree) => {
            let path = with(&tree.ident);
            vec![Leaf { name: path.last().cloned(), path, line: tree.ident.span().start().line }]
        }
        UseTree::Rename(tree) => {
            let line = tree.ident.span().start().line;
            vec![Leaf { path: with(&tree.ident), name: Some(tree.rename.to_string()), line }]
        }
        UseTree::Glob(tree) => {
            let line = tree.star_token.spans.first().map_or(0, |span| span.start().line);
            vec![Leaf { path: before.to_vec(), name: None, line }]
        }
    }
}

/// Whether an item is compiled only for tests: `#[test]`, `#[cfg(test)]`, `#[cfg(all(test, …))]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.parse_args::<Meta>().is_ok_and(|condition| needs_test(&condition)))
    })
}

fn needs_test(condition: &Meta) -> bool {
    let Meta::List(list) = condition else {
        return condition.path().is_ident("test");
    };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default();
    if list.path.is_ident("all") {
        parts.iter().any(needs_test)
    } else {
        list.path.is_ident("any") && parts.iter().all(needs_test)
    }
}
