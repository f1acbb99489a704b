//! The TypeScript of `omicall-call-center/plan`. What it declares is JavaScript in `pkg-template/bundled/` (`plan-*.js`). Without the
//! code, for the module that all declarations are made from: the classic script is made from it too.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SNAPSHOTS: &str = r#"
/** A kind of record in a snapshot. */
export type RecordKind = "phone" | "hotline" | "greeting" | "group" | "script";

/** A kind of record that a plan can create, change and delete. */
export type PlannedKind = "greeting" | "group" | "script";

/**
 * A tenant as one JSON document: all records as they came, without passwords, and recordings by name and file name. It can be saved,
 * and passed wherever a `Tenant` is taken: `lintIvr(snapshot)`.
 */
export interface TenantSnapshot {
    /** What kind of document it is. */
    format: "omicall-tenant";
    /** The version of its form. */
    version: 1;
    /** When it was taken, in Unix milliseconds. */
    takenAt: number;
    /** The `baseUrl` of the options, without user, password and query. */
    baseUrl?: string;
    /** The phones, without passwords. */
    phones: Omit<InternalPhone, "password">[];
    /** The hotlines. */
    hotlines: string[];
    /** The ring groups. */
    groups: InternalGroup[];
    /** The IVR scripts. */
    scripts: IvrScript[];
    /** The greetings. */
    greetings: Greeting[];
    /** Whether all lists were read whole. */
    complete: boolean;
    /** The lists that could not be read whole; what was read of them is there. A plan changes nothing on their account. */
    incomplete: SnapshotGap[];
}

/** A list that could not be read whole. */
export interface SnapshotGap {
    /** The list. */
    list: "phones" | "hotlines" | "groups" | "scripts" | "greetings";
    /** Why: the kind of the error, or `"changed"` if the list changed each time while it was read. */
    kind: ErrorKind | "changed";
}

/** How far a snapshot is. */
export interface SnapshotProgress {
    /** The list that has got more records. */
    list: "phones" | "hotlines" | "groups" | "scripts" | "greetings";
    /** How many records of it are read. */
    read: number;
    /** How many it has, as the server says. */
    total: number;
}

/** Options of `snapshot`. */
export interface SnapshotOptions {
    /** Is called after each list page. */
    onProgress?: ((progress: SnapshotProgress) => void) | undefined;
    /** Ends the snapshot. */
    signal?: AbortSignal | undefined;
    /** Is noted in the snapshot, so that people know where it is from. */
    baseUrl?: string | undefined;
}

/** The handles of a `CallCenter` that snapshots and plans use. */
export type PlanClient = Pick<CallCenter, "phones" | "hotlines" | "groups" | "ivrScripts" | "greetings">;

/**
 * Reads all records of a tenant. Lists are walked until they are complete, and again if they change meanwhile.
 *
 * @example
 * ```ts
 * const backup = await snapshot(callCenter, { onProgress: ({ list, read, total }) => show(`${list}: ${read} of ${total}`) });
 * await writeFile("tenant.json", JSON.stringify(backup, null, 2));
 * ```
 *
 * @param callCenter the client of the tenant
 * @param options progress and abort
 * @returns the snapshot; lists that could not be read are in `incomplete`
 * @throws {OmiCallError} `auth` or `aborted`; other errors of a list are in `incomplete`
 */
export function snapshot(callCenter: PlanClient, options?: SnapshotOptions): Promise<TenantSnapshot>;
"#;

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
    /** Fields that the update resets, because no request takes them. */
    resets?: string[];
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

#[wasm_bindgen(typescript_custom_section)]
const RESULTS: &str = r#"
/** Why a step was not made. */
export interface StepError {
    /** The kind of the error. */
    kind: ErrorKind;
    /** The vendor's code, or `"changed-meanwhile"`: somebody else has changed the record since the plan was made. */
    code?: "changed-meanwhile" | KnownErrorCode | (string & {});
    /** What happened. */
    message: string;
    /** The HTTP status. */
    status?: number;
    /** How many requests were sent. */
    attempts?: number;
    /** The fields that somebody else has changed. */
    fields?: string[];
    /** Who has changed it. */
    by?: string;
    /** When it was changed, in Unix milliseconds. */
    at?: number;
}

/** How a step ended. */
export interface StepOutcome {
    /** The number of the step. */
    step: number;
    /** `"unknown"`: it was sent, its response was lost, and the lists do not tell whether it was made. */
    status: "done" | "failed" | "not-tried" | "unknown";
    /** The id of the record that it created. */
    id?: string;
    /** It had been made before, so that nothing was sent. */
    already?: boolean;
    /** Why it was not made. */
    error?: StepError;
}

/** What is known so far about a plan that is being applied. Save it after each step: `apply` goes on from it. */
export interface ApplyProgress {
    /** What kind of document it is. */
    format: "omicall-result";
    /** The version of its form. */
    version: 1;
    /** How the steps stand, in their order. */
    steps: StepOutcome[];
}

/** How a plan ended. */
export interface ApplyResult extends ApplyProgress {
    /** Whether all steps are done. */
    ok: boolean;
    /** Nothing was sent. */
    dryRun?: true;
    /** The plan that takes back what is done; missing after a dry run. */
    undo?: TenantPlan;
}

/** What `onStep` is told. */
export interface StepProgress {
    /** The step. */
    step: PlanStep;
    /** Its place among the steps, from 0. */
    index: number;
    /** How many steps there are. */
    count: number;
    /** `"sending"` before its request is sent, then how it ended. */
    phase: "sending" | "done" | "failed" | "not-tried" | "unknown";
    /** How it stands; while it is being sent, `status` is `"unknown"`. */
    outcome: StepOutcome;
    /** How all steps stand. Save it, so that `apply` can go on even if the page is closed now. */
    progress: ApplyProgress;
}

/** Options of `apply`. */
export interface ApplyOptions {
    /** Is called before and after each step; what it returns is awaited. If it throws, nothing more is sent. */
    readonly onStep?: ((progress: StepProgress) => void | Promise<void>) | undefined;
    /** Ends the application. A step that is being sent is then `"unknown"`. */
    readonly signal?: AbortSignal | undefined;
    /** Only reads, and says which steps would fail because somebody else has changed a record. Default `false`. */
    readonly dryRun?: boolean | undefined;
    /** Goes on after a step that failed, with those that do not need it; nothing is deleted then. Default `false`. */
    readonly continueOnError?: boolean | undefined;
    /** What `onStep` was told last, or a result: steps that are done are not done again. */
    readonly resumeFrom?: ApplyProgress | undefined;
}

/**
 * Applies a plan: sends each step once. A step first looks at its record: what is there already is not done again, and what somebody
 * else has changed since the plan was made is left alone (`changed-meanwhile`). If a response is lost, the lists are read to find out
 * what became of the step; it is never repeated.
 *
 * @example
 * ```ts
 * const result = await apply(steps, production, { onStep: ({ progress }) => localStorage.setItem("progress", JSON.stringify(progress)) });
 * if (!result.ok && result.undo) await apply(result.undo, production);
 * ```
 *
 * @param plan the plan
 * @param callCenter the client of the tenant whose snapshot was `current`
 * @param options progress, abort, and how to go on
 * @returns how each step ended, and a plan that takes back what is done
 * @throws {OmiCallError} `usage` if an argument is not what it must be; what goes wrong with a step is in the result
 */
export function apply(plan: TenantPlan, callCenter: PlanClient, options?: ApplyOptions): Promise<ApplyResult>;
"#;
