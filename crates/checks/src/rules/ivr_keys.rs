//! What is wrong with the keys of an IVR script: which there are, and what a caller could confuse them with.

use crate::tenant::drafts::ScriptDraft;
use crate::tenant::script_path::ScriptPath;
use crate::tenant::{index::TenantIndex, str_map::StrMap};
use omicall_issues::{IssueCode, Report};
use omicall_schema::draft::Value;

/// How many options a caller remembers: guides to voice menus recommend four or five at the most.
pub const MOST_OPTIONS: usize = 5;

/// Every rule about keys.
pub fn check(script: &ScriptDraft<'_>, tenant: &TenantIndex<'_>, prefix: &str, report: &mut Report) {
    how_many(script, prefix, report);
    gap(script, prefix, report);
    let is_dialling = script.ivr_direct_menu_dial == Value::Text("true");
    let mut seen = Seen::default();
    for (index, key) in script.scripts.items.iter().enumerate() {
        let place = ScriptPath { prefix, key: Some(index) };
        one_key(key.ivr, &mut seen, place, report);
        if is_dialling {
            direct_dial(key.ivr.text_or_empty(), tenant, place, report);
        }
    }
}

fn how_many(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    let path = [prefix, "/scripts"];
    let options = script.scripts.items.iter().filter(|key| !key.action.is_empty()).count();
    if options == 0 {
        report.add(IssueCode::IvrNoOptions, &path);
    }
    if options > MOST_OPTIONS {
        report.push(report.issue(IssueCode::IvrManyOptions, &path).with_param("count", options));
    }
}

/// Digits between the lowest and the highest of 1–9. The 0 stands apart in most menus, for the operator.
fn gap(script: &ScriptDraft<'_>, prefix: &str, report: &mut Report) {
    // A bit for each digit: a shift goes by the last four bits of its letter, which are the digit itself.
    let bit = |digit: u8| 1_u16.wrapping_shl(digit.into());
    let mut used: u16 = 0;
    for key in &script.scripts.items {
        if let [digit @ b'1'..=b'9'] = key.ivr.text_or_empty().as_bytes() {
            used |= bit(*digit);
        }
    }
    let from_lowest = (b'1'..=b'9').skip_while(|digit| used & bit(*digit) == 0);
    let between = from_lowest.filter(|digit| used > bit(*digit) && used & bit(*digit) == 0);
    let mut missing = String::new();
    for digit in between {
        missing.push_str(if missing.is_empty() { "" } else { ", " });
        missing.push(digit.into());
    }
    if !missing.is_empty() {
        report.push(report.issue(IssueCode::IvrKeyGap, &[prefix, "/scripts"]).with_param("missing", missing));
    }
}

/// The keys so far.
#[derive(Default)]
struct Seen<'s> {
    /// Those of one letter, a bit for each: a shift goes by the last five bits of its letter, which differ for digits, `*` and `#`.
    one_letter: u32,
    /// All others.
    longer: StrMap<'s>,
}

impl<'s> Seen<'s> {
    /// Takes a key in; whether it was there already.
    fn had(&mut self, key: &'s str) -> bool {
        let [letter] = key.as_bytes() else { return self.longer.note(key, 0).is_some() };
        let bit = 1_u32.wrapping_shl((*letter).into());
        let had = self.one_letter & bit != 0;
        self.one_letter |= bit;
        had
    }
}

fn one_key<'s>(key: Value<'s>, seen: &mut Seen<'s>, place: ScriptPath<'_>, report: &mut Report) {
    let text = key.text_or_empty();
    let is_key = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b"*#".contains(&byte));
    if !is_key {
        report.push(
            report
                .issue(IssueCode::IvrKeyInvalid, &[&place.path("/ivr")])
                .with_param("key", key.display_text()),
        );
        return;
    }
    if text.len() > 1 {
        report.push(
            report
                .issue(IssueCode::IvrKeyMultiDigit, &[&place.path("/ivr")])
                .with_param("key", key.display_text()),
        );
    }
    if text == "#" {
        report.add(IssueCode::IvrKeyHash, &[&place.path("/ivr")]);
    }
    if seen.had(text) {
        report.push(
            report
                .issue(IssueCode::IvrKeyDuplicate, &[&place.path("/ivr")])
                .with_param("key", key.display_text()),
        );
    }
}

/// Where callers may dial an extension at once, the exchange waits to see whether more digits follow.
fn direct_dial(key: &str, tenant: &TenantIndex<'_>, place: ScriptPath<'_>, report: &mut Report) {
    if let Some(extension) = tenant.extension_after(key) {
        let issue = report.issue(IssueCode::IvrDirectDialDelay, &[&place.path("/ivr")]);
        report.push(issue.with_param("key", key).with_param("extension", extension));
    }
    if tenant.phone(key).is_some() {
        let issue = report.issue(IssueCode::IvrDirectDialShadow, &[&place.path("/ivr")]);
        report.push(issue.with_param("key", key).with_param("extension", key));
    }
}
