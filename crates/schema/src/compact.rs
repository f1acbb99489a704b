//! Small replacements for functions of std that take more WebAssembly: formatting weighs 1.5 KB, string search 2 KB, and
//! comparing bytes goes byte by byte.

/// Writes a number in decimal.
pub fn usize_to_string(number: usize) -> String {
    let mut text = String::new();
    let mut rest = number;
    loop {
        text.insert(0, char::from(b'0'.wrapping_add((rest % 10) as u8)));
        rest /= 10;
        if rest == 0 {
            return text;
        }
    }
}

/// Writes a number that may be negative in decimal.
pub fn i32_to_string(number: i32) -> String {
    let digits = usize_to_string(number.unsigned_abs() as usize);
    if number < 0 { concat(&["-", &digits]) } else { digits }
}

/// Parses digits; `None` for anything else, and for a number of more than 32 bits. Parsing with std takes 0.3 KB.
#[inline(never)]
pub fn parse_u32(digits: &[u8]) -> Option<u32> {
    let number = digits.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        number.checked_mul(10)?.checked_add(digit.into()).filter(|_| digit < 10)
    });
    number.filter(|_| !digits.is_empty())
}

/// Replaces each `from` in a text. An empty `from` replaces nothing.
pub fn replace_all(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match rest.strip_prefix(from).filter(|_| !from.is_empty()) {
            Some(after) => {
                out.push_str(to);
                rest = after;
            }
            None => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Like `split_once` with an ASCII character; std's would be compiled anew for each caller.
#[inline(never)]
pub fn split_once_at(text: &str, separator: u8) -> Option<(&str, &str)> {
    split_around(text, text.bytes().position(|byte| byte == separator))
}

/// Splits a text before and after the byte at `index`.
pub fn split_around(text: &str, index: Option<usize>) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(index?)?;
    Some((head, tail.get(1..)?))
}

/// Percent-encodes every byte for which `is_plain` is false.
pub fn percent_encode(text: &str, is_plain: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if is_plain(byte) {
            encoded.push(byte.into());
        } else {
            let hex_digit =
                |nibble: u8| char::from(if nibble < 10 { b'0' } else { b'A' - 10 }.wrapping_add(nibble));
            encoded.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
        }
    }
    encoded
}

/// Parses a decimal number without an exponent and with at most 15 digits, which is what a double holds exactly; `None`
/// for any other text. Parsing with std takes ten times as much WebAssembly.
pub fn parse_decimal(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mut number, mut scale, mut count, mut in_fraction) = (0.0, 1.0, 0_u32, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                number = number * 10.0 + f64::from(byte.wrapping_sub(b'0'));
                scale *= if in_fraction { 10.0 } else { 1.0 };
                count = count.wrapping_add(1);
            }
            b'.' if !in_fraction => in_fraction = true,
            _ => return None,
        }
    }
    let number = if negative { -number } else { number } / scale;
    Some(number).filter(|_| (1..=15).contains(&count))
}

/// Compares bytes, eight at a time.
#[inline(always)]
pub fn bytes_equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    // The last eight may overlap those before.
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(end), Some(other_end)) => {
            let begin = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
            end == other_end && begin.into_iter().all(|(chunk, other_chunk)| chunk == other_chunk)
        }
        _ => one.iter().zip(other).all(|(byte, other_byte)| byte == other_byte),
    }
}

/// The parts one after the other. Std's `concat` takes 0.3 KB in each crate that uses it.
#[inline(never)]
pub fn concat(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// The parts with a separator between them. Std's `join` takes 0.9 KB in each crate that uses it.
#[inline(never)]
pub fn join(parts: &mut dyn Iterator<Item = &str>, separator: &str) -> String {
    let mut joined = String::from(parts.next().unwrap_or_default());
    for part in parts {
        joined.push_str(separator);
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn integers_at_the_limits_are_written_like_std() {
        for number in [0, 1, 9, 10, 11, 99, 100, usize::MAX] {
            assert_eq!(usize_to_string(number), number.to_string());
        }
        assert_eq!((i32_to_string(i32::MIN), i32_to_string(0)), (i32::MIN.to_string(), "0".into()));
    }

    proptest! {
        #[test]
        fn parts_are_joined_as_std_does(parts in prop::collection::vec("[ab]{0,3}", 0..5), separator in "[, ]{0,2}") {
            prop_assert_eq!(join(&mut parts.iter().map(String::as_str), &separator), parts.join(&separator));
        }

        #[test]
        fn integers_are_written_like_std(number: usize, small in 0_usize..5_000, negative: i32) {
            prop_assert_eq!(usize_to_string(number), number.to_string());
            prop_assert_eq!(usize_to_string(small), small.to_string());
            prop_assert_eq!(i32_to_string(negative), negative.to_string());
        }

        #[test]
        fn decimals_are_parsed_like_std(whole in "-?[0-9]{1,8}", fraction in "(\\.[0-9]{1,7})?") {
            let text = whole + &fraction;
            prop_assert_eq!(parse_decimal(&text), text.parse().ok());
        }

        #[test]
        fn digits_are_parsed_like_std(text in "[0-9]{0,11}|[0-9]{0,2}[-+a/:][0-9]") {
            let parsed = text.parse().ok().filter(|_| !text.starts_with('+'));
            prop_assert_eq!(parse_u32(text.as_bytes()), parsed);
        }

        #[test]
        fn other_texts_are_not_decimals(text in "[0-9]{16,20}|1e[0-9]|[0-9]\\.[0-9]\\.[0-9]|-|\\.|[a-z]{0,3}") {
            prop_assert_eq!(parse_decimal(&text), None);
        }

        #[test]
        fn bytes_are_compared_like_std(one in "[ab]{0,20}", other in "[ab]{0,20}", at in 0_usize..20) {
            prop_assert_eq!(bytes_equal(one.as_bytes(), other.as_bytes()), one == other);
            prop_assert!(bytes_equal(one.as_bytes(), one.clone().as_bytes()));
            let mut changed = one.clone().into_bytes();
            if let Some(byte) = changed.get_mut(at) {
                *byte = b'c';
                prop_assert!(!bytes_equal(one.as_bytes(), &changed));
            }
        }

        #[test]
        fn texts_are_replaced_like_std(text in "[aầ☎]{0,12}", from in "[aầ☎]{1,3}", to in "[bầ]{0,3}") {
            prop_assert_eq!(replace_all(&text, &from, &to), text.replace(&from, &to));
            prop_assert_eq!(replace_all(&text, "", &to), text);
        }
    }
}
