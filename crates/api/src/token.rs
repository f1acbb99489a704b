//! Which strings are access tokens, and when a token is refreshed.

/// How long before it expires a token is refreshed, in milliseconds, since a call takes some time.
const MARGIN_MS: f64 = 60_000.0;

/// What backends return in place of a token when they do not check for failure.
const NOT_TOKENS: &[&str] =
    &["Unauthorized", "Unauthenticated", "Forbidden", "Error", "undefined", "null", "false", "OK"];

/// What a text that cannot be sent as `Authorization: Bearer …` looks like, in words that follow "not"; `None` for a token, which
/// has only the characters of RFC 6750. The text itself is not quoted: it may contain a token.
pub fn token_problem(text: &str) -> Option<&'static str> {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-'..=b'/' | b'_' | b'~' | b'+');
    let bare = text.trim_end_matches('=');
    if !bare.is_empty() && bare.bytes().all(is_token_byte) {
        return Some("a word in place of a token: check `response.ok` first")
            .filter(|_| NOT_TOKENS.iter().any(|word| word.eq_ignore_ascii_case(text)));
    }
    let is_space = |byte: &u8| *byte <= b' ';
    Some(match text.bytes().find(|byte| !is_space(byte)) {
        None => "an empty string",
        Some(_) if text.starts_with("[object ") => "an object as text: take the token out of it",
        Some(b'{' | b'[' | b'"') => "JSON: take the token out of it",
        Some(b'<') => "a web page: check the URL and `response.ok`",
        Some(_) if text.bytes().any(|byte| is_space(&byte)) => {
            "a text with spaces or line breaks, such as a header with `Bearer` or a message"
        }
        Some(_) => "a text with characters that no token has",
    })
}

/// Whether a string can be an API key: visible ASCII characters only.
pub fn is_api_key(text: &str) -> bool {
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
    fn a_text_that_is_not_a_token_is_named() {
        for token in ["eyJ.a-b_c=", "x", "a+/~==", "a.b-c", "error-4711", "nullable", "Unauthorized2"] {
            assert_eq!(token_problem(token), None, "{token:?}");
        }
        for (text, words) in [
            ("", "empty"),
            (" \n", "empty"),
            ("Unauthorized", "a word"),
            ("FORBIDDEN", "a word"),
            ("undefined", "a word"),
            ("null", "a word"),
            ("false", "a word"),
            ("OK", "a word"),
            ("[object Object]", "an object"),
            ("[object Response]", "an object"),
            (r#"{"token":"abc"}"#, "JSON"),
            (r#" ["abc"]"#, "JSON"),
            (r#""abc""#, "JSON"),
            ("<html><p>no</p>", "web page"),
            ("\n<?xml?>", "web page"),
            ("Bearer abc", "Bearer"),
            ("bearer  abc", "Bearer"),
            ("abc\n", "line breaks"),
            ("Internal Server Error", "spaces"),
            ("a\u{a0}b", "characters"),
            ("a,b", "characters"),
            ("a:b", "characters"),
            ("é", "characters"),
            ("a;b", "characters"),
            ("=", "characters"),
            ("a=b", "characters"),
            ("a\tb", "spaces"),
        ] {
            let problem = token_problem(text).unwrap_or_default();
            assert!(problem.contains(words), "{text:?}: {problem:?}");
        }
    }

    #[test]
    fn only_visible_ascii_is_an_api_key() {
        assert!(is_api_key("aB1+/=#?"));
        for text in ["", "a b", "a\n", "é"] {
            assert!(!is_api_key(text), "{text:?}");
        }
    }
}
