//! Ring groups: extensions that ring together, or one after the other.

use omicall_schema::{Anything, HasSchema, PositiveInt, Schema};

use crate::{endpoint::Endpoint, list_page::Page, user_reference::UserReference};

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
        .json("group", &GroupRequest::SCHEMA);

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
        request::{Request, for_tests::queried},
    };

    #[test]
    fn the_requests_are_the_contracts() {
        let url = queried(&LIST, &[("keyword", "Nhóm"), ("page", "2")]).url("");
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
