//! IVR scripts ("press 1 for sales"): what a caller hears, and where each key leads.

use omicall_schema::{Anything, HasSchema, PositiveInt, Schema};

use crate::{endpoint::Endpoint, list_page::Page, user_reference::UserReference};

omicall_schema::record! {
    /// An IVR script, as `ivrScripts.list`, `ivrScripts.create` and `ivrScripts.update` send it.
    ///
    /// Source: the vendor's documentation, `key-interaction/list`. Where the vendor has no value it sends `null` or `""`.
    pub struct IvrScript {
        /// The id of the script, 24 hexadecimal digits.
        _id: String,
        /// The id of the tenant.
        tenant_id: String,
        /// The name, which no other script of the tenant has.
        script_name: String,
        /// The name without Vietnamese marks.
        script_name_unsigned: String,
        /// The number of the script, e.g. `"166780"`.
        script_number: String,
        /// The id of the greeting that a caller hears.
        greeting_id: String,
        /// Only ever seen as `null`.
        greeting_name: Anything = "unknown",
        /// The id of a shorter greeting for the second time; `""` for none.
        greeting_short_id: String,
        /// Only ever seen as `null`.
        greeting_short_name: Anything = "unknown",
        /// Only ever seen as `null`.
        note: Anything = "unknown",
        /// When it was made, in Unix milliseconds.
        created_date: f64,
        /// Who made it. Groups and greetings say `create_by`.
        created_by: Option<UserReference>,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// Who changed it last. Groups and greetings say `last_update_by`.
        last_updated_by: Option<UserReference>,
        /// Whether it has been deleted.
        is_deleted: bool,
        /// The keys.
        scripts: Vec<IvrKey>,
        /// For how many seconds the script waits for a key after the greeting.
        time_out: f64,
        /// What kind of thing a caller goes to who presses nothing; `""` for nothing.
        action_type: String = "IvrActionType | (string & {})",
        /// The id of what a caller goes to who presses nothing; `""` for nothing.
        action: String,
        /// Only ever seen as `null`.
        action_name: Anything = "unknown",
        /// The id of the greeting that answers a wrong key; `""` for none.
        invalid_sound_id: String,
        /// Only ever seen as `null`.
        invalid_sound_name: Anything = "unknown",
        /// How many wrong keys a caller may press.
        max_failure: f64,
        /// Whether a caller may dial an extension: `"true"` or `"false"`, **a string**, or `null`.
        ivr_direct_menu_dial: Option<String> = "\"true\" | \"false\" | (string & {}) | null",
    }
}

omicall_schema::record! {
    /// A key of an IVR script, and where it leads.
    pub struct IvrKey {
        /// Only ever seen as `null`; the key itself is `ivr`.
        key: Anything = "unknown",
        /// What kind of thing the key leads to; `""` where it is not assigned.
        action_type: String = "IvrActionType | (string & {})",
        /// The id of the group or script that the key leads to; `""` where it is not assigned.
        action: String,
        /// Only ever seen as `null`.
        action_name: Anything = "unknown",
        /// The key that a caller presses, e.g. `"1"`.
        ivr: String,
    }
}

omicall_schema::request! {
    /// Which IVR scripts to list. Everything may be left out.
    pub struct IvrScriptQuery {}
    optional {
        /// Part of a name. Sent percent-encoded, so any text is safe.
        keyword: String,
        /// Which page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// How many scripts a page holds, from 1. Default 10.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// An IVR script to make, or what one is to become: the server wants the first five fields each time.
    ///
    /// Any other field is refused, by TypeScript and when the call is made: a script from `ivrScripts.list` has to be cut
    /// down to these fields, and so have its keys.
    pub struct IvrScriptRequest {
        /// The name, which no other script of the tenant may have.
        script_name: String,
        /// The `_id` of the greeting that a caller hears.
        greeting_id: String,
        /// How many wrong keys a caller may press.
        max_failure: f64,
        /// For how many seconds the script waits for a key after the greeting.
        time_out: f64,
        /// The keys.
        scripts: Vec<IvrKeyRequest>,
    }
    optional {
        /// What kind of thing a caller goes to who presses nothing. The vendor's documentation has this and the following
        /// fields in what it sends, but not in what it takes.
        action_type: String = "IvrActionType | (string & {}) | null | undefined",
        /// The `_id` of what a caller goes to who presses nothing. Not documented as something that can be sent.
        action: String = "string | null | undefined",
        /// The `_id` of a shorter greeting for the second time. Not documented as something that can be sent.
        greeting_short_id: String = "string | null | undefined",
        /// The `_id` of the greeting that answers a wrong key. Not documented as something that can be sent.
        invalid_sound_id: String = "string | null | undefined",
        /// Whether a caller may dial an extension: `"true"` or `"false"`, **a string**. Not documented as something that can
        /// be sent.
        ivr_direct_menu_dial: String = "\"true\" | \"false\" | (string & {}) | null | undefined",
    }
}

omicall_schema::request! {
    /// A key of an IVR script to make or to change. Any other field is refused.
    pub struct IvrKeyRequest {
        /// The key that a caller presses, e.g. `"1"`.
        ivr: String,
        /// What kind of thing the key leads to; `""` leaves it unassigned. Other types than the documented ones are sent, with
        /// a warning to `onIssue`.
        action_type: String = "IvrActionType | (string & {})",
        /// The `_id` of the group or script that the key leads to; `""` leaves it unassigned.
        action: String,
    }
}

/// `GET key-interaction/list`. The server wants page and size each time.
pub static LIST: Endpoint =
    Endpoint::get("/api/call_center/key-interaction/list", &Page::<IvrScript>::SCHEMA)
        .argument("query", &IvrScriptQuery::SCHEMA)
        .query(&["keyword", "page=1", "size=10"]);

/// `POST key-interaction/add`
pub static CREATE: Endpoint = Endpoint::post("/api/call_center/key-interaction/add", &IvrScript::SCHEMA)
    .json("script", &IvrScriptRequest::SCHEMA);

/// `POST key-interaction/update/:id`
pub static UPDATE: Endpoint =
    Endpoint::post("/api/call_center/key-interaction/update/:id", &IvrScript::SCHEMA)
        .json("script", &IvrScriptRequest::SCHEMA);

/// `DELETE key-interaction/delete/:id`
pub static DELETE: Endpoint = Endpoint::delete("/api/call_center/key-interaction/delete/:id", &Schema::Any);

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::{
        record_id::RecordId,
        request::{Request, for_tests::queried},
    };

    #[test]
    fn the_requests_are_the_contracts() {
        let url = |fields: &[(&str, &str)]| queried(&LIST, fields).url("");
        assert_eq!(url(&[]), "/api/call_center/key-interaction/list?page=1&size=10");
        let some = [("keyword", "a&b"), ("page", "3"), ("size", "50")];
        assert_eq!(url(&some), "/api/call_center/key-interaction/list?keyword=a%26b&page=3&size=50");
        let id = RecordId::new("632969ce7534d97b0933d51d".into()).unwrap();
        for (endpoint, label) in [
            (&CREATE, "POST /api/call_center/key-interaction/add"),
            (&UPDATE, "POST /api/call_center/key-interaction/update/:id"),
            (&DELETE, "DELETE /api/call_center/key-interaction/delete/:id"),
        ] {
            assert_eq!(endpoint.label(), label);
            let request = Request::new(endpoint);
            let request = if label.ends_with(":id") { request.id(&id) } else { request };
            let path = endpoint.path.replace(":id", id.as_str());
            assert_eq!(request.url(""), path);
        }
    }
}
