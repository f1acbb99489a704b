//! Names that say that nobody should see what they hold.

/// Whether a name says that it holds a password, a secret, a key or a token: `sipPass`, `api_key`, `X-API-Key`, `tokens`, `authorization`.
/// The sandbox masks these in requests, plans do not show them, and snapshots do not have them (`withoutPasswords` in
/// `pkg-template/bundled/plan-snapshot.js` has the same words). It hides more than
/// [`is_password`](crate::json::validate::is_password), by which responses are masked: what is hidden there is nothing that a caller needs.
pub fn is_secret(name: &str) -> bool {
    let mut letters = Vec::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            letters.push(byte.to_ascii_lowercase());
        }
    }
    // Compared as bytes: the search for a `str` is made for long texts, and is a kilobyte of code.
    let has = |word: &&str| letters.windows(word.len()).any(|part| part == word.as_bytes());
    let words = ["pass", "pwd", "secret", "token", "apikey", "authorization", "credential"];
    words.iter().any(has) || letters.ends_with(b"ha1")
}

#[cfg(test)]
mod tests {
    use super::is_secret;
    use crate::json::validate::is_password;

    #[test]
    fn names_of_secrets_are_known_however_they_are_written() {
        for name in [
            "password",
            "sip_pass",
            "sipPwd",
            "passwd",
            "clientSecret",
            "apiKey",
            "api_key",
            "X-API-KEY",
            "access_token",
            "tokens",
            "Authorization",
            "credential",
            "userCredentials",
            "ha1",
            "sip_ha1",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["", "api", "key", "keyword", "group_name", "sip_members", "timeout", "lối vào"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn what_is_masked_in_responses_is_secret() {
        for name in ["password", "passwd", "secret", "pwd", "pass", "ha1", "sipPass", "sip_ha1"] {
            assert!(is_secret(name) && is_password(name.as_bytes()), "{name}");
        }
    }
}
