//! What counts as an access token, and when it is replaced.

/// How long before it expires a token is no longer used, in milliseconds: a call takes its time.
const MARGIN_MS: f64 = 60_000.0;

/// Whether a text can be sent as `Authorization: Bearer …`: visible ASCII characters only.
pub fn is_bearer_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// When to get another token, in Unix milliseconds: a minute before it expires, never if it does not say when that is.
///
/// A token that seems to expire within the minute comes from a clock that is wrong, or is short-lived: then only the
/// server's 401 counts.
pub fn refresh_at(expires_at_ms: Option<f64>, now_ms: f64) -> f64 {
    match expires_at_ms {
        Some(expires_at_ms) if expires_at_ms - MARGIN_MS > now_ms => expires_at_ms - MARGIN_MS,
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_replaced_a_minute_before_it_expires() {
        assert_eq!(refresh_at(Some(100_000.0), 0.0), 40_000.0);
        assert_eq!(refresh_at(Some(60_001.0), 0.0), 1.0);
        for unknown in [None, Some(60_000.0), Some(-1.0), Some(f64::NAN)] {
            assert_eq!(refresh_at(unknown, 0.0), f64::INFINITY, "{unknown:?}");
        }
    }

    #[test]
    fn only_visible_ascii_can_be_a_token() {
        assert!(is_bearer_token("eyJ.a-b_c="));
        for text in ["", "a b", "a\n", "é", "Bearer x"] {
            assert!(!is_bearer_token(text), "{text:?}");
        }
    }
}
