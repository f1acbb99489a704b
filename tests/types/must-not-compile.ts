// Every statement here is a mistake that TypeScript must catch: where one compiles, `@ts-expect-error` is the error.
import { initAsync } from "omicall-call-center";
import { CallCenter, OmiCallError, groupRequest, issuesByField, ivrDiagram, lintIvr, references, simulateIvr, validateGreetingFile, validateGroup, validateIvrScript, validateTextToSpeech, unlisted, whoUses, type Auth, type ErrorKind, type ExtensionQuery, type GroupRequest, type InternalGroup, type InternalPhone, type IvrKeyActionType, type Page, type PhoneQuery, type ExtensionDetail, type IvrScript, type IvrKeyRequest, type IvrScriptRequest } from "omicall-call-center/all";

declare const callCenter: CallCenter;
declare const phone: InternalPhone;
declare const group: InternalGroup;
declare const script: IvrScript;
declare const detail: ExtensionDetail;
declare const page: Page<InternalPhone>;
declare const error: OmiCallError;

// @ts-expect-error: options are needed
new CallCenter();
// @ts-expect-error: auth is needed
new CallCenter({ baseUrl: "/omicall" });
// @ts-expect-error: baseUrl is needed
new CallCenter({ auth: { accessToken: "token" } });
// @ts-expect-error: two kinds of auth
new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token", apiKey: "key" } });
// @ts-expect-error: no kind of auth
new CallCenter({ baseUrl: "/omicall", auth: {} });
// @ts-expect-error: an unknown option
new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token" }, retries: 3 });
// @ts-expect-error: an unknown language
new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token" }, language: "fr" });
// @ts-expect-error: a string for a number
new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "token" }, timeoutMs: "5" });
// @ts-expect-error: a token is a string
export const wrongAuth: Auth = { getAccessToken: () => 5 };
// @ts-expect-error: an unknown field of a query
export const wrongQuery: PhoneQuery = { kewyord: "x" };
// @ts-expect-error: a page is a number
void callCenter.phones.list({ page: "2" });
// @ts-expect-error: validation is on or off
void callCenter.phones.list({}, { validation: "off" });
// @ts-expect-error: a draft is needed
validateIvrScript();
// @ts-expect-error: a misspelt field of a draft
validateIvrScript({ script_nmae: "x" });
// @ts-expect-error: the keys are an array
validateIvrScript({ scripts: { ivr: "1" } });
// @ts-expect-error: groups are no scripts
validateIvrScript({}, { scripts: group });
// @ts-expect-error: an unknown language
validateGroup({}, { language: "fr" });
// @ts-expect-error: a speed is a string or a number
validateTextToSpeech({ speed: true });
// @ts-expect-error: a path is no file
validateGreetingFile("welcome.mp3");
// @ts-expect-error: a report has issues, not errors
validateGroup({}).errors;
// @ts-expect-error: a code that no rule has
validateGroup({}).issues.some((issue) => issue.code === "group-name-missing");
// @ts-expect-error: a keyword is a string
void callCenter.phones.list({ keyword: 147 });
// @ts-expect-error: the signal belongs into the last argument
void callCenter.phones.list({ signal: AbortSignal.abort() });
// @ts-expect-error: a signal is no string
void callCenter.phones.list({}, { signal: "stop" });
// @ts-expect-error: a query is needed
void callCenter.extensions.detail();
// @ts-expect-error: type is needed
export const withoutType: ExtensionQuery = { keyword: "147" };
// @ts-expect-error: a tenant is needed
lintIvr();
// @ts-expect-error: a start is needed
simulateIvr({ scripts: [] }, { events: ["1"] });
// @ts-expect-error: events are text
simulateIvr({ scripts: [] }, { start: "x", events: [1] });
// @ts-expect-error: fields of a simulation are in camelCase
console.log(simulateIvr({ scripts: [] }, { start: "x" }).steps[0]?.script_name);
// @ts-expect-error: a format is required
ivrDiagram({ scripts: [] }, {});
// @ts-expect-error: an unknown format
ivrDiagram({ scripts: [] }, { format: "png" });
// @ts-expect-error: an unknown type
void callCenter.extensions.detail({ type: "name", keyword: "x" });
// @ts-expect-error: handles are read-only
callCenter.phones = callCenter.phones;
// @ts-expect-error: a family that does not exist
callCenter.telephones;
// @ts-expect-error: a phone's extension is a string
phone.sip_user.toFixed();
// @ts-expect-error: a misspelt field
phone.full_nmae;
// @ts-expect-error: a misspelt field by its name
phone["sip_usr"];
// @ts-expect-error: a misspelt field of a list page
page.has_nxt;
// @ts-expect-error: a misspelt field of a member
group.members[0]?.agentid;
// @ts-expect-error: a misspelt field of an account
detail.pbx_account.sip_domain;
// @ts-expect-error: a misspelt field of a key
script.scripts[0]?.key_type;
// @ts-expect-error: the name that groups use
script.create_by;
// @ts-expect-error: a misspelt field in a type
export type Shown = Pick<InternalPhone, "full_nmae">;
// @ts-expect-error: a misspelt field in a destructuring
export const { emial } = phone;
// @ts-expect-error: a promise of a page is not a record
unlisted(callCenter.phones.list());
// @ts-expect-error: what is not listed is unknown
unlisted(phone).department.length;
// @ts-expect-error: a misspelt word
group.strategy === "rolover";
// @ts-expect-error: a misspelt word
script.scripts[0]?.action_type === "Rign_group";
// @ts-expect-error: a misspelt word
script.action_type === "ivr_menu";
// @ts-expect-error: a misspelt word
group.is_answer === "ture";
// @ts-expect-error: a string, not a boolean
script.ivr_direct_menu_dial === true;
// @ts-expect-error: a misspelt kind
error.kind === "netwrok";
// @ts-expect-error: a misspelt code of a rule
error.issues[0]?.code === "ivr-key-dublicate";
// @ts-expect-error: a misspelt value of a message
error.issues[0]?.params.secnds;
// @ts-expect-error: agent_id may be missing
phone.agent_id.length;
// @ts-expect-error: items are phones
export const wrongItems: string[] = page.items;
// @ts-expect-error: an iterator is not an array
callCenter.phones.iterate().length;
// @ts-expect-error: a limit is a number
void callCenter.phones.iterate().toArray({ limit: "10" });
// @ts-expect-error: enabled is not a string
void callCenter.phones.setEnabled({ sip_user: "147", enabled: "false" });
// @ts-expect-error: an unknown direction
void callCenter.hotlines.assignToExtension({ hotline: "024", user_email: "a@b", directions: ["both"] });
// @ts-expect-error: an unknown strategy
export const wrongStrategy: GroupRequest = { group_name: "x", strategy: "all", sip_members: [], timeout: 20 };
// @ts-expect-error: a string that need not be a strategy
export const anyStrategy: GroupRequest = { group_name: "x", strategy: document.title, sip_members: [], timeout: 20 };
// @ts-expect-error: an unknown field of a body
void callCenter.groups.create({ group_name: "x", strategy: "random", sip_members: [], timeout: 20, note: "x" });
// @ts-expect-error: only updates take an overflow
void callCenter.groups.create({ group_name: "x", strategy: "random", sip_members: [], timeout: 20, target_timeout: "x" });
// @ts-expect-error: an overflow is an id
void callCenter.groups.update(group._id, { group_name: "x", strategy: "random", sip_members: [], timeout: 20, target_timeout_type: "Ring_group", target_timeout: 5 });
// @ts-expect-error: keys do not lead to recordings
export const recordingKey: IvrKeyActionType = "Recording";
// @ts-expect-error: a group from a list is not a request
void callCenter.groups.update(group._id, group);
// @ts-expect-error: nor is a copy of one
void callCenter.groups.update(group._id, { ...group });
// @ts-expect-error: nor is a copy with what is missing
void callCenter.groups.update(group._id, { ...group, strategy: "random", sip_members: ["147"], timeout: 20 });
const { _id, tenant_id, ...copiedGroup } = group;
// @ts-expect-error: nor what is left of one, which has members
void callCenter.groups.update(_id, { ...copiedGroup, strategy: "random", sip_members: ["147"], timeout: 20 });
const { members, ...withoutMembers } = copiedGroup;
// @ts-expect-error: nor what is left without them
void callCenter.groups.update(_id, { ...withoutMembers, strategy: "random", sip_members: ["147"], timeout: 20 });
// @ts-expect-error: groups are created without an overflow
void callCenter.groups.create({ ...groupRequest(group, [phone]).request, group_name: "copy" });
// @ts-expect-error: a script from a list is not a request
void callCenter.ivrScripts.update(script._id, script);
// @ts-expect-error: nor is a copy of one
void callCenter.ivrScripts.update(script._id, { ...script });
// @ts-expect-error: nor is a copy with other keys
void callCenter.ivrScripts.update(script._id, { ...script, action_type: "", scripts: [] });
const { _id: scriptId, tenant_id: _, ...copiedScript } = script;
// @ts-expect-error: nor what is left of one
void callCenter.ivrScripts.update(scriptId, { ...copiedScript, action_type: "", scripts: [] });
// @ts-expect-error: an action type is a string
export const wrongFallback: IvrScriptRequest = { script_name: "x", greeting_id: "x", max_failure: 1, time_out: 5, scripts: [], action_type: 1 };
// @ts-expect-error: a key that leads nowhere has the type ""
export const wrongKey: IvrKeyRequest = { ivr: "1", action_type: null, action: "x" };
// @ts-expect-error: a string, not a boolean
export const wrongDialling: IvrScriptRequest = { script_name: "x", greeting_id: "x", max_failure: 1, time_out: 5, scripts: [], ivr_direct_menu_dial: "yes" };
// @ts-expect-error: the keys of a record are not those of a request
export const copiedKeys: IvrScriptRequest = { script_name: "x", greeting_id: "x", max_failure: 1, time_out: 5, scripts: script.scripts };
// @ts-expect-error: nor are copies of them
export const changedKeys: IvrKeyRequest[] = script.scripts.map((key) => ({ ...key, action_type: "Ring_group" as const }));
// @ts-expect-error: a key is a string
lintIvr({ scripts: [{ scripts: [{ ivr: 1 }] }] } as const);
// @ts-expect-error: all four fields are required
void callCenter.groups.update(group._id, { timeout: 30 });
// @ts-expect-error: a record is not a change
void callCenter.groups.patch(group._id, group);
// @ts-expect-error: nor is a copy of one
void callCenter.groups.patch(group._id, { ...group, group_name: "x" });
// @ts-expect-error: nor what is left of one
void callCenter.groups.patch(_id, copiedGroup);
// @ts-expect-error: nor a script
void callCenter.ivrScripts.patch(script._id, { ...copiedScript, time_out: 5 });
// @ts-expect-error: an unknown field of a change
void callCenter.groups.patch(group._id, { tmeout: 30 });
// @ts-expect-error: a change of a script for a group
void callCenter.groups.patch(group._id, { script_name: "x" });
// @ts-expect-error: a note cannot be sent
void callCenter.ivrScripts.patch(script._id, { note: "x" });
// @ts-expect-error: members are extensions
void callCenter.groups.patch(group._id, { sip_members: group.members });
// @ts-expect-error: a change is needed
void callCenter.groups.patch(group._id);
// @ts-expect-error: the record of another family
void callCenter.groups.patch(group._id, { timeout: 30 }, { unchangedSince: script });
// @ts-expect-error: a date of the API is a number
void callCenter.groups.patch(group._id, { timeout: 30 }, { unchangedSince: new Date() });
// @ts-expect-error: an unknown option
void callCenter.ivrScripts.patch(script._id, { time_out: 5 }, { phones: [] });
// @ts-expect-error: one that a request does not have
(await callCenter.groups.patch(group._id, {})).notAsMeant.some(({ field }) => field === "group_nmae");
// @ts-expect-error: nothing may have been sent
(await callCenter.groups.patch(group._id, {})).request.timeout;
// @ts-expect-error: several extensions are an array
void callCenter.groups.moveMembers(group._id, "x", "147");
// @ts-expect-error: an id is a string
void callCenter.groups.delete(5);
// @ts-expect-error: undocumented responses are unknown
(await callCenter.groups.delete("x")).length;
// @ts-expect-error: a strategy may be unknown
export const knownStrategy: "enterprise" | "rollover" | "random" = group.strategy;
// @ts-expect-error: "true" is a string
export const answered: boolean | null = group.is_answer;
// @ts-expect-error: create_by may be null
group.create_by.name;
// @ts-expect-error: only responses of create and update have it
group.sip_members.length;
// @ts-expect-error: a speed is text or a number
void callCenter.greetings.textToSpeech({ greeting_name: "x", text: "x", speed: true, voice: "banmai" });
// @ts-expect-error: a file is not a string
void callCenter.greetings.upload({ file: "greeting.mp3" });
// @ts-expect-error: progress belongs to uploads
void callCenter.greetings.list({}, { onProgress: () => {} });
// @ts-expect-error: whether there are passwords is no question of which phones
void callCenter.phones.list({ includePasswords: true });
// @ts-expect-error: only phones have passwords
void callCenter.groups.list({}, { includePasswords: true });
// @ts-expect-error: only what is checked has a context
void callCenter.groups.list({}, { context: {} });
// @ts-expect-error: only a deletion can be forced
void callCenter.groups.addMembers({ group_id: "x", sip_users: [] }, { context: {}, force: true });
// @ts-expect-error: forced or not
void callCenter.greetings.delete("x", { force: "yes" });
// @ts-expect-error: an id, not the record
whoUses({}, group);
// @ts-expect-error: nothing else has places
if (whoUses({}, "x")[0]?.kind === "greeting") throw 0;
// @ts-expect-error: what is named may be unknown
references({})[0]!.targetKind.length;
// @ts-expect-error: records, not their number
void callCenter.groups.addMembers({ group_id: "x", sip_users: [] }, { context: { phones: 137 } });
// @ts-expect-error: an agent is known by its phone
groupRequest(group);
// @ts-expect-error: a script is not a group
groupRequest(await callCenter.ivrScripts.list(), []);
// @ts-expect-error: there may be no issues of a field
issuesByField(validateGroup({}))["group_name"].length;
// @ts-expect-error: events have no query
new CallCenter({ baseUrl: "/", auth: { accessToken: "x" }, onRequest: (event) => console.log(event.query) });
// @ts-expect-error: errors cannot be constructed
new OmiCallError("message");
// @ts-expect-error: an unknown kind
export const wrongKind: ErrorKind = "server";
// @ts-expect-error: fields of errors are read-only
error.kind = "api";
// @ts-expect-error: a status may be missing
error.status.toFixed();
// @ts-expect-error: not a source of a module
void initAsync(null);
