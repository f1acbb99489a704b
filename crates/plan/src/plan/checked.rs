//! The tenant that a plan leads to, and the issues that the rules find in it.

use omicall_schema::compact::parse_decimal;

use crate::{
    json::{Object, Value, items, object, text},
    kind::Kind,
    plan::{
        deletes::Doomed,
        refusals::{made_up_id, with_ids},
        targets::{Decision, Targets},
    },
};

/// The errors and warnings of the tenant that a plan leads to, each with the kind and the name of its record.
pub fn lint_result(targets: &Targets<'_>, doomed: &Doomed) -> Vec<Value> {
    let mut result = Object::new();
    for kind in Kind::PLANNED {
        let mut records = Vec::new();
        for (place, record) in targets.current.records(kind).iter().enumerate() {
            if doomed.has(kind, place) {
                continue;
            }
            let changed = targets.matches.after(kind, place).and_then(|new| targets.target(kind, new));
            match changed.filter(|target| target.decision == Decision::Update(place)) {
                Some(target) => {
                    let mut changed = with_ids(kind, &target.request);
                    changed.set("_id", text(record, "_id"));
                    records.push(changed.into());
                }
                None => records.push((*record).clone()),
            }
        }
        for (place, target) in targets.of(kind).filter(|(_, target)| target.decision == Decision::Create) {
            let mut created = with_ids(kind, &target.request);
            created.set("_id", made_up_id(kind, place));
            records.push(created.into());
        }
        result.set(kind.list(), records);
    }
    if targets.current.is_complete(Kind::Phone) {
        result.set(Kind::Phone.list(), items(targets.current.document, Kind::Phone.list()));
    }
    let is_complete = Kind::PLANNED.into_iter().all(|kind| targets.current.is_complete(kind));
    result.set("complete", is_complete);
    let issues = targets.rules.of_tenant(&result, targets.options.language);
    let mut severe = Vec::new();
    for issue in issues.iter().filter(|issue| text(issue, "severity") != "hint") {
        severe.extend(about_record(issue, &result));
    }
    severe
}

/// An issue with the kind and the name of its record, and the path in that record.
fn about_record(issue: &Value, result: &Object) -> Option<Value> {
    let path = text(issue, "path").strip_prefix("/")?;
    let in_list = |kind: Kind| Some((kind, path.strip_prefix(kind.list())?.strip_prefix("/")?));
    let (kind, path) = Kind::PLANNED.into_iter().find_map(in_list)?;
    let end = path.bytes().position(|byte| byte == b'/').unwrap_or(path.len());
    let (place, rest) = (path.get(..end)?, path.get(end..)?);
    let record = result.get(kind.list())?.item(parse_decimal(place)? as usize)?;
    let mut about = object([("kind", kind.word().into()), ("name", text(record, kind.name_field()).into())]);
    for (name, value) in issue.as_object()? {
        about.insert(name.clone(), value.clone());
    }
    about.set("path", rest);
    Some(about.into())
}
