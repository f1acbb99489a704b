// The schemas with the types of `@standard-schema/spec`, which libraries declare or copy.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import type { CallCenter, GroupMembersChange, GroupRequest, GroupUpdateRequest, IvrScriptRequest, Mutable, RequestSchema, SchemaIssue, SchemaOptions, SipAccountDraft, Tenant, TextToSpeechRequest } from "omicall-call-center";
import { groupMembersSchema, groupSchema, ivrScriptSchema, sipAccountSchema, textToSpeechSchema } from "omicall-call-center/checks";
import { ivrScriptSchema as ofAll, softphoneSettings } from "omicall-call-center/all";

declare const callCenter: CallCenter;
declare const context: Tenant;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <T extends true>() => undefined as T | undefined;

const options: SchemaOptions = { language: "vi", severity: "warning" };
const all: StandardSchemaV1[] = [ivrScriptSchema, groupSchema, groupMembersSchema, textToSpeechSchema, sipAccountSchema, ofAll];
const made: StandardSchemaV1[] = [ivrScriptSchema(), groupSchema(context), groupMembersSchema(null, options), textToSpeechSchema(undefined, {}), sipAccountSchema({ language: "vi" }, options)];
const json: StandardJSONSchemaV1[] = [ivrScriptSchema, groupSchema(context), groupMembersSchema, textToSpeechSchema, sipAccountSchema];
const typed: StandardSchemaV1<Mutable<IvrScriptRequest>, IvrScriptRequest> = ivrScriptSchema(context, options);
console.log(all, made, json, typed);

same<Same<StandardSchemaV1.InferInput<typeof ivrScriptSchema>, Mutable<IvrScriptRequest>>>();
same<Same<StandardSchemaV1.InferOutput<typeof groupSchema>, Mutable<GroupRequest>>>();
same<Same<StandardSchemaV1.InferOutput<typeof groupMembersSchema>, Mutable<GroupMembersChange>>>();
same<Same<StandardSchemaV1.InferOutput<typeof textToSpeechSchema>, TextToSpeechRequest>>();
same<Same<StandardSchemaV1.InferOutput<typeof sipAccountSchema>, SipAccountDraft>>();

export async function uses(groupId: string, maybeId: string | undefined): Promise<void> {
  const forCreate = groupSchema(context, options);
  const created: StandardSchemaV1.InferOutput<typeof forCreate> = { group_name: "Sales", strategy: "rollover", sip_members: ["147"], timeout: 20 };
  await callCenter.groups.create(created);
  const forUpdate = groupSchema({ ...context, id: groupId }, options);
  const updated: StandardSchemaV1.InferOutput<typeof forUpdate> = { ...created, target_timeout_type: "Recording", target_timeout: groupId };
  await callCenter.groups.update(groupId, updated);
  same<Same<typeof forUpdate, RequestSchema<Mutable<GroupUpdateRequest>>>>();
  const forEither = groupSchema({ ...context, id: maybeId });
  same<Same<typeof forEither, RequestSchema<Mutable<GroupRequest>>>>();

  const result = ivrScriptSchema(context)["~standard"].validate({});
  if (result.issues) {
    const issue: SchemaIssue | undefined = result.issues[0];
    const steps: readonly (string | number)[] | undefined = issue?.path;
    console.log(steps, issue?.pointer, issue?.params.key, issue?.code === "ivr-trap", issue?.severity === "error");
  } else {
    await callCenter.ivrScripts.create(result.value);
  }
  const account = sipAccountSchema["~standard"].validate({});
  if (!account.issues) softphoneSettings(account.value);
  const document: Record<string, unknown> = groupSchema.jsonSchema();
  console.log(document.title, groupSchema["~standard"].jsonSchema.input({ target: "draft-07" }));

  // @ts-expect-error: an unknown option
  groupSchema(context, { warnings: true });
  // @ts-expect-error: an unknown severity
  groupSchema(context, { severity: "all" });
  // @ts-expect-error: an unknown language
  groupSchema(context, { language: "fr" });
  // @ts-expect-error: options are not the context
  groupSchema({ severity: "warning" });
  // @ts-expect-error: a context is not a record
  groupSchema("text");
  // @ts-expect-error: the value may be missing
  result.value.script_name;
  // @ts-expect-error: a code that no rule has
  result.issues?.[0]?.code === "group-name-missing";
  // @ts-expect-error: a group that is created has no overflow
  await callCenter.groups.create(updated);
  // @ts-expect-error: a schema of scripts is not one of groups
  const wrong: StandardSchemaV1<GroupRequest> = ivrScriptSchema;
  // @ts-expect-error: JSON Schema has a target
  groupSchema["~standard"].jsonSchema.input({});
  console.log(wrong);
}
