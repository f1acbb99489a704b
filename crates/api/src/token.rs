//! Which strings are access tokens, and when a token is refreshed.

/// How long before it expires a token is refreshed, in milliseconds, since a call takes some time.
const MARGIN_MS: f64 = 60_000.0;

/// Whether a string can be sent as `Authorization: Bearer …`: visible ASCII characters only.
pub fn is_bearer_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// When to refresh a token, in Unix milliseconds: a minute before it expires; never if the expiry is unknown.
///
/// A token that seems to expire within a minute is short-lived, or the clock is wrong: then it is only refreshed after a 401.
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
    fn a_token_is_refreshed_a_minute_before_it_expires() {
        assert_eq!(refresh_at(Some(100_000.0), 0.0), 40_000.0);
        assert_eq!(refresh_at(Some(60_001.0), 0.0), 1.0);
        for unknown in [None, Some(60_000.0), Some(-1.0), Some(f64::NAN)] {
            assert_eq!(refresh_at(unknown, 0.0), f64::INFINITY, "{unknown:?}");
        }
    }

    #[test]
    fn only_visible_ascii_is_a_token() {
        assert!(is_bearer_token("eyJ.a-b_c="));
        for text in ["", "a b", "a\n", "é", "Bearer x"] {
            assert!(!is_bearer_token(text), "{text:?}");
        }
    }
}
