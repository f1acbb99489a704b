// The editor of an IVR script: the form, and beside it what callers go through.
import { validateIvrScript } from "omicall-call-center";
import { callFlow } from "./call-flow.js";
import { showEditor } from "./editor.js";
import { draftOf, fieldsOf } from "./script-form.js";
import { words } from "./words.js";

/** Shows the editor of the script with that id, or of a new one for "new". */
export function editScript({ callCenter, ...where }) {
  let flow;
  showEditor(where, {
    list: "scripts",
    template: "script-editor",
    fieldsOf: (form) => {
      flow = callFlow(form.parentElement.querySelector(".call-flow"), where.left);
      return fieldsOf(form);
    },
    draftOf,
    check: validateIvrScript,
    show: ({ draft, record, known }) => flow.show(draft, record, known),
    save: (draft, record) => (record ? callCenter.ivrScripts.update(record._id, draft) : callCenter.ivrScripts.create(draft)),
    remove: ({ _id }) => callCenter.ivrScripts.delete(_id),
    texts: {
      create: words("New script"),
      missing: words("There is no such script."),
      title: ({ script_name }) => script_name,
      question: ({ script_name: name }) => words("Delete the script “{name}”?", { name }),
    },
  });
}
