//! The hotlines of a tenant, and whom they are assigned to.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::payload;

pub(crate) const SAMPLE: &str = include_str!("../../../../tests/samples/hotline_list.json");

/// All numbers, and those that are assigned to one extension only.
#[derive(Clone, Debug)]
pub(crate) struct Hotlines {
    all: Vec<Value>,
    /// Of how many numbers an extension may use, by its number; with none, it may use all of them.
    shares: &'static [usize],
    owners: HashMap<String, Owner>,
}

#[derive(Clone, Debug)]
struct Owner {
    extension: String,
    calls_out: bool,
}

/// The recorded numbers.
impl Default for Hotlines {
    fn default() -> Self {
        let all = payload(SAMPLE).as_array().cloned().unwrap_or_default();
        Self { all, shares: &[2, 1, 0], owners: HashMap::new() }
    }
}

impl Hotlines {
    /// These numbers, which all extensions may use.
    pub(crate) fn new(all: Vec<Value>) -> Self {
        Self { all, shares: &[], owners: HashMap::new() }
    }

    pub(crate) fn all(&self) -> &[Value] {
        &self.all
    }

    /// Assigns a number to one extension only.
    pub(crate) fn assign(&mut self, hotline: &str, extension: String, calls_out: bool) {
        self.owners.insert(hotline.to_owned(), Owner { extension, calls_out });
    }

    /// The numbers that an existing extension may call with: of the recorded ones, some may use all, some one, some none,
    /// unless a number is assigned to one extension only.
    pub(crate) fn for_extension(&self, extension: &str) -> Value {
        let number = extension.parse::<usize>().ok();
        let shared = match self.shares {
            [] => self.all.len(),
            shares => number.and_then(|number| shares.get(number % shares.len())).copied().unwrap_or(0),
        };
        let numbers = self.all.iter().enumerate();
        let is_own =
            |(index, number): &(usize, &Value)| match self.owners.get(number.as_str().unwrap_or_default()) {
                Some(owner) => owner.calls_out && owner.extension == extension,
                None => *index < shared,
            };
        let own: Vec<&Value> = numbers.filter(is_own).map(|(_, number)| number).collect();
        json!(own)
    }
}
