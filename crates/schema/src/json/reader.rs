//! Reads the syntax of JSON: strings, numbers, literals and brackets, without building anything.

use crate::compact::bytes_equal;

/// How deep values may be nested. Deeper is an error, so that no response exhausts the stack.
pub const MAX_DEPTH: u32 = 200;

/// The bytes are not valid JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidJson {
    /// The byte at which reading stopped.
    pub offset: usize,
    /// What is wrong there.
    pub reason: InvalidJsonReason,
}

/// Why bytes are not valid JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidJsonReason {
    /// The text ends before the value does.
    UnexpectedEnd,
    /// More than [`MAX_DEPTH`] values are nested in one another.
    TooDeep,
    /// A byte that is not allowed there.
    UnexpectedByte,
}

/// A position in a JSON text.
#[derive(Debug)]
pub(super) struct JsonReader<'a> {
    bytes: &'a [u8],
    offset: usize,
    depth: u32,
}

impl<'a> JsonReader<'a> {
    /// Starts at the beginning of a text. A byte order mark is skipped, as `TextDecoder` does.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let offset = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        JsonReader { bytes, offset, depth: 0 }
    }

    /// The byte that is read next.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// The bytes from `start` to here.
    pub(super) fn bytes_since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.offset).unwrap_or_default()
    }

    /// Only white space may follow.
    pub(super) fn expect_end(&mut self) -> Result<(), InvalidJson> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.fail(),
        }
    }

    /// Reads an opening bracket.
    pub(super) fn enter(&mut self, bracket: u8) -> Result<(), InvalidJson> {
        self.expect(bracket)?;
        self.depth = self.depth.wrapping_add(1);
        if self.depth > MAX_DEPTH {
            return Err(InvalidJson { offset: self.offset, reason: InvalidJsonReason::TooDeep });
        }
        Ok(())
    }

    /// Call it after the closing bracket.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.wrapping_sub(1);
    }

    /// Skips white space and reads this byte.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), InvalidJson> {
        if self.peek() != Some(byte) {
            return self.fail();
        }
        self.skip(1);
        Ok(())
    }

    /// Reads a string and returns what is between its quotes, escapes included.
    pub(super) fn string(&mut self) -> Result<&'a [u8], InvalidJson> {
        self.skip(1);
        let start = self.offset;
        loop {
            self.skip_plain();
            match self.bytes.get(self.offset) {
                Some(b'"') => {
                    let text = self.bytes_since(start);
                    self.skip(1);
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.skip(1);
                    self.skip_escape()?;
                }
                _ => return self.fail(),
            }
        }
    }

    /// Skips characters that are neither a quote, a backslash nor a control character, 16 at a time.
    #[inline(always)]
    fn skip_plain(&mut self) {
        let (blocks, tail) = self.rest().as_chunks::<16>();
        let mut plain: usize = 0;
        for block in blocks {
            let special = special_bytes(block);
            if special != 0 {
                return self.skip(plain.wrapping_add(special.trailing_zeros() as usize));
            }
            plain = plain.wrapping_add(16);
        }
        let in_tail = tail.iter().take_while(|byte| !is_special(**byte)).count();
        self.skip(plain.wrapping_add(in_tail));
    }

    fn skip_escape(&mut self) -> Result<(), InvalidJson> {
        match self.bytes.get(self.offset) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.skip(1),
            Some(b'u') => {
                self.skip(1);
                for _ in 0..4 {
                    match self.bytes.get(self.offset) {
                        Some(digit) if digit.is_ascii_hexdigit() => self.skip(1),
                        _ => return self.fail(),
                    }
                }
            }
            _ => return self.fail(),
        }
        Ok(())
    }

    /// Reads the string `name` and returns it; `None`, without moving, if anything else follows.
    #[inline(always)]
    pub(super) fn string_if(&mut self, name: &[u8]) -> Option<&'a [u8]> {
        let start = self.offset.wrapping_add(1);
        let end = start.wrapping_add(name.len());
        let found = self.bytes.get(start..end)?;
        if self.bytes.get(end) != Some(&b'"') || !bytes_equal(found, name) {
            return None;
        }
        self.skip(name.len().wrapping_add(2));
        Some(found)
    }

    /// Reads a number and returns it as it is written.
    pub(super) fn number(&mut self) -> Result<&'a [u8], InvalidJson> {
        let start = self.offset;
        if self.bytes.get(self.offset) == Some(&b'-') {
            self.skip(1);
        }
        if self.bytes.get(self.offset) == Some(&b'0') {
            self.skip(1);
        } else {
            self.skip_digits()?;
        }
        if self.bytes.get(self.offset) == Some(&b'.') {
            self.skip(1);
            self.skip_digits()?;
        }
        if matches!(self.bytes.get(self.offset), Some(b'e' | b'E')) {
            self.skip(1);
            if matches!(self.bytes.get(self.offset), Some(b'+' | b'-')) {
                self.skip(1);
            }
            self.skip_digits()?;
        }
        Ok(self.bytes_since(start))
    }

    fn skip_digits(&mut self) -> Result<(), InvalidJson> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.skip(count);
        if count == 0 { self.fail() } else { Ok(()) }
    }

    /// Reads these four letters.
    pub(super) fn literal(&mut self, word: &[u8; 4]) -> Result<(), InvalidJson> {
        if self.rest().first_chunk() == Some(word) {
            self.skip(4);
            return Ok(());
        }
        // The error names the first byte that is wrong.
        let matching = self.rest().iter().zip(word).take_while(|(byte, letter)| byte == letter).count();
        self.skip(matching);
        self.fail()
    }

    #[inline(always)]
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.offset..).unwrap_or_default()
    }

    /// Skips white space and returns the next byte.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.offset) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.skip(1),
                other => return other.copied(),
            }
        }
    }

    /// Goes on by `count` bytes: never beyond the end by more than one.
    #[inline(always)]
    pub(super) fn skip(&mut self, count: usize) {
        self.offset = self.offset.wrapping_add(count);
    }

    /// The error for the byte that is read next.
    #[cold]
    pub(super) fn fail<T>(&self) -> Result<T, InvalidJson> {
        let reason = if self.offset >= self.bytes.len() {
            InvalidJsonReason::UnexpectedEnd
        } else {
            InvalidJsonReason::UnexpectedByte
        };
        Err(InvalidJson { offset: self.offset, reason })
    }
}

/// Which of the bytes are special: one bit for each, the first one lowest.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn special_bytes(block: &[u8; 16]) -> u16 {
    use core::arch::wasm32::{i64x2, u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, v128_or};
    let both = u128::from_le_bytes(*block);
    let block = i64x2(both as i64, (both >> 64) as i64);
    let quotes = u8x16_eq(block, u8x16_splat(b'"'));
    let backslashes = u8x16_eq(block, u8x16_splat(b'\\'));
    u8x16_bitmask(v128_or(v128_or(quotes, backslashes), u8x16_lt(block, u8x16_splat(0x20))))
}

/// The same without SIMD, for native builds.
#[cfg(not(target_arch = "wasm32"))]
fn special_bytes(block: &[u8; 16]) -> u16 {
    block.iter().rev().fold(0, |bits, byte| bits << 1 | u16::from(is_special(*byte)))
}

fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}
