//! Ring groups: extensions that ring together, or one after the other.

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
};
use omicall_schema::{Anything, HasSchema, PositiveInt, Schema};

omicall_schema::record! {
    /// A ring group, as `groups.list`, `groups.create` and `groups.update` send it.
    ///
    /// Source: the vendor's documentation, `internal_group/list`. Where the vendor has no value it sends `null` or `""`.
    pub struct InternalGroup {
        /// The id of the group, 24 hexadecimal digits.
        _id: String,
        /// The id of the tenant.
        tenant_id: String,
        /// The name, e.g. `"Nhóm Sales"`.
        group_name: String,
        /// The name without Vietnamese marks, e.g. `"Nhom Sales"`.
        group_name_unsigned: String,
        /// The number that rings the group, e.g. `"62714"`.
        group_number: String,
        /// When it was made, in Unix milliseconds.
        created_date: f64,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// Who made it; `null` where nobody is known.
        create_by: Option<UserReference>,
        /// Who changed it last; `null` where nobody did.
        last_update_by: Option<UserReference>,
        /// Whether it has been deleted.
        is_deleted: bool,
        /// Only ever seen as `null`.
        note: Anything = "unknown",
        /// Who belongs to the group, in the order in which they ring.
        members: Vec<GroupMember>,
        /// Only ever seen as `null`.
        is_forward_to_user_owner: Anything = "unknown",
        /// Whether calls go on to a group elsewhere.
        is_forward_to_outer_group: bool,
        /// Only ever seen as `null`.
        outer_group_id: Anything = "unknown",
        /// Whom a call rings; other words than the known ones may come.
        strategy: String = "RingStrategy | (string & {})",
        /// The id of the ring-back tone; `""` or `null` for none.
        ring_back_id: Option<String>,
        /// Only ever seen as `null`.
        ring_back_name: Anything = "unknown",
        /// `"true"` or `"false"`, **a string**, or `null`.
        is_answer: Option<String> = "\"true\" | \"false\" | (string & {}) | null",
        /// What happens to a call that nobody takes, e.g. `"Voice_mail"`; `""` or `null` for nothing.
        target_timeout_type: Option<String> = "\"Voice_mail\" | \"\" | (string & {}) | null",
        /// The id of what such a call goes to; `""` or `null` for nothing.
        target_timeout: Option<String>,
        /// Only ever seen as `null`.
        target_timeout_name: Anything = "unknown",
        /// What kind of group it is; the vendor does not say what the numbers mean.
        ring_group_type: Option<f64>,
        /// A waiting time; the vendor does not say of what, nor its unit.
        ring_group_wait_time: Option<f64>,
        /// A waiting time; the vendor does not say of what, nor its unit.
        ring_group_wait_time_sequence: Option<f64>,
        /// Only ever seen as `null`.
        ring_group_type_result: Anything = "unknown",
        /// Whether `criterias` count.
        enable_criteria: Option<bool>,
        /// Criteria of a form that the vendor does not document; only ever seen empty or as `null`.
        criterias: Option<Vec<Anything>> = "unknown[] | null",
    }
    sometimes {
        /// The extensions of the members; only in the answers of `create` and `update`.
        sip_members: Vec<String>,
        /// For how many seconds each member rings; only in the answers of `create` and `update`.
        timeout: f64,
    }
}

omicall_schema::record! {
    /// Somebody who made or changed something.
    pub struct UserReference {
        /// The id of the user.
        id: String,
        /// The name to show, e.g. `"OMI Hotline"`.
        name: String,
    }
}

omicall_schema::record! {
    /// A member of a ring group.
    pub struct GroupMember {
        /// The id of the agent; `phones.list` sends it as `agent_id`.
        agent_id: String,
        /// The id of the agent's contact.
        contact_id: String,
        /// The place in the order of ringing. Seen as 0 for all members of a group.
        order: f64,
        /// Only ever seen as `null`.
        view: Anything = "unknown",
        /// For how many seconds this member rings.
        timeout: f64,
        /// Only ever seen as `null`.
        sip_user: Anything = "unknown",
        /// Only ever seen as `null`.
        hold_music_id: Anything = "unknown",
    }
}

omicall_schema::request! {
    /// Which ring groups to list. Everything may be left out.
    pub struct GroupQuery {}
    optional {
        /// Part of a name. Sent percent-encoded, so any text is safe.
        keyword: String,
        /// Which page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// How many groups a page holds, from 1. Default 10.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// A ring group to make, or what one is to become: the server wants all four fields each time.
    ///
    /// Any other field is refused, by TypeScript and when the call is made: a group from `groups.list` has to be cut down
    /// to these fields, and its `members` turned into extensions.
    pub struct GroupRequest {
        /// The name.
        group_name: String,
        /// Whom a call rings.
        strategy: String = "RingStrategy",
        /// The extensions of the members, e.g. `["147", "145"]`, in the order in which they ring.
        sip_members: Vec<String>,
        /// For how many seconds **each** member rings.
        timeout: f64,
    }
}

omicall_schema::request! {
    /// Whom to add to a ring group or to take out of it. Any other field is refused, by TypeScript and when the call is made.
    pub struct GroupMembersChange {
        /// The `_id` of the group.
        group_id: String,
        /// The extensions, e.g. `["147"]`.
        sip_users: Vec<String>,
    }
}

const LIST: Endpoint =
    Endpoint::get("/api/call_center/internal_group/list").query(&["keyword", "page", "size"]);
const CREATE: Endpoint = Endpoint::post("/api/call_center/internal_group/add");
const UPDATE: Endpoint = Endpoint::post("/api/call_center/internal_group/update/:id");
const ADD_MEMBERS: Endpoint = Endpoint::post("/api/call_center/internal_group/add-members");
const REMOVE_MEMBERS: Endpoint = Endpoint::post("/api/call_center/internal_group/remove-members");
const DELETE: Endpoint = Endpoint::delete("/api/call_center/internal_group/delete/:id");

/// Ring groups. Reach it as `callCenter.groups`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Groups(pub(crate) Client);

#[wasm_bindgen]
impl Groups {
    /// Lists one page of the ring groups.
    ///
    /// @example
    /// ```ts
    /// const page = await callCenter.groups.list({ keyword: "Sales" });
    /// for (const group of page.items) console.log(group.group_name, group.strategy, group.members.length);
    /// ```
    ///
    /// @param query which groups, and which page of them; all of them from page 1 if left out
    /// @param options abort signal, deadline and retries of this one call
    /// @returns the page as the server sent it
    /// @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent;
    /// `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<InternalGroup>>")]
    pub fn list(&self, query: Option<Ts<GroupQuery>>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        self.0.call::<Page<InternalGroup>, _>(&LIST, query, options)
    }

    /// Walks over the ring groups of all pages, fetching each page when it is needed.
    ///
    /// @example
    /// ```ts
    /// for await (const group of callCenter.groups.iterate()) console.log(group.group_number, group.group_name);
    /// ```
    ///
    /// @param query which groups; `page` is where the walk starts, `size` how many each request fetches
    /// @param options abort signal, deadline and retries of each request
    /// @returns an async iterator; it ends after the last page, and rejects like `list`
    #[wasm_bindgen(unchecked_return_type = "PageIterator<InternalGroup>")]
    pub fn iterate(&self, query: Option<Ts<GroupQuery>>, options: Option<Ts<CallOptions>>) -> JsValue {
        page::iterate::<InternalGroup, _>(&self.0, &LIST, query, options)
    }

    /// Makes a ring group.
    ///
    /// @example
    /// ```ts
    /// const group = await callCenter.groups.create({ group_name: "Nhóm Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 20 });
    /// console.log(group._id, group.group_number);
    /// ```
    ///
    /// @param group name, strategy, extensions and seconds for each member
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns the new group, with `sip_members` and `timeout`
    /// @throws {OmiCallError} `validation` with what `validateGroup` finds, `usage` where a field is missing, unknown or of
    /// another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the
    /// call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<InternalGroup>")]
    pub fn create(&self, group: Ts<GroupRequest>, options: Option<Ts<CallOptions>>) -> js_sys::Promise {
        let body = JsonArgument {
            name: "group",
            value: group.into(),
            schema: &GroupRequest::SCHEMA,
            check: Some(checks::check_group),
        };
        self.0.send_json(&CREATE, &InternalGroup::SCHEMA, options, None, body)
    }

    /// Changes a ring group: all four fields are set, whatever they were before.
    ///
    /// @example
    /// ```ts
    /// await callCenter.groups.update(group._id, { group_name: "Nhóm Sales", strategy: "enterprise", sip_members: ["147"], timeout: 30 });
    /// ```
    ///
    /// @param id the `_id` of the group. Sent percent-encoded
    /// @param group what the group is to become
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns the group as it is now, with `sip_members` and `timeout`
    /// @throws {OmiCallError} `validation` with what `validateGroup` finds, `usage` where the id is empty or a field is missing,
    /// unknown or of another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or
    /// `decode` as the call goes.
    #[wasm_bindgen(unchecked_return_type = "Promise<InternalGroup>")]
    pub fn update(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        group: Ts<GroupRequest>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        let body = JsonArgument {
            name: "group",
            value: group.into(),
            schema: &GroupRequest::SCHEMA,
            check: Some(checks::check_group),
        };
        self.0.send_json(&UPDATE, &InternalGroup::SCHEMA, options, Some(&id), body)
    }

    /// Adds extensions to a ring group.
    ///
    /// @example
    /// ```ts
    /// await callCenter.groups.addMembers({ group_id: group._id, sip_users: ["147", "145"] });
    /// ```
    ///
    /// @param change the group and the extensions
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `validation` with what `validateGroupMembers` finds, `usage` where a field is missing, unknown or of
    /// another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the
    /// call goes.
    #[wasm_bindgen(js_name = addMembers, unchecked_return_type = "Promise<unknown>")]
    pub fn add_members(
        &self,
        change: Ts<GroupMembersChange>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.change_members(&ADD_MEMBERS, change, options)
    }

    /// Takes extensions out of a ring group.
    ///
    /// @example
    /// ```ts
    /// await callCenter.groups.removeMembers({ group_id: group._id, sip_users: ["145"] });
    /// ```
    ///
    /// @param change the group and the extensions
    /// @param options abort signal, deadline and retries of this one call; it is only repeated where the server says that nothing was done
    /// @returns what the server answers, which the vendor does not document: depend on nothing in it
    /// @throws {OmiCallError} `validation` with what `validateGroupMembers` finds, `usage` where a field is missing, unknown or of
    /// another kind, both before anything is sent; `auth`, `api`, `http`, `network`, `timeout`, `aborted` or `decode` as the
    /// call goes.
    #[wasm_bindgen(js_name = removeMembers, unchecked_return_type = "Promise<unknown>")]
    pub fn remove_members(
        &self,
        change: Ts<GroupMembersChange>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        self.change_members(&REMOVE_MEMBERS, change, options)
    }

    /// Deletes a ring group.
    ///
    /// @example
    /// ```ts
    /// if (confirm(`Delete ${group.group_name}?`)) await callCenter.groups.delete(group._id);
    /// ```
    ///
    /// @param id the `_id` of the group. Sent percent-encoded
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

impl Groups {
    fn change_members(
        &self,
        endpoint: &'static Endpoint,
        change: Ts<GroupMembersChange>,
        options: Option<Ts<CallOptions>>,
    ) -> js_sys::Promise {
        let body = JsonArgument {
            name: "change",
            value: change.into(),
            schema: &GroupMembersChange::SCHEMA,
            check: Some(checks::check_members),
        };
        self.0.send_json(endpoint, &Schema::Any, options, None, body)
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
        let url = queried(&LIST, &[("keyword", "Nhóm"), ("page", "2")]).url("");
        assert_eq!(url, "/api/call_center/internal_group/list?keyword=Nh%C3%B3m&page=2");
        let id = Id::new("62ff11b208d4bf3ea694a6f3".into()).unwrap();
        for (endpoint, label, path) in [
            (&CREATE, "POST /api/call_center/internal_group/add", "internal_group/add"),
            (
                &UPDATE,
                "POST /api/call_center/internal_group/update/:id",
                "internal_group/update/62ff11b208d4bf3ea694a6f3",
            ),
            (&ADD_MEMBERS, "POST /api/call_center/internal_group/add-members", "internal_group/add-members"),
            (
                &REMOVE_MEMBERS,
                "POST /api/call_center/internal_group/remove-members",
                "internal_group/remove-members",
            ),
            (
                &DELETE,
                "DELETE /api/call_center/internal_group/delete/:id",
                "internal_group/delete/62ff11b208d4bf3ea694a6f3",
            ),
        ] {
            let request = Request::new(endpoint);
            let request = if label.ends_with(":id") { request.id(&id) } else { request };
            assert_eq!(request.endpoint.label(), label);
            assert_eq!(request.url(""), ["/api/call_center/", path].concat());
        }
    }
}
