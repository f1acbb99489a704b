//! Reads tenants from JSON, for programs without JavaScript.

use std::{error::Error, fmt};

use omicall_issues::ArgumentError;
use omicall_schema::{
    draft::{EncodedDraft, parse},
    draft_json,
};
use serde_json::Value as Json;

use crate::tenant::Tenant;

/// A tenant that was read from JSON, with its lists in the fields `scripts`, `groups`, `greetings` and `phones`: arrays of
/// records, or pages as the API returns them. It owns the encoded draft from which [`Tenant`] borrows.
#[derive(Debug, Clone)]
pub struct TenantJson {
    draft: EncodedDraft,
}

impl TenantJson {
    /// Parses a tenant. Returns an error if the text is not valid JSON or a field has another type than [`Tenant`] says.
    pub fn parse(json: &str) -> Result<TenantJson, TenantJsonError> {
        let value: Json = serde_json::from_str(json).map_err(TenantJsonError::Syntax)?;
        if !value.is_object() {
            let words = "must be an object with lists such as `scripts`.";
            return Err(ArgumentError::new("tenant", String::new(), &[words]).into());
        }
        let tenant = TenantJson { draft: draft_json::encode::<Tenant<'_>>(&value) };
        tenant.tenant().validate("tenant")?;
        Ok(tenant)
    }

    /// Returns the tenant.
    pub fn tenant(&self) -> Tenant<'_> {
        parse(&self.draft)
    }
}

/// Why a tenant could not be read.
#[derive(Debug)]
pub enum TenantJsonError {
    /// The text is not valid JSON.
    Syntax(serde_json::Error),
    /// A field is not what it must be.
    Field(ArgumentError),
}

impl From<ArgumentError> for TenantJsonError {
    fn from(error: ArgumentError) -> Self {
        TenantJsonError::Field(error)
    }
}

impl fmt::Display for TenantJsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TenantJsonError::Syntax(error) => write!(formatter, "the tenant is not valid JSON: {error}"),
            TenantJsonError::Field(error) => error.fmt(formatter),
        }
    }
}

impl Error for TenantJsonError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            TenantJsonError::Syntax(error) => Some(error),
            TenantJsonError::Field(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        TenantJson::parse(json).map_or_else(|error| error.to_string(), |_| String::new())
    }

    #[test]
    fn lists_may_be_arrays_or_pages() {
        let json = r#"{ "scripts": [{ "_id": "a" }], "groups": { "items": [], "has_next": true } }"#;
        let tenant = TenantJson::parse(json).ok();
        let counts = tenant.as_ref().map(TenantJson::tenant).map(|tenant| {
            (
                tenant.scripts.items.len(),
                tenant.groups.is_list(),
                tenant.phones.is_list(),
                tenant.is_complete(),
            )
        });
        assert_eq!(counts, Some((1, true, false, false)));
    }

    #[test]
    fn invalid_json_is_an_error_with_its_position() {
        let expected = "the tenant is not valid JSON: expected value at line 2 column 12";
        assert_eq!(error("{\n\"scripts\": x }"), expected);
        assert!(error("").starts_with("the tenant is not valid JSON: EOF"), "{}", error(""));
    }

    #[test]
    fn fields_of_another_type_are_errors() {
        assert_eq!(error("[]"), "`tenant` must be an object with lists such as `scripts`.");
        let not_a_list = "`tenant.groups` must be an array of records or a page of a list.";
        assert_eq!(error(r#"{ "groups": "none" }"#), not_a_list);
        assert_eq!(error(r#"{ "groups": { "items": 5 } }"#), not_a_list);
        assert_eq!(error(r#"{ "language": "fr" }"#), "`tenant.language` must be \"en\" or \"vi\".");
    }
}
