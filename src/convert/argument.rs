//! Arguments: copied once, checked against a schema so that an error names the field and says what to pass, and sent.

use js_sys::{Array, Reflect};
use omicall_api::{
    error::{Error, ErrorKind},
    record_id::RecordId,
};
use omicall_issues::{Issue, IssueCode, Language, field_name};
use omicall_schema::{ObjectSchema, Schema, compact::join, json::pointer::JsonPath};
use wasm_bindgen::prelude::*;

use super::error::read_cause;

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// Returns the kind of the value in words for an error, e.g. `an array`; never the value itself.
    #[wasm_bindgen(js_name = kindOf)]
    pub fn kind_of(value: &JsValue) -> String;

    /// Copies an argument as plain data; throws `{ path, cause }` if a getter or a Proxy of the page throws. The result
    /// is an `Option` for the reason given at `member_of`.
    #[wasm_bindgen(catch, js_name = copyArgument)]
    fn copy_of(value: &JsValue, spec: &str) -> Result<Option<JsValue>, JsValue>;

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
pub fn id(value: &JsValue, language: Language) -> Result<RecordId, Error> {
    check(&ArgumentContext { name: "id", language }, value, &Schema::NonEmptyString, &JsonPath::Root)?;
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

/// Copies an argument as plain data, each member read once; `undefined` and `null` become an empty object.
pub fn copy(name: &str, value: Option<JsValue>, schema: &Schema) -> Result<JsValue, Error> {
    let value = value.filter(|value| !value.is_undefined() && !value.is_null());
    let value = value.unwrap_or_else(|| js_sys::Object::new().into());
    let mut spec = String::new();
    push_spec(schema, &mut spec);
    let copied = copy_of(&value, &spec)
        .map_err(|thrown| unreadable_member(name, &thrown, "cannot be read: pass a plain object."))?;
    Ok(copied.unwrap_or_default())
}

/// Copies the option `name` as it is now. `undefined` and `null` become `undefined`.
pub fn snapshot(name: &str, value: &JsValue) -> Result<JsValue, Error> {
    let copied = snapshot_of(value, name)
        .map_err(|thrown| unreadable_member("options", &thrown, "cannot be read: pass plain objects."))?;
    Ok(copied.unwrap_or_default())
}

/// Writes `schema` in the form that `copyArgument` of `js/values.js` reads.
pub fn push_spec(schema: &Schema, spec: &mut String) {
    match schema {
        Schema::Object(table) => {
            let mut before = "{\"";
            for field in table.fields {
                spec.push_str(before);
                spec.push_str(if field.required { "" } else { "?" });
                spec.push_str(field.name);
                spec.push_str("\":");
                push_spec(&field.schema, spec);
                before = ",\"";
            }
            spec.push_str(if table.fields.is_empty() { "{}" } else { "}" });
        }
        Schema::Array(inner) => {
            spec.push('[');
            push_spec(inner, spec);
            spec.push(']');
        }
        Schema::Nullable(inner) => push_spec(inner, spec),
        Schema::StringOrNumber => spec.push('1'),
        _ => spec.push('0'),
    }
}

/// Copies an argument and checks the copy.
pub fn checked(
    name: &str,
    value: Option<JsValue>,
    schema: &Schema,
    language: Language,
) -> Result<JsValue, Error> {
    let value = copy(name, value, schema)?;
    check_copy(name, &value, schema, language)?;
    Ok(value)
}

/// Checks an argument that was already copied.
pub fn check_copy(name: &str, value: &JsValue, schema: &Schema, language: Language) -> Result<(), Error> {
    check(&ArgumentContext { name, language }, value, schema, &JsonPath::Root)
}

/// Checks that a copied argument has no field that `schema` lacks.
pub fn check_fields_known(name: &str, value: &JsValue, schema: &Schema) -> Result<(), Error> {
    match schema {
        Schema::Object(table) if kind_of(value) == "an object" => {
            check_known(name, value, table, &JsonPath::Root)
        }
        _ => Ok(()),
    }
}

/// Which argument is checked, and the language of its issues.
struct ArgumentContext<'a> {
    name: &'a str,
    language: Language,
}

/// Checks a string, or a value that [`copy`] has copied, so that no getter of the page runs here.
fn check(
    argument: &ArgumentContext<'_>,
    value: &JsValue,
    schema: &Schema,
    path: &JsonPath<'_>,
) -> Result<(), Error> {
    let fits = match schema {
        Schema::Any => true,
        // A number was copied as a string.
        Schema::String | Schema::StringOrNumber => value.is_string(),
        // Not `an empty string`, which white space is too.
        Schema::NonEmptyString => kind_of(value) == "a string",
        Schema::OneOf(words) => value.as_string().is_some_and(|text| words.contains(&text.as_str())),
        // JSON has no other numbers: they would be sent as `null`.
        Schema::Number => value.as_f64().is_some_and(f64::is_finite),
        Schema::NonNegativeInt => value.as_f64().is_some_and(|number| argument.takes_whole(number, 0.0)),
        Schema::PositiveInt => value.as_f64().is_some_and(|number| argument.takes_whole(number, 1.0)),
        Schema::Bool => value.as_bool().is_some(),
        Schema::Function => value.is_function(),
        Schema::Nullable(_) if value.is_null() => true,
        Schema::Nullable(inner) => return check(argument, value, inner, path),
        Schema::Array(inner) => {
            if kind_of(value) != "an array" {
                return Err(wrong_value(argument, value, schema, path));
            }
            for (index, element) in value.unchecked_ref::<Array>().iter().enumerate() {
                check(argument, &element, inner, &JsonPath::Element(path, index))?;
            }
            true
        }
        Schema::Object(table) => {
            if kind_of(value) != "an object" {
                return Err(wrong_value(argument, value, schema, path));
            }
            return check_fields(argument, value, table, path);
        }
    };
    if fits { Ok(()) } else { Err(wrong_value(argument, value, schema, path)) }
}

fn check_fields(
    argument: &ArgumentContext<'_>,
    value: &JsValue,
    table: &ObjectSchema,
    path: &JsonPath<'_>,
) -> Result<(), Error> {
    for field in table.fields {
        let here = JsonPath::Member(path, field.name);
        let member = get(value, field.name).unwrap_or_default();
        let absent = member.is_undefined() || (!field.required && member.is_null());
        // A member of any kind may be absent: the code that uses it decides.
        if absent && field.required && !matches!(field.schema, Schema::Any) {
            return Err(wrong_value(argument, &member, &field.schema, &here));
        }
        if !absent {
            check(argument, &member, &field.schema, &here)?;
        }
    }
    check_known(argument.name, value, table, path)
}

fn check_known(name: &str, value: &JsValue, table: &ObjectSchema, path: &JsonPath<'_>) -> Result<(), Error> {
    let keys = js_sys::Object::keys(value.unchecked_ref::<js_sys::Object>());
    for key in keys.iter().filter_map(|key| key.as_string()) {
        if table.rejects_unknown && !table.fields.iter().any(|field| field.name == key) {
            return Err(unknown_field(name, table, &JsonPath::Member(path, &key)));
        }
    }
    Ok(())
}

impl ArgumentContext<'_> {
    /// Whether it is a whole number of at least `least`, or `Infinity`, which stands for no limit in options.
    fn takes_whole(&self, number: f64, least: f64) -> bool {
        number.fract() == 0.0 && (least..=f64::from(u32::MAX)).contains(&number)
            || number == f64::INFINITY && self.name == "options"
    }
}

/// The error for a value that does not match its schema. It does not quote the value, which may be a secret.
fn wrong_value(
    argument: &ArgumentContext<'_>,
    value: &JsValue,
    schema: &Schema,
    path: &JsonPath<'_>,
) -> Error {
    let pointer = path.pointer();
    let field = field_name(argument.name, &pointer);
    let message = match (schema, kind_of(value).as_str()) {
        (Schema::NonEmptyString, "an empty string") => [&field, " must not be empty."].concat(),
        // "not a string" would be wrong: it is a string, but not one of these words.
        (Schema::OneOf(_), "a string") => {
            [&field, " must be ", &schema.describe(), ", not another word."].concat()
        }
        (Schema::Number | Schema::NonNegativeInt | Schema::PositiveInt, "a number") => {
            [&field, " must be ", &schema.describe(), ", not ", kind_of_number(value), "."].concat()
        }
        (_, kind) => [&field, " must be ", &schema.describe(), ", not ", kind, "."].concat(),
    };
    match pointer.as_str() {
        // The only rule on queries that has its own code.
        "/page" | "/size" if matches!(schema, Schema::PositiveInt) => {
            let issue = Issue::new(IssueCode::ListPageInvalid, pointer.clone(), argument.language);
            Error::new(ErrorKind::Validation, message).with_fields(|fields| fields.issues = vec![issue])
        }
        _ => Error::usage(message),
    }
    .with_fields(|fields| fields.path = Some(pointer))
}

fn unknown_field(name: &str, table: &ObjectSchema, path: &JsonPath<'_>) -> Error {
    let known = join(&mut table.fields.iter().map(|field| field.name), "`, `");
    // Who passes other fields to an update often has a record.
    let remedy = match table.name {
        "GroupUpdateRequest" => "`; `groupRequest(group, phones).request` is one.",
        "IvrScriptRequest" => "`; `scriptRequest(script)` is one.",
        _ => "`.",
    };
    Error::invalid_argument(name, path.pointer(), &["is unknown: `", table.name, "` has `", &known, remedy])
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

/// Says why a number is not a whole number, or is out of range.
fn kind_of_number(value: &JsValue) -> &'static str {
    match value.as_f64().unwrap_or(f64::NAN) {
        number if number.is_nan() => "NaN",
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        number if number < 0.0 => "a negative number",
        0.0 => "0",
        number if number.fract() != 0.0 => "a number with a fraction",
        _ => "so large a number",
    }
}
