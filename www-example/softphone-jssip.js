// The softphone with JsSIP. `softphone-sipjs.js` has the same interface for SIP.js, so that the page can use either:
//
// `startPhone(detail, handlers)` registers the extension that `extensions.detail` returned, and keeps it registered until
// `stop()`. It calls the handlers:
// - `handlers.registration(state, reason)`: "registered"; "disconnected": no connection; "refused": the reason is the
//   response of the server, `{ status, reason }`
// - `handlers.incoming(call)`, `handlers.changed(call)`, `handlers.key(call, key)`
//
// A call has a `number` and a `name`; a `state`, one of "calling", "ringing", "talking" and "ended"; `held` and `muted`;
// once there is audio, its `connection`, an RTCPeerConnection; and after its end, `end`: `{ status, byUs, reason }`, with the
// header Reason of the message that ended it (RFC 3326).
import JsSIP from "jssip";
import { jsSipConfig, rtcConfiguration } from "omicall-call-center/softphone";

/** Long enough for a STUN server that responds. One that does not would delay each call for longer. */
const ICE_TIMEOUT_MS = 2000;
const BUSY = 486;
const DECLINED = 603;

export function startPhone(detail, handlers) {
  const agent = new JsSIP.UA(jsSipConfig(detail, { JsSIP }));
  // JsSIP takes the ICE servers per call, not from the configuration above.
  const pcConfig = rtcConfiguration(detail);

  agent.on("registered", () => handlers.registration("registered"));
  agent.on("registrationFailed", ({ response }) => {
    // Without a response the connection failed, which "disconnected" reports.
    if (response) handlers.registration("refused", { status: response.status_code, reason: response.reason_phrase });
  });
  // JsSIP reconnects by itself, after 2 seconds at first and later after up to 30, and registers again.
  agent.on("disconnected", () => handlers.registration("disconnected"));
  agent.on("newRTCSession", ({ originator, session, request }) => {
    if (originator === "local") return;
    // The number that the caller chose to show, if the server vouches for it.
    const asserted = JsSIP.NameAddrHeader.parse(request.getHeader("P-Asserted-Identity") ?? "");
    const call = trackCall(session, "ringing", (asserted ?? session.remote_identity).uri.user);
    handlers.incoming(call);
  });
  agent.start();

  return {
    call(number, microphone, headers) {
      const target = agent.configuration.uri.clone();
      target.user = number;
      return trackCall(agent.call(target, { mediaStream: microphone, pcConfig, extraHeaders: headers }), "calling", number);
    },
    register: () => agent.register(),
    stop: () => agent.stop(),
  };

  function trackCall(session, state, number) {
    const call = {
      number,
      name: session.remote_identity.display_name,
      incoming: session.direction === "incoming",
      state,
      held: false,
      muted: false,
      connection: session.connection,
      answer: (microphone) => session.answer({ mediaStream: microphone, pcConfig }),
      // In the wrong state, JsSIP ignores these or throws.
      hangUp: () => session.isEnded() || session.terminate(call.incoming ? { status_code: DECLINED } : {}),
      busy: () => session.terminate({ status_code: BUSY }),
      mute: (on) => (on ? session.mute({ audio: true }) : session.unmute({ audio: true })),
      hold: (on) => (on ? session.hold() : session.unhold()),
      press: (key) => session.sendDTMF(key),
    };
    const update = (changes) => handlers.changed(Object.assign(call, changes));
    const onEnd = ({ originator, message }) =>
      update({ state: "ended", end: { status: message?.status_code, byUs: originator === "local", reason: message?.getHeader("Reason") } });

    session.on("peerconnection", ({ peerconnection }) => update({ connection: peerconnection }));
    session.on("icecandidate", ({ ready }) => setTimeout(ready, ICE_TIMEOUT_MS));
    session.on("progress", () => update({ state: "ringing" }));
    session.on("confirmed", () => update({ state: "talking" }));
    session.on("muted", () => update({ muted: true }));
    session.on("unmuted", () => update({ muted: false }));
    session.on("hold", ({ originator }) => originator === "local" && update({ held: true }));
    session.on("unhold", ({ originator }) => originator === "local" && update({ held: false }));
    session.on("newDTMF", ({ originator, dtmf }) => originator === "remote" && handlers.key(call, dtmf.tone));
    session.on("ended", onEnd);
    session.on("failed", onEnd);
    return call;
  }
}
