//! What a plan does not do about whole lists.

use crate::{
    json::{Value, items, text},
    kind::Kind,
    plan::{limits::limit_with, targets::Targets},
};

/// What concerns whole lists: phones and hotlines, which a plan does not change, and records that it leaves.
pub fn limits(targets: &Targets<'_>) -> Vec<Value> {
    let (current, desired) = (targets.current, targets.desired);
    let mut limits = Vec::new();
    let mut add = |code: &str, kind: Kind, names: Vec<String>| {
        if !names.is_empty() {
            limits.push(limit_with(code, kind, "", "names", names));
        }
    };
    let has_kinds = |kind: Kind| targets.options.includes(kind, [None, None]);
    if has_kinds(Kind::Phone) && desired.is_complete(Kind::Phone) && current.is_complete(Kind::Phone) {
        let mut missing = Vec::new();
        for phone in items(desired.document, Kind::Phone.list()) {
            let extension = targets.matches.extension(text(phone, "sip_user"));
            if !current.phones.has(extension) {
                missing.push(extension.to_owned());
            }
        }
        add("not-planned", Kind::Phone, missing);
    }
    if has_kinds(Kind::Hotline) {
        let [wanted, known] =
            [desired, current].map(|snapshot| items(snapshot.document, Kind::Hotline.list()));
        let missing = wanted.iter().filter(|number| !known.contains(number));
        add("not-planned", Kind::Hotline, missing.filter_map(Value::as_str).map(str::to_owned).collect());
    }
    for kind in Kind::PLANNED {
        let mut left = Vec::new();
        for (place, record) in current.records(kind).iter().enumerate() {
            if !targets.options.allow_delete
                && targets.is_only_current(kind, place)
                && targets.options.includes(kind, [Some(record), None])
            {
                left.push(text(record, kind.name_field()).to_owned());
            }
        }
        add("kept", kind, left);
    }
    limits
}
