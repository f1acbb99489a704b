//! The tenant: everything that a check knows in addition to the payload.

pub mod drafts;
pub mod index;
#[cfg(feature = "json")]
pub mod json;
pub mod script_path;
pub mod str_map;

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
mod drafts_tests;

use omicall_issues::{ArgumentError, Language, Report};
use omicall_schema::draft::{List, ListOrPage, ListSource, Value};

use crate::tenant::drafts::{GreetingDraft, GroupDraft, PhoneDraft, ScriptDraft};

omicall_schema::draft! {
    /// A tenant as its lists returned it: arrays (`await callCenter.groups.iterate().toArray()`) or single pages.
    ///
    /// Leave out the lists that you do not have: rules that need them are skipped. Records with `is_deleted: true` are
    /// ignored. A page with `has_next: true` counts as `complete: false`.
    pub struct Tenant<'t> as Tenant {
        /// The IVR scripts.
        scripts: ListOrPage<ScriptDraft<'t>> = "readonly IvrScriptDraft[] | DraftPage<IvrScriptDraft> | null | undefined",
        /// The ring groups.
        groups: ListOrPage<GroupDraft<'t>> = "readonly InternalGroupDraft[] | DraftPage<InternalGroupDraft> | null | undefined",
        /// The greetings.
        greetings: ListOrPage<GreetingDraft<'t>> = "readonly GreetingDraft[] | DraftPage<GreetingDraft> | null | undefined",
        /// The internal phones.
        phones: ListOrPage<PhoneDraft<'t>> = "readonly InternalPhoneDraft[] | DraftPage<InternalPhoneDraft> | null | undefined",
        /// Whether the lists hold all records. If `false`, a record that is not found is a warning instead of an error.
        /// Default `true`.
        complete: Value<'t> = "boolean | null | undefined",
        /// The `_id`s of the scripts that hotlines lead to. Without them, unreachable scripts are not reported.
        startScripts: List<Value<'t>> = "readonly string[] | null | undefined",
        /// The language of the messages. Default `"en"`.
        language: Value<'t> = "Language | null | undefined",
        /// The `_id` of the record that is updated with the payload, if the payload has no `_id` itself.
        id: Value<'t> = "string | null | undefined",
        /// Whether a change of members adds or removes them. Default `"add"`.
        action: Value<'t> = "\"add\" | \"remove\" | null | undefined",
    }
}

#[cfg(feature = "typescript")]
mod typescript {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(typescript_custom_section)]
    const DRAFT_PAGE: &str = r#"
/** What the checks read of a list page: what a `list` method returned, or the same with drafts. */
export interface DraftPage<T> {
    /** The records or drafts. */
    readonly items: readonly T[];
    /** Whether there is a next page, so that a record that is not found may be there. */
    readonly has_next?: boolean | null | undefined;
}
"#;
}

impl Tenant<'_> {
    /// Rejects input that would silently disable rules, such as a list that is not an array or an unknown language.
    /// `name` is the argument's name in the error.
    pub fn validate(&self, name: &str) -> Result<(), ArgumentError> {
        let lists = [
            ("scripts", self.scripts.source),
            ("groups", self.groups.source),
            ("greetings", self.greetings.source),
            ("phones", self.phones.source),
        ];
        for (field, given) in lists {
            if given == ListSource::Other {
                return Err(field_error(name, field, "must be an array of records or a page of a list"));
            }
        }
        if self.startScripts.source == ListSource::Other {
            return Err(field_error(name, "startScripts", "must be an array of ids"));
        }
        if !matches!(self.complete, Value::Absent | Value::Bool(_)) {
            return Err(field_error(name, "complete", "must be true or false"));
        }
        Language::from_draft(name, self.language)?;
        if !matches!(self.action, Value::Absent | Value::Text("add" | "remove")) {
            return Err(field_error(name, "action", "must be \"add\" or \"remove\""));
        }
        Ok(())
    }

    /// Returns the language of the messages.
    pub fn language(&self) -> Language {
        if self.language == Value::Text("vi") { Language::Vietnamese } else { Language::English }
    }

    /// Returns whether the lists hold all records, so that a record that is not listed does not exist.
    pub fn is_complete(&self) -> bool {
        let lists = [self.scripts.source, self.groups.source, self.greetings.source, self.phones.source];
        self.complete != Value::Bool(false) && !lists.contains(&ListSource::PartialPage)
    }

    /// Returns whether a list of the tenant, given its source, holds all records of its kind.
    pub fn has_all_of(&self, source: ListSource) -> bool {
        self.complete != Value::Bool(false) && matches!(source, ListSource::Array | ListSource::Page)
    }

    /// Returns an empty report in this tenant's language.
    pub fn new_report(&self) -> Report {
        Report::new(self.language(), self.is_complete())
    }
}

fn field_error(name: &str, field: &str, words: &str) -> ArgumentError {
    ArgumentError::new(name, ["/", field].concat(), &[words, "."])
}
