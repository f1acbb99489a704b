//! Access tokens: they look like the vendor's JWTs, and only the ones issued here are accepted.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

/// How long the vendor's tokens are valid.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// The tokens of one tenant.
#[derive(Debug)]
pub(crate) struct Tokens {
    /// Distinguishes the tokens of different tenants.
    issuer: String,
    life_ms: u64,
    serial: u64,
    /// The expiry of each issued token in Unix milliseconds. By a hash of the token, because a sandbox in a test may issue many.
    issued: HashMap<u64, u64>,
    /// Those that were expired before their time.
    expired: HashSet<u64>,
}

impl Tokens {
    pub(crate) fn new(issuer: String, life_ms: u64) -> Self {
        Self { issuer, life_ms, serial: 0, issued: HashMap::new(), expired: HashSet::new() }
    }

    pub(crate) fn issue(&mut self, now_ms: u64) -> String {
        self.serial += 1;
        // `exp` is in seconds, so the token expires at a whole second.
        let exp = now_ms.saturating_add(self.life_ms) / 1000;
        let header = encode(json!({ "alg": "HS256", "typ": "JWT" }).to_string());
        let claims = encode(
            json!({
                "sub": "6209c98561c1cb163ded25fa",
                "iss": self.issuer,
                "jti": format!("{now_ms}-{}", self.serial),
                "iat": now_ms / 1000,
                "exp": exp,
            })
            .to_string(),
        );
        let token = format!("{header}.{claims}.{}", signature(&header, &claims));
        self.issued.insert(hash_of(&token), exp.saturating_mul(1000));
        token
    }

    /// Expires every token issued so far.
    pub(crate) fn expire(&mut self) {
        self.expired.extend(self.issued.keys());
    }

    /// Undoes [`Tokens::expire`].
    pub(crate) fn restore(&mut self) {
        self.expired.clear();
    }

    /// Checks an `Authorization` header; the error is the message of the 401.
    pub(crate) fn check(&self, authorization: Option<&str>, now_ms: u64) -> Result<(), &'static str> {
        let token = authorization
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or("access_token_is_required")?;
        let hash = hash_of(token);
        match self.issued.get(&hash) {
            None => Err("access_token_invalid"),
            Some(end) if now_ms >= *end || self.expired.contains(&hash) => Err("access_token_expired"),
            Some(_) => Ok(()),
        }
    }
}

fn hash_of(token: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    hasher.finish()
}

fn encode(text: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// Has the length of an HMAC-SHA-256 but signs nothing: the list of issued tokens decides.
fn signature(header: &str, claims: &str) -> String {
    let mut bytes = Vec::with_capacity(32);
    for round in 0..4 {
        let mut hasher = DefaultHasher::new();
        ("sandbox", round, header, claims).hash(&mut hasher);
        bytes.extend(hasher.finish().to_be_bytes());
    }
    encode(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const NOW: u64 = 1_700_000_000_000;

    fn check(tokens: &Tokens, token: &str, now_ms: u64) -> Result<(), &'static str> {
        tokens.check(Some(&format!("Bearer {token}")), now_ms)
    }

    #[test]
    fn token_is_a_jwt_with_exp_in_seconds() {
        let token = Tokens::new("a".to_owned(), DAY_MS).issue(NOW);
        let parts: Vec<&str> = token.split('.').collect();
        assert_eq!(parts.len(), 3);
        let claims = URL_SAFE_NO_PAD.decode(parts[1]).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["exp"], json!(1_700_000_000 + 24 * 60 * 60));
        assert_eq!(URL_SAFE_NO_PAD.decode(parts[2]).unwrap().len(), 32);
    }

    #[test]
    fn token_is_valid_until_exp() {
        let mut tokens = Tokens::new("a".to_owned(), 5_000);
        let token = tokens.issue(NOW);
        assert_eq!(check(&tokens, &token, NOW), Ok(()));
        assert_eq!(check(&tokens, &token, NOW + 4_999), Ok(()));
        assert_eq!(check(&tokens, &token, NOW + 5_000), Err("access_token_expired"));
    }

    #[test]
    fn only_issued_tokens_are_accepted() {
        let mut tokens = Tokens::new("a".to_owned(), DAY_MS);
        let token = tokens.issue(NOW);
        let elsewhere = Tokens::new("b".to_owned(), DAY_MS).issue(NOW);
        for refused in [&elsewhere, &format!("{token}x"), "", "a.b.c"] {
            assert_eq!(check(&tokens, refused, NOW), Err("access_token_invalid"), "{refused}");
        }
        for header in [None, Some(""), Some("Bearer"), Some(token.as_str()), Some("Basic abc")] {
            assert_eq!(tokens.check(header, NOW), Err("access_token_is_required"), "{header:?}");
        }
        assert_eq!(tokens.check(Some(&format!("bearer {token}")), NOW), Ok(()));
    }

    #[test]
    fn expiring_all_does_not_affect_later_tokens() {
        let mut tokens = Tokens::new("a".to_owned(), DAY_MS);
        let before = tokens.issue(NOW);
        tokens.expire();
        let after = tokens.issue(NOW);
        assert_eq!(check(&tokens, &before, NOW), Err("access_token_expired"));
        assert_eq!(check(&tokens, &after, NOW), Ok(()));
    }
}
