//! Keys that callers press in a menu, one or more characters each.

use omicall_schema::draft::Value;

use crate::tenant::{index::MAX_EXTENSION_LENGTH, str_map::StrMap};

/// The keys of a telephone.
const KEYS: &[u8] = b"0123456789*#";

/// Returns whether the character is a key of a telephone.
pub fn is_key(key: u8) -> bool {
    KEYS.contains(&key)
}

/// Returns whether the text consists of keys of a telephone.
pub fn are_keys(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_key)
}

/// Returns whether an action leads somewhere, known or not. Only a type that is not documented does so without an id.
pub fn has_destination(action_type: Value<'_>, action: Value<'_>) -> bool {
    match action_type {
        Value::Absent | Value::Text("" | "Recording" | "Ring_group" | "Ivr_menu") => {
            !action.text_or_empty().is_empty()
        }
        _ => true,
    }
}

/// The keys of a script that have a destination.
#[derive(Debug, Default)]
pub struct KeySet<'t> {
    /// Keys of one character, one [`bit`] for each.
    single: u32,
    /// Longer keys.
    longer: StrMap<'t>,
}

impl<'t> KeySet<'t> {
    /// Inserts a key. Returns `false` if it is not a key, or is there already.
    pub fn insert(&mut self, key: &'t str) -> bool {
        if key.len() > MAX_EXTENSION_LENGTH || !are_keys(key) || self.contains(key) {
            return false;
        }
        match key.as_bytes() {
            [key] => self.single |= bit(*key),
            _ => _ = self.longer.insert(key, 0),
        }
        true
    }

    /// Returns whether the key, which consists of keys of a telephone, is in the set.
    pub fn contains(&self, key: &str) -> bool {
        match key.as_bytes() {
            [key] => self.single & bit(*key) != 0,
            _ => self.longer.contains_key(key),
        }
    }
}

/// Returns the bit of a key: a shift of a `u32` uses the low five bits, which differ for all digits, `*` and `#`.
pub fn bit(key: u8) -> u32 {
    1_u32.wrapping_shl(key.into())
}
