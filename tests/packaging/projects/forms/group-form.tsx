// TanStack Form: a ring group, with a list of members.
import { useForm } from "@tanstack/react-form";
import { groupSchema } from "omicall-call-center/checks";
import type { GroupRequest, Mutable, Tenant } from "omicall-call-center";
import { useMemo } from "react";

interface Props {
  group: Mutable<GroupRequest>;
  context: Tenant;
  onSave(group: GroupRequest): void;
}

export function GroupForm({ group, context, onSave }: Props) {
  const schema = useMemo(() => groupSchema(context, { language: "vi", severity: "warning" }), [context]);
  const form = useForm({ defaultValues: group, validators: { onChange: schema }, onSubmit: ({ value }) => onSave(value) });
  return (
    <form onSubmit={(event) => (event.preventDefault(), form.handleSubmit())}>
      <form.Field name="group_name">
        {({ state, handleChange }) => (
          <label>Tên <input value={state.value} onChange={(event) => handleChange(event.target.value)} /> <Messages of={state.meta.errors} /></label>
        )}
      </form.Field>
      {group.sip_members.map((_, index) => (
        <form.Field key={index} name={`sip_members[${index}]`}>
          {({ state, handleChange }) => (
            <label>Số {index + 1} <input value={state.value} onChange={(event) => handleChange(event.target.value)} /> <Messages of={state.meta.errors} /></label>
          )}
        </form.Field>
      ))}
      <form.Subscribe selector={(state) => state.errorMap.onChange}>{(errors) => <Messages of={errors?.[""] ?? []} />}</form.Subscribe>
      <button>Lưu</button>
    </form>
  );
}

const Messages = ({ of: issues }: { of: readonly ({ message: string } | undefined)[] }) => <output>{issues.map((issue) => issue?.message).join(". ")}</output>;
