// The editor of an IVR script: the form, and beside it what callers go through.
import { validateIvrScript } from "omicall-call-center/checks";
import { createCallFlow } from "./call-flow.js";
import { showEditor } from "./editor.js";
import { t } from "./i18n.js";
import { createFields, toDraft } from "./script-form.js";

/** Shows the editor of the script with that id, or of a new one for "new". */
export function editScript({ callCenter, ...context }) {
  let flow;
  showEditor(context, {
    list: "scripts",
    template: "script-editor",
    createFields: (form) => {
      flow = createCallFlow(form.parentElement.querySelector(".call-flow"), context.signal);
      return createFields(form);
    },
    toDraft,
    check: validateIvrScript,
    onDraft: ({ draft, record, tenant }) => flow.show(draft, record, tenant),
    save: (draft, record, context) => save(callCenter.ivrScripts, draft, record, context),
    remove: ({ _id }) => callCenter.ivrScripts.delete(_id),
    texts: {
      create: t("New script"),
      missing: t("There is no such script."),
      title: ({ script_name }) => script_name,
      question: ({ script_name: name }) => t("Delete the script “{name}”?", { name }),
    },
  });
}

/** Saves a script. If somebody else has changed it meanwhile, nothing is sent, and the editor shows where. */
async function save(ivrScripts, draft, record, context) {
  if (!record) return ivrScripts.create(draft, { context });
  return (await ivrScripts.patch(record._id, draft, { unchangedSince: record, context })).record;
}
