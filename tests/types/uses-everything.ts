// Uses the whole public API: must compile with the package's types.
import { initAsync, loadChecks, loadSoftphone } from "omicall-call-center";
import { allGroupsQuery, infinitePhonesQuery, nameTenant, omiCallKeys, omiCallMutation, phonesQuery, type ArgumentsOf, type DataOf, type OmiCallQuery } from "omicall-call-center/tanstack";
import {
  CallCenter,
  OmiCallError,
  unlisted,
  validateGreetingFile,
  validateGroup,
  validateGroupMembers,
  ivrDiagram,
  groupRequest,
  issuesByField,
  lintIvr,
  orphans,
  references,
  simulateIvr,
  scriptRequest,
  validateIvrScript,
  validateTextToSpeech,
  whoUses,
  type AnyRecord,
  type Auth,
  type CallCenterOptions,
  type CallOptions,
  type CheckedCallOptions,
  type DeepReadonly,
  type DeleteOptions,
  type DraftPage,
  type Drift,
  type ErrorKind,
  type EditableGroup,
  type MovedMembers,
  type Mutable,
  type ExtensionDetail,
  type ExtensionQuery,
  type Extensions,
  type Greeting,
  type GreetingDraft,
  type GreetingFile,
  type GreetingQuery,
  type GreetingUpload,
  type GreetingUploadOptions,
  type GreetingVoice,
  type Greetings,
  type GroupChange,
  type GroupMember,
  type GroupMemberDraft,
  type GroupMembersChange,
  type GroupMembersDraft,
  type GroupPatchOptions,
  type GroupQuery,
  type GroupRequest,
  type GroupUpdateRequest,
  type Groups,
  type CallDirection,
  type HotlineAssignment,
  type HotlineQuery,
  type Hotlines,
  type InternalGroup,
  type InternalGroupDraft,
  type InternalPhone,
  type InternalPhoneDraft,
  type Issue,
  type IssueCode,
  type IssueParams,
  type IvrActionType,
  type IvrScriptChange,
  type IvrScriptPatchOptions,
  type IvrKeyActionType,
  type IvrKey,
  type IvrKeyDraft,
  type IvrKeyRequest,
  type IvrScript,
  type IvrScriptDraft,
  type IvrScriptQuery,
  type IvrScriptRequest,
  type IvrScripts,
  type KnownErrorCode,
  type Language,
  type Orphan,
  type Page,
  type PageIterator,
  type PatchedGroup,
  type PatchedIvrScript,
  type PbxAccount,
  type PhoneListOptions,
  type PhoneQuery,
  type PhoneStatusRequest,
  type Phones,
  type IvrDiagramOptions,
  type IvrEnding,
  type IvrEvent,
  type IvrRing,
  type IvrSimulation,
  type IvrSimulationOptions,
  type IvrStep,
  type Reference,
  type Report,
  type RequestEvent,
  type ResponseEvent,
  type ResponseValidation,
  type RetryEvent,
  type RingStrategy,
  type Severity,
  type SpeechSpeed,
  type Tenant,
  type TextToSpeechDraft,
  type TextToSpeechRequest,
  type UploadProgress,
  type UnlistedWord,
  type UserReference,
} from "omicall-call-center/all";

/** Compiles only if both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_Proof extends true>() => {};

export async function everything(): Promise<void> {
  const started: Promise<void> = initAsync();
  const { validateGroup: loadedCheck } = await loadChecks();
  same<Same<typeof loadedCheck, typeof validateGroup>>();
  const { jsSipConfig } = await loadSoftphone();
  jsSipConfig({}).webSocketUrl satisfies string;
  await Promise.all([started, initAsync("/omicall.wasm"), initAsync(new URL("https://example.com/o.wasm")), initAsync(fetch("/o.wasm")), initAsync(new Uint8Array())]);

  const ways: Auth[] = [
    { accessToken: "token" },
    { getAccessToken: () => "token" },
    { getAccessToken: async () => "token" },
    { apiKey: "key", dangerouslyAllowBrowser: true },
    { apiKey: "key" },
  ];
  const language: Language = "vi";
  const responseValidation: ResponseValidation = "error";
  const options: CallCenterOptions = {
    baseUrl: "/omicall",
    auth: ways[0] ?? { accessToken: "token" },
    timeoutMs: 5_000,
    maxRetries: 0,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    language,
    responseValidation,
    onDrift: (drift: Drift) => console.warn(drift.endpoint, drift.path, drift.expected, drift.found),
    onRequest: ({ method, path, attempt }: RequestEvent) => console.debug(method, path, attempt),
    onResponse: ({ method, path, attempt, status, elapsedMs }: ResponseEvent) => console.debug(method, path, attempt, status, elapsedMs),
    // An async function is accepted too.
    validation: true,
    onIssue: (issue: Issue) => console.debug(issue.code, issue.severity, issue.path, issue.message, Object.entries(issue.params)),
    onRetry: async ({ method, path, attempt, status, waitMs }: RetryEvent) => console.debug(method, path, attempt, status?.toFixed(), waitMs),
  };
  // The global fetch is accepted.
  const callCenter = new CallCenter({ ...options, fetch });

  const phones: Phones = callCenter.phones;
  const query: PhoneQuery = { keyword: "Nguyễn", page: 1, size: 50 };
  const call: CallOptions = { signal: AbortSignal.timeout(1_000), timeoutMs: 1_000, maxRetries: 1, validation: false };
  const page = await phones.list(query, call);
  same<Same<typeof page, Page<InternalPhone>>>();
  const maybe: AbortSignal | undefined = undefined as AbortSignal | undefined;
  await phones.list({ keyword: undefined, page: undefined }, { signal: maybe });
  const onScreen: Omit<InternalPhone, "password"> = page.items[0]!;
  const shown: string = onScreen.full_name;
  // @ts-expect-error: taken out
  console.log(onScreen.password, shown);
  same<Same<keyof Pick<InternalPhone, "full_name" | "agent_id">, "full_name" | "agent_id">>();
  await phones.list();
  await phones.list({});
  await phones.list({ keyword: "147" });
  const secret: PhoneListOptions = { ...call, includePasswords: true };
  await phones.list(undefined, secret);
  phones.iterate({}, { includePasswords: undefined });
  const numbers: number[] = [page.page_number, page.page_size, page.total_items, page.total_pages, page.next_page, page.previous_page];
  const more: boolean[] = [page.has_next, page.has_previous];
  const phone = page.items[0];
  if (phone) {
    const texts: string[] = [phone.domain, phone.outbound_proxy, phone.sip_user, phone.password, phone.full_name, phone.email, phone.public_number];
    const times: number[] = [phone.created_date, phone.last_updated_date];
    const agent: string | undefined = phone.agent_id;
    // What the type does not list is unknown.
    const { added_later } = unlisted(phone);
    same<Same<typeof added_later, unknown>>();
    same<Same<ReturnType<typeof unlisted>, Record<string, unknown>>>();
    console.log(texts, times, agent, numbers, more);
  }

  const walk: PageIterator<InternalPhone> = phones.iterate({ size: 100 }, call);
  for await (const one of walk) same<Same<typeof one, InternalPhone>>();
  for await (const one of phones.iterate().pages()) same<Same<typeof one, Page<InternalPhone>>>();
  const all = await phones.iterate().toArray({ limit: 10 });
  same<Same<typeof all, InternalPhone[]>>();

  const extensions: Extensions = callCenter.extensions;
  const wanted: ExtensionQuery = { type: "usr_uuid", keyword: "tientv11" };
  const detail: ExtensionDetail = await extensions.detail(wanted);
  const account: PbxAccount = detail.pbx_account;
  const hotlines: string[] | undefined = detail.hotlines;
  const servers: string[] = [...account.stun_servers, ...account.transport, account.sip_proxy_port];
  const quality: number = account.use_opus ? account.opus_quality : 0;
  console.log(hotlines, servers, quality, detail.uuid, detail.mail);

  const status: PhoneStatusRequest = { sip_user: "147", enabled: false };
  same<Same<ReturnType<Phones["setEnabled"]>, Promise<unknown>>>();
  await phones.setEnabled(status, call);

  const lines: Hotlines = callCenter.hotlines;
  const whose: HotlineQuery = { extension: "147" };
  const active: string[] = await lines.list(whose, call);
  await lines.list();
  const directions: CallDirection[] = ["outbound", "inbound"];
  const assignment: HotlineAssignment = { hotline: active[0] ?? "", user_email: "an@example.com", directions };
  same<Same<ReturnType<Hotlines["assignToExtension"]>, Promise<unknown>>>();
  await lines.assignToExtension(assignment, call);

  const groups: Groups = callCenter.groups;
  const someGroups: GroupQuery = { keyword: "Sales", page: 1, size: 10 };
  const groupPage: Page<InternalGroup> = await groups.list(someGroups, call);
  for await (const group of groups.iterate()) {
    const strategy: string = group.strategy;
    if (group.strategy === "enterprise") console.log(strategy);
    switch (group.strategy) {
      case "enterprise": case "rollover": case "random": break;
      default: same<Same<typeof group.strategy, UnlistedWord>>();
    }
    // A word that is not listed is a string, and can be compared as one.
    if ((group.strategy as string) === "new_word" || ["new_word"].includes(group.strategy)) console.log(group.strategy.toUpperCase());
    // Other kinds of overflow are known to exist.
    if (group.target_timeout_type === "Ivr_menu" || group.target_timeout_type === "New_kind") console.log(group.target_timeout);
    const maker: UserReference | null = group.create_by;
    const changer: string | undefined = group.last_update_by?.name;
    const member: GroupMember | undefined = group.members[0];
    const onlyAfterChanges: [string[] | undefined, number | undefined] = [group.sip_members, group.timeout];
    same<Same<typeof group.note, string | null>>();
    same<Same<GroupMember["sip_user"], string | null>>();
    same<Same<typeof group.is_answer, "true" | "false" | null>>();
    same<Same<typeof group.ring_group_wait_time, number | null>>();
    same<Same<typeof group.criterias, unknown[] | null>>();
    const answers: string | null = group.is_answer;
    console.log(maker?.id, changer, member?.timeout, onlyAfterChanges, answers, groupPage.total_items);
  }
  const strategies: RingStrategy[] = ["enterprise", "rollover", "random"];
  const wish: GroupRequest = { group_name: "Sales", strategy: strategies[0] ?? "random", sip_members: ["147"], timeout: 20 };
  const known: CheckedCallOptions = { ...call, context: { phones: await phones.iterate().toArray(), groups: groupPage, complete: false } };
  const { request, unresolved, ringSeconds, lost }: EditableGroup = groupRequest(groupPage.items[0]!, await phones.list());
  const parts: [GroupUpdateRequest, string[], number[], string[]] = [request, unresolved, ringSeconds, lost];
  // What is made is the page's own, to be changed.
  request.sip_members.push("147");
  same<Same<typeof request, Mutable<GroupUpdateRequest>>>();
  // A copy of a group: only an update takes an overflow.
  const { target_timeout_type: _, target_timeout: __, ...copy } = request;
  await groups.create({ ...copy, group_name: "Copy" });
  // TypeScript notices each field that only a record has.
  same<Same<Exclude<keyof InternalGroup, keyof GroupUpdateRequest>, never>>();
  same<Same<Exclude<keyof InternalGroup, keyof GroupRequest>, never>>();
  same<Same<Exclude<keyof IvrScript, keyof IvrScriptRequest>, never>>();
  same<Same<Exclude<keyof IvrKey, keyof IvrKeyRequest>, never>>();
  groupRequest(groupPage.items[0]!, [{ sip_user: "147", agent_id: "x" }, { sip_user: "145" }] as const);
  // Records of a store that makes everything readonly.
  const stored = { groups: groupPage.items, scripts: await callCenter.ivrScripts.list(), phones: page } as DeepReadonly<{ groups: InternalGroup[]; scripts: Page<IvrScript>; phones: Page<InternalPhone> }>;
  groupRequest(stored.groups[0]!, stored.phones);
  scriptRequest(stored.scripts.items[0]!);
  console.log(unlisted(stored.groups[0]!), unlisted(stored.phones), unlisted(stored.scripts.items[0]!.scripts[0]!));
  lintIvr(stored);
  validateGroup(stored.groups[0]!, stored);
  await groups.update("id", { ...request, timeout: 30 }, known);
  await groups.create(wish, known);
  // A strategy of a record is sent back as it is.
  await groups.update("id", { ...request, strategy: groupPage.items[0]!.strategy }, known);
  await groups.create({ ...wish, strategy: groupPage.items[0]!.strategy });
  await groups.addMembers({ group_id: "id", sip_users: parts[1] }, { context: null });
  await groups.removeMembers({ group_id: "id", sip_users: parts[1] }, { context: undefined });
  const made: InternalGroup = await groups.create(wish, call);
  const overflow: IvrActionType[] = ["Ring_group", "Ivr_menu", "Recording", ""];
  const content: GroupUpdateRequest = { ...wish, timeout: 30, target_timeout_type: overflow[2], target_timeout: "6209c99b067f745da47367f3" };
  const changed: InternalGroup = await groups.update(made._id, content, call);
  await groups.update(made._id, { ...wish, target_timeout_type: made.target_timeout_type, target_timeout: made.target_timeout });
  const since: GroupPatchOptions = { ...known, unchangedSince: stored.groups[0], phones: stored.phones };
  const rename: GroupChange = { group_name: "Sales", timeout: undefined, target_timeout: null };
  const patched: PatchedGroup = await groups.patch(made._id, rename, since);
  const sentName: string | undefined = patched.request?.group_name;
  for (const { field, meant, found } of patched.notAsMeant) if (field === "target_timeout") console.log(meant, found, sentName);
  await groups.patch(made._id, { strategy: made.strategy, sip_members: ["147"] } as const, { unchangedSince: patched.record.last_updated_date, phones: page.items });
  await groups.patch(made._id, { ...request }, { unchangedSince: null, phones: null });
  await groups.patch(made._id, {});
  const nothing: void = await groups.moveMembers(made._id, changed._id, ["147"] as const, known);
  const error = new Error() as OmiCallError;
  const moved: MovedMembers | undefined = error.moved;
  console.log(nothing, patched.readBackError?.message, moved?.added === "done" && moved.removed === "not tried");
  const change: GroupMembersChange = { group_id: changed._id, sip_users: ["145"] };
  const unknowns: unknown[] = [await groups.addMembers(change, call), await groups.removeMembers(change, call), await groups.delete(made._id, call)];
  same<Same<ReturnType<Groups["delete"]>, Promise<unknown>>>();
  const deletion: DeleteOptions = { ...call, context: known.context, force: true };
  unknowns.push(await groups.delete(made._id, deletion), await callCenter.ivrScripts.delete("id", { context: null, force: undefined }), await callCenter.greetings.delete("id", known));
  const uses: Reference[] = [...whoUses(stored, made._id), ...references({ scripts: stored.scripts })];
  for (const { kind, id, name, path, targetKind, targetId, missing } of uses) {
    const target: "greeting" | "group" | "script" | "extension" | null = targetKind;
    console.log(`#${kind satisfies "group" | "script"}s/${id}`, name.length, path.length, target, targetId.length, missing satisfies boolean);
  }
  const unused: Orphan[] = orphans({ ...stored, startScripts: ["id"] });
  same<Same<Orphan["kind"], "greeting" | "group" | "script">>();
  console.log(unused);

  const records: AnyRecord[] = [page, ...page.items, detail, account, made, ...made.members, ...(made.create_by ? [made.create_by] : [])];
  for (const record of records) console.log(Object.keys(unlisted(record)));

  // Nothing that is passed in is changed, so it may be readonly.
  const fixed = { group_name: "Sales", strategy: "rollover", sip_members: ["147", "145"], timeout: 20 } as const;
  await groups.create(fixed);
  await groups.update(made._id, fixed);
  await groups.addMembers({ group_id: made._id, sip_users: ["147"] } as const);
  await lines.assignToExtension({ hotline: "024", user_email: "an@example.com", directions: ["outbound", "inbound"] } as const);
  const fixedScript = { script_name: "Menu", greeting_id: "6209c99b067f745da47367f3", max_failure: 3, time_out: 5, scripts: [{ ivr: "1", action_type: "Ring_group", action: "x" }] } as const;
  await callCenter.ivrScripts.create(fixedScript);
  validateIvrScript(fixedScript, { scripts: [fixedScript], groups: [fixed], startScripts: ["x"], language: "vi" } as const);
  validateGroup(fixed);
  validateGroupMembers({ group_id: "x", sip_users: ["147"] } as const);
  const fixedPage: DraftPage<IvrScriptDraft> = { items: [fixedScript], has_next: false } as const;
  const fixedTenant = { scripts: fixedPage, groups: [{ members: [{ agent_id: "a" }], sip_members: ["147"] }], phones: [{ sip_user: "147" }] } as const;
  const fixedReport: DeepReadonly<Report> = Object.freeze(lintIvr(fixedTenant));
  const fixedSimulation: DeepReadonly<IvrSimulation> = simulateIvr(fixedTenant, { start: "x", events: ["1"] } as const);
  ivrDiagram(fixedTenant, { format: "svg", report: fixedReport, simulation: fixedSimulation });

  const scripts: IvrScripts = callCenter.ivrScripts;
  const someScripts: IvrScriptQuery = { keyword: "menu", page: 1, size: 10 };
  const script: IvrScript | undefined = (await scripts.list(someScripts, call)).items[0];
  const key: IvrKey | undefined = script?.scripts[0];
  const kind: string | undefined = key?.action_type;
  const nowhere: IvrKeyActionType = "";
  const keys: IvrKeyRequest[] = [{ ivr: "1", action_type: "Ring_group", action: made._id }, { ivr: "2", action_type: nowhere, action: "" }];
  // Other action types are sent, such as that of a `<select>`.
  const selected: string = document.title;
  keys.push({ ivr: "3", action_type: "Voice_mail", action: "" }, { ivr: "4", action_type: selected, action: "x" });
  const menu: IvrScriptRequest = { script_name: "Menu", greeting_id: "6209c99b067f745da47367f3", max_failure: 3, time_out: 5, scripts: keys };
  const newScript: IvrScript = await scripts.create(menu, call);
  await scripts.create({ ...menu, action_type: selected, action: "x" });
  await scripts.create({ ...menu, action_type: "Voice_mail" });
  // The optional fields may be passed as records have them.
  const { action_type, action, greeting_short_id, invalid_sound_id, ivr_direct_menu_dial } = newScript;
  const full: IvrScriptRequest = { ...menu, action_type, action, greeting_short_id, invalid_sound_id, ivr_direct_menu_dial, scripts: newScript.scripts.map(({ ivr, action_type, action }) => ({ ivr, action_type, action })) };
  console.log(full);
  same<Same<Awaited<ReturnType<IvrScripts["update"]>>, IvrScript>>();
  const edited: IvrScriptRequest = { ...scriptRequest(newScript), script_name: "Welcome" };
  await scripts.create(edited, known);
  const scriptChange: IvrScriptChange = { time_out: 8, invalid_sound_id: null, scripts: keys };
  const scriptOptions: IvrScriptPatchOptions = { ...known, unchangedSince: stored.scripts.items[0] };
  const patchedScript: PatchedIvrScript = await scripts.patch(newScript._id, scriptChange, scriptOptions);
  console.log(patchedScript.record.script_name, patchedScript.request?.scripts.length, patchedScript.notAsMeant.some(({ field }) => field === "note"));
  const longer = scriptRequest(newScript);
  longer.scripts.push({ ivr: "9", action_type: "Ring_group", action: made._id }, ...keys);
  if (longer.scripts[0]) longer.scripts[0].ivr = "0";
  await scripts.update(newScript._id, longer);
  const byField = issuesByField(validateIvrScript(edited, known.context ?? undefined));
  const ofKey: Issue[] | undefined = byField["scripts.0.action"];
  console.log(ofKey?.length, Object.values(issuesByField({})).length, Object.values(issuesByField(new Error() as OmiCallError)).length);
  unknowns.push(await scripts.update(edited.script_name, edited, known), await scripts.update(newScript._id, menu), await scripts.delete(newScript._id), kind, await scripts.iterate().toArray());

  const greetings: Greetings = callCenter.greetings;
  const someGreetings: GreetingQuery = { page: 1, size: 10 };
  const greeting: Greeting | undefined = (await greetings.list(someGreetings, call)).items[0];
  const pace: number | undefined = greeting?.speed;
  const voice: GreetingVoice = "banmai";
  const speed: SpeechSpeed = "-3";
  const speech: TextToSpeechRequest = { greeting_name: "Welcome", text: "Xin chào", speed, voice };
  const asInForms: TextToSpeechRequest = { ...speech, speed: document.createElement("select").value };
  const asInRecords: TextToSpeechRequest = { ...speech, speed: pace ?? 0, voice: "northern_female_ngocanh" };
  const { file }: GreetingFile = await greetings.textToSpeech(speech.speed ? speech : asInForms.speed ? asInForms : asInRecords, call);
  const progress: UploadProgress[] = [];
  const how: GreetingUploadOptions = { onProgress: (event) => progress.push(event), signal: AbortSignal.timeout(1_000), timeoutMs: 1_000, maxRetries: 0, validation: true };
  const recordings: GreetingUpload[] = [{ file: new Blob() }, { file: new File([], "a.mp3"), greeting_name: "A" }, { file: new ArrayBuffer(1) }, { file: new Uint8Array() }];
  for (const recording of recordings) same<Same<Awaited<ReturnType<typeof greetings.upload>>, unknown>>(), await greetings.upload(recording, how);
  unknowns.push(await greetings.delete(file._id), pace, await greetings.iterate().toArray());

  const tenant: Tenant = {
    scripts: await scripts.iterate().toArray(), groups: await groups.list(), greetings: null, phones: undefined,
    complete: false, startScripts: [made._id], language: "vi", id: made._id, action: "remove",
  };
  const phoneDraft: InternalPhoneDraft = { sip_user: "147", agent_id: null };
  const greetingDraft: GreetingDraft = { _id: file._id };
  const memberDraft: GroupMemberDraft = { agent_id: "a", timeout: 20 };
  const keyDraft: IvrKeyDraft = { ivr: "1", action_type: "Voice_mail" };
  const scriptDraft: IvrScriptDraft = { script_name: null, scripts: [keyDraft, {}] };
  const groupDraft: InternalGroupDraft = { members: [memberDraft] };
  const changeDraft: GroupMembersDraft = { sip_users: ["147"] };
  const speechDraft: TextToSpeechDraft = { text: "Xin chào", speed: "7" };
  const drafts: Tenant = { scripts: [scriptDraft], groups: [groupDraft], greetings: [greetingDraft], phones: [phoneDraft] };
  const events: IvrEvent[] = ["1", "*", "timeout", "no-answer"];
  const how_it_goes: IvrSimulationOptions = { start: newScript._id, events };
  const played: IvrSimulation = simulateIvr(tenant, how_it_goes);
  simulateIvr({ scripts: [scriptDraft] }, { start: newScript._id });
  const pressed = ["1", "timeout"];
  simulateIvr({ scripts: [scriptDraft] }, { start: newScript._id, events: pressed });
  for (const step of played.steps) {
    const one: IvrStep = step;
    const said: [string, string | undefined, boolean, IvrEvent | undefined, string | undefined, number] = [one.greetingId, one.greetingName, one.isShortGreeting, one.event, one.path, one.seconds];
    console.log(said, one.invalidSoundId, one.failures, one.timeouts, one.depth, one.scriptId, one.scriptName, one.entered, one.groupId, one.groupName);
  }
  const end: IvrEnding = played.ending;
  switch (end.kind) {
    case "group": {
      const rings: IvrRing[] = end.rings;
      const strategy: string = end.strategy;
      console.log(rings[0]?.extension, rings[0]?.agentId, rings[0]?.fullName, rings[0]?.seconds, end.groupId, end.groupName, end.ringSeconds, strategy);
      break;
    }
    case "too-deep": console.log(end.scriptId); break;
    case "no-answer": console.log(end.groupId, end.groupName); break;
    case "extension": console.log(end.extension, end.agentId, end.fullName); break;
    case "recording": console.log(end.greetingId, end.greetingName); break;
    case "unknown": console.log(end.destinationId, end.destinationType); break;
    case "hangup": case "waiting": break;
    default: same<Same<typeof end, never>>();
  }
  const drawing: IvrDiagramOptions = { format: "svg", focus: newScript._id, report: lintIvr(tenant), simulation: played };
  const picture: string = ivrDiagram(tenant, drawing) + ivrDiagram({ scripts: [] }, { format: "mermaid", focus: null });
  console.log(picture);

  const reports: Report[] = [
    validateIvrScript(newScript, tenant), validateIvrScript(menu), validateIvrScript(scriptDraft, drafts), validateGroup(await groups.create(wish)), validateGroup(groupDraft, tenant),
    validateGroupMembers(changeDraft, tenant), validateTextToSpeech(speechDraft, { language: "en" }), validateGreetingFile(new ArrayBuffer(1)), validateGreetingFile(new Uint8Array(), { language: "vi" }),
  ];
  for (const { ok, issues } of reports) same<Same<typeof ok, boolean>>(), same<Same<typeof issues, Issue[]>>();

  try {
    await extensions.detail({ type: "sip_user", keyword: "147" }, { timeoutMs: 5 });
  } catch (error) {
    if (error instanceof OmiCallError) {
      const kind: ErrorKind = error.kind;
      const wrongTenant: KnownErrorCode = "tenant_invalid";
      // Other codes of the server compile too.
      if (error.code === wrongTenant || error.code === "extension_invalid" || error.code === "new_code") console.log(error.code);
      switch (error.kind) {
        case "validation":
          for (const issue of error.issues) {
            const one: Issue = issue;
            const [code, severity]: [IssueCode, Severity] = [one.code, one.severity];
            const params: IssueParams = one.params;
            console.log(code, severity, one.path, one.message, params.name, params["seconds"]);
          }
          break;
        case "api": case "auth": case "http": case "network": case "timeout": case "aborted": case "decode": case "usage":
          console.log(kind, error.code?.length, error.status?.toFixed(), error.statusCode, error.instanceId, error.endpoint, error.attempts, error.path, error.retryable, error.cause?.code?.length, error.cause?.cause, error.toJSON().message);
          break;
        default:
          // Every kind is handled above.
          same<Same<typeof error.kind, never>>();
      }
      const plain: Error = error;
      console.log(plain.message);
    }
  }
  callCenter.free();
}

// With a library whose options have these shapes; tests/packaging/projects/tanstack has the real ones.
export async function queries(callCenter: CallCenter) {
  const signal = new AbortController().signal;
  const named: CallCenter = nameTenant(callCenter, "acme");
  const phones: OmiCallQuery<Page<InternalPhone>> = phonesQuery(named, { keyword: "a" });
  const groups = await allGroupsQuery(named).queryFn({ signal });
  const pages = infinitePhonesQuery(named, null);
  const page = await pages.queryFn({ signal, pageParam: pages.initialPageParam });
  const next: number | undefined = pages.getNextPageParam(page, [page], 1);
  const mutation = omiCallMutation(named, { invalidateQueries: ({ queryKey }) => console.log(queryKey[1].length) }, "groups.create");
  const args: ArgumentsOf<"groups.create"> = [{ group_name: "Sales", strategy: "random", sip_members: ["147"], timeout: 20 }];
  const group: InternalGroup = await mutation.mutationFn(args);
  same<Same<DataOf<"greetings.delete">, unknown>>();
  const retry: false = phones.retry;
  console.log(groups[0]?.group_name, next, group._id, retry, omiCallKeys.all(callCenter)[0]);
}
