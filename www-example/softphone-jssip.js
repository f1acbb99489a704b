// The softphone through JsSIP. `softphone-sipjs.js` does the same through SIP.js, so that the page needs no difference:
//
// `startPhone(detail, tell)` registers the extension that `extensions.detail` described, and keeps it registered until
// `leave()`. It tells what happens:
// - `tell.registration(state, why)`: "registered"; "away": no connection; "refused": why is `{ status, reason }`
// - `tell.incoming(call)`, `tell.changed(call)`, `tell.key(call, key)`
//
// A call has a `number` and a `name`; a `state`, one of "calling", "ringing", "talking" and "ended"; `held` and `muted`;
// as soon as there is audio the `connection`, an RTCPeerConnection; and at its end `why`: `{ status, byUs }`.
import JsSIP from "jssip";
import { jsSipConfig, rtcConfiguration } from "omicall-call-center";

/** Enough for a STUN server that is there. One that is away would hold up each call for longer. */
const ICE_PATIENCE_MS = 2000;
const BUSY = 486;
const DECLINED = 603;

export function startPhone(detail, tell) {
  const agent = new JsSIP.UA(jsSipConfig(detail, { JsSIP }));
  // ICE servers belong to each call: JsSIP does not look for them in the configuration above.
  const pcConfig = rtcConfiguration(detail);

  agent.on("registered", () => tell.registration("registered"));
  agent.on("registrationFailed", ({ response }) => {
    // Without an answer it is the connection that failed, and "disconnected" says so.
    if (response) tell.registration("refused", { status: response.status_code, reason: response.reason_phrase });
  });
  // JsSIP connects again by itself, after 2 seconds at first and later after up to 30, and then registers.
  agent.on("disconnected", () => tell.registration("away"));
  agent.on("newRTCSession", ({ originator, session, request }) => {
    if (originator === "local") return;
    // The number that the caller chose to show, where the server vouches for it.
    const asserted = JsSIP.NameAddrHeader.parse(request.getHeader("P-Asserted-Identity") ?? "");
    const call = follow(session, "ringing", (asserted ?? session.remote_identity).uri.user);
    tell.incoming(call);
  });
  agent.start();

  return {
    call(number, microphone, headers) {
      const target = agent.configuration.uri.clone();
      target.user = number;
      return follow(agent.call(target, { mediaStream: microphone, pcConfig, extraHeaders: headers }), "calling", number);
    },
    register: () => agent.register(),
    leave: () => agent.stop(),
  };

  function follow(session, state, number) {
    const call = {
      number,
      name: session.remote_identity.display_name,
      incoming: session.direction === "incoming",
      state,
      held: false,
      muted: false,
      connection: session.connection,
      answer: (microphone) => session.answer({ mediaStream: microphone, pcConfig }),
      // Each of these is ignored by JsSIP, or throws, where it makes no sense any more.
      hangUp: () => session.isEnded() || session.terminate(call.incoming ? { status_code: DECLINED } : {}),
      busy: () => session.terminate({ status_code: BUSY }),
      mute: (on) => (on ? session.mute({ audio: true }) : session.unmute({ audio: true })),
      hold: (on) => (on ? session.hold() : session.unhold()),
      press: (key) => session.sendDTMF(key),
    };
    const become = (changes) => tell.changed(Object.assign(call, changes));
    const ended = ({ originator, message }) =>
      become({ state: "ended", why: { status: message?.status_code, byUs: originator === "local" } });

    session.on("peerconnection", ({ peerconnection }) => become({ connection: peerconnection }));
    session.on("icecandidate", ({ ready }) => setTimeout(ready, ICE_PATIENCE_MS));
    session.on("progress", () => become({ state: "ringing" }));
    session.on("confirmed", () => become({ state: "talking" }));
    session.on("muted", () => become({ muted: true }));
    session.on("unmuted", () => become({ muted: false }));
    session.on("hold", ({ originator }) => originator === "local" && become({ held: true }));
    session.on("unhold", ({ originator }) => originator === "local" && become({ held: false }));
    session.on("newDTMF", ({ originator, dtmf }) => originator === "remote" && tell.key(call, dtmf.tone));
    session.on("ended", ended);
    session.on("failed", ended);
    return call;
  }
}
