// The softphone through SIP.js. What it offers, and what it tells, `softphone-jssip.js` says at its beginning.
//
// SIP.js leaves one thing more to the page: to connect again when the connection was lost, and to register then.
import * as SIP from "sip.js";
import { sipJsConfig } from "omicall-call-center";

const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const BUSY = 486;
const DECLINED = 603;
const { Established, Terminated } = SIP.SessionState;

export function startPhone(detail, tell) {
  let left = false;
  let registerer;
  const agent = new SIP.UserAgent(
    Object.assign(sipJsConfig(detail, { SIP }), {
      // The page opens the microphone itself, so that it can say what is wrong with it.
      sessionDescriptionHandlerFactory: SIP.Web.defaultSessionDescriptionHandlerFactory(
        async (constraints, handler, { microphone }) => microphone,
      ),
      logBuiltinEnabled: false,
    }),
  );
  agent.delegate = {
    onConnect: register,
    onDisconnect() {
      if (left) return;
      tell.registration("away");
      connect();
    },
    onInvite(invitation) {
      // The number that the caller chose to show, where the server vouches for it.
      const asserted = SIP.Grammar.nameAddrHeaderParse(invitation.request.getHeader("P-Asserted-Identity") ?? "");
      tell.incoming(follow(invitation, "ringing", (asserted ?? invitation.remoteIdentity).uri.user));
    },
  };
  agent.start().catch(connect);

  return {
    call(number, microphone, headers) {
      const target = agent.configuration.uri.clone();
      target.user = number;
      const inviter = new SIP.Inviter(agent, target, { extraHeaders: headers, earlyMedia: true });
      const call = follow(inviter, "calling", number);
      call.invite(microphone);
      return call;
    },
    register,
    leave() {
      left = true;
      return agent.stop();
    },
  };

  /** Tries until there is a connection, with a longer pause each time. */
  async function connect() {
    for (let pause = SHORTEST_PAUSE_MS; !left; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      tell.registration("away");
      // Not all pages of a call centre at the same moment.
      await new Promise((done) => setTimeout(done, pause * (0.5 + Math.random())));
      try {
        return await agent.reconnect();
      } catch {
        // Still away.
      }
    }
  }

  function register() {
    // A new one each time: one whose request was lost with the connection waits for its answer in vain.
    registerer?.dispose();
    registerer = new SIP.Registerer(agent, { logConfiguration: false });
    const current = registerer;
    current.stateChange.addListener((state) => {
      if (state === SIP.RegistererState.Registered) tell.registration("registered");
    });
    const onReject = ({ message }) =>
      current === registerer && tell.registration("refused", { status: message.statusCode, reason: message.reasonPhrase });
    current.register({ requestDelegate: { onReject } });
  }

  function follow(session, state, number) {
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
        become({ muted: on });
        listenAndSpeak();
      },
      hold,
      press: (key) => session.info({ requestOptions: { body: keyBody(key) } }),
    };
    let why = {};
    const become = (changes) => tell.changed(Object.assign(call, changes));

    session.delegate = {
      onSessionDescriptionHandler: ({ peerConnection }) => become({ connection: peerConnection }),
      onInfo(info) {
        const key = /^Signal\s*=\s*([0-9A-D*#])/i.exec(info.request.body)?.[1];
        // Something else than a key is not ours.
        if (!key) return info.reject();
        info.accept();
        tell.key(call, key);
      },
    };
    session.stateChange.addListener((state) => {
      if (state === Established) become({ state: "talking" });
      // Why it ended SIP.js tells right after this.
      if (state === Terminated) queueMicrotask(() => become({ state: "ended", why }));
    });
    return call;

    async function invite(microphone) {
      const requestDelegate = {
        onProgress: () => become({ state: "ringing" }),
        onReject: ({ message }) => (why = { status: message.statusCode, ...why }),
      };
      try {
        await session.invite({ requestDelegate, sessionDescriptionHandlerOptions: { microphone } });
      } catch {
        // The session has ended by this, and says so.
      }
    }

    async function hangUp() {
      if (why.byUs || session.state === Terminated) return;
      why = { byUs: true };
      if (session.state === Established) await session.bye();
      else if (call.incoming) await session.reject({ statusCode: DECLINED });
      else await session.cancel();
    }

    async function hold(on) {
      // For every offer from now on, also one that the other side asks for.
      session.sessionDescriptionHandlerOptionsReInvite = { hold: on };
      const requestDelegate = {
        onAccept() {
          become({ held: on });
          listenAndSpeak();
        },
      };
      await session.invite({ requestDelegate });
    }

    /** On hold neither side hears the other; muted, only we are not heard. */
    function listenAndSpeak() {
      session.sessionDescriptionHandler?.enableReceiverTracks(!call.held);
      session.sessionDescriptionHandler?.enableSenderTracks(!call.held && !call.muted);
    }
  }
}

/** A key as the body of an INFO, the way JsSIP sends it too. */
function keyBody(key) {
  return {
    contentDisposition: "render",
    contentType: "application/dtmf-relay",
    content: `Signal=${key}\r\nDuration=100`,
  };
}
