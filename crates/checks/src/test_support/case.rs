//! Cases for the tests of rules: a payload, what is known beside it, and what the rule says of it.

use serde_json::{Value as Json, json};

use crate::{
    greeting_file::{self, Mp3Probe},
    rules::{group, ivr_script, text_to_speech},
    tenant::{Tenant, index::TenantIndex},
};
use omicall_issues::{Issue, Report};
use omicall_schema::{draft::parse, draft_json};

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// With `validateIvrScript`.
    Script,
    /// With `validateGroup`.
    Group,
    /// With `validateGroupMembers`.
    Members,
    /// With `validateTextToSpeech`.
    Speech,
}

/// One issue: severity, path and parameters.
pub type Found = (&'static str, &'static str, Json);

/// A payload within a context, and the issues of one rule about it.
#[derive(Debug)]
pub struct Case {
    pub code: &'static str,
    pub kind: Kind,
    pub payload: Json,
    pub context: Json,
    pub found: Vec<Found>,
}

impl Case {
    pub fn report(&self) -> Report {
        report(self.kind, &self.payload, &self.context)
    }

    /// Whether the rule has no context to go by.
    pub fn is_without_context(&self) -> bool {
        self.context == json!({})
    }
}

/// The report of a payload, as a page would get it.
pub fn report(kind: Kind, payload: &Json, context: &Json) -> Report {
    let text = draft_json::text::<Tenant<'_>>(context);
    let tenant: Tenant<'_> = parse(&text);
    assert!(tenant.validate("context").is_ok(), "the context of a case is valid");
    let index = TenantIndex::new(&tenant);
    let mut report = tenant.new_report();
    match kind {
        Kind::Script => {
            let text = draft_json::text::<crate::tenant::drafts::ScriptDraft<'_>>(payload);
            ivr_script::check_script(&parse(&text), &index, "", &mut report);
        }
        Kind::Group => {
            let text = draft_json::text::<crate::tenant::drafts::GroupDraft<'_>>(payload);
            group::check_group(&parse(&text), &index, &mut report);
        }
        Kind::Members => {
            let text = draft_json::text::<group::MembersDraft<'_>>(payload);
            group::check_members(&parse(&text), &index, &mut report);
        }
        Kind::Speech => {
            let text = draft_json::text::<text_to_speech::TextToSpeechDraft<'_>>(payload);
            text_to_speech::check_text_to_speech(&parse(&text), &mut report);
        }
    }
    report
}

/// The report of a file, and how many bytes of it were looked at.
pub fn report_of_file(bytes: &[u8]) -> (Report, usize) {
    let mut report = greeting_file::new_report(bytes.len() as f64, &Tenant::default());
    let mut probe = Mp3Probe::new(bytes.len() as f64);
    let (mut seen, mut looks) = (0, 0);
    while let Some((start, end)) = probe.next_range() {
        let part = bytes.get(start as usize..end as usize).unwrap_or_default();
        seen += part.len();
        looks += 1;
        assert!(looks <= 12, "nine for tags, and three more");
        probe.feed(part, &mut report);
    }
    (report, seen)
}

/// An object with some of its fields put in place of others; `"-"` takes one away.
pub fn with(mut object: Json, fields: Json) -> Json {
    for (name, value) in fields.as_object().cloned().unwrap_or_default() {
        if value == json!("-") {
            if let Some(object) = object.as_object_mut() {
                object.remove(&name);
            }
        } else {
            object[name] = value;
        }
    }
    object
}

/// An issue as a test compares it.
pub fn plain(issue: &Issue) -> (&'static str, String, Json) {
    let params = serde_json::to_value(&issue.params).unwrap_or_default();
    (issue.severity.as_str(), issue.path.clone(), params)
}

/// What stands at a JSON pointer, the last step of which may lead to nothing.
pub fn resolves(pointer: &str, value: &Json) -> bool {
    value.pointer(pointer).is_some()
        || pointer.rsplit_once('/').is_some_and(|(before, _)| {
            value.pointer(before).is_some_and(|parent| parent.is_object() || parent.is_null())
        })
}
