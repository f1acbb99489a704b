//! Reads drafts and tenants from JavaScript, whatever their form: one crossing for all of it, and no error for a field
//! of another type, because that is for the rules to say.
//!
//! JavaScript (`tokens` in `client/wire.js`) walks over the value along a spec, which is the fields that the rules look
//! at, and writes what it finds into one text. The drafts borrow from that text, so a tenant of 100 000 scripts costs a
//! walk and a copy. Reading field by field from wasm would cost twenty crossings for each script.

use wasm_bindgen::prelude::*;

use crate::{
    client::{
        argument::kind_of,
        error::{Cause, Failure},
    },
    text::signed,
};

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// The tokens of a value; throws `{ path, cause }` where the page's own code throws while it is read.
    #[wasm_bindgen(catch, js_name = tokens)]
    fn tokens_of(value: &JsValue, spec: &str) -> Result<String, JsValue>;
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Value<'t> {
    /// Nothing: it is missing, `undefined` or `null`, all of which read as empty.
    #[default]
    Absent,
    /// A string.
    Text(&'t str),
    /// A whole number of 32 bits.
    Whole(i32),
    /// Any other number, as JavaScript writes it.
    OtherNumber(&'t str),
    /// `true` or `false`.
    Bool(bool),
    /// An array, an object, a function…
    Other,
}

impl<'t> Value<'t> {
    /// The text; `""` where there is nothing, and nothing where there is something else than a string.
    pub fn text(self) -> Option<&'t str> {
        match self {
            Value::Absent => Some(""),
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text; `""` where there is none.
    pub fn text_or_empty(self) -> &'t str {
        self.text().unwrap_or_default()
    }

    /// Whether it is `true`.
    pub fn is_true(self) -> bool {
        self == Value::Bool(true)
    }

    /// Whether there is nothing: `""` often stands for `null`.
    pub fn is_empty(self) -> bool {
        matches!(self, Value::Absent | Value::Text(""))
    }

    /// Whether there is a text that is more than white space.
    pub fn is_filled(self) -> bool {
        matches!(self, Value::Text(text) if !text.trim().is_empty())
    }

    /// The whole number from 1, `i32::MAX` standing for any larger one.
    pub fn whole_from_one(self) -> Option<i32> {
        match self {
            Value::Whole(number) => Some(number).filter(|number| *number >= 1),
            // What has 32 bits is a `Whole`. JavaScript writes larger numbers as digits, up to 1e21.
            Value::OtherNumber(text) => {
                Some(i32::MAX).filter(|_| text.bytes().all(|digit| digit.is_ascii_digit()))
            }
            _ => None,
        }
    }

    /// As a sentence names it: not all of a long text.
    pub fn shown(self) -> String {
        match self {
            Value::Absent => String::new(),
            Value::Text(text) | Value::OtherNumber(text) => shortened(text),
            Value::Whole(number) => signed(number),
            Value::Bool(yes) => yes.to_string(),
            Value::Other => "{…}".into(),
        }
    }
}

/// How many characters of a text a sentence quotes.
const SHOWN: usize = 100;

/// A text as a sentence quotes it.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.into(),
    }
}

/// A text for comparison: trimmed, composed (NFC) and in lower case; `""` where there is none. JavaScript folds, for the
/// tables of Unicode are in every engine and would cost 30 KB here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Folded<'t>(pub &'t str);

impl<'t> Folded<'t> {
    /// Reads what JavaScript wrote.
    pub fn read(tokens: &mut Tokens<'t>) -> Self {
        Folded(tokens.next())
    }
}

/// The tokens of a value that are left. Where they end early, everything is absent.
#[derive(Debug)]
pub struct Tokens<'t>(&'t str);

/// Stands between tokens; the text of a string has none, for JavaScript writes U+FFFD in its place.
const END: u8 = 0;

impl<'t> Tokens<'t> {
    fn next(&mut self) -> &'t str {
        // Tokens are short: what searches long texts would take longer to begin than this does to end.
        let end = self.0.bytes().position(|byte| byte == END).unwrap_or(self.0.len());
        let (token, rest) = self.0.split_at_checked(end).unwrap_or_default();
        self.0 = rest.get(1..).unwrap_or_default();
        token
    }

    /// How a list came, and how many items of it follow.
    fn list(&mut self) -> (Given, usize) {
        let mut chars = self.next().chars();
        let given = match chars.next() {
            Some('a') => Given::Array,
            Some('p') => Given::Page,
            Some('m') => Given::PageOfMore,
            // What follows of another value is no number of items.
            None | Some('u') => return (Given::Absent, 0),
            Some(_) => return (Given::Other, 0),
        };
        (given, chars.as_str().parse().unwrap_or_default())
    }
}

/// What can be read along a spec.
pub trait Draft<'t>: Default {
    /// Writes the spec, in JSON: `0` for one value, `{"name": …}` for an object, `[…]` for an array, `[…,1]` for an array
    /// or a page of a list; a field whose spec is the name of another is the folded text of that one.
    fn spec(out: &mut String);

    /// Reads what JavaScript wrote along that spec.
    fn read(tokens: &mut Tokens<'t>) -> Self;
}

impl<'t> Draft<'t> for Value<'t> {
    fn spec(out: &mut String) {
        out.push('0');
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        let token = tokens.next();
        let mut chars = token.chars();
        let kind = chars.next();
        let rest = chars.as_str();
        match kind {
            // No letter, which an accent at the beginning of the text would join.
            Some('"') => Value::Text(rest),
            Some('i') => rest.parse().map_or(Value::OtherNumber(rest), Value::Whole),
            Some('d') => Value::OtherNumber(rest),
            Some('b') => Value::Bool(rest == "1"),
            Some('x') => Value::Other,
            _ => Value::Absent,
        }
    }
}

/// How an array came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Given {
    /// Not at all.
    #[default]
    Absent,
    /// As something else.
    Other,
    /// As an array.
    Array,
    /// As a page of a list, with the last of the records.
    Page,
    /// As a page of a list, and there are more pages.
    PageOfMore,
}

/// An array.
#[derive(Debug, Default)]
pub struct List<T> {
    /// How it came.
    pub given: Given,
    /// What is in it; empty where it did not come.
    pub items: Vec<T>,
}

impl<T> List<T> {
    /// Whether there is one, and be it empty.
    pub fn is_given(&self) -> bool {
        !matches!(self.given, Given::Absent | Given::Other)
    }

    /// Where the items stand, as the middle of a path: `""`, or `"/items"` in a page.
    pub fn inner_path(&self) -> &'static str {
        if matches!(self.given, Given::Page | Given::PageOfMore) { "/items" } else { "" }
    }
}

impl<'t, T: Draft<'t>> Draft<'t> for List<T> {
    fn spec(out: &mut String) {
        out.push('[');
        T::spec(out);
        out.push(']');
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        let (given, count) = tokens.list();
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(T::read(tokens));
        }
        List { given, items }
    }
}

/// What a list of the API returned: an array of its records, or a page.
#[derive(Debug, Default)]
pub struct Records<T>(pub List<T>);

impl<T> std::ops::Deref for Records<T> {
    type Target = List<T>;

    fn deref(&self) -> &List<T> {
        &self.0
    }
}

impl<'t, T: Draft<'t>> Draft<'t> for Records<T> {
    fn spec(out: &mut String) {
        out.push('[');
        T::spec(out);
        out.push_str(",1]");
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        Records(List::read(tokens))
    }
}

/// Writes the spec of one field.
pub type WriteSpec = fn(&mut String);

/// Writes the spec of an object with these fields. A table is a tenth of the wasm that a line for each field would be.
pub fn object_spec(out: &mut String, fields: &[(&str, WriteSpec)]) {
    let mut before = "{\"";
    for (name, spec) in fields {
        out.push_str(before);
        out.push_str(name);
        out.push_str("\":");
        spec(out);
        before = ",\"";
    }
    out.push('}');
}

/// Whether an object follows; anything else reads as an object without fields.
pub fn opens_object(tokens: &mut Tokens<'_>) -> bool {
    tokens.next() == "o"
}

/// The text of a value from JavaScript, from which [`parse`] reads. `name` is that of the argument.
///
/// Texts in it are composed (NFC), so that what looks the same is the same and counts the same.
pub fn text_of<'t, T: Draft<'t>>(name: &str, value: &JsValue) -> Result<String, Failure> {
    let mut spec = String::new();
    T::spec(&mut spec);
    text_along(&spec, name, value)
}

fn text_along(spec: &str, name: &str, value: &JsValue) -> Result<String, Failure> {
    let text = tokens_of(value, spec).map_err(|thrown| {
        let member = |name: &str| js_sys::Reflect::get(&thrown, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let path = member("path").as_string().unwrap_or_default();
        let words = "cannot be read: pass plain objects and arrays.";
        Failure::wrong(name, path, &[words]).because(Cause::of(&member("cause")))
    })?;
    if text.starts_with(['o', 'u']) {
        return Ok(text);
    }
    Err(Failure::wrong(name, String::new(), &["must be an object, not ", kind_of(value), "."]))
}

/// Reads what [`text_of`] made.
pub fn parse<'t, T: Draft<'t>>(text: &'t str) -> T {
    T::read(&mut Tokens(text))
}

/// Declares what is checked, as it may come from a form: a TypeScript interface with every field optional (`…Draft`), and
/// the Rust struct that it is read into, with the fields that the rules look at.
macro_rules! draft {
    (
        $(#[$meta:meta])*
        pub struct $draft:ident as $name:ident<$t:lifetime> {
            $( $(#[$field_meta:meta])* $field:ident: $kind:ty = $typescript:literal, )*
        }
        $( folded { $( $(#[$folded_meta:meta])* $folded:ident = $of:literal, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, tsify::Tsify)]
        #[allow(non_snake_case, dead_code, reason = "declares the TypeScript")]
        pub struct $draft {
            $( $(#[$field_meta])* #[tsify(optional, type = $typescript)] pub $field: (), )*
        }

        readable! {
            #[doc = concat!("A `", stringify!($draft), "` as it was read.")]
            pub struct $name<$t> { $( $(#[$field_meta])* $field: $kind, )* }
            $( folded { $( $(#[$folded_meta])* $folded = $of, )* } )?
        }
    };
}

/// Declares what is read along a spec, without a TypeScript interface of its own.
macro_rules! readable {
    (
        $(#[$meta:meta])*
        pub struct $name:ident<$t:lifetime> {
            $( $(#[$field_meta:meta])* $field:ident: $kind:ty, )*
        }
        $( folded { $( $(#[$folded_meta:meta])* $folded:ident = $of:literal, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Default)]
        #[allow(non_snake_case, reason = "fields are named as JavaScript passes them")]
        pub struct $name<$t> {
            $( $(#[$field_meta])* pub $field: $kind, )*
            $($( $(#[$folded_meta])* pub $folded: $crate::validate::read::Folded<$t>, )*)?
        }

        impl<$t> $crate::validate::read::Draft<$t> for $name<$t> {
            fn spec(out: &mut String) {
                $crate::validate::read::object_spec(out, &[
                    $( (stringify!($field), <$kind as $crate::validate::read::Draft<$t>>::spec), )*
                    $($( (stringify!($folded), |out| out.push_str(concat!("\"", $of, "\""))), )*)?
                ]);
            }

            fn read(tokens: &mut $crate::validate::read::Tokens<$t>) -> Self {
                if !$crate::validate::read::opens_object(tokens) {
                    return Self::default();
                }
                // Fields are read in the order in which they stand here, which is that of the spec.
                Self {
                    $( $field: <$kind as $crate::validate::read::Draft<$t>>::read(tokens), )*
                    $($( $folded: $crate::validate::read::Folded::read(tokens), )*)?
                }
            }
        }
    };
}

/// The same text as JavaScript would make, from JSON: for native tests.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing, reason = "a test may stop")]
pub mod native {
    use serde_json::Value as Json;
    use unicode_normalization::UnicodeNormalization;

    use super::Draft;

    /// The text from which `T` is read.
    pub fn text<'t, T: Draft<'t>>(value: &Json) -> String {
        let mut spec = String::new();
        T::spec(&mut spec);
        let spec: Json = serde_json::from_str(&spec).unwrap_or_default();
        let mut out = Vec::new();
        walk(value, &spec, &mut out);
        out.join("\0").nfc().collect()
    }

    fn walk(value: &Json, spec: &Json, out: &mut Vec<String>) {
        match (spec, value) {
            (Json::Array(inner), Json::Array(items)) => {
                out.push(format!("a{}", items.len()));
                items.iter().for_each(|item| walk(item, &inner[0], out));
            }
            (Json::Array(inner), Json::Object(page))
                if inner.len() > 1 && page.get("items").is_some_and(Json::is_array) =>
            {
                let items = page["items"].as_array().cloned().unwrap_or_default();
                let mark = if page.get("has_next") == Some(&Json::Bool(true)) { 'm' } else { 'p' };
                out.push(format!("{mark}{}", items.len()));
                items.iter().for_each(|item| walk(item, &inner[0], out));
            }
            (Json::Object(fields), Json::Object(members)) => {
                out.push("o".into());
                for (name, spec) in fields {
                    match spec {
                        Json::String(of) => {
                            let text = members.get(of).and_then(Json::as_str).unwrap_or_default();
                            out.push(text.trim().to_lowercase().replace('\0', "\u{FFFD}"));
                        }
                        spec => walk(members.get(name).unwrap_or(&Json::Null), spec, out),
                    }
                }
            }
            (_, Json::Null) => out.push("u".into()),
            (_, Json::String(text)) => out.push(format!("\"{}", text.replace('\0', "\u{FFFD}"))),
            (_, Json::Bool(value)) => out.push(format!("b{}", i32::from(*value))),
            (_, Json::Number(number)) => match number.as_i64().filter(|n| i32::try_from(*n).is_ok()) {
                Some(number) => out.push(format!("i{number}")),
                None => out.push(format!("d{number}")),
            },
            _ => out.push("x".into()),
        }
    }
}
