//! A map from borrowed strings to `u32`. `HashMap` of std would add ten times as much WebAssembly for each value type.

use omicall_schema::compact::bytes_equal;

/// A map from strings to numbers that keeps the first value of each key. Keys are the same in upper and lower case (ASCII), because
/// ids are hexadecimal; names are folded by whoever inserts them.
#[derive(Debug, Default)]
pub struct StrMap<'t> {
    entries: Vec<Entry<'t>>,
    /// An open-addressing hash table: each slot holds an index into `entries` plus 1, or 0 if it is empty. The number of
    /// slots is a power of two and at least twice the number of entries, so there is always an empty one.
    slots: Vec<u32>,
}

#[derive(Debug)]
struct Entry<'t> {
    key: &'t str,
    /// Tells most other keys apart without comparing texts.
    hash: u32,
    value: u32,
}

impl<'t> StrMap<'t> {
    /// Inserts `key` → `value` unless the key exists. Returns the existing value; `None` if the key is new.
    pub fn insert(&mut self, key: &'t str, value: u32) -> Option<u32> {
        if self.entries.len().saturating_mul(2) >= self.slots.len() {
            self.grow();
        }
        let hash = hash(key);
        match self.find(key, hash) {
            Ok(existing) => Some(existing),
            Err(slot) => {
                self.fill_slot(slot, Entry { key, hash, value });
                None
            }
        }
    }

    /// Returns the value of a key; `None` if the key is not in the map.
    pub fn get(&self, key: &str) -> Option<u32> {
        self.find(key, hash(key)).ok()
    }

    /// Returns whether the key is in the map.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Returns the value of a key, or the empty slot in which to put it.
    fn find(&self, key: &str, hash: u32) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        loop {
            let entry = self.slots.get(slot).map_or(0, |entry| *entry as usize);
            match self.entries.get(entry.wrapping_sub(1)) {
                Some(other) if other.hash == hash && same_key(other.key, key) => return Ok(other.value),
                Some(_) => slot = slot.wrapping_add(1) & mask,
                None => return Err(slot),
            }
        }
    }

    fn fill_slot(&mut self, slot: usize, entry: Entry<'t>) {
        self.entries.push(entry);
        if let (Some(slot), Ok(entry)) = (self.slots.get_mut(slot), u32::try_from(self.entries.len())) {
            *slot = entry;
        }
    }

    /// Makes room for twice as many entries: four slots for each entry, 32 at least.
    fn grow(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        let slot_count = entries.len().saturating_mul(4).next_power_of_two().max(32);
        self.slots = vec![0; slot_count];
        for entry in entries {
            if let Err(slot) = self.find(entry.key, entry.hash) {
                self.fill_slot(slot, entry);
            }
        }
    }
}

/// Whether two keys are the same, in upper or lower case.
fn same_key(one: &str, other: &str) -> bool {
    bytes_equal(one.as_bytes(), other.as_bytes()) || one.eq_ignore_ascii_case(other)
}

/// Hashes four bytes at a time, the same in upper and lower case, with slice patterns only: at the optimization level that keeps the WebAssembly small,
/// iterators are not inlined, and `lintIvr` spends most of its time here. Multiplication mixes into the high bits, and
/// slots are chosen by the low ones, hence the last shift.
fn hash(key: &str) -> u32 {
    let mix = |hash: u32, word: u32| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9);
    let mut hash = 0;
    let mut rest = key.as_bytes();
    while let [a, b, c, d, after @ ..] = rest {
        hash = mix(hash, u32::from_le_bytes([*a, *b, *c, *d]) | 0x2020_2020);
        rest = after;
    }
    while let [byte, after @ ..] = rest {
        hash = mix(hash, u32::from(*byte) | 0x20);
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
    fn empty_map_contains_no_key() {
        assert_eq!(StrMap::default().get(""), None);
        assert!(!StrMap::default().contains_key("a"));
    }

    proptest! {
        #[test]
        fn insert_keeps_the_first_value_of_a_key(keys in prop::collection::vec("[abAB]{0,6}|.{0,3}", 0..300)) {
            let (mut map, mut oracle) = (StrMap::default(), HashMap::new());
            for (key, value) in keys.iter().zip(0..) {
                prop_assert_eq!(map.insert(key, value), oracle.get(&key.to_ascii_lowercase()).copied());
                oracle.entry(key.to_ascii_lowercase()).or_insert(value);
            }
            for (key, value) in &oracle {
                prop_assert_eq!(map.get(key), Some(*value));
                prop_assert!(map.contains_key(&key.to_ascii_uppercase()));
                let longer = key.to_string() + "c";
                prop_assert_eq!(map.get(&longer), oracle.get(&longer).copied());
            }
            prop_assert!(map.slots.len() / 2 >= map.entries.len());
        }
    }
}
