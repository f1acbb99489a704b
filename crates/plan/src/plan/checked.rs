//! The tenant that a plan leads to, and the issues that the rules find in it.

use crate::{
    content::{REF, each_reference},
    json::{Object, Value, items, object, text},
    kind::Kind,
    plan::{
        deletes::Doomed,
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
                    let mut changed = with_ids(kind, &target.content.request);
                    changed.insert("_id".into(), text(record, "_id").into());
                    records.push(changed.into());
                }
                None => records.push((*record).clone()),
            }
        }
        for (place, target) in targets.of(kind).filter(|(_, target)| target.decision == Decision::Create) {
            let mut created = with_ids(kind, &target.content.request);
            created.insert("_id".into(), made_up_id(&Targets::key(kind, place)).into());
            records.push(created.into());
        }
        result.insert(kind.list().into(), records.into());
    }
    if targets.current.is_complete(Kind::Phone) {
        result.insert(Kind::Phone.list().into(), items(targets.current.document, Kind::Phone.list()).into());
    }
    let is_complete = Kind::PLANNED.into_iter().all(|kind| targets.current.is_complete(kind));
    result.insert("complete".into(), is_complete.into());
    let issues = targets.rules.of_tenant(&result, targets.options.language);
    let severe = issues.iter().filter(|issue| text(issue, "severity") != "hint");
    severe.filter_map(|issue| about_record(issue, &result)).collect()
}

/// An issue with the kind and the name of its record, and the path in that record.
fn about_record(issue: &Value, result: &Object) -> Option<Value> {
    let mut parts = text(issue, "path").splitn(4, '/').skip(1);
    let (list, place) = (parts.next()?, parts.next()?);
    let kind = Kind::PLANNED.into_iter().find(|kind| kind.list() == list)?;
    let record = result.get(list)?.item(place.parse::<usize>().ok()?)?;
    let mut about = object([("kind", kind.word().into()), ("name", text(record, kind.name_field()).into())]);
    for (name, value) in issue.as_object()? {
        about.insert(name.clone(), value.clone());
    }
    let rest = parts.next().map(|rest| ["/", rest].concat()).unwrap_or_default();
    about.insert("path".into(), rest.into());
    Some(about.into())
}

fn with_ids(kind: Kind, request: &Object) -> Object {
    let mut request = request.clone();
    each_reference(kind, &mut request, &mut |_, id| {
        if let Some(key) = id.get(REF).and_then(Value::as_str) {
            *id = made_up_id(key).into();
        }
    });
    request
}

/// An id in the form of real ones for a record that does not exist yet: `group-12` becomes `0…0e12` in 24 digits.
fn made_up_id(key: &str) -> String {
    let (word, number) = key.split_once('-').unwrap_or((key, ""));
    let digit = match Kind::of_word(word) {
        Some(Kind::Group) => 'b',
        Some(Kind::Script) => 'c',
        _ => 'a',
    };
    let mut id = String::from(digit);
    id.extend(std::iter::repeat_n('0', 23_usize.saturating_sub(number.len())));
    id.push_str(number);
    id
}
