// Edits IVR scripts: click a box of the diagram, or press Enter or Space on it. npm install omicall-call-center react react-dom
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { scriptRequest, type InternalGroup, type IvrKey, type IvrScript, type OmiCallError } from "omicall-call-center";
import { initAsync, issuesByField, ivrDiagram, lintIvr, validateIvrScript } from "omicall-call-center/checks";
import { callCenter } from "./call-center";

function Editor({ loaded, groups }: { loaded: IvrScript[]; groups: InternalGroup[] }) {
  const [scripts, setScripts] = useState(loaded);
  const [id, setId] = useState(loaded[0]?._id);
  const [message, setMessage] = useState("");
  const script = scripts.find(({ _id }) => _id === id);
  if (!script) return <p>There are no IVR scripts.</p>;
  const tenant = { scripts, groups };
  const issues = issuesByField(validateIvrScript(script, tenant));
  const shown = (field: string) => issues[field]?.map(({ code, message }) => <em key={code}>{message}</em>);
  const open = (target: EventTarget) => setId((target as Element).closest("[data-script]")?.getAttribute("data-script") ?? id);
  const change = (fields: Partial<IvrScript>) => setScripts(scripts.map((other) => (other === script ? { ...script, ...fields } : other)));
  const action_type = (action: string) => (groups.some(({ _id }) => _id === action) ? "Ring_group" : "Ivr_menu");
  const lead = (key: IvrKey, action: string) => change({ scripts: script.scripts.map((other) => (other === key ? { ...key, action, action_type: action_type(action) } : other)) });
  const targets = [...groups, ...scripts].map((target) => <option key={target._id} value={target._id}>{"group_name" in target ? target.group_name : target.script_name}</option>);
  const save = () => callCenter.ivrScripts.update(script._id, scriptRequest(script), { context: tenant }).then(() => setMessage("Saved."), (error: OmiCallError) => setMessage(error.serverMessage ?? error.message));
  return (
    <form onSubmit={(event) => (event.preventDefault(), void save())}>
      <div
        dangerouslySetInnerHTML={{ __html: ivrDiagram(tenant, { format: "svg", report: lintIvr(tenant) }) }} // safe: names in it are escaped
        ref={(picture) => picture?.querySelectorAll("[data-script]").forEach((box) => box.setAttribute("role", "button"))}
        onClick={({ target }) => open(target)}
        onKeyDown={(event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), open(event.target))}
      />
      <label>Name <input value={script.script_name} onChange={({ target }) => change({ script_name: target.value })} /> {shown("script_name")}</label>
      {script.scripts.map((key, index) => (
        <label key={index}>Key {key.ivr} <select value={key.action} onChange={({ target }) => lead(key, target.value)}><option />{key.action && [...groups, ...scripts].every(({ _id }) => _id !== key.action) && <option value={key.action}>something else</option>}{targets}</select> {shown(`scripts.${index}.action`)}</label>
      ))}
      <button>Save</button> <output>{message}</output>
    </form>
  );
}
const [loaded, groups] = await Promise.all([callCenter.ivrScripts.iterate().toArray(), callCenter.groups.iterate().toArray(), initAsync()]);
createRoot(document.body.appendChild(document.createElement("main"))).render(<Editor loaded={loaded} groups={groups} />);
