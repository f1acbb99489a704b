//! Reads drafts and tenants, whatever their form, and reports no error for a field of another type: that is for the rules
//! to say.
//!
//! Whoever has the value (JavaScript in a browser, [`json`](crate::draft_json) natively) walks over it along a spec, which
//! lists the fields that the rules look at, and writes what it finds into one text. The drafts borrow from that text, so
//! a tenant of 100 000 scripts costs one walk and one copy. Reading field by field from WebAssembly would cost twenty
//! calls into JavaScript for each script.

use crate::compact::signed;

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
pub struct CaseFolded<'t>(pub &'t str);

impl<'t> CaseFolded<'t> {
    /// Reads what JavaScript wrote.
    pub fn read(tokens: &mut Tokens<'t>) -> Self {
        CaseFolded(tokens.next())
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
    fn list(&mut self) -> (ListSource, usize) {
        let mut chars = self.next().chars();
        let given = match chars.next() {
            Some('a') => ListSource::Array,
            Some('p') => ListSource::Page,
            Some('m') => ListSource::PartialPage,
            // What follows of another value is no number of items.
            None | Some('u') => return (ListSource::Absent, 0),
            Some(_) => return (ListSource::Other, 0),
        };
        (given, chars.as_str().parse().unwrap_or_default())
    }
}

/// What can be read along a spec.
pub trait ReadDraft<'t>: Default {
    /// Writes the spec, in JSON: `0` for one value, `{"name": …}` for an object, `[…]` for an array, `[…,1]` for an array
    /// or a page of a list; a field whose spec is the name of another is the folded text of that one.
    fn spec(out: &mut String);

    /// Reads what JavaScript wrote along that spec.
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

/// What stood in the place of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListSource {
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
    PartialPage,
}

/// An array.
#[derive(Debug, Default)]
pub struct List<T> {
    /// How it came.
    pub given: ListSource,
    /// What is in it; empty where it did not come.
    pub items: Vec<T>,
}

impl<T> List<T> {
    /// Whether there is a list, even an empty one.
    pub fn is_given(&self) -> bool {
        !matches!(self.given, ListSource::Absent | ListSource::Other)
    }

    /// Where the items stand, as the middle of a path: `""`, or `"/items"` in a page.
    pub fn inner_path(&self) -> &'static str {
        if matches!(self.given, ListSource::Page | ListSource::PartialPage) { "/items" } else { "" }
    }
}

impl<'t, T: ReadDraft<'t>> ReadDraft<'t> for List<T> {
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

/// Reads a draft from the text that was written along its spec.
pub fn parse<'t, T: ReadDraft<'t>>(text: &'t str) -> T {
    T::read(&mut Tokens(text))
}

/// Declares what is checked, as it may come from a form: the Rust struct that it is read into, with the fields that the
/// rules look at, and a TypeScript interface of another name in which every field is optional.
#[macro_export]
macro_rules! draft {
    (
        $(#[$meta:meta])*
        pub struct $name:ident<$t:lifetime> as $typescript_name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $kind:ty = $typescript:literal, )*
        }
        $( folded { $( $(#[$folded_meta:meta])* $folded:ident = $of:literal, )* } )?
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
            $( folded { $( $(#[$folded_meta])* $folded = $of, )* } )?
        }
    };
}

/// Declares what is read along a spec, without a TypeScript interface of its own.
#[macro_export]
macro_rules! untyped_draft {
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
            $($( $(#[$folded_meta])* pub $folded: $crate::draft::CaseFolded<$t>, )*)?
        }

        impl<$t> $crate::draft::ReadDraft<$t> for $name<$t> {
            fn spec(out: &mut String) {
                $crate::draft::object_spec(out, &[
                    $( (stringify!($field), <$kind as $crate::draft::ReadDraft<$t>>::spec), )*
                    $($( (stringify!($folded), |out| out.push_str(concat!("\"", $of, "\""))), )*)?
                ]);
            }

            fn read(tokens: &mut $crate::draft::Tokens<$t>) -> Self {
                if !$crate::draft::opens_object(tokens) {
                    return Self::default();
                }
                // Fields are read in the order in which they stand here, which is that of the spec.
                Self {
                    $( $field: <$kind as $crate::draft::ReadDraft<$t>>::read(tokens), )*
                    $($( $folded: $crate::draft::CaseFolded::read(tokens), )*)?
                }
            }
        }
    };
}
