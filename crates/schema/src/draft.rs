//! Reads drafts and tenants of any shape. A field of the wrong type is not an error here: the rules report it.
//!
//! The side that has the value (JavaScript in a browser, `draft_json` natively) walks it along a spec, which lists the fields
//! that the rules need, and encodes it as an [`EncodedDraft`]: a number for each value, and each different string once. The
//! drafts borrow from it, so a tenant of 100 000 scripts costs one walk and one copy. Reading field by field from
//! WebAssembly would cost twenty calls into JavaScript for each script.

use std::slice;

use crate::compact::{concat, i32_to_string, parse_decimal};

/// A value, encoded along a spec.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncodedDraft {
    /// The values in the order of the spec. The lower three bits are the [`Kind`], the others its payload.
    pub numbers: Vec<u32>,
    /// The different strings, separated by NUL. Strings do not contain NUL: the encoder puts U+FFFD in its place.
    pub text: String,
}

/// The kind of value that a number encodes. Each kind says what its payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Kind {
    /// Missing, `undefined` or `null`.
    Absent,
    /// `false` (0) or `true` (1).
    Bool,
    /// Any value that rules do not look into.
    Other,
    /// A string: its index.
    Text,
    /// A whole number from 0 to 2²⁹ − 1: itself.
    SmallInt,
    /// Any other number: the index of its digits, as JavaScript writes them.
    Number,
    /// A list: its length, shifted left by two bits, plus 0 for an array, 1 for the last list page, 2 for any other.
    List,
    /// An object, whose fields follow.
    Object,
}

impl Kind {
    /// Encodes a value of this kind.
    pub fn with(self, payload: u32) -> u32 {
        payload << 3 | self as u32
    }

    fn of(number: u32) -> Self {
        match number & 7 {
            0 => Kind::Absent,
            1 => Kind::Bool,
            2 => Kind::Other,
            3 => Kind::Text,
            4 => Kind::SmallInt,
            5 => Kind::Number,
            6 => Kind::List,
            _ => Kind::Object,
        }
    }
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Value<'t> {
    /// Missing, `undefined` or `null`, which all read as empty.
    #[default]
    Absent,
    /// A string.
    Text(&'t str),
    /// A whole number of 32 bits.
    Int(i32),
    /// Any other number, as JavaScript writes it.
    OtherNumber(&'t str),
    /// `true` or `false`.
    Bool(bool),
    /// Anything else: an array, an object, a function…
    Other,
}

impl<'t> Value<'t> {
    /// Returns the string; `""` if absent; `None` for any value that is not a string.
    pub fn text(self) -> Option<&'t str> {
        match self {
            Value::Absent => Some(""),
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the string; `""` for anything else.
    pub fn text_or_empty(self) -> &'t str {
        self.text().unwrap_or_default()
    }

    /// Whether it is `true`.
    pub fn is_true(self) -> bool {
        self == Value::Bool(true)
    }

    /// Whether it is absent or `""`, which the API often sends in place of `null`.
    pub fn is_empty(self) -> bool {
        matches!(self, Value::Absent | Value::Text(""))
    }

    /// Whether it is a string in which something can be seen.
    pub fn is_non_blank(self) -> bool {
        matches!(self, Value::Text(text) if !text.chars().all(is_invisible))
    }

    /// Returns a whole number of at least 1; `i32::MAX` for any larger one.
    pub fn positive_int(self) -> Option<i32> {
        match self {
            Value::Int(number) => Some(number).filter(|number| *number >= 1),
            // Numbers of 32 bits are an `Int`. JavaScript writes larger ones as digits, up to 1e21.
            Value::OtherNumber(text) => {
                Some(i32::MAX).filter(|_| text.bytes().all(|digit| digit.is_ascii_digit()))
            }
            _ => None,
        }
    }

    /// The value as a message quotes it, truncated.
    pub fn display_text(self) -> String {
        match self {
            Value::Absent => String::new(),
            Value::Text(text) | Value::OtherNumber(text) => truncate(text),
            Value::Int(number) => i32_to_string(number),
            Value::Bool(yes) => yes.to_string(),
            Value::Other => "{…}".into(),
        }
    }
}

/// Whether a character shows nothing: white space, control characters, and those that Unicode says to ignore.
fn is_invisible(character: char) -> bool {
    let is_ignorable = matches!(
        character,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{E0000}'..='\u{E0FFF}'
    );
    is_ignorable || character.is_whitespace() || character.is_control()
}

/// How many characters of a text a message quotes.
const MAX_QUOTED: usize = 100;

/// Truncates a text to what a message quotes of it.
pub fn truncate(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => concat(&[text.get(..end).unwrap_or_default(), "…"]),
        None => text.into(),
    }
}

/// A text for comparison: trimmed, composed (NFC) and in lower case; `""` if absent. JavaScript does the folding, because
/// the Unicode tables are in every engine and would cost 30 KB here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaseFolded<'t>(pub &'t str);

impl<'t> CaseFolded<'t> {
    /// Reads the folded text.
    pub fn read(tokens: &mut Tokens<'t>) -> Self {
        match tokens.next() {
            (Kind::Text, index) => CaseFolded(tokens.string(index)),
            _ => Self::default(),
        }
    }
}

/// A string exactly as it was passed, such as a password: not composed, and U+0000 stays. Only a lone surrogate, which UTF-8
/// does not have, becomes U+FFFD. It is encoded as the list of its code points, because the other strings are composed
/// together and separated by NUL.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ExactText {
    /// Missing, `undefined` or `null`.
    #[default]
    Absent,
    /// A string.
    Text(String),
    /// Anything else.
    Other,
}

impl ExactText {
    /// Returns the string; `""` for anything else.
    pub fn text_or_empty(&self) -> &str {
        match self {
            ExactText::Text(text) => text,
            _ => "",
        }
    }
}

impl<'t> ReadDraft<'t> for ExactText {
    fn spec(out: &mut String) {
        out.push('1');
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        let List { source, items } = List::<Value<'t>>::read(tokens);
        match source {
            ListSource::Absent => ExactText::Absent,
            ListSource::Other => ExactText::Other,
            _ => ExactText::Text(items.into_iter().map(to_char).collect()),
        }
    }
}

fn to_char(code: Value<'_>) -> char {
    let char = match code {
        Value::Int(code) => char::from_u32(code.unsigned_abs()),
        _ => None,
    };
    char.unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The values that have not been read yet. If they end early, everything after is absent.
#[derive(Debug)]
pub struct Tokens<'t> {
    numbers: slice::Iter<'t, u32>,
    strings: Vec<&'t str>,
}

impl<'t> Tokens<'t> {
    fn new(draft: &'t EncodedDraft) -> Self {
        let mut strings = Vec::new();
        let mut rest = draft.text.as_str();
        loop {
            // Strings are short: a search made for long texts takes longer to start than this loop takes.
            let end = rest.bytes().position(|byte| byte == 0);
            let (string, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or_default();
            strings.push(string);
            if end.is_none() {
                return Tokens { numbers: draft.numbers.iter(), strings };
            }
            rest = after.get(1..).unwrap_or_default();
        }
    }

    fn next(&mut self) -> (Kind, u32) {
        let number = self.numbers.next().copied().unwrap_or_default();
        (Kind::of(number), number >> 3)
    }

    fn string(&self, index: u32) -> &'t str {
        self.strings.get(index as usize).copied().unwrap_or_default()
    }

    /// What was passed as a list, and how many items follow.
    fn list(&mut self) -> (ListSource, u32) {
        match self.next() {
            (Kind::List, payload) => {
                let source = match payload & 3 {
                    0 => ListSource::Array,
                    1 => ListSource::Page,
                    _ => ListSource::PartialPage,
                };
                (source, payload >> 2)
            }
            (Kind::Absent, _) => (ListSource::Absent, 0),
            _ => (ListSource::Other, 0),
        }
    }
}

/// A type that can be read along a spec.
pub trait ReadDraft<'t>: Default {
    /// Writes the spec, in JSON: `0` for one value, `1` for a string that stays exactly as it is, `{"name": …}` for an object, `[…]` for an array, `[…,1]` for an array
    /// or a list page; a field whose spec is the name of another field is the folded text of that field.
    fn spec(out: &mut String);

    /// Reads the values that were encoded along that spec.
    fn read(tokens: &mut Tokens<'t>) -> Self;
}

impl<'t> ReadDraft<'t> for Value<'t> {
    fn spec(out: &mut String) {
        out.push('0');
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        let (kind, payload) = tokens.next();
        match kind {
            Kind::Text => Value::Text(tokens.string(payload)),
            Kind::SmallInt => i32::try_from(payload).map_or(Value::Other, Value::Int),
            Kind::Number => {
                let digits = tokens.string(payload);
                match parse_decimal(digits) {
                    Some(number) if f64::from(number as i32) == number => Value::Int(number as i32),
                    _ => Value::OtherNumber(digits),
                }
            }
            Kind::Bool => Value::Bool(payload == 1),
            Kind::Absent => Value::Absent,
            Kind::Other | Kind::List | Kind::Object => Value::Other,
        }
    }
}

/// What was passed as a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListSource {
    /// Nothing.
    #[default]
    Absent,
    /// A value that is not a list.
    Other,
    /// An array.
    Array,
    /// The last list page.
    Page,
    /// A list page with more pages after it.
    PartialPage,
}

/// The items of a list.
#[derive(Debug, Default)]
pub struct List<T> {
    /// What was passed.
    pub source: ListSource,
    /// The items; empty if no list was passed.
    pub items: Vec<T>,
}

impl<T> List<T> {
    /// Whether a list was passed, even an empty one.
    pub fn is_list(&self) -> bool {
        !matches!(self.source, ListSource::Absent | ListSource::Other)
    }

    /// The path from the list to its items: `""`, or `"/items"` in a list page.
    pub fn inner_path(&self) -> &'static str {
        if matches!(self.source, ListSource::Page | ListSource::PartialPage) { "/items" } else { "" }
    }
}

impl<'t, T: ReadDraft<'t>> ReadDraft<'t> for List<T> {
    fn spec(out: &mut String) {
        out.push('[');
        T::spec(out);
        out.push(']');
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        let (source, count) = tokens.list();
        let mut items = Vec::new();
        for _ in 0..count {
            if tokens.numbers.len() == 0 {
                break;
            }
            items.push(T::read(tokens));
        }
        List { source, items }
    }
}

/// What a `list` method of the API returned: a list page, or an array of its records.
#[derive(Debug, Default)]
pub struct ListOrPage<T>(pub List<T>);

impl<T> std::ops::Deref for ListOrPage<T> {
    type Target = List<T>;

    fn deref(&self) -> &List<T> {
        &self.0
    }
}

impl<'t, T: ReadDraft<'t>> ReadDraft<'t> for ListOrPage<T> {
    fn spec(out: &mut String) {
        out.push('[');
        T::spec(out);
        out.push_str(",1]");
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        ListOrPage(List::read(tokens))
    }
}

/// Writes the spec of one field.
pub type WriteSpec = fn(&mut String);

/// Writes the spec of an object with these fields. As a table, it takes a tenth of the wasm of one call per field.
pub fn object_spec(out: &mut String, fields: &[(&str, WriteSpec)]) {
    let mut separator = "{\"";
    for (name, spec) in fields {
        out.push_str(separator);
        out.push_str(name);
        out.push_str("\":");
        spec(out);
        separator = ",\"";
    }
    out.push('}');
}

/// Reads the number before the fields of an object; for anything else returns `false`, and it reads as an empty object.
pub fn read_object_start(tokens: &mut Tokens<'_>) -> bool {
    tokens.next().0 == Kind::Object
}

/// Reads a draft that was encoded along its spec.
pub fn parse<'t, T: ReadDraft<'t>>(draft: &'t EncodedDraft) -> T {
    T::read(&mut Tokens::new(draft))
}

/// Declares what is checked, as a form may hold it: the Rust struct it is read into, with the fields that the rules need,
/// and a TypeScript interface in which every field is optional.
#[macro_export]
macro_rules! draft {
    (
        $(#[$meta:meta])*
        pub struct $name:ident<$t:lifetime> as $typescript_name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $kind:ty = $typescript:literal, )*
        }
        $( folded { $( $(#[$folded_meta:meta])* $folded:ident = $source:literal, )* } )?
    ) => {
        #[cfg(feature = "typescript")]
        const _: () = {
            $(#[$meta])*
            #[derive(tsify::Tsify)]
            #[allow(non_snake_case, dead_code, reason = "declares the TypeScript")]
            struct $typescript_name {
                $( $(#[$field_meta])* #[tsify(optional, type = $typescript)] $field: (), )*
            }
        };

        $crate::untyped_draft! {
            $(#[$meta])*
            pub struct $name<$t> { $( $(#[$field_meta])* $field: $kind, )* }
            $( folded { $( $(#[$folded_meta])* $folded = $source, )* } )?
        }
    };
}

/// Declares a struct that is read along a spec, without a TypeScript interface.
#[macro_export]
macro_rules! untyped_draft {
    (
        $(#[$meta:meta])*
        pub struct $name:ident<$t:lifetime> {
            $( $(#[$field_meta:meta])* $field:ident: $kind:ty, )*
        }
        $( folded { $( $(#[$folded_meta:meta])* $folded:ident = $source:literal, )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Default)]
        #[allow(non_snake_case, reason = "fields are named as JavaScript passes them")]
        pub struct $name<$t> {
            $( $(#[$field_meta])* pub $field: $kind, )*
            $($( $(#[$folded_meta])* pub $folded: $crate::draft::CaseFolded<$t>, )*)?
        }

        impl<$t> $crate::draft::ReadDraft<$t> for $name<$t> {
            fn spec(out: &mut String) {
                $crate::draft::object_spec(out, &[
                    $( (stringify!($field), <$kind as $crate::draft::ReadDraft<$t>>::spec), )*
                    $($( (stringify!($folded), |out| out.push_str(concat!("\"", $source, "\""))), )*)?
                ]);
            }

            fn read(tokens: &mut $crate::draft::Tokens<$t>) -> Self {
                if !$crate::draft::read_object_start(tokens) {
                    return Self::default();
                }
                // The order of the fields here is the order of the spec.
                Self {
                    $( $field: <$kind as $crate::draft::ReadDraft<$t>>::read(tokens), )*
                    $($( $folded: $crate::draft::CaseFolded::read(tokens), )*)?
                }
            }
        }
    };
}
