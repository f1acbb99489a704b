//! JSON text, read and written: with a third of the code of serde_json's, which is made for any type.

use super::{Object, Value};

/// How deep arrays and objects may be in one another.
const MAX_DEPTH: usize = 100;

/// Reads JSON text; `None` if it is not JSON.
pub fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(MAX_DEPTH)?;
    reader.skip_space();
    (reader.at == text.len()).then_some(value)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.next();
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            _ => self.word("null", Value::Null),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.text.get(self.at..)?.strip_prefix(word)?;
        self.at = self.at.saturating_add(word.len());
        Some(value)
    }

    /// Steps over what is between two values; `Some(true)` if another value follows.
    fn goes_on(&mut self, is_first: bool, end: u8) -> Option<bool> {
        self.skip_space();
        if is_first && self.peek() == Some(end) {
            self.next();
            return Some(false);
        }
        if is_first {
            return Some(true);
        }
        match self.next()? {
            b',' => Some(true),
            byte => (byte == end).then_some(false),
        }
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.next();
        let mut items = Vec::new();
        while self.goes_on(items.is_empty(), b']')? {
            items.push(self.value(depth)?);
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.next();
        let mut members = Object::new();
        let mut is_first = true;
        while self.goes_on(is_first, b'}')? {
            is_first = false;
            self.skip_space();
            let name = (self.peek() == Some(b'"')).then(|| self.string())??;
            self.skip_space();
            (self.next()? == b':').then_some(())?;
            members.insert(name, self.value(depth)?);
        }
        Some(Value::Object(members))
    }

    fn string(&mut self) -> Option<String> {
        self.next();
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..0x20) {
                self.next();
            }
            string.push_str(self.text.get(start..self.at)?);
            match self.next()? {
                b'"' => return Some(string),
                b'\\' => string.push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.unicode(),
            byte @ (b'"' | b'\\' | b'/') => byte.into(),
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code << 4 | char::from(self.next()?).to_digit(16)?;
        }
        Some(code)
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        (self.next()? == b'\\' && self.next()? == b'u').then_some(())?;
        let second = self.hex()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(((first & 0x3ff) << 10 | low).saturating_add(0x1_0000))
    }

    /// Numbers as JavaScript has them, but for the last digit of fractions with more than 15.
    fn number(&mut self) -> Option<Value> {
        let is_negative = self.peek() == Some(b'-');
        if is_negative {
            self.next();
        }
        let (mut digits, mut exponent, mut count) = (0_u64, 0_i32, 0_usize);
        let mut is_fraction = false;
        while let Some(byte @ (b'0'..=b'9' | b'.')) = self.peek() {
            self.next();
            if byte == b'.' {
                (count > 0 && !is_fraction).then_some(())?;
                is_fraction = true;
                continue;
            }
            count = count.saturating_add(1);
            // More digits than a number has only make it longer.
            match digits.checked_mul(10).and_then(|digits| digits.checked_add(u64::from(byte & 15))) {
                Some(more) => {
                    digits = more;
                    exponent = exponent.saturating_sub(is_fraction.into());
                }
                None => exponent = exponent.saturating_add((!is_fraction).into()),
            }
        }
        (count > 0).then_some(())?;
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.next();
            let is_small = self.peek() == Some(b'-');
            if matches!(self.peek(), Some(b'-' | b'+')) {
                self.next();
            }
            let mut power = 0_i32;
            while let Some(digit @ b'0'..=b'9') = self.peek() {
                self.next();
                power = power.saturating_mul(10).saturating_add((digit & 15).into());
            }
            exponent = exponent.saturating_add(if is_small { power.saturating_neg() } else { power });
        }
        let mut number = digits as f64;
        for _ in 0..exponent.unsigned_abs().min(400) / 22 {
            number = if exponent < 0 { number / 1e22 } else { number * 1e22 };
        }
        let mut rest = 1.0;
        for _ in 0..exponent.unsigned_abs().min(400) % 22 {
            rest *= 10.0;
        }
        number = if exponent < 0 { number / rest } else { number * rest };
        number.is_finite().then_some(Value::Number(if is_negative { -number } else { number }))
    }
}

/// Writes JSON text.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

/// Writes an object as JSON text.
pub fn write_members(members: &Object) -> String {
    let mut out = String::new();
    write_object(members, &mut out);
    out
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(*number, out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            let mut separator = '[';
            for item in items {
                out.push(separator);
                write_value(item, out);
                separator = ',';
            }
            if items.is_empty() {
                out.push('[');
            }
            out.push(']');
        }
        Value::Object(members) => write_object(members, out),
    }
}

fn write_object(members: &Object, out: &mut String) {
    let mut separator = '{';
    for (name, member) in members {
        out.push(separator);
        write_string(name, out);
        out.push(':');
        write_value(member, out);
        separator = ',';
    }
    if members.is_empty() {
        out.push('{');
    }
    out.push('}');
}

/// Writes a number as JavaScript does, with at most 15 digits behind the point, and at most 20 before it.
fn write_number(value: f64, out: &mut String) {
    if value < 0.0 {
        out.push('-');
    }
    if value.fract() == 0.0 && value.abs() < 1e19 {
        return write_digits(value.abs() as u64, out);
    }
    let (mut mantissa, mut exponent) = (value.abs(), 0_u64);
    while mantissa >= 1e15 {
        mantissa /= 10.0;
        exponent = exponent.saturating_add(1);
    }
    let mut scale = 1.0;
    let mut places = 0_usize;
    while places < 15 && (mantissa * scale).round() / scale != mantissa && mantissa * scale < 1e15 {
        scale *= 10.0;
        places = places.saturating_add(1);
    }
    let digits = (mantissa * scale).round() as u64;
    let divisor = scale as u64;
    write_digits(digits.checked_div(divisor).unwrap_or_default(), out);
    if places > 0 {
        out.push('.');
        let mut fraction = String::new();
        write_digits(digits.checked_rem(divisor).unwrap_or_default(), &mut fraction);
        while fraction.len() < places {
            fraction.insert(0, '0');
        }
        out.push_str(&fraction);
    }
    if exponent > 0 {
        out.push('e');
        write_digits(exponent, out);
    }
}

fn write_digits(number: u64, out: &mut String) {
    if number >= 10 {
        write_digits(number / 10, out);
    }
    out.extend(char::from_digit((number % 10) as u32, 10));
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\0'..'\u{20}' => {
                out.push_str("\\u00");
                let code = u32::from(letter);
                out.extend(
                    [code >> 4, code & 15].into_iter().filter_map(|digit| char::from_digit(digit, 16)),
                );
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{parse, write};
    use crate::json;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_991_i64..9_007_199_254_740_991).prop_map(Value::from),
            (-1_000_000_i64..1_000_000).prop_map(|number| json!(number as f64 / 1000.0)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            let list = prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from);
            let object = prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect()));
            prop_oneof![list, object]
        })
    }

    proptest! {
        #[test]
        fn both_ways_are_those_of_serde_json(value in value()) {
            let known = json::Value::from(&value);
            prop_assert_eq!(parse(&value.to_string()), Some(known.clone()));
            let pretty = serde_json::to_string_pretty(&value).unwrap_or_default();
            prop_assert_eq!(parse(&pretty), Some(known.clone()));
            let written = write(&known);
            let read = serde_json::from_str::<Value>(&written).ok();
            prop_assert_eq!(read.map(|read| json::Value::from(&read)), Some(known));
        }

        #[test]
        fn what_is_not_json_is_refused(text in "[\\[\\]{}\",:0-9a-z\\\\. ue+-]{0,12}") {
            let is_json = serde_json::from_str::<Value>(&text).is_ok();
            // It is a little more lenient with numbers: 01, 1. and 1e are read.
            prop_assert!(parse(&text).is_some() || !is_json, "{text:?}");
        }
    }

    #[test]
    fn numbers_and_escapes_are_exact() {
        for text in [
            "0",
            "-0.5",
            "2.5",
            "1e3",
            "1E-2",
            "123456789012345",
            "1732700000000",
            "0.1",
            "1e21",
            "-9223372036854775808",
            "18446744073709551615",
        ] {
            let expected: Option<f64> = text.parse().ok();
            assert_eq!(parse(text).and_then(|value| value.as_f64()), expected, "{text}");
        }
        assert_eq!(parse(r#""\ud83d\ude00\u00e9\n\/""#), Some("\u{1f600}é\n/".into()));
        for text in [
            "",
            "nul",
            "[1",
            "[1,]",
            "{\"a\"}",
            "\"a",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"\n\"",
            "1 2",
            "-",
            "{a:1}",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"[".repeat(1_000_000)), None);
    }
}
