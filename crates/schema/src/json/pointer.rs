//! JSON pointers (RFC 6901), built only when somebody asks for one.

use crate::compact::{digits, replaced};

/// A place in a value: a chain of frames on the stack, which costs nothing until it is written as a pointer.
#[derive(Debug, Clone, Copy)]
pub enum JsonPath<'p> {
    /// The whole value.
    Root,
    /// A member of an object.
    Member(&'p JsonPath<'p>, &'p str),
    /// An element of an array.
    Element(&'p JsonPath<'p>, usize),
}

impl JsonPath<'_> {
    /// How many steps lead to it.
    pub fn depth(&self) -> usize {
        match self {
            JsonPath::Root => 0,
            JsonPath::Member(parent, _) | JsonPath::Element(parent, _) => parent.depth().wrapping_add(1),
        }
    }

    /// As a JSON pointer.
    pub fn pointer(&self) -> String {
        match self {
            JsonPath::Root => String::new(),
            JsonPath::Member(parent, name) => {
                [&parent.pointer(), "/", &replaced(&replaced(name, "~", "~0"), "/", "~1")].concat()
            }
            JsonPath::Element(parent, index) => [&parent.pointer(), "/", digits(*index).as_str()].concat(),
        }
    }
}
