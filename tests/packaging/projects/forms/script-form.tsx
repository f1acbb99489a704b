// React Hook Form: an IVR script, with a list of keys.
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { ivrScriptSchema } from "omicall-call-center/checks";
import type { IvrScriptRequest, Mutable, Tenant } from "omicall-call-center";
import { useMemo } from "react";
import { useFieldArray, useForm } from "react-hook-form";

interface Props {
  script: Mutable<IvrScriptRequest>;
  context: Tenant;
  onSave(script: IvrScriptRequest): void;
}

export function ScriptForm({ script, context, onSave }: Props) {
  const resolver = useMemo(() => standardSchemaResolver(ivrScriptSchema(context, { language: "vi" })), [context]);
  const { control, formState: { errors }, handleSubmit, register } = useForm({ resolver, defaultValues: script, mode: "onChange" });
  const keys = useFieldArray({ control, name: "scripts" });
  return (
    <form onSubmit={handleSubmit(onSave)}>
      <label>Tên <input {...register("script_name")} /></label>
      <output>{errors.script_name?.message}</output>
      <label>Thời gian chờ <input type="number" {...register("time_out", { valueAsNumber: true })} /></label>
      <output>{errors.time_out?.message}</output>
      {keys.fields.map((key, index) => (
        <fieldset key={key.id}>
          <label>Phím {key.ivr} <input {...register(`scripts.${index}.action`)} /></label>
          <output>{errors.scripts?.[index]?.action?.message}</output>
        </fieldset>
      ))}
      <output>{errors.scripts?.root?.message}</output>
      <output>{errors.root?.message}</output>
      <button>Lưu</button>
    </form>
  );
}
