//! What std does with more of the wasm: its formatting machinery weighs 1.5 KB, its search for texts 2 KB; and its
//! comparison of bytes goes byte by byte.

/// A number in decimal digits.
pub fn digits(number: usize) -> String {
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

/// The same of a number that may be negative.
pub fn signed(number: i32) -> String {
    let digits = digits(number.unsigned_abs() as usize);
    if number < 0 { ["-", &digits].concat() } else { digits }
}

/// A text with each `from` replaced.
pub fn replaced(text: &str, from: &str, to: &str) -> String {
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

/// Whether both are the same, eight bytes at a time.
#[inline(always)]
pub fn equal(one: &[u8], other: &[u8]) -> bool {
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_are_written_out() {
        for number in [0, 1, 9, 10, 11, 99, 100, usize::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
        assert_eq!((signed(i32::MIN), signed(0)), (i32::MIN.to_string(), "0".into()));
    }

    proptest! {
        #[test]
        fn numbers_read_as_std_writes_them(number: usize, small in 0_usize..5_000, negative: i32) {
            prop_assert_eq!(digits(number), number.to_string());
            prop_assert_eq!(digits(small), small.to_string());
            prop_assert_eq!(signed(negative), negative.to_string());
        }

        #[test]
        fn bytes_are_compared_as_std_does(one in "[ab]{0,20}", other in "[ab]{0,20}", at in 0_usize..20) {
            prop_assert_eq!(equal(one.as_bytes(), other.as_bytes()), one == other);
            prop_assert!(equal(one.as_bytes(), one.clone().as_bytes()));
            let mut changed = one.clone().into_bytes();
            if let Some(byte) = changed.get_mut(at) {
                *byte = b'c';
                prop_assert!(!equal(one.as_bytes(), &changed));
            }
        }

        #[test]
        fn texts_are_replaced_as_std_does(text in "[aầ☎]{0,12}", from in "[aầ☎]{1,3}", to in "[bầ]{0,3}") {
            prop_assert_eq!(replaced(&text, &from, &to), text.replace(&from, &to));
            prop_assert_eq!(replaced(&text, "", &to), text);
        }
    }
}
