//! What a check may know beside the payload: the tenant as its lists returned it, and how the payload is meant.

pub mod drafts;
pub mod index;
pub mod script_path;
pub mod str_map;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod draft_tests;

use crate::tenant::drafts::{GreetingDraft, GroupDraft, PhoneDraft, ScriptDraft};
use omicall_issues::ArgumentError;
use omicall_issues::{Language, Report};
use omicall_schema::draft::{List, ListOrPage, ListSource, Value};

omicall_schema::draft! {
    /// A tenant as its lists returned it: arrays (`await callCenter.groups.iterate().toArray()`) or single pages.
    ///
    /// Leave out what you have not got: a rule that would need it stays silent. Records with `is_deleted: true` count as
    /// absent. A page with `has_next: true` counts as `complete: false`.
    pub struct Tenant<'t> as Tenant {
        /// The IVR scripts.
        scripts: ListOrPage<ScriptDraft<'t>> = "IvrScriptDraft[] | Page<IvrScript> | null | undefined",
        /// The ring groups.
        groups: ListOrPage<GroupDraft<'t>> = "InternalGroupDraft[] | Page<InternalGroup> | null | undefined",
        /// The greetings.
        greetings: ListOrPage<GreetingDraft<'t>> = "GreetingDraft[] | Page<Greeting> | null | undefined",
        /// The internal phones.
        phones: ListOrPage<PhoneDraft<'t>> = "InternalPhoneDraft[] | Page<InternalPhone> | null | undefined",
        /// `false` where the lists do not hold everything: what is not found is then a warning instead of an error.
        /// Default `true`.
        complete: Value<'t> = "boolean | null | undefined",
        /// The `_id`s of the scripts that hotlines lead to. Without them nobody can say which scripts are never reached.
        startScripts: List<Value<'t>> = "string[] | null | undefined",
        /// The language of the sentences. Default `"en"`.
        language: Value<'t> = "Language | null | undefined",
        /// The `_id` of the record that the payload is to become, where the payload itself has none.
        id: Value<'t> = "string | null | undefined",
        /// What a change of members is for. Default `"add"`.
        action: Value<'t> = "\"add\" | \"remove\" | null | undefined",
    }
}

impl Tenant<'_> {
    /// Refuses what would silence rules without a word: a list that is none, an unknown language.
    pub fn check(&self, name: &str) -> Result<(), ArgumentError> {
        let lists = [
            ("scripts", self.scripts.source),
            ("groups", self.groups.source),
            ("greetings", self.greetings.source),
            ("phones", self.phones.source),
        ];
        for (field, given) in lists {
            if given == ListSource::Other {
                return Err(wrong(name, field, "must be an array of records or a page of a list"));
            }
        }
        if self.startScripts.source == ListSource::Other {
            return Err(wrong(name, "startScripts", "must be an array of ids"));
        }
        if !matches!(self.complete, Value::Absent | Value::Bool(_)) {
            return Err(wrong(name, "complete", "must be true or false"));
        }
        if !matches!(self.language, Value::Absent | Value::Text("en" | "vi")) {
            return Err(wrong(name, "language", "must be \"en\" or \"vi\""));
        }
        if !matches!(self.action, Value::Absent | Value::Text("add" | "remove")) {
            return Err(wrong(name, "action", "must be \"add\" or \"remove\""));
        }
        Ok(())
    }

    /// The language that was asked for.
    pub fn language(&self) -> Language {
        if self.language == Value::Text("vi") { Language::Vietnamese } else { Language::English }
    }

    /// Whether what is not listed does not exist.
    pub fn is_complete(&self) -> bool {
        let lists = [self.scripts.source, self.groups.source, self.greetings.source, self.phones.source];
        self.complete != Value::Bool(false) && !lists.contains(&ListSource::PartialPage)
    }

    /// A report for this context, still empty.
    pub fn report(&self) -> Report {
        Report::new(self.language(), self.is_complete())
    }
}

fn wrong(name: &str, field: &str, words: &str) -> ArgumentError {
    ArgumentError::new(name, ["/", field].concat(), &[words, "."])
}
