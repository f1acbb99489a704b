//! What a plan may do: the options of `plan`.

use omicall_issues::{ArgumentError, Language};
use omicall_schema::compact::concat;

use crate::{
    json::{Names, Value, text},
    kind::Kind,
    matching::fold,
};

/// What a plan may do.
#[derive(Debug)]
pub struct Options {
    /// Whether records that the desired tenant lacks are deleted.
    pub allow_delete: bool,
    /// The language of the issues.
    pub language: Language,
    kinds: Option<Vec<Kind>>,
    ids: Option<Names>,
    names: Option<Names>,
}

impl Options {
    /// Reads the options.
    pub fn read(options: &Value) -> Result<Self, ArgumentError> {
        let language = match member(options, "language") {
            None => Language::English,
            Some(language) if language == "en" => Language::English,
            Some(language) if language == "vi" => Language::Vietnamese,
            Some(_) => return Err(error("/language", "must be \"en\" or \"vi\".")),
        };
        let allow_delete = match member(options, "allowDelete") {
            None => false,
            Some(Value::Bool(allowed)) => *allowed,
            Some(_) => return Err(error("/allowDelete", "must be true or false.")),
        };
        let only = match member(options, "only") {
            None => &Value::Null,
            Some(only) if only.is_object() => only,
            Some(_) => return Err(error("/only", "must be an object with `kinds`, `ids` or `names`.")),
        };
        let kinds = match strings(only, "kinds")? {
            None => None,
            Some(words) => {
                let kinds: Option<Vec<Kind>> = words.iter().map(|word| Kind::of_word(word)).collect();
                let words = "must be of \"greeting\", \"group\" and \"script\".";
                Some(kinds.ok_or_else(|| error("/only/kinds", words))?)
            }
        };
        let ids = strings(only, "ids")?.map(|ids| ids.iter().map(|id| (id, ())).collect());
        let names = strings(only, "names")?.map(|names| names.iter().map(|name| (fold(name), ())).collect());
        Ok(Options { allow_delete, language, kinds, ids, names })
    }

    /// Whether the plan may change a record, as it is in the two snapshots.
    pub fn includes(&self, kind: Kind, records: [Option<&Value>; 2]) -> bool {
        let is_any = |test: &dyn Fn(&Value) -> bool| records.into_iter().flatten().any(test);
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
            && self.ids.as_ref().is_none_or(|ids| is_any(&|record| ids.has(text(record, "_id"))))
            && (self.names.as_ref())
                .is_none_or(|names| is_any(&|record| names.has(&fold(text(record, kind.name_field())))))
    }
}

/// A member that is there and not `null`.
fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.get(name).filter(|value| !matches!(value, Value::Null))
}

fn error(path: &str, words: &str) -> ArgumentError {
    ArgumentError::new("options", path.into(), &[words])
}

fn strings(only: &Value, name: &str) -> Result<Option<Vec<String>>, ArgumentError> {
    let texts = match member(only, name) {
        None => return Ok(None),
        Some(Value::Array(items)) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        Some(_) => None,
    };
    let texts: Option<Vec<String>> = texts;
    texts.map(Some).ok_or_else(|| error(&concat(&["/only/", name]), "must be an array of strings."))
}
