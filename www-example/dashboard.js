// The page as a story: sign in, show the phones and the rest, and start over after "Sign out".
import { ask } from "./ask.js";
import { findSandbox } from "./sandbox.js";
import { signIn } from "./sign-in.js";
import { showViews } from "./views.js";
import { offerLanguages, words } from "./words.js";

offerLanguages(document.querySelector("#language"));
const signOut = document.querySelector("#sign-out");
const sandbox = await findSandbox();
document.querySelector("#sandbox-note").hidden = !sandbox;

for (let visit = 1; ; visit += 1) {
  const callCenter = await signIn(sandbox, { atOnce: sandbox && visit === 1 });
  // Ends whatever this visit started: its requests and its event listeners.
  const session = new AbortController();
  const { drafts } = showViews(callCenter, session.signal);

  signOut.hidden = false;
  do {
    await new Promise((pressed) => signOut.addEventListener("click", pressed, { once: true }));
  } while (drafts.size > 0 && !(await ask(lost(), session.signal)));
  signOut.hidden = true;
  session.abort();
  // The token goes with the client.
  callCenter.free();
}

function lost() {
  return {
    question: words("Sign out and lose what is not saved?"),
    consequence: words("There are changes that have not been saved."),
    yes: words("Sign out"),
  };
}
