//! Reads what a page passes in: first against the table of its fields, so that an error names the
//! field and says what belongs there, then into the Rust type.

use js_sys::{Array, Reflect};
use omicall_api::record_id::RecordId;
use omicall_schema::compact::join;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::client::error::read_cause;
use omicall_api::error::{Error, ErrorKind};
use omicall_issues::field_name;
use omicall_issues::{Issue, IssueCode, Language};
use omicall_schema::{HasSchema, ObjectSchema, Schema};
use omicall_schema::{NonNegativeInt, PositiveInt, json::pointer::JsonPath};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// What kind of value it is, in words for an error, e.g. `an array`; never the value.
    #[wasm_bindgen(js_name = kindOf)]
    pub fn kind_of(value: &JsValue) -> String;

    /// A copy of an argument as plain data; throws `{ path, cause }` if the page's own code throws. An `Option`, because
    /// with `catch` a plain JsValue would lose a table slot with each exception.
    #[wasm_bindgen(catch, js_name = snapshot)]
    fn snapshot_of(value: &JsValue, spec: &str) -> Result<Option<JsValue>, JsValue>;

    /// A member as text; `None` if it is `undefined` or `null`.
    #[wasm_bindgen(catch, js_name = textOf)]
    pub fn text_of(value: &JsValue, name: &str) -> Result<Option<String>, JsValue>;

    // With every exception of an import with `catch` that returns a JsValue, wasm-bindgen 0.2.130 loses a slot of its
    // table of JavaScript values. With an `Option` it does not, though that takes `null` for nothing: so a member comes
    // in an array of its own.
    #[wasm_bindgen(catch, js_name = memberOf)]
    fn member_of(object: &JsValue, name: &str) -> Result<Option<Array>, JsValue>;

    #[wasm_bindgen(catch, js_name = memberOf)]
    fn element_of(array: &JsValue, index: u32) -> Result<Option<Array>, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = ownKeys)]
    fn own_keys(object: &JsValue) -> Result<Option<Array>, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn stringify(value: &JsValue, names: &Array) -> Result<Option<String>, JsValue>;
}

/// Reads a member of a value of the page, whose getter may throw.
pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    member_of(object, name).map(alone)
}

fn alone(member: Option<Array>) -> JsValue {
    member.map(|member| member.get(0)).unwrap_or_default()
}

/// A type that is read from a JavaScript value which has been checked against its schema. Derived `Deserialize` would do
/// the same with 15 KB more of wasm.
pub trait FromJs: Sized {
    /// Reads the value; nothing where it does not have the schema after all.
    fn read(value: &JsValue) -> Option<Self>;
}

/// Reads a field of an object that has been checked.
pub fn field<T: FromJs>(object: &JsValue, name: &str) -> Option<T> {
    T::read(&get(object, name).ok()?)
}

/// A JavaScript function.
#[derive(Debug, Clone)]
pub struct Callback(pub js_sys::Function);

/// A JavaScript value that is read later.
#[derive(Debug, Clone)]
pub struct JsAny(pub JsValue);

impl JsAny {
    /// Whether it is there: what may be anything may be `undefined` too.
    pub fn is_given(&self) -> bool {
        !self.0.is_undefined() && !self.0.is_null()
    }
}

impl FromJs for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl FromJs for f64 {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64()
    }
}

impl FromJs for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Array>()?.iter().map(|element| T::read(&element)).collect()
    }
}

impl FromJs for NonNegativeInt {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| NonNegativeInt(number as u32))
    }
}

impl FromJs for PositiveInt {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| PositiveInt((number as u32).max(1)))
    }
}

/// Reads a type that was declared with [`omicall_schema::string_enum!`].
macro_rules! string_enum_from_js {
    ($($type:ty),*) => { $(impl $crate::client::from_js::FromJs for $type {
        fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
            <$type as omicall_schema::StringEnum>::parse(&value.as_string()?)
        }
    })* };
}

string_enum_from_js!(Language);

impl FromJs for Callback {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<js_sys::Function>().cloned().map(Callback)
    }
}

impl FromJs for JsAny {
    fn read(value: &JsValue) -> Option<Self> {
        Some(JsAny(value.clone()))
    }
}

omicall_schema::has_schema! {
    Callback => Schema::Function,
    JsAny => Schema::Any,
}

/// Declares what a web page passes in and Rust reads: like [`omicall_schema::request!`], and a reader beside it.
macro_rules! options {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty $(= $typescript:literal)?, )*
        }
        $( optional {
            $( $(#[$some_meta:meta])* $some:ident: $some_type:ty $(= $some_typescript:literal)?, )*
        } )?
    ) => {
        omicall_schema::request! {
            $(#[$meta])*
            pub struct $name {
                $( $(#[$field_meta])* $field: $type $(= $typescript)?, )*
            }
            $( optional {
                $( $(#[$some_meta])* $some: $some_type $(= $some_typescript)?, )*
            } )?
        }

        impl $crate::client::from_js::FromJs for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                use $crate::client::from_js::field;
                Some($name {
                    $( $field: field(value, stringify!($field))?, )*
                    $($( $some: field(value, stringify!($some)), )*)?
                })
            }
        }
    };
}

/// Reads an argument; `undefined` and `null` read as an empty object, so that every field which
/// must be there is named.
pub fn read<T>(name: &str, value: Option<Ts<T>>, language: Language) -> Result<T, Error>
where
    T: Tsify + FromJs + HasSchema,
    T::JsType: JsCast,
{
    let value = checked(name, value.map(JsValue::from), &T::SCHEMA, language)?;
    // Checked: this can only fail if the object changes while it is read.
    T::read(&value).ok_or_else(|| unreadable(name, &JsonPath::Root, JsValue::UNDEFINED))
}

/// Reads the id of a record.
pub fn id(value: &JsValue, language: Language) -> Result<RecordId, Error> {
    check(&Place { name: "id", language }, value, &Schema::NonEmptyString, &JsonPath::Root)?;
    value.as_string().and_then(RecordId::new).ok_or_else(|| {
        Error::usage("`id` must be the id of a record, not a step in a path.")
            .with_fields(|fields| fields.path = Some(String::new()))
    })
}

/// The JSON of an argument that has been checked: of the fields that `schema` lists.
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
pub fn snapshot(name: &str, value: Option<JsValue>, schema: &Schema) -> Result<JsValue, Error> {
    let value = value.filter(|value| !value.is_undefined() && !value.is_null());
    let value = value.unwrap_or_else(|| js_sys::Object::new().into());
    let mut spec = String::new();
    push_spec(schema, &mut spec);
    let copied = snapshot_of(&value, &spec).map_err(|thrown| {
        let member = |name: &str| Reflect::get(&thrown, &name.into()).unwrap_or_default();
        let path = member("path").as_string().unwrap_or_default();
        Error::invalid_argument(name, path, &["cannot be read: pass a plain object."])
            .with_cause(read_cause(&member("cause")))
    })?;
    Ok(copied.unwrap_or_default())
}

/// What `snapshot` of `js/values.js` copies.
fn push_spec(schema: &Schema, spec: &mut String) {
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
    let value = snapshot(name, value, schema)?;
    check_snapshot(name, &value, schema, language)?;
    Ok(value)
}

/// Checks an argument that was copied.
pub fn check_snapshot(name: &str, value: &JsValue, schema: &Schema, language: Language) -> Result<(), Error> {
    check(&Place { name, language }, value, schema, &JsonPath::Root)
}

/// What an error needs to say about the argument as a whole.
struct Place<'p> {
    name: &'p str,
    language: Language,
}

/// Checks a JavaScript value, which may be a Proxy that throws: only the schema decides what is read.
fn check(place: &Place<'_>, value: &JsValue, schema: &Schema, path: &JsonPath<'_>) -> Result<(), Error> {
    let fits = match schema {
        Schema::Any => true,
        Schema::String => value.is_string(),
        Schema::NonEmptyString => value.as_string().is_some_and(|text| !text.trim().is_empty()),
        Schema::OneOf(words) => value.as_string().is_some_and(|text| words.contains(&text.as_str())),
        Schema::Number => value.as_f64().is_some(),
        Schema::NonNegativeInt => value.as_f64().is_some_and(|number| is_whole(number, 0.0)),
        Schema::PositiveInt => value.as_f64().is_some_and(|number| is_whole(number, 1.0)),
        Schema::Bool => value.as_bool().is_some(),
        Schema::Function => value.is_function(),
        Schema::Nullable(_) if value.is_null() => true,
        Schema::Nullable(inner) => return check(place, value, inner, path),
        Schema::Array(inner) => {
            if kind_of(value) != "an array" {
                return Err(misfit(place, value, schema, path));
            }
            let length = get(value, "length").ok().and_then(|length| length.as_f64());
            let Some(length) = length else { return Err(unreadable(place.name, path, JsValue::UNDEFINED)) };
            for index in 0..length as u32 {
                let element = element_of(value, index)
                    .map(alone)
                    .map_err(|cause| unreadable(place.name, path, cause))?;
                check(place, &element, inner, &JsonPath::Element(path, index as usize))?;
            }
            true
        }
        Schema::Object(table) => {
            if kind_of(value) != "an object" {
                return Err(misfit(place, value, schema, path));
            }
            return check_fields(place, value, table, path);
        }
    };
    if fits { Ok(()) } else { Err(misfit(place, value, schema, path)) }
}

fn check_fields(
    place: &Place<'_>,
    value: &JsValue,
    table: &ObjectSchema,
    path: &JsonPath<'_>,
) -> Result<(), Error> {
    for field in table.fields {
        let here = JsonPath::Member(path, field.name);
        let member = get(value, field.name).map_err(|cause| unreadable(place.name, &here, cause))?;
        let absent = member.is_undefined() || (!field.required && member.is_null());
        // What may be anything is judged, absent or not, by whoever reads it.
        if absent && field.required && !matches!(field.schema, Schema::Any) {
            return Err(misfit(place, &member, &field.schema, &here));
        }
        if !absent {
            check(place, &member, &field.schema, &here)?;
        }
    }
    if table.closed {
        let keys = own_keys(value).map_err(|cause| unreadable(place.name, path, cause))?;
        for key in keys.iter().flat_map(Array::iter).filter_map(|key| key.as_string()) {
            if !table.fields.iter().any(|field| field.name == key) {
                return Err(unknown(place, table, &JsonPath::Member(path, &key)));
            }
        }
    }
    Ok(())
}

fn is_whole(number: f64, least: f64) -> bool {
    number.fract() == 0.0 && (least..=f64::from(u32::MAX)).contains(&number)
}

/// The field does not hold what belongs there. Its value is not quoted: it may be a secret.
fn misfit(place: &Place<'_>, value: &JsValue, schema: &Schema, path: &JsonPath<'_>) -> Error {
    let pointer = path.pointer();
    let field = field_name(place.name, &pointer);
    let message = match (schema, kind_of(value).as_str()) {
        (Schema::NonEmptyString, "an empty string") => [&field, " must not be empty."].concat(),
        // A word of the wrong set: "not a string" would puzzle.
        (Schema::OneOf(_), "a string") => {
            [&field, " must be ", &schema.describe(), ", not another word."].concat()
        }
        (Schema::NonNegativeInt | Schema::PositiveInt, "a number") => {
            [&field, " must be ", &schema.describe(), ", not ", kind_of_number(value), "."].concat()
        }
        (_, kind) => [&field, " must be ", &schema.describe(), ", not ", kind, "."].concat(),
    };
    match pointer.as_str() {
        // The one rule on queries that has a code of its own.
        "/page" | "/size" if matches!(schema, Schema::PositiveInt) => {
            let issue = Issue::new(IssueCode::ListPageInvalid, pointer.clone(), place.language);
            Error::new(ErrorKind::Validation, message).with_fields(|fields| fields.issues = vec![issue])
        }
        _ => Error::usage(message),
    }
    .with_fields(|fields| fields.path = Some(pointer))
}

fn unknown(place: &Place<'_>, table: &ObjectSchema, path: &JsonPath<'_>) -> Error {
    let known = join(&mut table.fields.iter().map(|field| field.name), "`, `");
    Error::invalid_argument(
        place.name,
        path.pointer(),
        &["is unknown: `", table.name, "` has `", &known, "`."],
    )
}

/// A getter or a Proxy threw.
pub fn unreadable(name: &str, path: &JsonPath<'_>, thrown: JsValue) -> Error {
    Error::invalid_argument(name, path.pointer(), &["cannot be read: pass a plain object."])
        .with_cause(read_cause(&thrown))
}

/// What keeps a number from being a whole number that is not too small.
fn kind_of_number(value: &JsValue) -> &'static str {
    match value.as_f64().unwrap_or(f64::NAN) {
        number if number.is_nan() => "NaN",
        number if number < 0.0 => "a negative number",
        0.0 => "0",
        number if number.fract() != 0.0 => "a number with a fraction",
        _ => "so large a number",
    }
}
