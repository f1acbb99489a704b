//! What is wrong with the keys of an IVR script: which there are, and what a caller could confuse them with.

use super::{IssueCode, Report, lookup::Index, noted::Noted, read::Value};
use crate::{ivr::model::Script, text::digits};

/// How many options a caller remembers: guides to voice menus recommend four or five at the most.
pub const MOST_OPTIONS: usize = 5;

/// Every rule about keys.
pub fn check(script: &Script<'_>, tenant: &Index<'_>, prefix: &str, report: &mut Report) {
    how_many(script, prefix, report);
    gap(script, prefix, report);
    let is_dialling = script.ivr_direct_menu_dial == Value::Text("true");
    let mut seen = Seen::default();
    for (index, key) in script.scripts.items.iter().enumerate() {
        let index = digits(index);
        let path = [prefix, "/scripts/", &index, "/ivr"];
        one_key(key.ivr, &mut seen, &path, report);
        if is_dialling {
            direct_dial(key.ivr.text_or_empty(), tenant, &path, report);
        }
    }
}

fn how_many(script: &Script<'_>, prefix: &str, report: &mut Report) {
    let path = [prefix, "/scripts"];
    let options = script.scripts.items.iter().filter(|key| !key.action.is_empty()).count();
    if options == 0 {
        report.add(IssueCode::IvrNoOptions, &path);
    }
    if options > MOST_OPTIONS {
        report.push(report.issue(IssueCode::IvrManyOptions, &path).naming("count", options));
    }
}

/// Digits between the lowest and the highest of 1–9. The 0 stands apart in most menus, for the operator.
fn gap(script: &Script<'_>, prefix: &str, report: &mut Report) {
    const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let is_used = DIGITS.map(|digit| script.scripts.items.iter().any(|key| key.ivr == Value::Text(digit)));
    let mut missing: Vec<&str> = Vec::new();
    let mut since_last: Vec<&str> = Vec::new();
    let from_lowest = DIGITS.into_iter().zip(is_used).skip_while(|(_, is_used)| !is_used);
    for (digit, is_used) in from_lowest {
        if is_used {
            missing.append(&mut since_last);
        } else {
            since_last.push(digit);
        }
    }
    if !missing.is_empty() {
        report.push(
            report.issue(IssueCode::IvrKeyGap, &[prefix, "/scripts"]).naming("missing", missing.join(", ")),
        );
    }
}

/// The keys so far.
#[derive(Default)]
struct Seen<'s>(Noted<'s>);

fn one_key<'s>(key: Value<'s>, seen: &mut Seen<'s>, path: &[&str], report: &mut Report) {
    let text = key.text_or_empty();
    let is_key = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b"*#".contains(&byte));
    if !is_key {
        report.push(report.issue(IssueCode::IvrKeyInvalid, path).naming("key", key.shown()));
        return;
    }
    if text.len() > 1 {
        report.push(report.issue(IssueCode::IvrKeyMultiDigit, path).naming("key", key.shown()));
    }
    if text == "#" {
        report.add(IssueCode::IvrKeyHash, path);
    }
    if seen.0.note(text, 0).is_some() {
        report.push(report.issue(IssueCode::IvrKeyDuplicate, path).naming("key", key.shown()));
    }
}

/// Where callers may dial an extension at once, the exchange waits to see whether more digits follow.
fn direct_dial(key: &str, tenant: &Index<'_>, path: &[&str], report: &mut Report) {
    if let Some(extension) = tenant.extension_after(key) {
        let issue = report.issue(IssueCode::IvrDirectDialDelay, path);
        report.push(issue.naming("key", key).naming("extension", extension));
    }
    if tenant.phone(key).is_some() {
        let issue = report.issue(IssueCode::IvrDirectDialShadow, path);
        report.push(issue.naming("key", key).naming("extension", key));
    }
}
