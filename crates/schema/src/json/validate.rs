//! Reads JSON bytes against a table of fields and builds nothing.
//!
//! The engine's own `JSON.parse` builds the object; this only says whether it is what TypeScript
//! promises. One pass: a mismatch is noted with its path and the reading goes on, so that one
//! answer tells all that is wrong with it. The path costs nothing until then: it is a chain of
//! frames on the stack.

use super::pointer::JsonPath;
use crate::{ObjectSchema, Schema, compact::equal};

/// How deep values may be nested. Deeper is refused, so that no answer exhausts the stack.
pub const MAX_DEPTH: u32 = 200;

/// How many mismatches of one answer are described; the rest add nothing.
pub const MAX_MISMATCHES: usize = 20;

/// A value that is not what the table says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaMismatch {
    /// Where, as a JSON pointer, e.g. `/payload/items/3/email`.
    pub path: String,
    /// What it should be, in words.
    pub expected: String,
    /// What kind of thing came: `string`, `number`, `boolean`, `null`, `array`, `object` or `missing`. Never the value.
    pub found: &'static str,
    /// Whether it lies so near the root that the answer is no use at all: see [`JsonValidator::fatal_depth`].
    pub fatal: bool,
}

/// The bytes are no JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidJson {
    /// The byte where the reading stopped.
    pub at: usize,
    /// Whether the text ended too early, was nested too deep or is otherwise wrong.
    pub why: InvalidJsonReason,
}

/// Why bytes are no JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidJsonReason {
    /// The text ends before the value does.
    CutOff,
    /// More than [`MAX_DEPTH`] values are nested in one another.
    TooDeep,
    /// A byte that cannot stand there.
    Unexpected,
}

/// Reads the value of a member. It gets the field, if the table has it, and the name as it stands between the quotes. Not
/// generic: the wasm has the reading of members once.
type ReadMember<'m, 'a> =
    &'m mut dyn FnMut(&mut JsonValidator<'a>, Option<usize>, &'a [u8]) -> Result<(), InvalidJson>;

/// A place in a JSON text.
#[derive(Debug)]
pub struct JsonValidator<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
    /// What did not fit so far.
    pub mismatches: Vec<SchemaMismatch>,
    /// Mismatches at paths of at most so many steps are fatal, and noted however many there are.
    pub fatal_depth: usize,
}

impl<'a> JsonValidator<'a> {
    /// At the beginning of a text; a byte order mark is passed over, as `TextDecoder` does.
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        JsonValidator { bytes, at, depth: 0, mismatches: Vec::new(), fatal_depth: 0 }
    }

    /// Reads the one value that the text must hold, and its end.
    pub fn whole(&mut self, schema: &Schema) -> Result<(), InvalidJson> {
        self.value(schema, &JsonPath::Root)?;
        self.end()
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), InvalidJson> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.fail(),
        }
    }

    /// Reads the members of an object one after the other; `member` reads the value of each and gets
    /// its name as it stands between the quotes.
    pub fn members(
        &mut self,
        mut member: impl FnMut(&mut Self, &'a [u8]) -> Result<(), InvalidJson>,
    ) -> Result<(), InvalidJson> {
        self.fields(&UNLISTED, &mut |scanner, _, name| member(scanner, name))
    }

    fn fields(
        &mut self,
        table: &'static ObjectSchema,
        member: ReadMember<'_, 'a>,
    ) -> Result<(), InvalidJson> {
        self.enter(b'{')?;
        if self.peek() == Some(b'}') {
            self.skip(1);
            return self.leave();
        }
        let mut next: usize = 0;
        loop {
            if self.peek() != Some(b'"') {
                return self.fail();
            }
            // Servers send fields in the order of the table: its name may just stand there.
            let likely = table.fields.get(next).and_then(|field| self.quoted(field.name.as_bytes()));
            let (index, name) = match likely {
                Some(name) => {
                    self.skip(name.len().wrapping_add(2));
                    (Some(next), name)
                }
                None => {
                    let name = self.string()?;
                    (table.fields.iter().position(|field| same_name(name, field.name)), name)
                }
            };
            if let Some(index) = index {
                next = index.wrapping_add(1);
            }
            self.expect(b':')?;
            member(self, index, name)?;
            match self.peek() {
                Some(b',') => self.skip(1),
                Some(b'}') => break self.skip(1),
                _ => return self.fail(),
            }
        }
        self.leave()
    }

    /// Reads the elements of an array one after the other.
    pub fn elements(
        &mut self,
        mut element: impl FnMut(&mut Self, usize) -> Result<(), InvalidJson>,
    ) -> Result<(), InvalidJson> {
        self.enter(b'[')?;
        if self.peek() == Some(b']') {
            self.skip(1);
            return self.leave();
        }
        let mut index: usize = 0;
        loop {
            element(self, index)?;
            index = index.wrapping_add(1);
            match self.peek() {
                Some(b',') => self.skip(1),
                Some(b']') => break self.skip(1),
                _ => return self.fail(),
            }
        }
        self.leave()
    }

    /// Reads one value, whatever it is, and returns its bytes.
    pub fn raw(&mut self) -> Result<&'a [u8], InvalidJson> {
        self.checked(&Schema::Any, &JsonPath::Root)
    }

    /// Reads one value, notes where it is not what `schema` says, and returns its bytes.
    pub fn checked(&mut self, schema: &Schema, path: &JsonPath<'_>) -> Result<&'a [u8], InvalidJson> {
        self.peek();
        let start = self.at;
        self.value(schema, path)?;
        Ok(self.bytes.get(start..self.at).unwrap_or_default())
    }

    /// Reads one value and notes where it is not what `schema` says.
    pub fn value(&mut self, schema: &Schema, path: &JsonPath<'_>) -> Result<(), InvalidJson> {
        let Some(first) = self.peek() else { return self.fail() };
        match first {
            b'"' => {
                let text = self.string()?;
                match bare(schema) {
                    Schema::Any | Schema::String => {}
                    Schema::NonEmptyString if !text.is_empty() => {}
                    Schema::OneOf(words) if words.iter().any(|word| same_name(text, word)) => {}
                    _ => self.note(schema, path, "string"),
                }
            }
            b'{' => match bare(schema) {
                Schema::Object(table) => self.object(table, path)?,
                Schema::Any => self.object(&UNLISTED, path)?,
                _ => {
                    self.note(schema, path, "object");
                    self.object(&UNLISTED, path)?;
                }
            },
            b'[' => {
                let inner = match bare(schema) {
                    Schema::Array(inner) => inner,
                    Schema::Any => &Schema::Any,
                    _ => {
                        self.note(schema, path, "array");
                        &Schema::Any
                    }
                };
                self.elements(|scanner, index| scanner.value(inner, &JsonPath::Element(path, index)))?;
            }
            b't' | b'f' => {
                // `false` from its second letter: both words are four letters then.
                let word = if first == b't' { b"true" } else { b"alse" };
                self.skip(usize::from(first == b'f'));
                self.literal(word)?;
                if !matches!(bare(schema), Schema::Any | Schema::Bool) {
                    self.note(schema, path, "boolean");
                }
            }
            b'n' => {
                self.literal(b"null")?;
                if !matches!(schema, Schema::Any | Schema::Nullable(_)) {
                    self.note(schema, path, "null");
                }
            }
            _ => {
                let digits = self.number()?;
                match bare(schema) {
                    Schema::Any | Schema::Number => {}
                    Schema::NonNegativeInt if is_whole(digits) => {}
                    Schema::PositiveInt if is_whole(digits) && digits != b"0" => {}
                    _ => self.note(schema, path, "number"),
                }
            }
        }
        Ok(())
    }

    /// Reads an object against the table of its fields.
    fn object(&mut self, table: &'static ObjectSchema, path: &JsonPath<'_>) -> Result<(), InvalidJson> {
        // A bit for each field seen: no record has more than 64 fields (a test sees to it).
        let mut seen: u64 = 0;
        self.fields(table, &mut |scanner, index, _| match index.and_then(|index| table.fields.get(index)) {
            Some(field) => {
                seen |= 1_u64.wrapping_shl(index.unwrap_or_default() as u32);
                scanner.value(&field.schema, &JsonPath::Member(path, field.name))
            }
            None => scanner.value(&Schema::Any, path),
        })?;
        for (index, field) in table.fields.iter().enumerate() {
            if field.required && seen & 1_u64.wrapping_shl(index as u32) == 0 {
                self.note(&field.schema, &JsonPath::Member(path, field.name), "missing");
            }
        }
        Ok(())
    }

    #[cold]
    fn note(&mut self, schema: &Schema, path: &JsonPath<'_>, found: &'static str) {
        let fatal = path.depth() <= self.fatal_depth;
        if fatal || self.mismatches.len() < MAX_MISMATCHES {
            self.mismatches.push(SchemaMismatch {
                path: path.pointer(),
                expected: schema.describe(),
                found,
                fatal,
            });
        }
    }

    /// Reads a string and returns what stands between its quotes, escapes as they are.
    pub fn string(&mut self) -> Result<&'a [u8], InvalidJson> {
        self.skip(1);
        let start = self.at;
        loop {
            self.skip_plain();
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    let text = self.bytes.get(start..self.at).unwrap_or_default();
                    self.skip(1);
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.skip(1);
                    self.escape()?;
                }
                _ => return self.fail(),
            }
        }
    }

    /// Passes over characters that are neither a quote, a backslash nor a control character, 16 at a time.
    #[inline(always)]
    fn skip_plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let (blocks, tail) = rest.as_chunks::<16>();
        let mut plain: usize = 0;
        for block in blocks {
            let special = specials(block);
            if special != 0 {
                return self.skip(plain.wrapping_add(special.trailing_zeros() as usize));
            }
            plain = plain.wrapping_add(16);
        }
        let inside = tail.iter().take_while(|byte| !is_special(**byte)).count();
        self.skip(plain.wrapping_add(inside));
    }

    /// What stands between quotes here, if it is this.
    #[inline(always)]
    fn quoted(&self, name: &[u8]) -> Option<&'a [u8]> {
        let begin = self.at.wrapping_add(1);
        let end = begin.wrapping_add(name.len());
        let here = self.bytes.get(begin..end)?;
        (self.bytes.get(end) == Some(&b'"') && equal(here, name)).then_some(here)
    }

    fn escape(&mut self) -> Result<(), InvalidJson> {
        match self.bytes.get(self.at) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.skip(1),
            Some(b'u') => {
                self.skip(1);
                for _ in 0..4 {
                    match self.bytes.get(self.at) {
                        Some(digit) if digit.is_ascii_hexdigit() => self.skip(1),
                        _ => return self.fail(),
                    }
                }
            }
            _ => return self.fail(),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<&'a [u8], InvalidJson> {
        let start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.skip(1);
        }
        if self.bytes.get(self.at) == Some(&b'0') {
            self.skip(1);
        } else {
            self.digits()?;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.skip(1);
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.skip(1);
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.skip(1);
            }
            self.digits()?;
        }
        Ok(self.bytes.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> Result<(), InvalidJson> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.skip(count);
        if count == 0 { self.fail() } else { Ok(()) }
    }

    fn literal(&mut self, word: &[u8; 4]) -> Result<(), InvalidJson> {
        if self.rest().first_chunk() == Some(word) {
            self.skip(4);
            return Ok(());
        }
        // The first byte that is wrong.
        let right = self.rest().iter().zip(word).take_while(|(byte, letter)| byte == letter).count();
        self.skip(right);
        self.fail()
    }

    #[inline(always)]
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn enter(&mut self, bracket: u8) -> Result<(), InvalidJson> {
        self.expect(bracket)?;
        self.depth = self.depth.wrapping_add(1);
        if self.depth > MAX_DEPTH {
            return Err(InvalidJson { at: self.at, why: InvalidJsonReason::TooDeep });
        }
        Ok(())
    }

    fn leave(&mut self) -> Result<(), InvalidJson> {
        self.depth = self.depth.wrapping_sub(1);
        Ok(())
    }

    fn expect(&mut self, byte: u8) -> Result<(), InvalidJson> {
        if self.peek() != Some(byte) {
            return self.fail();
        }
        self.skip(1);
        Ok(())
    }

    /// The next byte that is not white space.
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.skip(1),
                other => return other.copied(),
            }
        }
    }

    #[inline(always)]
    fn skip(&mut self, count: usize) {
        // Never beyond the end by more than one.
        self.at = self.at.wrapping_add(count);
    }

    #[cold]
    fn fail<T>(&self) -> Result<T, InvalidJson> {
        let why = if self.at >= self.bytes.len() {
            InvalidJsonReason::CutOff
        } else {
            InvalidJsonReason::Unexpected
        };
        Err(InvalidJson { at: self.at, why })
    }
}

static UNLISTED: ObjectSchema = ObjectSchema { name: "", fields: &[], closed: false };

/// The schema inside `Nullable`, for any value other than null.
#[inline(always)]
fn bare(schema: &Schema) -> &Schema {
    match schema {
        Schema::Nullable(inner) => bare(inner),
        other => other,
    }
}

/// Which of the bytes are special: a bit for each, the first one lowest.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn specials(block: &[u8; 16]) -> u16 {
    use core::arch::wasm32::{i64x2, u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, v128_or};
    let both = u128::from_le_bytes(*block);
    let block = i64x2(both as i64, (both >> 64) as i64);
    let quotes = u8x16_eq(block, u8x16_splat(b'"'));
    let backslashes = u8x16_eq(block, u8x16_splat(b'\\'));
    u8x16_bitmask(v128_or(v128_or(quotes, backslashes), u8x16_lt(block, u8x16_splat(0x20))))
}

/// The same where there is no wasm.
#[cfg(not(target_arch = "wasm32"))]
fn specials(block: &[u8; 16]) -> u16 {
    block.iter().rev().fold(0, |bits, byte| bits << 1 | u16::from(is_special(*byte)))
}

fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

fn is_whole(number: &[u8]) -> bool {
    number.iter().all(u8::is_ascii_digit)
}

/// Whether a name between quotes, escapes and all, is this one.
pub fn same_name(raw: &[u8], name: &str) -> bool {
    raw == name.as_bytes() || (raw.contains(&b'\\') && unescape(raw) == name)
}

/// The text of a string, its escapes resolved; what is no Unicode becomes U+FFFD.
pub fn unescape(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let mut out = String::new();
    let mut units: Vec<u16> = Vec::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let plain = if char == '\\' {
            match chars.next() {
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xFFFD));
                    continue;
                }
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(other) => other,
                None => break,
            }
        } else {
            char
        };
        out.push_str(&String::from_utf16_lossy(&units));
        units.clear();
        out.push(plain);
    }
    out.push_str(&String::from_utf16_lossy(&units));
    out
}
