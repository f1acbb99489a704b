// The checks in form libraries: each issue is under its field, in Vietnamese, and what is about the whole form is where the library has it.
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { groupSchema, initAsync, ivrScriptSchema } from "omicall-call-center/checks";
import { useForm as useReactForm } from "react-hook-form";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { useForm as useVueForm } from "vee-validate";
import { createApp, h, type App, type Component } from "vue";
import { GroupForm } from "./group-form.js";
import { ScriptForm } from "./script-form.js";
import VueScriptForm from "./ScriptForm.vue";
import { typedSchema } from "./typed-schema.js";

const ID = "632969ce7534d97b0933d51d";
const sales = { _id: ID, group_name: "Sales", members: [], target_timeout_type: "Recording", target_timeout: "62da34652a310904dfbbf13b" };
const phones = [{ sip_user: "147" }, { sip_user: "145" }];
const keys = ["1", "2", "3"].map((ivr) => ({ ivr, action_type: "Ring_group", action: ID }));
const newScript = () => ({ script_name: "Ban ngày", greeting_id: "62da34652a310904dfbbf13b", max_failure: 3, time_out: 5, scripts: keys.map((key) => ({ ...key })) });
const newGroup = () => ({ group_name: "Sales", strategy: "enterprise" as const, sip_members: ["147", "145"], timeout: 20 });

let app: App | undefined;
beforeAll(() => initAsync());
afterEach(() => {
  cleanup();
  app?.unmount();
  app = undefined;
  document.body.innerHTML = "";
});

const mount = (component: Component, props = {}) => {
  document.body.innerHTML = "<main></main>";
  app = createApp(component, props);
  app.mount("main");
};

/** What is shown under or beside the field with this label. */
const under = (label: string) => {
  const field = screen.getByLabelText(new RegExp(`^${label}`));
  return (field.parentElement?.querySelector("output") ?? field.parentElement?.nextElementSibling)?.textContent;
};
const type = (label: string, value: string) => act(async () => void fireEvent.input(screen.getByLabelText(new RegExp(`^${label}`)), { target: { value } }));
const save = () => act(async () => void fireEvent.click(screen.getByRole("button", { name: "Lưu" })));
const shown = () => [...document.querySelectorAll("output")].map(({ textContent }) => textContent).filter(Boolean);

test("React Hook Form shows the issue of a field and of a key under it, and saves", async () => {
  const onSave = vi.fn();
  render(<ScriptForm script={newScript()} context={{ groups: [sales], scripts: [] }} onSave={onSave} />);
  await type("Tên", " ");
  await waitFor(() => expect(under("Tên")).toBe("Cần nhập tên kịch bản"));
  await type("Phím 3", "");
  await waitFor(() => expect(under("Phím 3")).toBe("Hãy chọn đích cho phím 3"));
  expect(shown()).toHaveLength(2);
  await save();
  expect(onSave).not.toHaveBeenCalled();
  await type("Tên", "Ban đêm");
  await type("Phím 3", ID);
  await waitFor(() => expect(shown()).toEqual([]));
  await save();
  await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
  expect(onSave.mock.calls[0]?.[0]).toEqual({ ...newScript(), script_name: "Ban đêm" });
});

test("React Hook Form shows the issue of a list, and a number that is none", async () => {
  render(<ScriptForm script={newScript()} context={{ groups: [sales], scripts: [] }} onSave={() => {}} />);
  for (const { ivr } of keys) await type(`Phím ${ivr}`, "");
  await save();
  await waitFor(() => expect(shown()).toContain("Không có cách bấm nào tới được người nghe"));
  // `valueAsNumber` makes NaN of it.
  await type("Thời gian chờ", "");
  await waitFor(() => expect(under("Thời gian chờ")).toBe("Thời gian chờ phải là số nguyên từ 1 giây trở lên"));
});

test("React Hook Form has the issue of the whole form as `root`", async () => {
  const schema = groupSchema({ id: ID, groups: [sales] }, { language: "vi", severity: "warning" });
  const WholeForm = () => {
    const { formState: { errors }, handleSubmit } = useReactForm({ resolver: standardSchemaResolver(schema), defaultValues: newGroup() });
    return <form onSubmit={handleSubmit(() => {})}><output>{errors.root?.message}</output><button>Lưu</button></form>;
  };
  render(<WholeForm />);
  await save();
  await waitFor(() => expect(shown()).toEqual([expect.stringContaining("Đích khi không ai nghe máy")]));
});

test("TanStack Form shows the issue of a field and of a member beside it, and saves", async () => {
  const onSave = vi.fn();
  render(<GroupForm group={newGroup()} context={{ phones }} onSave={onSave} />);
  await type("Số 2", "999");
  await waitFor(() => expect(under("Số 2")).toBe("Không tìm thấy số nội bộ 999"));
  await type("Tên", "");
  await waitFor(() => expect(under("Tên")).toBe("Cần nhập tên nhóm"));
  expect(shown()).toHaveLength(2);
  await save();
  expect(onSave).not.toHaveBeenCalled();
  await type("Số 2", "145");
  await type("Tên", "Sales");
  await waitFor(() => expect(shown()).toEqual([]));
  await save();
  await waitFor(() => expect(onSave).toHaveBeenCalledExactlyOnceWith(newGroup()));
});

test("TanStack Form has the issue of the whole form in `errorMap`, under an empty name", async () => {
  render(<GroupForm group={newGroup()} context={{ id: ID, groups: [sales] }} onSave={() => {}} />);
  await type("Tên", "Sales 2");
  await waitFor(() => expect(shown()).toEqual([expect.stringContaining("Đích khi không ai nghe máy")]));
});

test("VeeValidate shows the issue of a field and of a key under it, and saves", async () => {
  const onSave = vi.fn();
  mount(VueScriptForm, { script: newScript(), context: { groups: [sales], scripts: [] }, onSave });
  await type("Tên", " ");
  await waitFor(() => expect(under("Tên")).toBe("Cần nhập tên kịch bản"));
  await type("Phím 3", "");
  await waitFor(() => expect(under("Phím 3")).toBe("Hãy chọn đích cho phím 3"));
  await save();
  expect(onSave).not.toHaveBeenCalled();
  await type("Tên", "Ban đêm");
  await type("Phím 3", ID);
  await waitFor(() => expect(shown()).toEqual([]));
  await save();
  await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
  expect(onSave.mock.calls[0]?.[0]).toEqual({ ...newScript(), script_name: "Ban đêm" });
});

test("VeeValidate has the issue of the whole form under an empty name", async () => {
  const schema = typedSchema(groupSchema({ id: ID, groups: [sales] }, { language: "vi", severity: "warning" }));
  const setup = () => {
    const { errors, handleSubmit } = useVueForm({ initialValues: newGroup(), validationSchema: schema });
    return () => h("form", { onSubmit: handleSubmit(() => {}) }, [h("output", errors.value["" as "group_name"]), h("button", "Lưu")]);
  };
  mount({ setup });
  await save();
  await waitFor(() => expect(shown()).toEqual([expect.stringContaining("Đích khi không ai nghe máy")]));
});

test("a schema is also taken as it is, without a context", async () => {
  expect(typeof ivrScriptSchema).toBe("function");
  const { errors } = await standardSchemaResolver(ivrScriptSchema)({ ...newScript(), script_name: "" }, undefined, { fields: {}, shouldUseNativeValidation: false });
  expect(errors).toMatchObject({ script_name: { message: "Script name is required" } });
});
