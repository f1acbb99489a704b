//! Plans.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const PLANS: &str = r#"
/** Options of `plan`. */
export interface PlanOptions extends DiffOptions {
    /**
     * Whether what the desired tenant lacks is deleted, and a greeting that differs is replaced: the API cannot change one. Default
     * `false`.
     */
    readonly allowDelete?: boolean | undefined;
    /** Which records may be changed: those that all given members name. By default all. */
    readonly only?: PlanScope | undefined;
    /** The language of issues. Default `"en"`. */
    readonly language?: Language | undefined;
}

/** Which records a plan may change. */
export interface PlanScope {
    /** Kinds of records. */
    readonly kinds?: readonly PlannedKind[] | undefined;
    /** Ids in either snapshot. */
    readonly ids?: readonly string[] | undefined;
    /** Names, compared composed (NFC) and without case. */
    readonly names?: readonly string[] | undefined;
}

/** Stands for the id of a record that a step creates. */
export interface RecordRef {
    /** The name of the placeholder, e.g. `"group-1"`. */
    $ref: string;
}

/** A step of a plan: one request. */
export interface PlanStep {
    /** Its number, from 1. */
    step: number;
    /** What it does. */
    action: "create" | "update" | "delete";
    /** The kind of record. */
    kind: PlannedKind;
    /** The name of the record. */
    name: string;
    /**
     * Why: the record is new, differs, is gone or is taken back. `"completes"`: it is updated with what did not exist when it was
     * created. `"frees-name"`: another script needs its name; a later step, which must not be left out, gives it its own or deletes it.
     * `"detaches"`: records that name each other are to be deleted.
     */
    reason: "added" | "changed" | "removed" | "completes" | "frees-name" | "detaches" | "undo";
    /** The id of the record, or the placeholder of one that the plan creates. */
    record: string | RecordRef;
    /** The method that is called, e.g. `"groups.update"`. */
    call: string;
    /** What is sent, with placeholders for ids that are not known yet; missing if the record is deleted. */
    request?: Record<string, unknown>;
    /** What the record says before. A step fails if it says something else by then. */
    before?: Record<string, unknown>;
    /** When it was last changed before, in Unix milliseconds. */
    since?: number;
    /** The fields that change. */
    fields?: FieldChange[];
    /** Other records with the same name, which are not the one that the step creates. */
    existing?: string[];
    /** Fields that the step resets or deletes although no request takes them: nobody can bring them back. */
    loses?: string[];
    /** The step cannot be taken back: nobody can read the recording. */
    isFinal?: boolean;
}

/**
 * Something that a plan cannot do, or does not.
 *
 * | code | what it means |
 * |---|---|
 * | `ambiguous` | several records have the name: pass `mapping` |
 * | `recording` | the bytes of a recording cannot be read: upload `file` by hand under this name, take a snapshot and plan again |
 * | `greeting-update` | the API cannot change a greeting; with `allowDelete` it is replaced |
 * | `members-unknown` | extensions in `names` do not exist in the current tenant: create them, or pass `mapping.phones` |
 * | `members-unresolved` | the group has members whose phone the snapshot does not have |
 * | `needs` | the records in `names` are not there, and are not created; what the desired tenant does not have either is named by its id |
 * | `refused` | the request breaks the rules in `issues` |
 * | `in-use` | it is not deleted, because the record in `names` still leads to it |
 * | `list-incomplete` | the list of the current tenant was not read whole |
 * | `name-taken` | another script keeps or gets the name |
 * | `not-sent` | no request takes the `fields` |
 * | `not-planned` | phones and hotlines in `names` are missing; the API creates none |
 * | `kept` | the records in `names` are only in the current tenant, and stay: `allowDelete` is not set |
 */
export interface PlanLimit {
    /** What it is. */
    code:
        | "ambiguous" | "recording" | "greeting-update" | "members-unknown" | "members-unresolved" | "needs" | "refused"
        | "in-use" | "list-incomplete" | "name-taken" | "not-sent" | "not-planned" | "kept";
    /** The kind of record. */
    kind: RecordKind;
    /** The name of the record; `""` if it is about several. */
    name: string;
    /** What it is about. */
    names?: string[];
    /** The fields that it is about. */
    fields?: string[];
    /** The file name of the recording. */
    file?: string;
    /** The rules that are broken. */
    issues?: Issue[];
}

/** An issue of the tenant that a plan leads to, with the path in its record. */
export interface PlanIssue extends Issue {
    /** The kind of record. */
    kind: PlannedKind;
    /** The name of the record. */
    name: string;
}

/** A plan: what is sent to make one tenant like another. It can be saved as JSON, read by people, and applied later. */
export interface TenantPlan {
    /** What kind of document it is. */
    format: "omicall-plan";
    /** The version of its form. */
    version: 1;
    /** The snapshot of the tenant that is changed. */
    current: SnapshotOrigin;
    /** The snapshot that says what it should be. */
    desired: SnapshotOrigin;
    /** The steps, in order. */
    steps: PlanStep[];
    /** What the plan cannot do. */
    cannot: PlanLimit[];
    /** The records about which to ask. */
    ambiguous: AmbiguousRecord[];
    /** The errors and warnings of the rules about the tenant that the plan leads to. */
    issues: PlanIssue[];
}

/**
 * Plans how one tenant becomes like another: greetings, groups and scripts in an order in which each step finds what it names. Nothing
 * is sent. No id of the desired tenant is in a step.
 *
 * @example
 * ```ts
 * const steps = plan(await snapshot(production), await snapshot(staging));
 * for (const step of steps.steps) console.log(describe(step));
 * for (const limit of steps.cannot) console.warn(describe(limit));
 * ```
 *
 * @param current a snapshot of the tenant that is to be changed
 * @param desired a snapshot of what it should be: another tenant, a backup, or an edited snapshot
 * @param options what the plan may do
 * @returns the plan
 * @throws {OmiCallError} `usage` if an argument is not a snapshot, or an option is not what it must be
 */
export function plan(current: TenantSnapshot, desired: TenantSnapshot, options?: PlanOptions): TenantPlan;
"#;
