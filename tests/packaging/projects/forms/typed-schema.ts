// VeeValidate 4 does not take Standard Schema itself: this makes what it takes of any of our schemas.
import type { RequestSchema } from "omicall-call-center";
import type { TypedSchema } from "vee-validate";

export const typedSchema = <T extends object>(schema: RequestSchema<T>): TypedSchema<T> => ({
  __type: "VVTypedSchema",
  async parse(values) {
    const result = schema["~standard"].validate(values);
    if (!result.issues) return { value: result.value, errors: [] };
    // Its names of fields: `scripts[2].action`; of the whole form: "".
    const name = (path: readonly (string | number)[]) => path.reduce<string>((name, step) => name + (typeof step === "number" ? `[${step}]` : `${name && "."}${step}`), "");
    return { errors: result.issues.map(({ path, message }) => ({ path: name(path), errors: [message] })) };
  },
});
