//! Snapshots of a tenant.

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
