// The schema of the group list in other libraries: all fields that are always present, as in the package's own schema.
import Ajv from "ajv";
import * as v from "valibot";
import * as z from "zod";

const texts = ["_id", "tenant_id", "group_name", "group_name_unsigned", "group_number", "strategy"];
const numbers = ["created_date", "last_updated_date"];
const flags = ["is_deleted", "is_forward_to_outer_group"];
const maybeTexts = ["ring_back_id", "is_answer", "target_timeout_type", "target_timeout"];
const maybeNumbers = ["ring_group_type", "ring_group_wait_time", "ring_group_wait_time_sequence"];
const pageNumbers = ["page_number", "page_size", "total_items", "total_pages", "next_page", "previous_page"];
const pageFlags = ["has_next", "has_previous"];

/** The same schema for each library. */
function envelope({ text, number, flag, nullable, array, object }) {
  const all = (names, shape) => Object.fromEntries(names.map((name) => [name, shape]));
  const user = nullable(object({ id: text, name: text }));
  const member = object({ agent_id: text, contact_id: text, order: number, timeout: number });
  const group = object({
    ...all(texts, text), ...all(numbers, number), ...all(flags, flag), ...all(maybeTexts, nullable(text)), ...all(maybeNumbers, nullable(number)),
    create_by: user, last_update_by: user, members: array(member), enable_criteria: nullable(flag),
  });
  return object({ status_code: number, payload: object({ items: array(group), ...all(pageNumbers, number), ...all(pageFlags, flag) }) });
}

const zod = envelope({ text: z.string(), number: z.number(), flag: z.boolean(), nullable: z.nullable, array: z.array, object: z.looseObject });
const valibot = envelope({ text: v.string(), number: v.number(), flag: v.boolean(), nullable: v.nullable, array: v.array, object: v.looseObject });
const ajv = new Ajv().compile(
  envelope({
    text: { type: "string" }, number: { type: "number" }, flag: { type: "boolean" },
    nullable: (shape) => ({ anyOf: [{ type: "null" }, shape] }),
    array: (items) => ({ type: "array", items }),
    object: (properties) => ({ type: "object", properties, required: Object.keys(properties) }),
  }),
);

const assertValid = (isValid) => {
  if (!isValid) throw new Error("the sample does not match the schema");
};

export const checks = {
  zod: (value) => assertValid(zod.safeParse(value).success),
  valibot: (value) => assertValid(v.safeParse(valibot, value).success),
  ajv: (value) => assertValid(ajv(value)),
};
