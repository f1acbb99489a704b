//! Differences between snapshots, and sentences about them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const DIFFS: &str = r#"
/**
 * Which records of two tenants are the same, where ids and names do not tell. Ids of the second tenant to ids of the first; `null` for
 * none. What names a record of the first tenant twice is `usage`.
 */
export interface RecordMapping {
    /** Greetings, by id. */
    readonly greetings?: Readonly<Record<string, string | null>> | undefined;
    /** Ring groups, by id. */
    readonly groups?: Readonly<Record<string, string | null>> | undefined;
    /** IVR scripts, by id. */
    readonly scripts?: Readonly<Record<string, string | null>> | undefined;
    /** Extensions of the second tenant to those of the first. */
    readonly phones?: Readonly<Record<string, string>> | undefined;
}

/** Options of `diff`. */
export interface DiffOptions {
    /** Records that are the same although neither id nor name says so. */
    readonly mapping?: RecordMapping | undefined;
    /**
     * How records are matched: by id and then by name, or by name only. Names are compared composed (NFC) and without case. By
     * default by id if both snapshots are of one tenant (`tenant_id` of the records), otherwise by name.
     */
    readonly matchBy?: "id" | "name" | undefined;
}

/** Where a key, a fallback or an overflow leads, or which greeting is played; the type is `""` for nowhere. */
export interface NamedDestination {
    /** The kind of destination. */
    type: IvrActionType | "" | (string & {});
    /** The name of the record. */
    name: string;
}

/** A field that differs. */
export interface FieldChange {
    /**
     * The name of the field in the request, e.g. `"timeout"`. A destination has one, that of its id; keys of a script have `"scripts"`.
     * What differs among the members of a group is `"members/timeout"`, `"members/hold_music_id"` or `"members/view"`, with a text for each
     * member: its extension and the value.
     */
    field: string;
    /** The key of a script, e.g. `"1"`, if `field` is `"scripts"`. */
    key?: string;
    /** The value before; destinations with their names. */
    before: NamedDestination | string | number | string[] | null | unknown;
    /** The value after; destinations with their names. */
    after: NamedDestination | string | number | string[] | null | unknown;
    /** Whether a request can set this field. */
    plannable: boolean;
}

/** A record that differs. Fields that the server sets by itself (ids, dates, by whom, numbers, names without accents) are no difference. */
export interface RecordChange {
    /** The kind of record. */
    kind: RecordKind;
    /** Whether only the second snapshot has it, only the first, or both. */
    change: "added" | "removed" | "changed";
    /** Its name; of a phone the extension and the name. */
    name: string;
    /** Its id in the first snapshot; of a phone the extension. */
    before?: string;
    /** Its id in the second snapshot; of a phone the extension. */
    after?: string;
    /** The fields that differ, if both have it. */
    fields: FieldChange[];
}

/** A record whose name does not tell which one it is. Answer with `mapping`. */
export interface AmbiguousRecord {
    /** The kind of record. */
    kind: PlannedKind;
    /** Its name. */
    name: string;
    /** Its id in the second snapshot. */
    id: string;
    /** The ids in the first snapshot that it may be. */
    candidates: string[];
}

/** The differences between two snapshots. */
export interface TenantDiff {
    /** What kind of document it is. */
    format: "omicall-diff";
    /** The version of its form. */
    version: 1;
    /** The first snapshot. */
    before: SnapshotOrigin;
    /** The second snapshot. */
    after: SnapshotOrigin;
    /** How records were matched. */
    matchedBy: "id" | "name";
    /** The records that differ. */
    changes: RecordChange[];
    /** The records about which to ask; they are not in `changes`. */
    ambiguous: AmbiguousRecord[];
    /** The lists that one of the snapshots does not have whole. */
    incomplete: string[];
}

/** Which snapshot a document was made from. */
export interface SnapshotOrigin {
    /** When it was taken, in Unix milliseconds. */
    takenAt?: number;
    /** Where it was taken. */
    baseUrl?: string;
    /** The `tenant_id` of its records; missing if it has none. A plan is applied to no other tenant. */
    tenantId?: string;
    /** How many greetings, groups and scripts it has; missing if a list could not be read whole. */
    records?: number;
}

/**
 * Compares two snapshots, of one tenant or of two.
 *
 * @example
 * ```ts
 * const { changes, ambiguous } = diff(yesterday, today);
 * for (const change of changes) console.log(describe(change, "vi"));
 * ```
 *
 * @param before the first snapshot
 * @param after the second snapshot
 * @param options how records are matched
 * @returns the differences, by record and field
 * @throws {OmiCallError} `usage` if an argument is not a snapshot, or `mapping` names a record that is not there
 */
export function diff(before: TenantSnapshot, after: TenantSnapshot, options?: DiffOptions): TenantDiff;

/**
 * Says in a sentence what a change, a step, a limit or an outcome is.
 *
 * @example
 * ```ts
 * for (const step of plan(current, desired).steps) console.log(describe(step)); // "Change group “Sales”: seconds for each member 20 → 30."
 * ```
 *
 * @param what a change of a diff, a step or a limit of a plan, or a step of a result
 * @param language the language. Default `"en"`
 * @throws {OmiCallError} `usage` if `what` is not an object
 */
export function describe(what: RecordChange | PlanStep | PlanLimit | StepOutcome, language?: Language): string;
"#;
