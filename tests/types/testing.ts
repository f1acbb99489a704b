// The types of `omicall-call-center/testing`: what must compile, and at `@ts-expect-error` what must not.
import { CallCenter, OmiCallError, lintIvr, type InternalGroup, type InternalPhone, type IvrScript, type Greeting } from "omicall-call-center/all";
import {
  createSandbox, initAsync, omiCallError,
  type OmiCallErrorInit, type Sandbox, type SandboxCall, type SandboxFault, type SandboxFaultKind, type SandboxFaultPlan, type SandboxList, type SandboxOptions, type SandboxRecords, type SandboxRequest, type SandboxTenant, type SandboxChange, type SandboxSnapshot,
} from "omicall-call-center/testing";

declare const phones: readonly InternalPhone[];
declare const groups: InternalGroup[];
declare const scripts: IvrScript[];
declare const greetings: Greeting[];

export async function mustCompile(): Promise<void> {
  await initAsync();
  const options: SandboxOptions = { agents: 20, seed: 1, tokenLifeMs: 1000, now: new Date(), tenant: undefined };
  const sandbox: Sandbox = await createSandbox(options);
  const callCenter = new CallCenter({ baseUrl: "https://sandbox.test", auth: { accessToken: sandbox.token() }, fetch: sandbox.fetch });
  const response: Response = await sandbox.fetch(new URL("https://sandbox.test/api/auth"), { method: "GET" });
  // What lists returned, and what is only as long as a test needs it.
  const records: SandboxRecords = { phones, groups, scripts, greetings, hotlines: ["0901"] };
  await createSandbox({ tenant: records });
  await createSandbox({ tenant: { phones: [{ sip_user: "101" }], groups: [{ group_name: "Sales" }], scripts: [{ script_name: "Menu" }], greetings: [{ greeting_name: "Hello" }] } });
  await createSandbox({
    tenant: {
      groups: [{ group_name: "Sales", members: [{ agent_id: "6209c98561c1cb163ded25fa" }] }],
      scripts: [{ script_name: "Menu", scripts: [{ ivr: "1", action_type: "Ring_group", action: "62ff11b208d4bf3ea694a6f3" }] }],
    },
  });
  const page: SandboxList<InternalPhone> = await callCenter.phones.list();
  await createSandbox({ tenant: { phones: page, groups: await callCenter.groups.list() } });
  const snapshot: SandboxSnapshot = { records };
  await createSandbox({ snapshot });
  await createSandbox({ snapshot: records });
  const tenant: SandboxTenant = sandbox.tenant({ includePasswords: true });
  lintIvr(tenant);
  await createSandbox({ tenant });
  const faults: SandboxFault[] = [
    { status: 429, retryAfter: 2, headers: { "x-a": "1" }, body: {}, contentType: "text/plain" }, { status: 503, retryAfter: new Date() }, { error: "extension_invalid" }, { error: "new_code", message: "No" },
    { network: "down" }, { network: "cut", afterBytes: 5 }, { connectMs: 5 }, { delayMs: 5 }, { hang: true }, { dripMs: 5 }, { html: true }, { html: 502 }, { empty: true },
    { set: { pointer: "/payload", value: null } }, { remove: "/payload" }, { repeatPage: true }, { raw: "{" }, { raw: new Uint8Array(3) }, { huge: true }, { huge: 1e6, announced: true },
  ];
  const call: SandboxCall = "groups.update";
  for (const fault of faults) sandbox.fail({ call, times: Infinity, with: fault });
  const plan: SandboxFaultPlan = { with: { hang: true } };
  sandbox.fail(plan);
  const kind: SandboxFaultKind = "hang";
  const set: SandboxChange = { pointer: "/payload", value: null };
  sandbox.fail({ with: { set } });
  const requests: SandboxRequest[] = sandbox.requests;
  console.log(response.status, kind, requests[0]?.query["page"], requests[0]?.status?.toFixed(), requests[0]?.aborted, requests[0]?.body);
  sandbox.now = new Date();
  sandbox.now = undefined;
  sandbox.now = sandbox.now + 1;
  sandbox.expireTokens();
  sandbox.reset();
  const fields: OmiCallErrorInit = { kind: "api", code: "group_in_use", status: undefined, cause: new Error("why"), message: "No" };
  const error: OmiCallError = omiCallError(fields);
  console.log(omiCallError({ kind: "api", moved: { added: "done", removed: "failed" } }).moved?.removed);
  console.log(error.kind);
  callCenter.free();
}

export async function mustNotCompile(sandbox: Sandbox): Promise<void> {
  // @ts-expect-error: an unknown option
  await createSandbox({ agent: 5 });
  // @ts-expect-error: an unknown kind of records
  await createSandbox({ tenant: { phone: [] } });
  // @ts-expect-error: a phone has an extension
  await createSandbox({ tenant: { phones: [{ full_name: "An" }] } });
  // @ts-expect-error: a field that phones do not have
  await createSandbox({ tenant: { phones: [{ sip_user: "101", full_nmae: "An" }] } });
  // @ts-expect-error: an unknown call
  sandbox.fail({ call: "groups.updat", with: { hang: true } });
  // @ts-expect-error: no fault
  sandbox.fail({ call: "groups.update" });
  // @ts-expect-error: no fault
  sandbox.fail({ with: {} });
  // @ts-expect-error: two faults at once
  sandbox.fail({ with: { status: 500, hang: true } });
  // @ts-expect-error: what belongs to another fault
  sandbox.fail({ with: { delayMs: 5, afterBytes: 5 } });
  // @ts-expect-error: an unknown way to break a connection
  sandbox.fail({ with: { network: "slow" } });
  // @ts-expect-error: the list is a copy
  sandbox.requests = [];
  // @ts-expect-error: an error has a kind
  omiCallError({ message: "No" });
  // @ts-expect-error: an unknown kind
  omiCallError({ kind: "server" });
}
