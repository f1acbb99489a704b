//! What a test is shown of records and requests: no password, key or token.

use omicall_schema::json::validate::is_password;
pub use omicall_schema::secrets::is_secret;
use serde_json::{Map, Value, json};

const MASK: &str = "***";

/// Masks the passwords in records as the client masks them in responses: by the names of members, wherever they are. Null, `""`,
/// true and false tell nothing and stay.
pub fn mask_passwords(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mask_passwords),
        Value::Object(members) => {
            for (name, member) in members {
                if !is_password(name.as_bytes()) {
                    mask_passwords(member);
                } else if !(member.is_null() || member.is_boolean() || member == "") {
                    *member = json!(MASK);
                }
            }
        }
        _ => {}
    }
}

/// A query as a test is shown it. Of parameters with the same name it has the first, which is the one that counts.
pub fn shown_query(query: &[(String, String)]) -> Value {
    let mut shown = Map::new();
    for (name, value) in query {
        let value = if is_secret(name) && !value.is_empty() { MASK } else { value };
        shown.entry(name.as_str()).or_insert_with(|| json!(value));
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_password_of_a_record_is_masked() {
        let mut records = json!({
            "phones": [{ "password": "a", "sip_password": 5, "x": { "password": { "y": "z" } }, "name": "pass" }],
            "groups": [{ "password": "", "sipPass": null, "secret": false, "secretary": "An" }],
        });
        mask_passwords(&mut records);
        assert_eq!(
            records,
            json!({
                "phones": [{ "password": "***", "sip_password": "***", "x": { "password": "***" }, "name": "pass" }],
                "groups": [{ "password": "", "sipPass": null, "secret": false, "secretary": "An" }],
            })
        );
    }

    #[test]
    fn a_query_shows_what_counted_without_secrets() {
        let query = [
            ("page", "1"),
            ("page", "2"),
            ("apiKey", "s"),
            ("apikey", "s"),
            ("api_key", "s"),
            ("ACCESS-TOKEN", "s"),
            ("token", ""),
            ("authorization", "s"),
            ("tokens", "s"),
            ("credential", "s"),
            ("password", "s"),
            ("keyword", "token"),
        ];
        let query = query.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(
            shown_query(&query),
            json!({
                "page": "1", "apiKey": "***", "apikey": "***", "api_key": "***", "ACCESS-TOKEN": "***", "token": "",
                "authorization": "***", "tokens": "***", "credential": "***", "password": "***", "keyword": "token",
            })
        );
    }
}
