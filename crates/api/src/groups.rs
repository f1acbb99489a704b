//! Ring groups: extensions that ring together, or one after the other.

use omicall_schema::{Anything, HasSchema, PositiveInt, Schema, vocabulary::TrueOrFalse};

use crate::{endpoint::Endpoint, list_page::Page, user_reference::UserReference};

omicall_schema::record! {
    /// A ring group, as returned by `groups.list`, `groups.create` and `groups.update`.
    ///
    /// Ringing in order (`rollover`) skips members who are offline. A member who is signed in on several devices is rung on all of them.
    /// Calls that nobody takes go to its overflow (`target_timeout_type` and `target_timeout`).
    ///
    /// Source: the vendor's documentation, `internal_group/list`. Missing values are `null` or `""`.
    pub struct InternalGroup {
        /// The id of the group, 24 hexadecimal digits.
        _id: String,
        /// The id of the tenant.
        tenant_id: String,
        /// The name, e.g. `"Nhóm Sales"`.
        group_name: String,
        /// The name without diacritics, e.g. `"Nhom Sales"`.
        group_name_unsigned: String,
        /// The number of the group, e.g. `"62714"`, which can be dialled like an extension.
        group_number: String,
        /// When it was created, in Unix milliseconds.
        created_date: f64,
        /// When it was last changed, in Unix milliseconds.
        last_updated_date: f64,
        /// Who created it; `null` if unknown.
        create_by: Option<UserReference>,
        /// Who last changed it; `null` if nobody did.
        last_update_by: Option<UserReference>,
        /// Whether it has been deleted.
        is_deleted: bool,
        /// A note. Always `null` in known responses.
        note: Option<String>,
        /// The members, in the order in which they ring.
        members: Vec<GroupMember>,
        /// Always `null` in known responses.
        is_forward_to_user_owner: Anything = "boolean | string | null",
        /// Whether phone calls are forwarded to an outer group.
        is_forward_to_outer_group: bool,
        /// Always `null` in known responses.
        outer_group_id: Option<String>,
        /// In which order a phone call rings the members; may be a strategy that the package does not list.
        strategy: String = "RingStrategy | UnlistedWord",
        /// The id of the ring-back tone; `""` or `null` for none.
        ring_back_id: Option<String>,
        /// The name of the ring-back tone. Always `null` in known responses.
        ring_back_name: Option<String>,
        /// `"true"` or `"false"`, **a string**, or `null`.
        is_answer: Option<TrueOrFalse>,
        /// The kind of the overflow, where calls go that nobody takes; `""` or `null` for nowhere.
        /// `"Voice_mail"` can be set only in the vendor's console, and there may be other kinds.
        target_timeout_type: Option<String> =
            "\"Recording\" | \"Ivr_menu\" | \"Ring_group\" | \"Voice_mail\" | \"\" | (string & {}) | null",
        /// The `_id` of the overflow's greeting, script or group; `""` or `null` for none.
        target_timeout: Option<String>,
        /// The name of that destination. Always `null` in known responses.
        target_timeout_name: Option<String>,
        /// The type of the group; the vendor does not document the numbers.
        ring_group_type: Option<f64>,
        /// A waiting time; the vendor documents neither meaning nor unit.
        ring_group_wait_time: Option<f64>,
        /// A waiting time; the vendor documents neither meaning nor unit.
        ring_group_wait_time_sequence: Option<f64>,
        /// Always `null` in known responses.
        ring_group_type_result: Option<String>,
        /// Whether `criterias` are used.
        enable_criteria: Option<bool>,
        /// Criteria; the vendor does not document their form. Always empty or `null` in known responses.
        criterias: Option<Vec<Anything>> = "unknown[] | null",
    }
    sometimes {
        /// The extensions of the members; only in the responses of `create` and `update`.
        sip_members: Vec<String>,
        /// How long each member rings, in seconds; only in the responses of `create` and `update`.
        timeout: f64,
    }
}

omicall_schema::record! {
    /// A member of a ring group. `agent_id` says who it is; the extension is that of the record of `phones.list` with the same `agent_id`.
    pub struct GroupMember {
        /// The id of the agent, which is `agent_id` in `phones.list`.
        agent_id: String,
        /// The id of the agent's contact.
        contact_id: String,
        /// The position in the ringing order. Always 0 in known responses.
        order: f64,
        /// Always `null` in known responses.
        view: Option<String>,
        /// How long this member rings, in seconds.
        timeout: f64,
        /// The extension. Always `null` in known responses.
        sip_user: Option<String>,
        /// The id of the music on hold. Always `null` in known responses.
        hold_music_id: Option<String>,
    }
}

omicall_schema::request! {
    /// Which ring groups to list. All fields are optional.
    pub struct GroupQuery {}
    optional {
        /// Part of a name.
        keyword: String,
        /// The number of the list page, from 1. Default 1.
        page: PositiveInt = "number | undefined",
        /// The maximum number of groups per page, from 1. Default 10.
        size: PositiveInt = "number | undefined",
    }
}

omicall_schema::request! {
    /// A ring group to create. Other fields are an error, for TypeScript and at run time.
    pub struct GroupRequest {
        /// The name.
        group_name: String,
        /// Which members a phone call rings. Ringing in order skips members who are offline; a member with several devices rings
        /// on all of them. Any other strategy is an error, also one that a record has.
        strategy: String = "RingStrategy | UnlistedWord",
        /// The extensions of the members, e.g. `["147", "145"]`, in the order in which they ring.
        sip_members: Vec<String> = "readonly string[]",
        /// How long **each** member rings, in whole seconds from 1. More than 60 are a warning.
        timeout: f64,
    }
    never {
        _id, tenant_id, group_name_unsigned, group_number, created_date, last_updated_date, create_by,
        last_update_by, is_deleted, note, members, is_forward_to_user_owner, is_forward_to_outer_group,
        outer_group_id, ring_back_id, ring_back_name, is_answer, target_timeout_type, target_timeout,
        target_timeout_name, ring_group_type, ring_group_wait_time, ring_group_wait_time_sequence,
        ring_group_type_result, enable_criteria, criterias,
    }
}

omicall_schema::request! {
    /// The new content of a ring group: the server requires the first four fields each time, and replaces the members.
    ///
    /// **What is left out may be reset**: the overflow, which can be sent, and the ring-back tone, `is_answer` and the criteria, which
    /// can only be set in the vendor's console. Other fields are an error, for TypeScript and at run time: `groupRequest` makes this
    /// of a group from `groups.list` and the phones.
    pub struct GroupUpdateRequest {
        /// The name.
        group_name: String,
        /// Which members a phone call rings. Ringing in order skips members who are offline; a member with several devices rings
        /// on all of them. Any other strategy is an error, also one that a record has.
        strategy: String = "RingStrategy | UnlistedWord",
        /// The extensions of all members, e.g. `["147", "145"]`, in the order in which they ring. Anyone who is not in it
        /// leaves the group.
        sip_members: Vec<String> = "readonly string[]",
        /// How long **each** member rings, in whole seconds from 1. More than 60 are a warning.
        timeout: f64,
    }
    optional {
        /// The type of the overflow, where calls go that nobody takes; `""` for nowhere. An undocumented type is sent, with a warning to
        /// `onIssue`.
        target_timeout_type: String = "IvrActionType | (string & {}) | null | undefined",
        /// The `_id` of the overflow's group, script or greeting; `""` for none.
        target_timeout: String = "string | null | undefined",
    }
    never {
        _id, tenant_id, group_name_unsigned, group_number, created_date, last_updated_date, create_by,
        last_update_by, is_deleted, note, members, is_forward_to_user_owner, is_forward_to_outer_group,
        outer_group_id, ring_back_id, ring_back_name, is_answer, target_timeout_name, ring_group_type,
        ring_group_wait_time, ring_group_wait_time_sequence, ring_group_type_result, enable_criteria,
        criterias,
    }
}

omicall_schema::request! {
    /// Members to add to a ring group or to remove from it. Other fields are an error.
    pub struct GroupMembersChange {
        /// The `_id` of the group.
        group_id: String,
        /// The extensions of the members, e.g. `["147"]`.
        sip_users: Vec<String> = "readonly string[]",
    }
}

/// `GET internal_group/list`
pub static LIST: Endpoint =
    Endpoint::get("/api/call_center/internal_group/list", &Page::<InternalGroup>::SCHEMA)
        .argument("query", &GroupQuery::SCHEMA)
        .query(&["keyword", "page", "size"]);

/// `POST internal_group/add`
pub static CREATE: Endpoint = Endpoint::post("/api/call_center/internal_group/add", &InternalGroup::SCHEMA)
    .json("group", &GroupRequest::SCHEMA);

/// `POST internal_group/update/:id`
pub static UPDATE: Endpoint =
    Endpoint::post("/api/call_center/internal_group/update/:id", &InternalGroup::SCHEMA)
        .json("group", &GroupUpdateRequest::SCHEMA);

/// `POST internal_group/add-members`
pub static ADD_MEMBERS: Endpoint =
    Endpoint::post("/api/call_center/internal_group/add-members", &Schema::Any)
        .json("change", &GroupMembersChange::SCHEMA);

/// `POST internal_group/remove-members`
pub static REMOVE_MEMBERS: Endpoint =
    Endpoint::post("/api/call_center/internal_group/remove-members", &Schema::Any)
        .json("change", &GroupMembersChange::SCHEMA);

/// `DELETE internal_group/delete/:id`
pub static DELETE: Endpoint = Endpoint::delete("/api/call_center/internal_group/delete/:id", &Schema::Any);

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::{
        record_id::RecordId,
        request::{Request, test_support::request_with},
    };

    #[test]
    fn only_updates_take_an_overflow() {
        let fields = |endpoint: &Endpoint| match endpoint.argument {
            Some((_, Schema::Object(object))) => {
                object.fields.iter().map(|field| (field.name, field.required)).collect()
            }
            _ => Vec::new(),
        };
        let required = [("group_name", true), ("strategy", true), ("sip_members", true), ("timeout", true)];
        assert_eq!(fields(&CREATE), required);
        let overflow = [("target_timeout_type", false), ("target_timeout", false)];
        assert_eq!(fields(&UPDATE), [required.as_slice(), &overflow].concat());
    }

    #[test]
    fn requests_match_the_contract() {
        let url = request_with(&LIST, &[("keyword", "Nhóm"), ("page", "2")]).url("");
        assert_eq!(url, "/api/call_center/internal_group/list?keyword=Nh%C3%B3m&page=2");
        let id = RecordId::new("62ff11b208d4bf3ea694a6f3".into()).unwrap();
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
