//! IVR scripts ("press 1 for sales"): what a caller hears, and where each key leads.

use omicall_schema::{HasSchema, PositiveInt, Schema, vocabulary::TrueOrFalse};

use crate::{endpoint::Endpoint, list_page::Page, user_reference::UserReference};

omicall_schema::record! {
    /// An IVR script, as returned by `ivrScripts.list`, `ivrScripts.create` and `ivrScripts.update`.
    ///
    /// A caller hears the greeting and presses a key, also while it still plays. A caller who presses nothing within `time_out`, or
    /// wrong keys too often, goes where the fallback leads (`action_type` and `action`). A script without keys plays its greeting and
    /// goes on to its fallback.
    ///
    /// Source: the vendor's documentation, `key-interaction/list`. Missing values are `null` or `""`.
    pub struct IvrScript {
        /// The id of the script, 24 hexadecimal digits.
        _id: String,
        /// The id of the tenant.
        tenant_id: String,
        /// The name, unique in the tenant.
        script_name: String,
        /// The name without diacritics.
        script_name_unsigned: String,
        /// The number of the script, e.g. `"166780"`.
        script_number: String,
        /// The `_id` of the greeting that callers hear.
        greeting_id: String,
        /// The name of that greeting. Always `null` in known responses.
        greeting_name: Option<String>,
        /// The `_id` of the greeting for callers who come back to this menu; `""` for none.
        greeting_short_id: String,
        /// The name of that greeting. Always `null` in known responses.
        greeting_short_name: Option<String>,
        /// A note. Always `null` in known responses.
        note: Option<String>,
        /// When it was created, in Unix milliseconds.
        created_date: f64,
        /// Who created it. In groups and greetings, this is `create_by`.
        created_by: Option<UserReference>,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// Who last changed it. In groups and greetings, this is `last_update_by`.
        last_updated_by: Option<UserReference>,
        /// Whether it has been deleted.
        is_deleted: bool,
        /// The keys.
        scripts: Vec<IvrKey>,
        /// How long the script waits for a key, in seconds from the end of the greeting.
        time_out: f64,
        /// The type of the fallback, where callers go who press nothing, or wrong keys too often; `""` for none.
        action_type: String = "IvrActionType | UnlistedWord",
        /// The `_id` of the group, script or greeting of the fallback; `""` for none.
        action: String,
        /// The name of the destination. Always `null` in known responses.
        action_name: Option<String>,
        /// The `_id` of the greeting that is played after a wrong key; `""` for none.
        invalid_sound_id: String,
        /// The name of that greeting. Always `null` in known responses.
        invalid_sound_name: Option<String>,
        /// How many wrong keys a caller may press before the fallback.
        max_failure: f64,
        /// Whether callers may dial an extension: `"true"` or `"false"`, **a string**, or `null`.
        ivr_direct_menu_dial: Option<TrueOrFalse>,
    }
}

omicall_schema::record! {
    /// A key of an IVR script, and where it leads: to a ring group or another script. For one extension, the vendor advises a group of one.
    pub struct IvrKey {
        /// Always `null` in known responses; the key itself is `ivr`.
        key: Option<String>,
        /// The type of the key's destination; `""` if the key is not assigned.
        action_type: String = "IvrKeyActionType | UnlistedWord",
        /// The id of the group or script the key leads to; `""` if the key is not assigned.
        action: String,
        /// The name of the destination. Always `null` in known responses.
        action_name: Option<String>,
        /// The key that callers press, e.g. `"1"`.
        ivr: String,
    }
}

omicall_schema::request! {
    /// Which IVR scripts to list. All fields are optional.
    pub struct IvrScriptQuery {}
    optional {
        /// Part of a name.
        keyword: String,
        /// The number of the list page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// The maximum number of scripts per page, from 1. Default 10.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// An IVR script to create, or the new content of one: the server requires the first five fields each time.
    ///
    /// **What an update leaves out may be reset**: pass the optional fields as they are. Other fields are an error, for TypeScript and
    /// at run time: `scriptRequest` makes this of a script from `ivrScripts.list`.
    pub struct IvrScriptRequest {
        /// The name, unique in the tenant.
        script_name: String,
        /// The `_id` of the greeting that callers hear. Keys count while it plays.
        greeting_id: String,
        /// How many wrong keys a caller may press, from 1. Then the fallback follows, as after silence.
        max_failure: f64,
        /// How long the script waits for a key, in whole seconds from the end of the greeting, from 1. Less than 3 or more than 30 are a
        /// warning.
        time_out: f64,
        /// The keys. Without any, the greeting is played and the fallback follows.
        scripts: Vec<IvrKeyRequest> = "readonly IvrKeyRequest[]",
    }
    optional {
        /// The type of the fallback, where callers go who press no key, or wrong keys too often; `""` for nowhere: the call ends. An
        /// undocumented type is sent.
        action_type: String = "IvrActionType | (string & {}) | null | undefined",
        /// The `_id` of the fallback's group, script or greeting.
        action: String = "string | null | undefined",
        /// The `_id` of a shorter greeting for callers who come back to the menu.
        greeting_short_id: String = "string | null | undefined",
        /// The `_id` of the greeting that is played after a wrong key.
        invalid_sound_id: String = "string | null | undefined",
        /// Whether callers may dial an extension: `"true"` or `"false"`, **a string**. The vendor documents it only in responses.
        ivr_direct_menu_dial: String = "TrueOrFalse | null | undefined",
    }
    never {
        _id, tenant_id, script_name_unsigned, script_number, greeting_name, greeting_short_name, note,
        created_date, created_by, last_updated_date, last_updated_by, is_deleted, action_name,
        invalid_sound_name,
    }
}

omicall_schema::request! {
    /// A key of an IVR script to create or update. Other fields are an error.
    pub struct IvrKeyRequest {
        /// The key that callers press, e.g. `"1"`.
        ivr: String,
        /// The type of the key's destination; `""` leaves the key unassigned. An undocumented type is sent, with a warning to
        /// `onIssue`.
        action_type: String = "IvrKeyActionType | (string & {})",
        /// The `_id` of the group or script the key leads to; `""` leaves the key unassigned. For one extension, make a group of one.
        action: String,
    }
    never { key, action_name, }
}

/// `GET key-interaction/list`. The server requires page and size.
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
        request::{Request, test_support::request_with},
    };

    #[test]
    fn requests_match_the_contract() {
        let url = |fields: &[(&str, &str)]| request_with(&LIST, fields).url("");
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
