// A telephone with JsSIP, opened as /jssip.html?extension=147. npm install omicall-call-center jssip
import * as JsSIP from "jssip";
import type { RTCSession } from "jssip/lib/RTCSession";
import type { RTCSessionEvent } from "jssip/lib/UA";
import { initAsync, jsSipConfig, rtcConfiguration } from "omicall-call-center/softphone";
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
const media = { mediaConstraints: { audio: true }, pcConfig: rtcConfiguration(detail) };
const show = (text: string) => (output.textContent = text);

const ua = new JsSIP.UA(jsSipConfig(detail, { JsSIP }));
let session: RTCSession | undefined;
ua.on("registered", () => show("Registered."));
ua.on("registrationFailed", ({ cause }) => show(`Not registered: ${cause}.`));
ua.on("newRTCSession", (event: RTCSessionEvent) => {
  if (session && !session.isEnded()) return event.session.terminate({ status_code: 486 });
  session = event.session;
  const play = (connection: RTCPeerConnection) => connection.addEventListener("track", ({ track }) => (audio.srcObject = new MediaStream([track])));
  if (event.originator === "local") play(session.connection);
  else session.on("peerconnection", ({ peerconnection }) => play(peerconnection));
  show(event.originator === "local" ? "Calling …" : `${session.remote_identity.uri.user} is calling.`);
  session.on("confirmed", () => show("Talking."));
  for (const end of ["ended", "failed"] as const) session.on(end, ({ cause }: { cause: string }) => show(`Ended: ${cause}.`));
});
ua.start();

call!.addEventListener("click", () => ua.call(`sip:${number.value}@${detail.pbx_account.sip_realm}`, media));
answer!.addEventListener("click", () => session?.answer(media));
hangUp!.addEventListener("click", () => session?.terminate());
