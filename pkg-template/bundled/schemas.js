// The checks as Standard Schema and Standard JSON Schema (https://standardschema.dev), for libraries that take any validator.
import { checkSipAccount, validateGroup, validateGroupMembers, validateIvrScript, validateTextToSpeech } from "./bindgen.js";
import { usageError } from "./error.js";
import { group, groupMembers, groupUpdate, ivrScript, sipAccount, textToSpeech } from "./json-schemas.js";

// From the highest to the lowest: a schema reports those up to the one that is asked for, and in this order, because forms show the
// first issue of a field.
const SEVERITIES = ["error", "warning", "hint"];

// What the documents use means the same in both drafts.
const DRAFTS = { __proto__: null, "draft-2020-12": "https://json-schema.org/draft/2020-12/schema", "draft-07": "http://json-schema.org/draft-07/schema#" };

/** The steps of a JSON pointer; numbers are indexes, because no field of a payload is called like one. */
const stepsOf = (pointer) => pointer.split("/").slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~")));

function schemaOf(check, documentOf, context, options) {
  if (options !== undefined && Object(options) !== options) throw usageError("`options` must be an object with `language` and `severity`.", { path: "" });
  const { language, severity = "error", ...unknown } = Object(options);
  for (const option of Object.keys(unknown)) throw usageError(`\`options.${option}\` is not an option of a schema: it takes \`language\` and \`severity\`.`, { path: `/${option}` });
  const reported = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
  if (reported.length === 0) throw usageError('`options.severity` must be "error", "warning" or "hint".', { path: "/severity" });
  const jsonSchema = (options) => {
    const { target } = options ?? {};
    if (!DRAFTS[target]) throw usageError('`options.target` must be "draft-2020-12" or "draft-07".', { path: "/target" });
    return { $schema: DRAFTS[target], ...documentOf(context) };
  };
  return {
    "~standard": {
      version: 1,
      vendor: "omicall-call-center",
      validate(value) {
        // A form may be empty. Of an empty object, each check reports what is missing.
        const payload = Object(value) === value && !Array.isArray(value) ? value : {};
        const { issues } = check(payload, language === undefined ? context : { ...context, language });
        const failures = reported.flatMap((severity) => issues.filter((issue) => issue.severity === severity));
        return failures.length === 0 ? { value } : { issues: failures.map(({ path, ...issue }) => ({ ...issue, path: stepsOf(path), pointer: path })) };
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
    jsonSchema: () => jsonSchema({ target: "draft-2020-12" }),
  };
}

/** A function that makes schemas, which is a schema itself. */
const schemaFunction = (check, documentOf) =>
  Object.assign((context, options) => schemaOf(check, documentOf, context, options), schemaOf(check, documentOf));

export const ivrScriptSchema = schemaFunction(validateIvrScript, ivrScript);
export const groupSchema = schemaFunction(validateGroup, (context) => (context?.id ? groupUpdate() : group()));
export const groupMembersSchema = schemaFunction(validateGroupMembers, groupMembers);
export const textToSpeechSchema = schemaFunction(validateTextToSpeech, textToSpeech);
export const sipAccountSchema = schemaFunction(checkSipAccount, sipAccount);
