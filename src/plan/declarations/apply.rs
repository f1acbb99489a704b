//! Applying plans.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const RESULTS: &str = r#"
/** Why a step was not made. */
export interface StepError {
    /** The kind of the error. */
    kind: ErrorKind;
    /**
     * The vendor's code, or `"changed-meanwhile"`: somebody else has changed the record since the plan was made. `"sent-before"`: it was
     * sent by the application that is resumed, and is not there so far (`kind` is `"network"`).
     */
    code?: "changed-meanwhile" | "sent-before" | KnownErrorCode | (string & {});
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
    /** Tells the step from those of other plans: `resumeFrom` takes no progress of another plan. */
    digest?: number;
    /** The id of the record that it created. */
    id?: string;
    /** It had been made before, perhaps by somebody else, so that nothing was sent. */
    already?: boolean;
    /** Why it was not made. */
    error?: StepError;
}

/** What is known so far about a plan that is being applied. Save it with the plan after each step: `apply` goes on from it. */
export interface ApplyProgress {
    /** What kind of document it is. */
    format: "omicall-result";
    /** The version of its form. */
    version: 1;
    /** The tenant to which the plan is applied; `""` if nothing has told it so far. With the client of another tenant, `resumeFrom` is refused. */
    tenantId?: string;
    /** How the steps stand, in their order. */
    steps: StepOutcome[];
}

/** How a plan ended. */
export interface ApplyResult extends ApplyProgress {
    /** Whether all steps are done; after a dry run, whether no step would fail. */
    ok: boolean;
    /** Nothing was sent. Steps that would be sent are `"not-tried"`. */
    dryRun?: true;
    /**
     * The plan that takes back what is done, but for steps that were done before (`already`); missing after a dry run. What it cannot bring
     * back is in its `cannot`.
     */
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
    /**
     * Only reads, and says which steps would fail because somebody else has changed a record: all of them. Steps that would be sent are
     * `"not-tried"`, also those that `retryUnknown` sends again. `resumeFrom` takes no result of a dry run. Default `false`.
     */
    readonly dryRun?: boolean | undefined;
    /** Goes on after a step that failed, with those that do not need it; nothing is deleted then. Default `false`. */
    readonly continueOnError?: boolean | undefined;
    /**
     * What `onStep` was told last about this plan, or a result: steps that are done are not done again. A step that was `"unknown"` is
     * looked up: if it is not there, it stays `"unknown"`, and ends the application.
     */
    readonly resumeFrom?: ApplyProgress | undefined;
    /** Sends steps of `resumeFrom` again that are `"unknown"` and not there. Default `false`: they may still be made. */
    readonly retryUnknown?: boolean | undefined;
}

/**
 * Applies a plan: sends each step once. A step first looks at its record: what is there already is not done again, and what somebody
 * else has changed since the plan was made is left alone (`changed-meanwhile`). If a response is lost, the lists are read to find out
 * what became of the step; it is never repeated.
 *
 * @example
 * ```ts
 * // Plan and progress are kept together, so that a page that was closed meanwhile can go on.
 * const run = JSON.parse(localStorage.getItem("run") ?? "null") ?? { plan: plan(await snapshot(production), desired) };
 * const save = (progress) => localStorage.setItem("run", JSON.stringify({ ...run, progress }));
 * const result = await apply(run.plan, production, { resumeFrom: run.progress, onStep: ({ progress }) => save(progress) });
 * if (result.ok) localStorage.removeItem("run");
 * ```
 *
 * @param plan the plan
 * @param callCenter the client of the tenant whose snapshot was `current`
 * @param options progress, abort, and how to go on
 * @returns how each step ended, and a plan that takes back what is done
 * @throws {OmiCallError} `usage` if an argument is not what it must be, `callCenter` is of another tenant than `plan.current`, or
 *     `resumeFrom` is of another plan, before anything is sent; what goes wrong with a step is in the result
 */
export function apply(plan: TenantPlan, callCenter: PlanClient, options?: ApplyOptions): Promise<ApplyResult>;
"#;
