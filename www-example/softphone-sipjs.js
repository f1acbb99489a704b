// The softphone with SIP.js, with the interface that `softphone-jssip.js` describes.
//
// In contrast to JsSIP, the page itself has to reconnect and register again when the connection is lost.
import * as SIP from "sip.js";
import { sipJsConfig } from "omicall-call-center/softphone";

const MIN_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
const BUSY = 486;
const DECLINED = 603;
const { Established, Terminated } = SIP.SessionState;

export function startPhone(detail, handlers) {
  let stopped = false;
  let registerer;
  const sessions = new Set();
  const agent = new SIP.UserAgent(
    Object.assign(sipJsConfig(detail, { SIP }), {
      // The page opens the microphone itself, so that it can explain errors.
      sessionDescriptionHandlerFactory: SIP.Web.defaultSessionDescriptionHandlerFactory(
        async (constraints, handler, { microphone }) => microphone,
      ),
      logBuiltinEnabled: false,
    }),
  );
  agent.delegate = {
    onConnect: register,
    onDisconnect() {
      if (stopped) return;
      handlers.registration("disconnected");
      reconnect();
    },
    onInvite(invitation) {
      // The number that the caller chose to show, if the server vouches for it.
      const asserted = SIP.Grammar.nameAddrHeaderParse(invitation.request.getHeader("P-Asserted-Identity") ?? "");
      handlers.incoming(trackCall(invitation, "ringing", (asserted ?? invitation.remoteIdentity).uri.user));
    },
  };
  agent.start().catch(reconnect);

  return {
    call(number, microphone, headers) {
      const target = agent.configuration.uri.clone();
      target.user = number;
      const inviter = new SIP.Inviter(agent, target, { extraHeaders: headers, earlyMedia: true });
      const call = trackCall(inviter, "calling", number);
      call.invite(microphone);
      return call;
    },
    register,
    stop() {
      stopped = true;
      // `agent.stop()` ends the calls too, but only after the server has responded, when a page that closes is gone.
      for (const session of sessions) session.dispose();
      return agent.stop();
    },
  };

  /** Tries until there is a connection, with a longer pause each time. */
  async function reconnect() {
    for (let pause = MIN_PAUSE_MS; !stopped; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
      handlers.registration("disconnected");
      // Random, so that the pages of a call centre do not reconnect all at once.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
      try {
        return await agent.reconnect();
      } catch {
        // Not yet.
      }
    }
  }

  function register() {
    // A new registerer each time: one whose request was lost with the connection never gets a response.
    registerer?.dispose();
    registerer = new SIP.Registerer(agent, { logConfiguration: false });
    const current = registerer;
    current.stateChange.addListener((state) => {
      if (state === SIP.RegistererState.Registered) handlers.registration("registered");
    });
    const onReject = ({ message }) =>
      current === registerer && handlers.registration("refused", { status: message.statusCode, reason: message.reasonPhrase });
    current.register({ requestDelegate: { onReject } });
  }

  function trackCall(session, state, number) {
    const call = {
      number,
      name: session.remoteIdentity.displayName,
      incoming: session instanceof SIP.Invitation,
      state,
      held: false,
      muted: false,
      connection: undefined,
      invite,
      answer: (microphone) => session.accept({ sessionDescriptionHandlerOptions: { microphone } }),
      hangUp,
      busy: () => session.reject({ statusCode: BUSY }),
      mute(on) {
        update({ muted: on });
        updateTracks();
      },
      hold,
      press: (key) => session.info({ requestOptions: { body: keyBody(key) } }),
    };
    let end = {};
    sessions.add(session);
    const update = (changes) => handlers.changed(Object.assign(call, changes));

    session.delegate = {
      onSessionDescriptionHandler: ({ peerConnection }) => update({ connection: peerConnection }),
      onInfo(info) {
        const key = /^Signal\s*=\s*([0-9A-D*#])/i.exec(info.request.body)?.[1];
        // An INFO may also be about other things, which this page does not support.
        if (!key) return info.reject();
        info.accept();
        handlers.key(call, key);
      },
      onCancel: ({ request }) => (end = { reason: request.getHeader("Reason") }),
    };
    session.stateChange.addListener((state) => {
      if (state === Established) update({ state: "talking" });
      if (state !== Terminated) return;
      sessions.delete(session);
      // SIP.js reports the reason right after this.
      queueMicrotask(() => update({ state: "ended", end }));
    });
    return call;

    async function invite(microphone) {
      const requestDelegate = {
        onProgress: () => update({ state: "ringing" }),
        onReject: ({ message }) => (end = { status: message.statusCode, ...end }),
      };
      try {
        await session.invite({ requestDelegate, sessionDescriptionHandlerOptions: { microphone } });
      } catch {
        // The session ends too, and `stateChange` reports that.
      }
    }

    async function hangUp() {
      if (end.byUs || session.state === Terminated) return;
      end = { byUs: true };
      if (session.state === Established) await session.bye();
      else if (call.incoming) await session.reject({ statusCode: DECLINED });
      else await session.cancel();
    }

    async function hold(on) {
      // For all later offers too, including those that the other side requests.
      session.sessionDescriptionHandlerOptionsReInvite = { hold: on };
      const requestDelegate = {
        onAccept() {
          update({ held: on });
          updateTracks();
        },
      };
      await session.invite({ requestDelegate });
    }

    /** On hold neither side hears the other; when muted, only the other side hears nothing. */
    function updateTracks() {
      session.sessionDescriptionHandler?.enableReceiverTracks(!call.held);
      session.sessionDescriptionHandler?.enableSenderTracks(!call.held && !call.muted);
    }
  }
}

/** A key as the body of an INFO, in the format that JsSIP uses too. */
function keyBody(key) {
  return {
    contentDisposition: "render",
    contentType: "application/dtmf-relay",
    content: `Signal=${key}\r\nDuration=100`,
  };
}
