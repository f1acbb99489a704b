//! Reads what a page passes in: first against the table of its fields, so that an error names the
//! field and says what belongs there, then into the Rust type.

use js_sys::{Array, JSON, Reflect};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::{
    error::{Cause, ErrorKind, Failure, field_words},
    request::{Endpoint, Request},
    scan::Path,
};
use crate::{
    shape::{Shape, Shaped, Table},
    validate::{Issue, IssueCode, Language, checks::Check},
};

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// What kind of value it is: the number of one of [`KINDS`].
    #[wasm_bindgen(js_name = kindOf)]
    fn kind_number(value: &JsValue) -> usize;

    /// A member as text; nothing where it is `undefined` or `null`.
    #[wasm_bindgen(catch, js_name = textOf)]
    pub fn text_of(value: &JsValue, name: &str) -> Result<Option<String>, JsValue>;
}

/// The kinds of values, as `kindOf` of `wire.js` numbers them.
const KINDS: [&str; 9] = [
    "undefined",
    "null",
    "an empty string",
    "a string",
    "a boolean",
    "a number",
    "a function",
    "an array",
    "an object",
];

/// A type that is read from a JavaScript value which has been checked against its shape. Derived `Deserialize` would do
/// the same with 15 KB more of wasm.
pub trait Argument: Sized {
    /// Reads the value; nothing where it does not have the shape after all.
    fn read(value: &JsValue) -> Option<Self>;
}

/// Reads a field of an object that has been checked.
pub fn field<T: Argument>(object: &JsValue, name: &str) -> Option<T> {
    T::read(&member(object, name)?)
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

/// A whole number of at least 1, such as the number of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeFromOne(pub u32);

/// A whole number of at least 0, such as a number of retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole(pub u32);

/// A string with at least one character that is not white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledString(String);

impl FilledString {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A filled string for native tests, where there is no JavaScript to read it from.
#[cfg(test)]
pub fn filled(text: &str) -> FilledString {
    FilledString(text.into())
}

/// The id of a record, which can stand in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// An id of any text that a URL keeps: `.` and `..` would be taken out of the path, whatever their encoding.
    pub fn new(text: String) -> Option<Self> {
        Some(Id(text)).filter(|Id(text)| !matches!(text.trim(), "" | "." | ".."))
    }

    /// Not yet encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A JavaScript function.
#[derive(Debug, Clone)]
pub struct Callback(pub js_sys::Function);

/// A JavaScript value that is read later.
#[derive(Debug, Clone)]
pub struct Opaque(pub JsValue);

impl Opaque {
    /// Whether it is there: what may be anything may be `undefined` too.
    pub fn is_given(&self) -> bool {
        !self.0.is_undefined() && !self.0.is_null()
    }
}

impl Argument for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl Argument for f64 {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64()
    }
}

impl Argument for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Array>()?.iter().map(|element| T::read(&element)).collect()
    }
}

impl Argument for FilledString {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string().map(FilledString)
    }
}

impl Argument for Whole {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| Whole(number as u32))
    }
}

impl Argument for WholeFromOne {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| WholeFromOne((number as u32).max(1)))
    }
}

impl Argument for Callback {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<js_sys::Function>().cloned().map(Callback)
    }
}

impl Argument for Opaque {
    fn read(value: &JsValue) -> Option<Self> {
        Some(Opaque(value.clone()))
    }
}

shaped! {
    WholeFromOne => Shape::WholeFromOne,
    Whole => Shape::Whole,
    FilledString => Shape::FilledString,
    Callback => Shape::Function,
    Opaque => Shape::Any,
}

/// Reads an argument; `undefined` and `null` read as an empty object, so that every field which
/// must be there is named.
pub fn read<T>(name: &str, value: Option<Ts<T>>, language: Language) -> Result<T, Failure>
where
    T: Tsify + Argument + Shaped,
    T::JsType: JsCast,
{
    let value = checked(name, value.map(JsValue::from), &T::SHAPE, language)?;
    // Checked: this can only fail if the object changes while it is read.
    T::read(&value).ok_or_else(|| unreadable(name, &Path::Root, JsValue::UNDEFINED))
}

/// A request for what an argument says: its fields stand in the query of the endpoint.
pub fn query(
    endpoint: &'static Endpoint,
    name: &str,
    value: Option<JsValue>,
    shape: &Shape,
    language: Language,
) -> Result<Request, Failure> {
    let value = checked(name, value, shape, language)?;
    let request = Request::new(endpoint).query(|field| text_of(&value, field));
    request.map_err(|cause| unreadable(name, &Path::Root, cause))
}

/// Reads the id of a record.
pub fn id(value: &JsValue, language: Language) -> Result<Id, Failure> {
    check(&Place { name: "id", language }, value, &Shape::FilledString, &Path::Root)?;
    value.as_string().and_then(Id::new).ok_or_else(|| {
        Failure::usage("`id` must be the id of a record, not a step in a path.")
            .with(|fields| fields.path = Some(String::new()))
    })
}

/// An argument that is sent as JSON.
#[derive(Debug)]
pub struct JsonArgument {
    /// Its name, for errors.
    pub name: &'static str,
    /// As the page passed it.
    pub value: JsValue,
    /// What it must be.
    pub shape: &'static Shape,
    /// The rules that it must keep, where there are some.
    pub check: Option<Check>,
}

/// Checks what is to be sent and makes JSON of it: of the fields of `shape` only, as they are now.
pub fn json(argument: JsonArgument, language: Language) -> Result<String, Failure> {
    let JsonArgument { name, value, shape, .. } = argument;
    let value = checked(name, Some(value), shape, language)?;
    json_of(&value, shape).map_err(|cause| unreadable(name, &Path::Root, cause))
}

/// The JSON of the fields of `shape` in a value that has been checked.
pub fn json_of(value: &JsValue, shape: &Shape) -> Result<String, JsValue> {
    JSON::stringify(&copied(value, shape)?).map(String::from)
}

/// `JSON.stringify` alone would leave out inherited fields, which TypeScript and the check take for fields like all
/// others, and would send a `null` where a field is left out.
fn copied(value: &JsValue, shape: &Shape) -> Result<JsValue, JsValue> {
    match shape {
        Shape::Object(table) => {
            let copy = js_sys::Object::new();
            for field in table.fields {
                let name = JsValue::from(field.name);
                let member = Reflect::get(value, &name)?;
                if field.required || !member.is_null() {
                    Reflect::set(&copy, &name, &copied(&member, &field.shape)?)?;
                }
            }
            Ok(copy.into())
        }
        Shape::Array(inner) => {
            let elements = value.unchecked_ref::<Array>().iter().map(|element| copied(&element, inner));
            Ok(elements.collect::<Result<Array, _>>()?.into())
        }
        _ => Ok(value.clone()),
    }
}

/// Checks an argument; `undefined` and `null` are taken for an empty object.
pub fn checked(
    name: &str,
    value: Option<JsValue>,
    shape: &Shape,
    language: Language,
) -> Result<JsValue, Failure> {
    let value = value.filter(|value| !value.is_undefined() && !value.is_null());
    let value = value.unwrap_or_else(|| js_sys::Object::new().into());
    check(&Place { name, language }, &value, shape, &Path::Root)?;
    Ok(value)
}

/// What an error needs to say about the argument as a whole.
struct Place<'p> {
    name: &'p str,
    language: Language,
}

/// Checks a JavaScript value, which may be a Proxy that throws: nothing but the shape decides what is read.
fn check(place: &Place<'_>, value: &JsValue, shape: &Shape, path: &Path<'_>) -> Result<(), Failure> {
    let kind = kind_of(value);
    let fits = match shape {
        Shape::Any => true,
        Shape::String => matches!(kind, "a string" | "an empty string"),
        Shape::FilledString => kind == "a string",
        Shape::OneOf(words) => value.as_string().is_some_and(|text| words.contains(&text.as_str())),
        Shape::Number => kind == "a number",
        Shape::Whole => value.as_f64().is_some_and(|number| is_whole(number, 0.0)),
        Shape::WholeFromOne => value.as_f64().is_some_and(|number| is_whole(number, 1.0)),
        Shape::Bool => kind == "a boolean",
        Shape::Function => kind == "a function",
        Shape::Nullable(inner) => {
            if kind == "null" {
                return Ok(());
            }
            return check(place, value, inner, path);
        }
        Shape::Array(inner) => {
            if kind != "an array" {
                return Err(misfit(place, value, shape, path));
            }
            let length = member(value, "length").and_then(|length| length.as_f64());
            let Some(length) = length else { return Err(unreadable(place.name, path, JsValue::UNDEFINED)) };
            for index in 0..length as u32 {
                let element =
                    Reflect::get_u32(value, index).map_err(|cause| unreadable(place.name, path, cause))?;
                check(place, &element, inner, &Path::Element(path, index as usize))?;
            }
            true
        }
        Shape::Object(table) => {
            if kind != "an object" {
                return Err(misfit(place, value, shape, path));
            }
            return check_fields(place, value, table, path);
        }
    };
    if fits { Ok(()) } else { Err(misfit(place, value, shape, path)) }
}

fn check_fields(place: &Place<'_>, value: &JsValue, table: &Table, path: &Path<'_>) -> Result<(), Failure> {
    for field in table.fields {
        let here = Path::Member(path, field.name);
        let member =
            Reflect::get(value, &field.name.into()).map_err(|cause| unreadable(place.name, &here, cause))?;
        let absent = member.is_undefined() || (!field.required && member.is_null());
        // What may be anything is judged, absent or not, by whoever reads it.
        if absent && field.required && !matches!(field.shape, Shape::Any) {
            return Err(misfit(place, &member, &field.shape, &here));
        }
        if !absent {
            check(place, &member, &field.shape, &here)?;
        }
    }
    if table.closed {
        let keys = Reflect::own_keys(value).map_err(|cause| unreadable(place.name, path, cause))?;
        for key in keys.iter().filter_map(|key| key.as_string()) {
            if !table.fields.iter().any(|field| field.name == key) {
                return Err(unknown(place, table, &Path::Member(path, &key)));
            }
        }
    }
    Ok(())
}

fn is_whole(number: f64, least: f64) -> bool {
    number.fract() == 0.0 && (least..=f64::from(u32::MAX)).contains(&number)
}

/// The field does not hold what belongs there. Its value is not quoted: it may be a secret.
fn misfit(place: &Place<'_>, value: &JsValue, shape: &Shape, path: &Path<'_>) -> Failure {
    let pointer = path.pointer();
    let field = field_words(place.name, &pointer);
    let message = match (shape, kind_of(value)) {
        (Shape::FilledString, "an empty string") => [&field, " must not be empty."].concat(),
        // A word of the wrong set: "not a string" would puzzle.
        (Shape::OneOf(_), "a string") => {
            [&field, " must be ", &shape.in_words(), ", not another word."].concat()
        }
        (Shape::Whole | Shape::WholeFromOne, "a number") => {
            [&field, " must be ", &shape.in_words(), ", not ", kind_of_number(value), "."].concat()
        }
        (_, kind) => [&field, " must be ", &shape.in_words(), ", not ", kind, "."].concat(),
    };
    match pointer.as_str() {
        // The one rule on queries that has a code of its own.
        "/page" | "/size" if matches!(shape, Shape::WholeFromOne) => {
            let issue = Issue::new(IssueCode::ListPageInvalid, pointer.clone(), place.language);
            Failure::new(ErrorKind::Validation, message).with(|fields| fields.issues = vec![issue])
        }
        _ => Failure::usage(message),
    }
    .with(|fields| fields.path = Some(pointer))
}

fn unknown(place: &Place<'_>, table: &Table, path: &Path<'_>) -> Failure {
    let known = table.fields.iter().map(|field| field.name).collect::<Vec<_>>().join("`, `");
    Failure::wrong(place.name, path.pointer(), &["is unknown: `", table.name, "` has `", &known, "`."])
}

/// A getter or a Proxy threw.
fn unreadable(name: &str, path: &Path<'_>, thrown: JsValue) -> Failure {
    Failure::wrong(name, path.pointer(), &["cannot be read: pass a plain object."])
        .because(Cause::of(&thrown))
}

/// What kind of value it is, never the value.
pub fn kind_of(value: &JsValue) -> &'static str {
    KINDS.get(kind_number(value)).copied().unwrap_or("a symbol or a bigint")
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
