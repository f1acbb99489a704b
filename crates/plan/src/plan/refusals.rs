//! What the rules say about a request.

use omicall_schema::compact::{concat, usize_to_string};

use crate::{
    content::{REF, each_reference},
    json::{Object, Value, text},
    kind::Kind,
    plan::{limits::limit, targets::Targets},
};

impl Targets<'_> {
    /// The limit of a request that breaks a rule.
    pub fn refusal(&self, kind: Kind, name: &str, request: &Object) -> Option<Value> {
        let mut issues = self.rules.of_request(kind, &with_ids(kind, request), self.options.language);
        issues.retain(|issue| text(issue, "severity") == "error");
        if issues.is_empty() {
            return None;
        }
        let mut limit = limit("refused", kind, name);
        limit.set("issues", issues);
        Some(limit.into())
    }

    /// Whether the rules would not let a current script be sent as it is. They are asked once about each.
    pub(super) fn is_refused_as_it_is(&self, script: usize) -> bool {
        let Some(known) = self.refused.get(script) else { return false };
        known.get().unwrap_or_else(|| {
            let request = self.current_content(Kind::Script, script).request;
            let is_refused = self.refusal(Kind::Script, "", &request).is_some();
            known.set(Some(is_refused));
            is_refused
        })
    }
}

/// A request with made-up ids in place of placeholders.
pub fn with_ids(kind: Kind, request: &Object) -> Object {
    let mut request = request.clone();
    each_reference(kind, &mut request, &mut |kind, id| {
        let place = kind.and_then(|kind| Some((kind, Targets::place_of(kind, text(id, REF))?)));
        if let Some((kind, place)) = place {
            *id = made_up_id(kind, place).into();
        }
    });
    request
}

/// An id in the form of real ones, which have 24 digits, for a record that does not exist yet.
pub fn made_up_id(kind: Kind, place: usize) -> String {
    let digit = match kind {
        Kind::Group => "b",
        Kind::Script => "c",
        _ => "a",
    };
    let number = usize_to_string(place);
    let zeros = "00000000000000000000000".get(number.len()..).unwrap_or_default();
    concat(&[digit, zeros, &number])
}
