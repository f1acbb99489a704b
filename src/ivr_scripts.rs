//! IVR scripts ("press 1 for sales"): what a caller hears, and where each key leads.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::{
    checks,
    client::{
        CallOptions, Client,
        argument::JsonArgument,
        page::{self, Page},
        request::Endpoint,
    },
    groups::UserReference,
};
use omicall_schema::{Anything, HasSchema, PositiveInt};

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

const LIST: Endpoint =
    // The server wants page and size each time.
    Endpoint::get("/api/call_center/key-interaction/list").query(&["keyword", "page=1", "size=10"]);
const CREATE: Endpoint = Endpoint::post("/api/call_center/key-interaction/add");
const UPDATE: Endpoint = Endpoint::post("/api/call_center/key-interaction/update/:id");
const DELETE: Endpoint = Endpoint::delete("/api/call_center/key-interaction/delete/:id");

/// IVR scripts. Reach it as `callCenter.ivrScripts`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct IvrScripts(pub(crate) Client);

#[wasm_bindgen]
impl IvrScripts {
    /// Lists one page of the IVR scripts.
    ///
    /// @example
    /// ```ts
    /// const page = await callCenter.ivrScripts.list();
    /// for (const script of page.items) console.log(script.script_name, script.scripts.map((key) => key.ivr));
    /// ```
    ///
    /// @param query which scripts, and which page of them; all of them from page 1 if left out
    /// @param options abort signal, deadline and retries of this one call
    /// @returns the page as the server sent it
    /// @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent;
    /// `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<IvrScript>>")]
    pub fn list(
        &self,
        query: Option<Ts<IvrScriptQuery>>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.call::<Page<IvrScript>, _>(&LIST, query, options)
    }

    /// Walks over the IVR scripts of all pages, fetching each page when it is needed.
    ///
    /// @example
    /// ```ts
    /// for await (const script of callCenter.ivrScripts.iterate()) console.log(script.script_number, script.script_name);
    /// ```
    ///
    /// @param query which scripts; `page` is where the walk starts, `size` how many each request fetches
    /// @param options abort signal, deadline and retries of each request
    /// @returns an async iterator; it ends after the last page, and rejects like `list`
    #[wasm_bindgen(unchecked_return_type = "PageIterator<IvrScript>")]
    pub fn iterate(&self, query: Option<Ts<IvrScriptQuery>>, options: Option<Ts<CallOptions>>) -> JsValue {
        page::iterate::<IvrScript, _>(&self.0, &LIST, query, options)
    }

    /// Makes an IVR script.
    ///
    /// @example
    /// ```ts
    /// const script = await callCenter.ivrScripts.create({
    ///   script_name: "Main menu",
    ///   greeting_id: greeting._id,
    ///   max_failure: 3,
    ///   time_out: 5,
    ///   scripts: [{ ivr: "1", action_type: "Ring_group", action: group._id }],
    /// });
    /// ```
    ///
    /// @param script name, greeting, limits and keys
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns the new script
    /// @throws {OmiCallError} `validation` with what `validateIvrScript` finds, `usage` where a field is missing, unknown or of
    /// another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the
    /// call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<IvrScript>")]
    pub fn create(&self, script: Ts<IvrScriptRequest>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        let body = JsonArgument {
            name: "script",
            value: script.into(),
            schema: &IvrScriptRequest::SCHEMA,
            check: Some(checks::check_script),
        };
        self.0.send_json(&CREATE, &IvrScript::SCHEMA, options, None, body)
    }

    /// Changes an IVR script: the first five fields are set, whatever they were before.
    ///
    /// @example
    /// ```ts
    /// const { script_name, greeting_id, max_failure, time_out } = script;
    /// const scripts = [{ ivr: "1", action_type: "Ivr_menu" as const, action: other._id }];
    /// await callCenter.ivrScripts.update(script._id, { script_name, greeting_id, max_failure, time_out, scripts });
    /// ```
    ///
    /// @param id the `_id` of the script. Sent percent-encoded
    /// @param script what the script is to become
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns the script as it is now
    /// @throws {OmiCallError} `validation` with what `validateIvrScript` finds, `usage` where the id is empty or a field is
    /// missing, unknown or of another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`,
    /// `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<IvrScript>")]
    pub fn update(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        script: Ts<IvrScriptRequest>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        let body = JsonArgument {
            name: "script",
            value: script.into(),
            schema: &IvrScriptRequest::SCHEMA,
            check: Some(checks::check_script),
        };
        self.0.send_json(&UPDATE, &IvrScript::SCHEMA, options, Some(&id), body)
    }

    /// Deletes an IVR script.
    ///
    /// @example
    /// ```ts
    /// if (confirm(`Delete ${script.script_name}?`)) await callCenter.ivrScripts.delete(script._id);
    /// ```
    ///
    /// @param id the `_id` of the script. Sent percent-encoded
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `usage` where the id is empty, before anything is sent; `auth`, `api`, `http`, `network`,
    /// `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn delete(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.0.delete(&DELETE, &id, options)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::client::{
        argument::Id,
        request::{Request, queried},
    };

    #[test]
    fn the_requests_are_the_contracts() {
        let url = |fields: &[(&str, &str)]| queried(&LIST, fields).url("");
        assert_eq!(url(&[]), "/api/call_center/key-interaction/list?page=1&size=10");
        let some = [("keyword", "a&b"), ("page", "3"), ("size", "50")];
        assert_eq!(url(&some), "/api/call_center/key-interaction/list?keyword=a%26b&page=3&size=50");
        let id = Id::new("632969ce7534d97b0933d51d".into()).unwrap();
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
