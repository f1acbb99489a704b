//! Numbers as text: std's way would bring its formatting machinery into the wasm, 1.5 KB.

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
    }
}
