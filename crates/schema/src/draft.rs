//! Reads drafts and tenants of any shape. A field of the wrong type is not an error here: the rules report it.
//!
//! The side that has the value (JavaScript in a browser, `draft_json` natively) walks it along a
//! spec, which lists the fields that the rules need, and writes the values into one text of tokens. The drafts borrow
//! from that text, so a tenant of 100 000 scripts costs one walk and one copy. Reading field by field from WebAssembly
//! would cost twenty calls into JavaScript for each script.

use crate::compact::i32_to_string;

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

    /// Whether it is a string with more than white space.
    pub fn is_non_blank(self) -> bool {
        matches!(self, Value::Text(text) if !text.trim().is_empty())
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

/// How many characters of a text a message quotes.
const MAX_QUOTED: usize = 100;

/// Truncates a text to what a message quotes of it.
pub fn truncate(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
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
        CaseFolded(tokens.next())
    }
}

/// The tokens that have not been read yet. If they end early, everything after is absent.
#[derive(Debug)]
pub struct Tokens<'t>(&'t str);

/// Separates tokens. Strings do not contain it: the writer puts U+FFFD in its place.
const SEPARATOR: u8 = 0;

impl<'t> Tokens<'t> {
    fn next(&mut self) -> &'t str {
        // Tokens are short: a search made for long texts takes longer to start than this loop takes.
        let end = self.0.bytes().position(|byte| byte == SEPARATOR).unwrap_or(self.0.len());
        let (token, rest) = self.0.split_at_checked(end).unwrap_or_default();
        self.0 = rest.get(1..).unwrap_or_default();
        token
    }

    /// What was passed as a list, and how many items follow.
    fn list(&mut self) -> (ListSource, usize) {
        let mut chars = self.next().chars();
        let source = match chars.next() {
            Some('a') => ListSource::Array,
            Some('p') => ListSource::Page,
            Some('m') => ListSource::PartialPage,
            // Other tokens do not hold a number of items.
            None | Some('u') => return (ListSource::Absent, 0),
            Some(_) => return (ListSource::Other, 0),
        };
        (source, chars.as_str().parse().unwrap_or_default())
    }
}

/// A type that can be read along a spec.
pub trait ReadDraft<'t>: Default {
    /// Writes the spec, in JSON: `0` for one value, `{"name": …}` for an object, `[…]` for an array, `[…,1]` for an array
    /// or a list page; a field whose spec is the name of another field is the folded text of that field.
    fn spec(out: &mut String);

    /// Reads the tokens that were written along that spec.
    fn read(tokens: &mut Tokens<'t>) -> Self;
}

impl<'t> ReadDraft<'t> for Value<'t> {
    fn spec(out: &mut String) {
        out.push('0');
    }

    fn read(tokens: &mut Tokens<'t>) -> Self {
        let token = tokens.next();
        let mut chars = token.chars();
        let kind = chars.next();
        let rest = chars.as_str();
        match kind {
            // Not a letter: NFC would combine it with an accent at the beginning of the text.
            Some('"') => Value::Text(rest),
            Some('i') => rest.parse().map_or(Value::OtherNumber(rest), Value::Int),
            Some('d') => Value::OtherNumber(rest),
            Some('b') => Value::Bool(rest == "1"),
            Some('x') => Value::Other,
            _ => Value::Absent,
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

/// Reads the token before the fields of an object; for anything else returns `false`, and it reads as an empty object.
pub fn read_object_start(tokens: &mut Tokens<'_>) -> bool {
    tokens.next() == "o"
}

/// Reads a draft from the tokens that were written along its spec.
pub fn parse<'t, T: ReadDraft<'t>>(text: &'t str) -> T {
    T::read(&mut Tokens(text))
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
