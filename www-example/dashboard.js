// The page as a story: sign in, show the phones and the rest, and start over after "Sign out".
import { findSandbox } from "./sandbox.js";
import { signIn } from "./sign-in.js";
import { showViews } from "./views.js";

const signOut = document.querySelector("#sign-out");
const sandbox = await findSandbox();
document.querySelector("#sandbox-note").hidden = !sandbox;

for (let visit = 1; ; visit += 1) {
  const callCenter = await signIn(sandbox, { atOnce: sandbox && visit === 1 });
  // Ends whatever this visit started: its requests and its event listeners.
  const session = new AbortController();
  showViews(callCenter, session.signal);

  signOut.hidden = false;
  await new Promise((pressed) => signOut.addEventListener("click", pressed, { once: true }));
  signOut.hidden = true;
  session.abort();
  // The token goes with the client.
  callCenter.free();
}
