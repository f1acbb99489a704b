//! What a plan does not do about whole lists.

use crate::{
    json::{Value, items, text, texts},
    kind::Kind,
    plan::{
        limits::{limit, limit_with},
        targets::Targets,
    },
};

/// What concerns whole lists: phones and hotlines, which a plan does not change, and records that it leaves.
pub fn limits(targets: &Targets<'_>) -> Vec<Value> {
    let (current, desired) = (targets.current, targets.desired);
    let mut limits = Vec::new();
    let list = |document: &Value, kind: Kind| items(document, kind.list()).to_vec();
    let numbers = |document: &Value| -> Vec<String> {
        list(document, Kind::Hotline).iter().filter_map(|number| number.as_str().map(str::to_owned)).collect()
    };
    let missing = |kind: Kind, names: Vec<String>| {
        (!names.is_empty()).then(|| limit_with("not-planned", kind, "", "names", names))
    };
    let has_kinds = |kind: Kind| targets.options.includes(kind, [None, None]);
    if has_kinds(Kind::Phone) && desired.is_complete(Kind::Phone) && current.is_complete(Kind::Phone) {
        let phones = list(desired.document, Kind::Phone);
        let extensions =
            phones.iter().map(|phone| targets.matches.extension(text(phone, "sip_user")).to_owned());
        limits.extend(missing(
            Kind::Phone,
            extensions.filter(|extension| !current.phones.has(extension)).collect(),
        ));
    }
    if has_kinds(Kind::Hotline) {
        let known = numbers(current.document);
        let wanted = numbers(desired.document).into_iter().filter(|number| !known.contains(number));
        limits.extend(missing(Kind::Hotline, wanted.collect()));
    }
    for kind in Kind::PLANNED {
        let left = current.records(kind).iter().enumerate().filter(|(place, record)| {
            !targets.options.allow_delete
                && targets.is_only_current(kind, *place)
                && targets.options.includes(kind, [Some(record), None])
        });
        let names: Vec<&str> = left.map(|(_, record)| text(record, kind.name_field())).collect();
        if !names.is_empty() {
            let mut limit = limit("kept", kind, "");
            limit.set("names", texts(names));
            limits.push(limit.into());
        }
    }
    limits
}
