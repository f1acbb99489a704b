//! Arguments: copied once, checked against a schema so that an error names the field and says what to pass, and sent.

use js_sys::{Array, Object, Reflect};
use omicall_api::{
    error::{Error, ErrorKind},
    record_id::RecordId,
};
use omicall_issues::{Issue, IssueCode, Language};
use omicall_schema::{Schema, compact::join, json::pointer::JsonPath};
use wasm_bindgen::prelude::*;

use super::error::read_cause;

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// Returns the kind of the value in words for an error, e.g. `an array`; never the value itself.
    #[wasm_bindgen(js_name = kindOf)]
    pub fn kind_of(value: &JsValue) -> String;

    /// Copies an argument as plain data and compares it with a spec: returns the copy and what is wrong with it. Throws
    /// `{ path, cause }` if a getter or a Proxy of the page throws. The result is an `Option` for the reason given at `member_of`.
    #[wasm_bindgen(catch, js_name = readArgument)]
    fn read_argument(name: &str, value: &JsValue, spec: &str) -> Result<Option<Array>, JsValue>;

    /// Copies what a page may change later; throws `{ path, cause }`.
    #[wasm_bindgen(catch, js_name = snapshotOf)]
    fn snapshot_of(value: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue>;

    /// Returns a member as text; `None` if it is `undefined` or `null`.
    #[wasm_bindgen(catch, js_name = textOf)]
    pub fn text_of(value: &JsValue, name: &str) -> Result<Option<String>, JsValue>;

    // Each time an import with `catch` that returns a JsValue throws, wasm-bindgen 0.2.130 leaks a slot of its table of
    // JavaScript values. With an `Option` it does not, but an `Option` reads `null` as `None`. So the member is wrapped
    // in an array.
    #[wasm_bindgen(catch, js_name = memberOf)]
    fn member_of(object: &JsValue, name: &str) -> Result<Option<Array>, JsValue>;

}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn stringify(value: &JsValue, names: &Array) -> Result<Option<String>, JsValue>;
}

/// Reads a member of a value of the page, whose getter may throw.
pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Ok(member_of(object, name)?.map(|member| member.get(0)).unwrap_or_default())
}

/// Reads the id of a record; fails if it is empty or would change the path of the URL.
pub fn id(value: JsValue, language: Language) -> Result<RecordId, Error> {
    let value = checked("id", value, &Schema::NonEmptyString, language)?;
    value.as_string().and_then(RecordId::new).ok_or_else(|| {
        Error::usage("`id` must be the id of a record, not a step in a path.")
            .with_fields(|fields| fields.path = Some(String::new()))
    })
}

/// Returns the JSON of a checked argument, with only the fields that `schema` lists.
pub fn json_of(value: &JsValue, schema: &Schema) -> Result<String, JsValue> {
    let names = Array::new();
    push_names(schema, &names);
    Ok(stringify(value, &names)?.unwrap_or_default())
}

fn push_names(schema: &Schema, names: &Array) {
    match schema {
        Schema::Object(table) => table.fields.iter().for_each(|field| {
            names.push(&field.name.into());
            push_names(&field.schema, names);
        }),
        Schema::Array(inner) | Schema::Nullable(inner) => push_names(inner, names),
        _ => {}
    }
}

/// A copy of an argument as plain data, each member read once, and what is wrong with it.
#[derive(Debug)]
pub struct Argument {
    /// The copy.
    pub value: JsValue,
    /// The first field that does not match its schema.
    pub wrong: Option<Error>,
    /// The first field that the schema lacks, if it is one of the argument itself.
    pub unknown: Option<Error>,
}

/// Copies an argument and compares it with its schema; `undefined` and `null` become an empty object where that has fields.
pub fn read(name: &str, value: JsValue, schema: &Schema, language: Language) -> Result<Argument, Error> {
    let is_object = matches!(schema, Schema::Object(_));
    let value =
        if is_object && (value.is_undefined() || value.is_null()) { Object::new().into() } else { value };
    let mut spec = String::new();
    push_spec(schema, &mut spec);
    let read = read_argument(name, &value, &spec)
        .map_err(|thrown| unreadable_member(name, &thrown, "cannot be read: pass a plain object."))?;
    let read = read.unwrap_or_default();
    let error = |index| problem(name, read.get(index).dyn_ref()?, language);
    Ok(Argument { value: read.get(0), wrong: error(1), unknown: error(2) })
}

/// The error for `[path, problem]`.
fn problem(name: &str, problem: &Array, language: Language) -> Option<Error> {
    let (path, problem) = (problem.get(0).as_string()?, problem.get(1).as_string()?);
    // The only rule on queries that has its own code.
    let is_page = matches!(path.as_str(), "/page" | "/size")
        && problem.starts_with("must be a whole number of at least 1");
    let issue = is_page.then(|| Issue::new(IssueCode::ListPageInvalid, path.clone(), language));
    let error = Error::invalid_argument(name, path, &[&problem]);
    Some(match issue {
        Some(issue) => error.with_fields(|fields| {
            fields.kind = ErrorKind::Validation;
            fields.issues = vec![issue];
        }),
        None => error,
    })
}

/// Copies the option `name` as it is now. `undefined` and `null` become `undefined`.
pub fn snapshot(name: &str, value: &JsValue) -> Result<JsValue, Error> {
    let copied = snapshot_of(value, name)
        .map_err(|thrown| unreadable_member("options", &thrown, "cannot be read: pass plain objects."))?;
    Ok(copied.unwrap_or_default())
}

/// Writes `schema` in the form that `readArgument` of `js/values.js` reads.
pub fn push_spec(schema: &Schema, spec: &mut String) {
    match schema {
        Schema::Object(table) => {
            spec.push('{');
            if table.rejects_unknown {
                spec.push_str(&["\"\":\"", table.name, "\","].concat());
            }
            for field in table.fields {
                spec.push_str(&["\"", if field.required { "" } else { "?" }, field.name, "\":"].concat());
                push_spec(&field.schema, spec);
                spec.push(',');
            }
            if spec.ends_with(',') {
                spec.pop();
            }
            spec.push('}');
        }
        Schema::Array(inner) => {
            spec.push('[');
            push_spec(inner, spec);
            spec.push(']');
        }
        Schema::Nullable(inner) => push_spec(inner, spec),
        Schema::OneOf(words) => {
            spec.push_str("\"|");
            spec.push_str(&join(&mut words.iter().copied(), "|"));
            spec.push('"');
        }
        other => spec.push_str(&["\"", &other.describe(), "\""].concat()),
    }
}

/// Copies an argument and checks it.
pub fn checked(name: &str, value: JsValue, schema: &Schema, language: Language) -> Result<JsValue, Error> {
    let Argument { value, wrong, unknown } = read(name, value, schema, language)?;
    wrong.or(unknown).map_or(Ok(value), Err)
}

/// A getter or a Proxy threw.
pub fn unreadable(name: &str, path: &JsonPath<'_>, thrown: JsValue) -> Error {
    Error::invalid_argument(name, path.pointer(), &["cannot be read: pass a plain object."])
        .with_cause(read_cause(&thrown))
}

/// The error for a member that JavaScript could not read: it threw `{ path, cause }`.
pub fn unreadable_member(name: &str, thrown: &JsValue, problem: &str) -> Error {
    let member = |name: &str| Reflect::get(thrown, &name.into()).unwrap_or_default();
    let path = member("path").as_string().unwrap_or_default();
    Error::invalid_argument(name, path, &[problem]).with_cause(read_cause(&member("cause")))
}
