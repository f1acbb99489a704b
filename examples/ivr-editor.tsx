// Edits IVR scripts: click a box of the diagram, or press Enter on it. npm install omicall-call-center react react-dom
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { scriptRequest, type InternalGroup, type IvrScript, type OmiCallError } from "omicall-call-center";
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
  const save = () => callCenter.ivrScripts.update(script._id, scriptRequest(script), { context: tenant }).then(() => setMessage("Saved."), (error: OmiCallError) => setMessage(error.serverMessage ?? error.message));
  return (
    <form onSubmit={(event) => (event.preventDefault(), void save())}>
      <div
        // Safe: names are escaped in the picture.
        dangerouslySetInnerHTML={{ __html: ivrDiagram(tenant, { format: "svg", report: lintIvr(tenant) }) }}
        ref={(picture) => picture?.querySelectorAll("[data-script]").forEach((box) => box.setAttribute("role", "button"))}
        onClick={({ target }) => open(target)}
        onKeyDown={({ key, target }) => key === "Enter" && open(target)}
      />
      <label>Name <input value={script.script_name} onChange={({ target }) => change({ script_name: target.value })} /> {shown("script_name")}</label>
      <label>Waits <input type="number" value={script.time_out} onChange={({ target }) => change({ time_out: Number(target.value) })} /> s {shown("time_out")}</label>
      <button>Save</button> <output>{message}</output>
    </form>
  );
}

const [loaded, groups] = await Promise.all([callCenter.ivrScripts.iterate().toArray(), callCenter.groups.iterate().toArray(), initAsync()]);
createRoot(document.body.appendChild(document.createElement("main"))).render(<Editor loaded={loaded} groups={groups} />);
