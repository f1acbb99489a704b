// A telephone with SIP.js, opened as /sipjs.html?extension=147. npm install omicall-call-center sip.js
import { Web } from "sip.js";
import { initAsync, sipJsConfig } from "omicall-call-center/softphone";
import { callCenter } from "./call-center";

document.body.innerHTML = `
  <input type="tel" aria-label="Number">
  <button>Call</button> <button>Answer</button> <button>Hang up</button>
  <output></output>
  <audio autoplay></audio>`;
const [number, output, audio] = [document.querySelector("input")!, document.querySelector("output")!, document.querySelector("audio")!];
const [call, answer, hangUp] = document.querySelectorAll("button");

await initAsync();
const extension = new URLSearchParams(location.search).get("extension") ?? "";
const detail = await callCenter.extensions.detail({ type: "sip_user", keyword: extension });
const show = (text: string) => (output.textContent = text);
const explain = (error: unknown) => show(error instanceof Error ? error.message : String(error));

// `SimpleUser` makes its own `UserAgent`, so the address and the options are passed apart.
const { address, options } = sipJsConfig(detail);
const phone = new Web.SimpleUser(options.transportOptions.server, {
  aor: address,
  userAgentOptions: options,
  media: { constraints: { audio: true, video: false }, remote: { audio } },
  delegate: {
    onRegistered: () => show("Registered."),
    onCallReceived: () => show("Somebody is calling."),
    onCallAnswered: () => show("Talking."),
    onCallHangup: () => show("Ended."),
  },
});
await phone.connect();
await phone.register({ requestDelegate: { onReject: ({ message }) => show(`Not registered: ${message.reasonPhrase}.`) } });

call!.addEventListener("click", () => phone.call(`sip:${number.value}@${detail.pbx_account.sip_realm}`).catch(explain));
answer!.addEventListener("click", () => phone.answer().catch(explain));
hangUp!.addEventListener("click", () => phone.hangup().catch(explain));
