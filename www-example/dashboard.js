// The course of a visit: sign in, show the views, and start over after "Sign out".
import { initAsync as startChecks } from "omicall-call-center/checks";
import { confirmAction } from "./confirm.js";
import { startLanguageSelect, t } from "./i18n.js";
import { findSandbox } from "./sandbox.js";
import { signIn } from "./sign-in.js";
import { showViews } from "./views.js";

startLanguageSelect(document.querySelector("#language"));
const signOut = document.querySelector("#sign-out");
const sandbox = await findSandbox();
document.querySelector("#sandbox-note").hidden = !sandbox || Boolean(sandbox.fetch);
document.querySelector("#in-page-note").hidden = !sandbox?.fetch;
// The data of a sandbox inside the page is gone with the page.
document.querySelector("#in-page-note button").addEventListener("click", () => location.reload());

for (let visit = 1; ; visit += 1) {
  const callCenter = await signIn(sandbox, { autoSubmit: sandbox && visit === 1, start: startChecks });
  // Ends the requests and event listeners of this visit.
  const session = new AbortController();
  const { drafts } = showViews(callCenter, session.signal);

  signOut.hidden = false;
  do {
    await new Promise((resolve) => signOut.addEventListener("click", resolve, { once: true }));
  } while (drafts.size > 0 && !(await confirmAction(unsavedChanges(), session.signal)));
  signOut.hidden = true;
  session.abort();
  // The token is freed with the client.
  callCenter.free();
}

function unsavedChanges() {
  return {
    question: t("Sign out and lose what is not saved?"),
    consequence: t("There are changes that have not been saved."),
    yes: t("Sign out"),
  };
}
