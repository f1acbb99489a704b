//! Rules about the keys of an IVR script: which keys there are, and what callers may confuse them with.

use omicall_issues::{IssueCode, Report, Severity};
use omicall_schema::draft::Value;

use crate::{
    ivr::{
        direct_dial::DirectDial,
        key_set::{KeySet, are_keys, has_destination},
    },
    rules::ivr_targets::has_fallback,
    tenant::{drafts::ScriptDraft, index::TenantIndex, script_path::ScriptPath, str_map::StrMap},
};

/// The maximum number of options that callers can remember: guides to voice menus recommend four or five.
pub const MAX_OPTIONS: usize = 5;

/// Checks the keys of a script. `prefix` is the JSON pointer of the script in the argument.
pub fn check_keys(script: &ScriptDraft<'_>, index: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    check_option_count(script, prefix, report);
    check_gaps(script, prefix, report);
    let mut seen = SeenKeys::default();
    let hidden = hidden_keys(script, index);
    for (position, key) in script.scripts.items.iter().enumerate() {
        let location = ScriptPath { prefix, key: Some(position) };
        let text = key.ivr.text_or_empty();
        check_key(key.ivr, &mut seen, location, report);
        if let Some(hidden) = hidden.get(position).filter(|hidden| !hidden.longer.is_empty()) {
            let values = [("key", Value::Text(hidden.taken)), ("longer", Value::Text(&hidden.longer))];
            report.add_quoting(IssueCode::IvrKeyPrefix, &[&location.pointer("/ivr")], &values);
        }
        if script.has_direct_dial() {
            check_direct_dial_conflict(text, index, location, report);
        }
    }
}

fn check_option_count(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    let path = [prefix, "/scripts"];
    let options = script.scripts.items.iter().filter(|key| !key.action.is_empty()).count();
    if options == 0 {
        // "Play a greeting, then go on" is a documented pattern.
        let severity = if has_fallback(script) { Severity::Hint } else { Severity::Warning };
        report.add_as(severity, IssueCode::IvrNoOptions, &path);
    }
    if options > MAX_OPTIONS {
        report.add_with(IssueCode::IvrManyOptions, &path, None, "count", options.into());
    }
}

/// Reports unused digits between the lowest and the highest used one of 1–9. The 0 does not count: most menus reserve it
/// for the operator.
fn check_gaps(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    // One bit for each digit: a shift of a `u16` uses the low four bits of the character, which are the digit's value.
    let bit = |digit: u8| 1_u16.wrapping_shl(digit.into());
    let mut used: u16 = 0;
    for key in &script.scripts.items {
        if let [digit @ b'1'..=b'9'] = key.ivr.text_or_empty().as_bytes() {
            used |= bit(*digit);
        }
    }
    let from_lowest = (b'1'..=b'9').skip_while(|digit| used & bit(*digit) == 0);
    let gaps = from_lowest.filter(|digit| used > bit(*digit) && used & bit(*digit) == 0);
    let mut missing = String::new();
    for digit in gaps {
        missing.push_str(if missing.is_empty() { "" } else { ", " });
        missing.push(digit.into());
    }
    if !missing.is_empty() {
        report.add_with(IssueCode::IvrKeyGap, &[prefix, "/scripts"], None, "missing", missing.into());
    }
}

/// The keys that were checked so far.
#[derive(Default)]
struct SeenKeys<'s> {
    /// Keys of one character, one bit for each: a shift of a `u32` uses the low five bits, which differ for all digits,
    /// `*` and `#`.
    single: u32,
    /// All other keys.
    longer: StrMap<'s>,
}

impl<'s> SeenKeys<'s> {
    /// Inserts a key. Returns whether it was already there.
    fn insert(&mut self, key: &'s str) -> bool {
        let [character] = key.as_bytes() else { return self.longer.insert(key, 0).is_some() };
        let bit = 1_u32.wrapping_shl((*character).into());
        let existed = self.single & bit != 0;
        self.single |= bit;
        existed
    }
}

/// Checks one key.
fn check_key<'s>(key: Value<'s>, seen: &mut SeenKeys<'s>, location: ScriptPath<'_>, report: &mut Report) {
    let text = key.text_or_empty();
    if !are_keys(text) {
        return add_key_issue(IssueCode::IvrKeyInvalid, key, location, report);
    }
    if text.len() > 1 {
        add_key_issue(IssueCode::IvrKeyMultiDigit, key, location, report);
    }
    if text == "#" {
        report.add(IssueCode::IvrKeyHash, &[&location.pointer("/ivr")]);
    }
    if seen.insert(text) {
        add_key_issue(IssueCode::IvrKeyDuplicate, key, location, report);
    }
}

/// Keys that callers cannot enter, because the menu takes what they begin with.
#[derive(Default, Clone)]
struct HiddenKeys<'s> {
    /// What the menu takes: a key, or an extension.
    taken: &'s str,
    /// The hidden keys, separated by commas.
    longer: String,
}

/// Returns which keys each key hides, and each key that an extension hides. It is decided as in the simulator.
fn hidden_keys<'s>(script: &ScriptDraft<'s>, index: &TenantIndex<'_>) -> Vec<HiddenKeys<'s>> {
    let all = &script.scripts.items;
    let mut hidden = Vec::new();
    if !all.iter().any(|key| key.ivr.text_or_empty().len() > 1) {
        return hidden;
    }
    let mut keys = KeySet::default();
    let mut positions = StrMap::default();
    for (position, key) in (0_u32..).zip(all) {
        let text = key.ivr.text_or_empty();
        if has_destination(key.action_type, key.action) && keys.insert(text) {
            positions.insert(text, position);
        }
    }
    let direct_dial = DirectDial::new(script, index);
    for (position, key) in (0_u32..).zip(all) {
        let text = key.ivr.text_or_empty();
        if positions.get(text) != Some(position) {
            continue;
        }
        let Some(taken) = direct_dial.taken_before(text, &keys) else { continue };
        hidden.resize(all.len(), HiddenKeys::default());
        if let Some(hidden) = hidden.get_mut(positions.get(taken).unwrap_or(position) as usize) {
            hidden.taken = taken;
            hidden.longer.push_str(if hidden.longer.is_empty() { "" } else { ", " });
            hidden.longer.push_str(text);
        }
    }
    hidden
}

fn add_key_issue(code: IssueCode, key: Value<'_>, location: ScriptPath<'_>, report: &mut Report) {
    report.add_quoting(code, &[&location.pointer("/ivr")], &[("key", key)]);
}

/// With direct dialling, the PBX waits after each digit for more digits of an extension.
fn check_direct_dial_conflict(
    key: &str,
    index: &TenantIndex<'_>,
    location: ScriptPath<'_>,
    report: &mut Report,
) {
    let mut add = |code, extension| {
        let values = [("key", Value::Text(key)), ("extension", Value::Text(extension))];
        report.add_quoting(code, &[&location.pointer("/ivr")], &values);
    };
    if let Some(extension) = index.longer_extension(key) {
        add(IssueCode::IvrDirectDialDelay, extension);
    }
    if index.phone(key).is_some() {
        add(IssueCode::IvrDirectDialShadow, key);
    }
}
