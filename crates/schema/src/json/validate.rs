//! Validates JSON bytes against a schema and builds nothing.
//!
//! The engine's own `JSON.parse` builds the object; this only says whether it is what TypeScript promises. One pass: a
//! mismatch is recorded with its path and validation goes on, so that one response lists everything that is wrong with
//! it. The path costs nothing until then: it is a chain of frames on the stack.

use std::ops::Range;

pub use super::reader::{InvalidJson, InvalidJsonReason, MAX_DEPTH};
use super::{
    pointer::JsonPath,
    reader::JsonReader,
    unescape::{has_escapes, string_equals, unescape},
};
use crate::{ObjectSchema, Schema};

/// How many mismatches of one response are described; more would tell nothing new.
pub const MAX_MISMATCHES: usize = 20;

/// A value that is not what the schema says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaMismatch {
    /// Where, as a JSON pointer, e.g. `/payload/items/3/email`.
    pub path: String,
    /// What it should be, in words.
    pub expected: String,
    /// The kind of the value found: `string`, `number`, `boolean`, `null`, `array`, `object` or `missing`. Never the value.
    pub found: &'static str,
    /// Whether it is so near the root that the response cannot be used: see [`JsonValidator::fatal_depth`].
    pub fatal: bool,
}

/// Reads the value of a member. It gets the index of the field, if the schema lists it, and the name as it is between the
/// quotes. Not generic, so that the code that reads members is in the wasm only once.
type ReadMember<'m, 'a> =
    &'m mut dyn FnMut(&mut JsonValidator<'a>, Option<usize>, &'a [u8]) -> Result<(), InvalidJson>;

/// Validates one JSON text.
#[derive(Debug)]
pub struct JsonValidator<'a> {
    reader: JsonReader<'a>,
    /// The mismatches so far.
    pub mismatches: Vec<SchemaMismatch>,
    /// Where the passwords are, perhaps after white space: the values of members whose name says so, wherever they are. What is
    /// inside of another one follows it.
    pub passwords: Vec<Range<usize>>,
    /// Mismatches at paths of at most so many steps are fatal, and are recorded however many there are.
    pub fatal_depth: usize,
}

impl<'a> JsonValidator<'a> {
    /// Starts at the beginning of a text. A byte order mark is skipped, as `TextDecoder` does.
    pub fn new(bytes: &'a [u8]) -> Self {
        JsonValidator {
            reader: JsonReader::new(bytes),
            mismatches: Vec::new(),
            passwords: Vec::new(),
            fatal_depth: 0,
        }
    }

    /// Validates the whole text: one value, and nothing after it.
    pub fn validate(&mut self, schema: &Schema) -> Result<(), InvalidJson> {
        self.validate_value(schema, &JsonPath::Root)?;
        self.expect_end()
    }

    /// Only white space may follow.
    pub fn expect_end(&mut self) -> Result<(), InvalidJson> {
        self.reader.expect_end()
    }

    /// Reads the members of an object one after the other; `member` reads the value of each and gets its name as it is
    /// between the quotes.
    pub fn read_members(
        &mut self,
        mut member: impl FnMut(&mut Self, &'a [u8]) -> Result<(), InvalidJson>,
    ) -> Result<(), InvalidJson> {
        self.read_fields(&ANY_OBJECT, &mut |validator, _, name| member(validator, name))
    }

    fn read_fields(
        &mut self,
        schema: &'static ObjectSchema,
        member: ReadMember<'_, 'a>,
    ) -> Result<(), InvalidJson> {
        self.reader.enter(b'{')?;
        if self.reader.peek() == Some(b'}') {
            self.reader.skip(1);
            self.reader.leave();
            return Ok(());
        }
        let mut next: usize = 0;
        loop {
            if self.reader.peek() != Some(b'"') {
                return self.reader.fail();
            }
            // Servers send fields in the order of the schema, so the next field is the likely one.
            let likely =
                schema.fields.get(next).and_then(|field| self.reader.string_if(field.name.as_bytes()));
            let (index, name) = match likely {
                Some(name) => (Some(next), name),
                None => {
                    let name = self.reader.string()?;
                    (schema.fields.iter().position(|field| string_equals(name, field.name)), name)
                }
            };
            if let Some(index) = index {
                next = index.wrapping_add(1);
            }
            self.reader.expect(b':')?;
            // Names in schemas are known: the test `names_of_passwords_in_records_end_in_password` looks for others.
            let is_password = match index.and_then(|index| schema.fields.get(index)) {
                Some(field) => field.name.ends_with("assword"),
                None => is_password(name),
            };
            let password = is_password.then(|| self.begin_password());
            member(self, index, name)?;
            if let Some(value) = password.and_then(|index| self.passwords.get_mut(index)) {
                value.end = self.reader.offset();
            }
            match self.reader.peek() {
                Some(b',') => self.reader.skip(1),
                Some(b'}') => break self.reader.skip(1),
                _ => return self.reader.fail(),
            }
        }
        self.reader.leave();
        Ok(())
    }

    /// Reads the elements of an array one after the other.
    pub fn read_elements(
        &mut self,
        mut element: impl FnMut(&mut Self, usize) -> Result<(), InvalidJson>,
    ) -> Result<(), InvalidJson> {
        self.reader.enter(b'[')?;
        if self.reader.peek() == Some(b']') {
            self.reader.skip(1);
            self.reader.leave();
            return Ok(());
        }
        let mut index: usize = 0;
        loop {
            element(self, index)?;
            index = index.wrapping_add(1);
            match self.reader.peek() {
                Some(b',') => self.reader.skip(1),
                Some(b']') => break self.reader.skip(1),
                _ => return self.reader.fail(),
            }
        }
        self.reader.leave();
        Ok(())
    }

    /// Reads one value of any kind and returns its bytes.
    pub fn raw_value(&mut self) -> Result<&'a [u8], InvalidJson> {
        self.validated_value(&Schema::Any, &JsonPath::Root)
    }

    /// Validates one value and returns its bytes.
    pub fn validated_value(&mut self, schema: &Schema, path: &JsonPath<'_>) -> Result<&'a [u8], InvalidJson> {
        self.reader.peek();
        let start = self.reader.offset();
        self.validate_value(schema, path)?;
        Ok(self.reader.bytes_since(start))
    }

    /// Validates one value: records where it is not what `schema` says.
    pub fn validate_value(&mut self, schema: &Schema, path: &JsonPath<'_>) -> Result<(), InvalidJson> {
        let Some(first) = self.reader.peek() else { return self.reader.fail() };
        match first {
            b'"' => {
                let text = self.reader.string()?;
                match non_null(schema) {
                    Schema::Any | Schema::String => {}
                    Schema::NonEmptyString if !text.is_empty() => {}
                    Schema::OneOf(words) if words.iter().any(|word| string_equals(text, word)) => {}
                    _ => self.add_mismatch(schema, path, "string"),
                }
            }
            b'{' => match non_null(schema) {
                Schema::Object(object) => self.validate_object(object, path)?,
                Schema::Any => self.validate_object(&ANY_OBJECT, path)?,
                _ => {
                    self.add_mismatch(schema, path, "object");
                    self.validate_object(&ANY_OBJECT, path)?;
                }
            },
            b'[' => {
                let element = match non_null(schema) {
                    Schema::Array(element) => element,
                    Schema::Any => &Schema::Any,
                    _ => {
                        self.add_mismatch(schema, path, "array");
                        &Schema::Any
                    }
                };
                self.read_elements(|validator, index| {
                    validator.validate_value(element, &JsonPath::Element(path, index))
                })?;
            }
            b't' | b'f' => {
                // `false` from its second letter, so that both words have four letters.
                let word = if first == b't' { b"true" } else { b"alse" };
                self.reader.skip(usize::from(first == b'f'));
                self.reader.literal(word)?;
                if !matches!(non_null(schema), Schema::Any | Schema::Bool) {
                    self.add_mismatch(schema, path, "boolean");
                }
            }
            b'n' => {
                self.reader.literal(b"null")?;
                if !matches!(schema, Schema::Any | Schema::Nullable(_)) {
                    self.add_mismatch(schema, path, "null");
                }
            }
            _ => {
                let number = self.reader.number()?;
                match non_null(schema) {
                    Schema::Any | Schema::Number => {}
                    Schema::NonNegativeInt if is_non_negative_int(number) => {}
                    Schema::PositiveInt if is_non_negative_int(number) && number != b"0" => {}
                    _ => self.add_mismatch(schema, path, "number"),
                }
            }
        }
        Ok(())
    }

    fn validate_object(
        &mut self,
        schema: &'static ObjectSchema,
        path: &JsonPath<'_>,
    ) -> Result<(), InvalidJson> {
        // One bit for each field: no record has more than 64 fields, which a test checks.
        let mut seen: u64 = 0;
        self.read_fields(schema, &mut |validator, index, _| match index
            .and_then(|index| schema.fields.get(index))
        {
            Some(field) => {
                seen |= 1_u64.wrapping_shl(index.unwrap_or_default() as u32);
                validator.validate_value(&field.schema, &JsonPath::Member(path, field.name))
            }
            None => validator.validate_value(&Schema::Any, path),
        })?;
        for (index, field) in schema.fields.iter().enumerate() {
            if field.required && seen & 1_u64.wrapping_shl(index as u32) == 0 {
                self.add_mismatch(&field.schema, &JsonPath::Member(path, field.name), "missing");
            }
        }
        Ok(())
    }

    /// Adds a password that begins here, and returns its index.
    #[cold]
    fn begin_password(&mut self) -> usize {
        let start = self.reader.offset();
        self.passwords.push(start..start);
        self.passwords.len().wrapping_sub(1)
    }

    #[cold]
    fn add_mismatch(&mut self, schema: &Schema, path: &JsonPath<'_>, found: &'static str) {
        let fatal = path.depth() <= self.fatal_depth;
        if fatal || self.mismatches.len() < MAX_MISMATCHES {
            self.mismatches.push(SchemaMismatch {
                path: path.pointer(),
                expected: schema.describe().into_owned(),
                found,
                fatal,
            });
        }
    }
}

/// Whether a member holds a password or something like it, by its name as it is between the quotes. In any case, a name that
/// contains `password`, `passwd` or `secret` (but not `secretary`), or ends in `pwd` or in the word `pass` or `ha1`: `sip_pass`
/// and `sipPass`, but not `bypass` or `sha1`.
#[cold]
pub fn is_password(name: &[u8]) -> bool {
    let unescaped = if has_escapes(name) { unescape(name) } else { String::new() };
    let mut rest = if unescaped.is_empty() { name } else { unescaped.as_bytes() };
    let mut before = b'_';
    while let Some((&first, after)) = rest.split_first() {
        let begins_word =
            !before.is_ascii_alphabetic() || (before.is_ascii_lowercase() && first.is_ascii_uppercase());
        let is_last_word = begins_word
            && ((rest.len() == 4 && begins_with(rest, b"pass"))
                || (rest.len() == 3 && begins_with(rest, b"ha1")));
        if is_last_word
            || (rest.len() == 3 && begins_with(rest, b"pwd"))
            || begins_with(rest, b"password")
            || begins_with(rest, b"passwd")
            || (begins_with(rest, b"secret") && !begins_with(rest, b"secretary"))
        {
            return true;
        }
        before = first;
        rest = after;
    }
    false
}

/// Whether the text begins with the word, in any case. Inlined, it would take 1.5 KB.
#[inline(never)]
fn begins_with(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(word))
}

static ANY_OBJECT: ObjectSchema = ObjectSchema { name: "", fields: &[], rejects_unknown: false };

/// The schema for values other than null.
#[inline(always)]
fn non_null(schema: &Schema) -> &Schema {
    match schema {
        Schema::Nullable(inner) => non_null(inner),
        other => other,
    }
}

/// Whether the number is written without sign, fraction and exponent.
fn is_non_negative_int(number: &[u8]) -> bool {
    number.iter().all(u8::is_ascii_digit)
}
