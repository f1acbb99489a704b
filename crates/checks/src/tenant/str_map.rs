//! Texts by hash: std's HashMap would weigh ten times as much in the wasm, once for each kind of value.

use omicall_schema::compact::bytes_equal;

/// Texts, each with the number that was noted for it first.
#[derive(Debug, Default)]
pub struct StrMap<'t> {
    entries: Vec<(&'t str, u32)>,
    /// Where a text may stand in `entries`, counted from 1; 0 is a free place. Their number is a power of two and at
    /// least twice that of the entries, so that there always is a free one.
    places: Vec<u32>,
}

impl<'t> StrMap<'t> {
    /// Notes a number for a text, unless it has one already: that one is given back, and stays.
    pub fn note(&mut self, text: &'t str, number: u32) -> Option<u32> {
        if self.entries.len().saturating_mul(2) >= self.places.len() {
            self.grow();
        }
        match self.find(text) {
            Ok(known) => Some(known),
            Err(place) => {
                self.put(place, text, number);
                None
            }
        }
    }

    /// The number of a text.
    pub fn get(&self, text: &str) -> Option<u32> {
        self.find(text).ok()
    }

    /// Whether a text was noted.
    pub fn has(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    /// The number of a text, or the place where it would stand.
    fn find(&self, text: &str) -> Result<u32, usize> {
        let last = self.places.len().wrapping_sub(1);
        let mut place = hash(text) as usize & last;
        loop {
            let entry = self.places.get(place).map_or(0, |entry| *entry as usize);
            match self.entries.get(entry.wrapping_sub(1)) {
                Some((known, number)) if bytes_equal(known.as_bytes(), text.as_bytes()) => {
                    return Ok(*number);
                }
                Some(_) => place = place.wrapping_add(1) & last,
                None => return Err(place),
            }
        }
    }

    fn put(&mut self, place: usize, text: &'t str, number: u32) {
        self.entries.push((text, number));
        if let (Some(place), Ok(entry)) = (self.places.get_mut(place), u32::try_from(self.entries.len())) {
            *place = entry;
        }
    }

    /// Four places for each entry.
    fn grow(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        let enough = entries.len().saturating_mul(4).next_power_of_two().max(32);
        self.places = vec![0; enough];
        for (text, number) in entries {
            if let Err(place) = self.find(text) {
                self.put(place, text, number);
            }
        }
    }
}

/// Four bytes at once, by slices alone: at the level that keeps the wasm small no iterator is built in, and this is what
/// `lintIvr` does most. The best bits of a product are the first ones, and the last ones are wanted.
fn hash(text: &str) -> u32 {
    let mix = |hash: u32, word: u32| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9);
    let mut hash = 0;
    let mut rest = text.as_bytes();
    while let [a, b, c, d, after @ ..] = rest {
        hash = mix(hash, u32::from_le_bytes([*a, *b, *c, *d]));
        rest = after;
    }
    while let [byte, after @ ..] = rest {
        hash = mix(hash, u32::from(*byte));
        rest = after;
    }
    hash ^ hash >> 15
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_in_an_empty_one() {
        assert_eq!(StrMap::default().get(""), None);
        assert!(!StrMap::default().has("a"));
    }

    proptest! {
        #[test]
        fn the_first_number_of_each_text_stays(texts in prop::collection::vec("[ab]{0,6}|.{0,3}", 0..300)) {
            let (mut noted, mut oracle) = (StrMap::default(), HashMap::new());
            for (text, number) in texts.iter().zip(0..) {
                prop_assert_eq!(noted.note(text, number), oracle.get(text).copied());
                oracle.entry(text).or_insert(number);
            }
            for (text, number) in &oracle {
                prop_assert_eq!(noted.get(text), Some(*number));
                prop_assert!(noted.has(text));
                let longer = text.to_string() + "c";
                prop_assert_eq!(noted.get(&longer), oracle.get(&longer).copied());
            }
            prop_assert!(noted.places.len() / 2 >= noted.entries.len());
        }
    }
}
