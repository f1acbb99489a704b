//! JSON pointers (RFC 6901), built only when one is needed.

use crate::compact::{concat, usize_to_string};

/// The path to a value: a chain of frames on the stack, which costs nothing until it is written as a pointer.
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
    /// The number of steps from the root.
    pub fn depth(&self) -> usize {
        match self {
            JsonPath::Root => 0,
            JsonPath::Member(parent, _) | JsonPath::Element(parent, _) => parent.depth().wrapping_add(1),
        }
    }

    /// The path as a JSON pointer.
    pub fn pointer(&self) -> String {
        match self {
            JsonPath::Root => String::new(),
            JsonPath::Member(parent, name) => {
                let mut pointer = parent.pointer();
                pointer.push('/');
                for char in name.chars() {
                    match char {
                        '~' => pointer.push_str("~0"),
                        '/' => pointer.push_str("~1"),
                        other => pointer.push(other),
                    }
                }
                pointer
            }
            JsonPath::Element(parent, index) => concat(&[&parent.pointer(), "/", &usize_to_string(*index)]),
        }
    }
}
