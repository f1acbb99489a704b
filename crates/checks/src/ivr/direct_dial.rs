//! Direct dialling: the extensions that callers dial inside a menu, digit by digit.

use crate::{
    ivr::key_set::{KeySet, bit},
    tenant::{
        drafts::ScriptDraft,
        index::{TenantIndex, is_extension},
    },
};

/// The rules by which a script takes what is entered as an extension.
#[derive(Debug, Clone, Copy)]
pub struct DirectDial<'a, 't> {
    /// The index of the tenant; `None` without direct dialling.
    phones: Option<&'a TenantIndex<'t>>,
}

impl<'a, 't> DirectDial<'a, 't> {
    /// Returns the rules of a script.
    pub fn new(script: &ScriptDraft<'_>, index: &'a TenantIndex<'t>) -> Self {
        DirectDial { phones: script.has_direct_dial().then_some(index) }
    }

    /// Returns whether a listed extension begins with what was entered and is longer. The menu then waits for more digits,
    /// even if what was entered is a key.
    pub fn begins_extension(self, entered: &str) -> bool {
        self.phones.is_some_and(|index| index.longer_extension(entered).is_some())
    }

    /// Returns whether what was entered is a listed extension.
    pub fn is_listed_extension(self, entered: &str) -> bool {
        is_extension(entered) && self.phones.is_some_and(|index| index.phone(entered).is_some())
    }

    /// Returns whether what was entered may be an extension, or its beginning, that the tenant does not list.
    pub fn may_be_extension(self, entered: &str) -> bool {
        is_extension(entered) && self.phones.is_some_and(|index| !lists_all_phones(index))
    }

    /// Returns with which beginning of `key` a caller leaves a menu with these keys: a shorter key or an extension. Returns
    /// `None` if the menu waits until all of `key` has been entered.
    pub fn taken_before<'k>(self, key: &'k str, keys: &KeySet<'_>) -> Option<&'k str> {
        let mut beginnings = (1..key.len()).filter_map(|end| key.get(..end));
        beginnings.find(|entered| {
            let is_taken = keys.contains(entered) || self.is_listed_extension(entered);
            is_taken && !self.begins_extension(entered)
        })
    }

    /// Returns whether a caller can dial some extension in a menu with these keys, each once.
    pub fn reaches_extension(self, keys: &mut dyn Iterator<Item = &str>) -> bool {
        let Some(index) = self.phones else { return false };
        // The menu takes a key for an extension that is the same.
        let mut hidden = 0_usize;
        let mut digits = 0_u32;
        for key in keys {
            hidden = hidden.saturating_add(usize::from(self.is_listed_extension(key)));
            if let [digit @ b'0'..=b'9'] = key.as_bytes()
                && !self.begins_extension(key)
            {
                digits |= bit(*digit);
            }
        }
        if lists_all_phones(index) { index.extension_count() > hidden } else { digits.count_ones() < 10 }
    }
}

/// Returns whether the tenant lists all phones. An empty list is that of a page that has not loaded them.
fn lists_all_phones(index: &TenantIndex<'_>) -> bool {
    index.tenant().is_complete() && !index.tenant().phones.items.is_empty()
}
