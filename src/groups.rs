//! Ring groups: extensions that ring together, or one after the other.

use omicall_api::groups;
use wasm_bindgen::prelude::*;

use crate::client::{
    methods::{Family, Method},
    payload_check::Rules,
};

// In JavaScript (`pkg-template/bundled/records.js`), where it is smaller.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** What `groupRequest` makes of a group. */
export interface EditableGroup {
    /**
     * The request for `groups.update`, which keeps what can be kept. If the group has no ring time, `timeout` is 0, which an update
     * rejects: pass one.
     */
    request: Mutable<GroupUpdateRequest>;
    /**
     * The `agent_id`s of the members whose extension is not known, because no phone, or more than one, has that `agent_id`, and the
     * group has no `sip_members`: they are not in the request, so an update would take them out of the group. `addMembers` and
     * `removeMembers` keep them. `""` stands for a member without an `agent_id`.
     */
    unresolved: string[];
    /**
     * The ring times of the members, in seconds, each once. If there are several, an update makes all members ring
     * `request.timeout` seconds, which is the longest; if there is none, `request.timeout` is 0.
     */
    ringSeconds: number[];
    /**
     * Fields of the group (`"hold_music_id"` and `"view"`: of a member) that hold something, but cannot be sent: an update probably
     * resets them. `"target_timeout"` is there if calls that nobody answers go to something else than a recording, a menu or a group.
     */
    lost: (
        | "target_timeout" | "ring_back_id" | "is_answer" | "criterias" | "enable_criteria" | "note" | "outer_group_id"
        | "is_forward_to_outer_group" | "is_forward_to_user_owner" | "ring_group_type" | "ring_group_wait_time"
        | "ring_group_wait_time_sequence" | "ring_group_type_result" | "hold_music_id" | "view"
    )[];
}

/**
 * Makes the request of `groups.update` from a group, to change something in it and to keep the rest: the server replaces the
 * whole group, and a group lists its members by agent, not by extension.
 *
 * @example
 * ```ts
 * const phones = await callCenter.phones.iterate().toArray();
 * const { request, unresolved, lost } = groupRequest(group, phones);
 * if (unresolved.length > 0) throw new Error(`${unresolved.length} members would leave the group`);
 * if (lost.length > 0) throw new Error(`this can only be set in the vendor's console again: ${lost.join(", ")}`);
 * await callCenter.groups.update(group._id, { ...request, group_name: "Sales" }, { context: { groups: [group], phones } });
 * ```
 *
 * @param group a group of `groups.list`, or the response of `groups.create` or `groups.update`
 * @param phones all phones, as `phones.list` or `phones.iterate` returned them; passwords are not needed
 * @returns the request, and what an update with it would lose
 * @throws {OmiCallError} `usage` if `group` has no `members` or `phones` is not a list, or if either holds something else than records
 */
export function groupRequest(group: DeepReadonly<InternalGroup>, phones: readonly Pick<InternalPhone, "sip_user" | "agent_id">[] | DeepReadonly<Page<InternalPhone>>): EditableGroup;

/** The fields that `groups.patch` changes; all others stay as they are. `null` and `""` clear the overflow. */
export type GroupChange = { readonly [Field in keyof GroupUpdateRequest]?: GroupUpdateRequest[Field] | null | undefined };

/** Options of `groups.patch`; they override the client's. Timeout and retries are those of each request. */
export interface GroupPatchOptions extends CheckedCallOptions {
    /**
     * What you know of the group: the record as you read it, or its `last_updated_date`. If somebody has changed the group since,
     * nothing is sent. Without it, the change is made to whatever the group is now.
     */
    unchangedSince?: DeepReadonly<InternalGroup> | number | null | undefined;
    /** All phones, as `phones.list` or `phones.iterate` returned them. Without them, they are read first. */
    phones?: readonly Pick<InternalPhone, "sip_user" | "agent_id">[] | DeepReadonly<Page<InternalPhone>> | null | undefined;
}

/** What `groups.patch` did. */
export type PatchedGroup = PatchedRecord<
    InternalGroup, GroupUpdateRequest, "group_name" | "strategy" | "sip_members" | "timeout" | "target_timeout_type" | EditableGroup["lost"][number]
>;

/** What `groups.patch` or `ivrScripts.patch` did. */
export interface PatchedRecord<T, Sent, Field extends string> {
    /** The record as it was read back after the change; as the update returned it if it could not be read back. */
    record: T;
    /** What was sent. Missing if the record already was as it should be: then nothing was sent. */
    request?: Sent;
    /**
     * The fields that are not as they were meant to be: what the server reset because a request cannot have it, or did otherwise. `meant`
     * is the value that was sent, or that the field had before; `found` is the value in `record`. Members that no phone has are there with
     * their `agent_id`. A `timeout` that is an array has the different ring times of the members.
     */
    notAsMeant: {
        /** The field of the patch. */
        field: Field;
        /** What it should be. */
        meant: unknown;
        /** What it is in `record`. */
        found: unknown;
    }[];
    /** Why the record could not be read back. The change was made nevertheless; `notAsMeant` then compares what the update returned. */
    readBackError?: OmiCallError;
}

/** How far `groups.moveMembers` came. */
export interface MovedMembers {
    /** Whether the extensions were added to the second group; `"unknown"` if the response was lost (`outcomeUnknown`). */
    readonly added: "done" | "failed" | "unknown";
    /** Whether they were removed from the first one. */
    readonly removed: "failed" | "unknown" | "not tried";
}
export interface OmiCallError {
    /** How far `groups.moveMembers` came; only in its errors, and missing if nothing was sent. */
    readonly moved?: MovedMembers;
}
"#;

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * Ring groups, available as `callCenter.groups`.
 */
export class Groups {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Adds extensions to a ring group.
     *
     * @example
     * ```ts
     * await callCenter.groups.addMembers({ group_id: group._id, sip_users: ["147", "145"] });
     * ```
     *
     * @param change the group and the extensions
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with the issues of `validateGroupMembers`, `usage` if a field is
     * missing, unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    addMembers(change: GroupMembersChange, options?: CheckedCallOptions | null): Promise<unknown>;
    /**
     * Creates a ring group.
     *
     * To copy a group, leave the overflow out, which only an update takes:
     * `const { target_timeout, target_timeout_type, ...copy } = groupRequest(group, phones).request`.
     *
     * @example
     * ```ts
     * const group = await callCenter.groups.create({ group_name: "Nhóm Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 20 });
     * console.log(group._id, group.group_number);
     * ```
     *
     * @param group name, strategy, extensions, and how many seconds each member rings
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the new group, with `sip_members` and `timeout`
     * @throws {OmiCallError} `validation` with the issues of `validateGroup`, `usage` if a field is missing,
     * unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    create(group: GroupRequest, options?: CheckedCallOptions | null): Promise<InternalGroup>;
    /**
     * Deletes a ring group.
     *
     * With `context`, it is not deleted while a script or a group uses it; `whoUses` of `omicall-call-center/checks` lists the places. A hotline may lead to it all the same.
     *
     * @example
     * ```ts
     * const context = { scripts, groups }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
     * if (confirm(`Delete ${group.group_name}?`)) await callCenter.groups.delete(group._id, { context });
     * ```
     *
     * @param id the `_id` of the group
     * @param options abort signal, timeout, retries, `context` and `force` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with an issue `still-used` for each place that uses it, `usage` if the id is empty, both
     * before anything is sent; or any request error, see `ErrorKind`.
     */
    delete(id: string, options?: DeleteOptions | null): Promise<unknown>;
    /**
     * Iterates over all ring groups, fetching each list page when it is needed.
     *
     * @example
     * ```ts
     * for await (const group of callCenter.groups.iterate()) console.log(group.group_number, group.group_name);
     * ```
     *
     * @param query which groups; `page` is the first list page, `size` the number of groups per request
     * @param options abort signal, timeout and retries of each request
     * @returns an async iterator that ends after the last page and rejects like `list`
     */
    iterate(query?: GroupQuery | null, options?: CallOptions | null): PageIterator<InternalGroup>;
    /**
     * Lists a page of the ring groups.
     *
     * @example
     * ```ts
     * const page = await callCenter.groups.list({ keyword: "Sales" });
     * for (const group of page.items) console.log(group.group_name, group.strategy, group.members.length);
     * ```
     *
     * @param query which groups, and which list page; default: all, page 1
     * @param options abort signal, timeout and retries of this call
     * @returns the list page
     * @throws {OmiCallError} `validation` for a page or size below 1, before anything is sent; or any request
     * error, see `ErrorKind`.
     */
    list(query?: GroupQuery | null, options?: CallOptions | null): Promise<Page<InternalGroup>>;
    /**
     * Moves extensions from one ring group to another: adds them there, then removes them here. So nobody is left out if the second half
     * fails; the error then says so, and `error.moved` how far it came.
     *
     * The groups are not read. An extension that is in the second group already stays in it; one that is not in the first one is added
     * to the second one all the same.
     *
     * @example
     * ```ts
     * try {
     *   await callCenter.groups.moveMembers(sales._id, support._id, ["147", "145"]);
     * } catch (error) {
     *   if (error instanceof OmiCallError && error.moved?.removed === "failed") tell("They are in both groups now.");
     *   else throw error;
     * }
     * ```
     *
     * @param from the `_id` of the group that they leave
     * @param to the `_id` of the group that they join
     * @param extensions the extensions
     * @param options abort signal, timeout, retries and `context` of each of the two requests
     * @throws {OmiCallError} `validation` with the issues of `validateGroupMembers`, `usage` for an argument of the wrong type or the
     * same group twice, both before anything is sent; or any request error of either half, see `ErrorKind`.
     */
    moveMembers(from: string, to: string, extensions: readonly string[], options?: CheckedCallOptions | null): Promise<void>;
    /**
     * Changes some fields of a ring group, and keeps the others: reads the group as it is now, updates it with everything that can be
     * sent, reads it back, and says what is not as it was meant.
     *
     * With `unchangedSince`, nothing is sent if somebody has changed the group since you read it. Patches of the same group by one web page
     * run one after the other. The API has no locks: a change that somebody else makes in the moment between the reading and the update
     * is overwritten. If that was a patch too, its `notAsMeant` says so, because it waits as long as that moment lasted, at most two
     * seconds, before it reads the record back. If a response is lost, patch again with the same `unchangedSince`: either the change
     * is made then, or it was made already, and the error names you.
     *
     * @example
     * ```ts
     * try {
     *   const { notAsMeant } = await callCenter.groups.patch(group._id, { group_name: "Sales" }, { unchangedSince: group, phones });
     *   for (const { field, meant } of notAsMeant) console.warn(`${field} was ${String(meant)}, and was reset`);
     * } catch (error) {
     *   const changed = error instanceof OmiCallError && error.issues.find(({ code }) => code === "changed-meanwhile");
     *   if (!changed) throw error;
     *   alert(changed.message); // "Changed by An, 2026-11-27T08:54:20.000Z, after it was read"
     * }
     * ```
     *
     * @param id the `_id` of the group
     * @param change the fields that should be different; `sip_members` replaces all members, and a group that has none needs a `timeout`
     * @param options what you know of the group; abort signal, timeout, retries and `context` of its requests
     * @returns the group as it is afterwards, and what is not as it was meant; also if it could not be read back
     * @throws {OmiCallError} `validation`, before anything is changed, with the issue `changed-meanwhile` for each field that somebody
     * changed, `record-missing`, `members-unresolved` if members would leave the group because no phone has their agent, or those of
     * `validateGroup`; `usage` for an argument of the wrong type or an unknown field; or any request error, see `ErrorKind`.
     */
    patch(id: string, change: GroupChange, options?: GroupPatchOptions | null): Promise<PatchedGroup>;
    /**
     * Takes extensions out of a ring group.
     *
     * @example
     * ```ts
     * await callCenter.groups.removeMembers({ group_id: group._id, sip_users: ["145"] });
     * ```
     *
     * @param change the group and the extensions
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the server's response; undocumented, do not rely on its contents
     * @throws {OmiCallError} `validation` with the issues of `validateGroupMembers`, `usage` if a field is
     * missing, unknown or of the wrong type, both before anything is sent; or any request error, see `ErrorKind`.
     */
    removeMembers(change: GroupMembersChange, options?: CheckedCallOptions | null): Promise<unknown>;
    /**
     * Updates a ring group: replaces its name, strategy, members and timeout.
     *
     * **Anyone who is not in `sip_members` leaves the group, and the server may reset what the update leaves out**: the overflow, so
     * pass it as it is, and the ring-back tone, `is_answer`, the criteria and others, which can only be set again in the vendor's
     * console. `groupRequest` passes on what can be sent, and says what cannot. With `context`, `onIssue` receives warnings about
     * lost members and overflows too; without `onIssue`, the console shows them.
     *
     * @example
     * ```ts
     * const [groups, phones] = [await callCenter.groups.iterate().toArray(), await callCenter.phones.iterate().toArray()];
     * const { request, unresolved, lost } = groupRequest(group, phones);
     * const isSafe = unresolved.length === 0 && lost.length === 0;
     * if (isSafe) await callCenter.groups.update(group._id, { ...request, timeout: 30 }, { context: { groups, phones } });
     * ```
     *
     * @param id the `_id` of the group
     * @param group the new content of the group
     * @param options abort signal, timeout, retries and `context` of this call; it is retried only after HTTP 429 and 503
     * @returns the updated group, with `sip_members` and `timeout`
     * @throws {OmiCallError} `validation` with the issues of `validateGroup`, `usage` if the id is empty, or a
     * field is missing, unknown or of the wrong type, both before anything is sent; or any request error, see
     * `ErrorKind`.
     */
    update(id: string, group: GroupUpdateRequest, options?: CheckedCallOptions | null): Promise<InternalGroup>;
}
"#;

/// `callCenter.groups`.
pub static FAMILY: Family = Family { class: "Groups", name: "groups", methods: METHODS };

const METHODS: &[Method] = &[
    Method::call("list", &groups::LIST),
    Method::iterate(&groups::LIST),
    Method::call("create", &groups::CREATE).check(Rules::Group),
    Method::call("update", &groups::UPDATE).check(Rules::Group),
    Method::edit("patch", &groups::UPDATE, "groups patchGroup id change options"),
    // Its errors name the first of its calls.
    Method::edit("moveMembers", &groups::ADD_MEMBERS, "groups moveMembers from to extensions options"),
    Method::call("addMembers", &groups::ADD_MEMBERS).check(Rules::NewMembers),
    Method::call("removeMembers", &groups::REMOVE_MEMBERS).check(Rules::OldMembers),
    Method::call("delete", &groups::DELETE).check(Rules::Delete),
];
