// What `omicall-call-center/plan` must and must not take.
import type { CallCenter } from "omicall-call-center";
import { lintIvr } from "omicall-call-center/checks";
import { apply, describe, diff, plan, snapshot, type ApplyProgress, type PlanStep, type TenantPlan, type TenantSnapshot } from "omicall-call-center/plan";

declare const staging: CallCenter;
declare const production: CallCenter;

export async function copyStaging(): Promise<ApplyProgress | undefined> {
  const desired: TenantSnapshot = await snapshot(staging, { onProgress: ({ list, read, total }) => console.log(list, read + total), signal: undefined });
  const current = await snapshot(production, { baseUrl: "https://example.com" });
  lintIvr(desired);
  for (const change of diff(current, desired, { matchBy: "name" }).changes) describe(change, "vi");
  const steps: TenantPlan = plan(current, desired, { allowDelete: true, only: { kinds: ["group"], ids: [], names: ["Sales"] }, mapping: { groups: { a: "b", c: null }, phones: { "101": "201" } } });
  for (const what of [...steps.steps, ...steps.cannot]) describe(what);
  let saved: ApplyProgress | undefined;
  const result = await apply(steps, production, {
    onStep: async ({ step, phase, progress }: { step: PlanStep; phase: string; progress: ApplyProgress }) => {
      console.log(step.call, phase);
      saved = progress;
    },
    dryRun: false,
    continueOnError: true,
    resumeFrom: saved,
    retryUnknown: true,
  });
  for (const outcome of result.steps) if (outcome.error?.code === "changed-meanwhile") describe(outcome, "en");
  if (result.undo) await apply(result.undo, production);

  // @ts-expect-error a phone is nothing that a plan changes
  plan(current, desired, { only: { kinds: ["phone"] } });
  // @ts-expect-error it is called `allowDelete`
  plan(current, desired, { allowDeletes: true });
  // @ts-expect-error a diff is not a plan
  await apply(diff(current, desired), production);
  // @ts-expect-error a snapshot has no passwords
  current.phones[0]?.password;
  // @ts-expect-error the client is missing
  await apply(steps);
  return saved;
}
