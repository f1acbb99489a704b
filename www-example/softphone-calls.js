// Calls: a form to make one, and a panel for the current one. There is one call at a time; other callers get "busy".
import { callEndMessage, microphoneMessage } from "./softphone-messages.js";
import { closeMicrophone, openMicrophone, playRemoteAudio, ring } from "./softphone-sound.js";

/** An incoming call rings louder than the ringback tone of an outgoing one. */
const RING_VOLUME = 0.3;
const RINGBACK_VOLUME = 0.05;

const TITLE = document.title;
const dial = document.querySelector("#dial");
const { number, hotline } = dial.querySelector("form").elements;
const lastCall = dial.querySelector(".last-call");
const panel = document.querySelector("#call");
const title = panel.querySelector("h2");
const stateLine = panel.querySelector(".call-state");
const problem = panel.querySelector(".call-problem");
const { answer, mute, hold, hangUp } = Object.fromEntries([...panel.querySelectorAll("[name]")].map((button) => [button.name, button]));
const keypad = panel.querySelector(".keypad");
const keys = panel.querySelector(".keys");
const audio = document.querySelector("audio");

/** Returns the `handlers` for a phone's calls, and `enable`, `pause` and `disable` for making and taking calls. */
export function showCalls() {
  let phone;
  let realm;
  let online = false;
  // The current call and its state.
  let call;
  let answered;
  let openingMicrophone;
  let microphone;
  let playedConnection;
  let heldByOther;
  let talkingSince;
  let clock;

  dial.querySelector("form").addEventListener("submit", dialNumber);
  answer.addEventListener("click", answerCall);
  hangUp.addEventListener("click", () => attempt(() => call.hangUp()));
  mute.addEventListener("click", () => attempt(() => call.mute(!call.muted)));
  hold.addEventListener("click", () => attempt(() => call.hold(!call.held)));
  keypad.addEventListener("click", ({ target }) => target.matches("button") && press(target.textContent));

  return { handlers: { incoming, changed, key }, enable, pause, disable };

  /** The phone is registered. */
  function enable(registeredPhone, settings, hotlines) {
    phone = registeredPhone;
    realm = settings.realm;
    online = true;
    const [none] = hotline.options;
    const selected = hotline.value;
    hotline.replaceChildren(none, ...hotlines.map((number) => new Option(number)));
    hotline.value = hotlines.includes(selected) ? selected : "";
    hotline.parentElement.hidden = hotlines.length === 0;
    render();
  }

  /** The connection is lost. A call can go on, because its audio does not go through the SIP server. */
  function pause() {
    online = false;
    render();
  }

  function disable() {
    online = false;
    phone = undefined;
    if (call) finish({});
    lastCall.textContent = "";
    render();
  }

  function dialNumber() {
    // People write numbers like +84 (24) 7108-0000.
    const digits = number.value.replace(/[\s().-]/g, "");
    // RFC 3325: which of the caller's numbers to show. The server decides.
    const headers = hotline.value ? [`P-Preferred-Identity: <sip:${encodeURI(hotline.value)}@${realm}>`] : [];
    withMicrophone(
      () => phone && !call,
      () => begin(phone.call(digits, microphone, headers)),
    );
  }

  function answerCall() {
    const answeredCall = call;
    withMicrophone(
      () => call === answeredCall,
      () => {
        answered = true;
        render();
        return answeredCall.answer(microphone);
      },
    );
  }

  /** Opens the microphone, which may ask the user, and then runs `action` if it still makes sense. */
  async function withMicrophone(isStillWanted, action) {
    if (openingMicrophone) return;
    openingMicrophone = true;
    showProblem("");
    try {
      const opened = await openMicrophone();
      if (isStillWanted()) {
        microphone = opened;
        await attempt(action);
      } else {
        closeMicrophone(opened);
      }
    } catch (error) {
      showProblem(microphoneMessage(error));
    }
    openingMicrophone = false;
  }

  function incoming(newCall) {
    if (call) newCall.busy();
    else begin(newCall);
  }

  function begin(newCall) {
    call = newCall;
    heldByOther = answered = false;
    keys.textContent = "";
    showProblem("");
    changed(call);
    // Not for incoming calls: a key that the user is just typing would decline them.
    if (!call.incoming) hangUp.focus();
  }

  function changed(changedCall) {
    if (changedCall !== call) return;
    if (call.connection && call.connection !== playedConnection) {
      playedConnection = call.connection;
      playRemoteAudio(audio, call.connection, {
        held(isHeld) {
          heldByOther = isHeld;
          render();
        },
        lost() {
          if (changedCall === call) finish({ ...call, end: { audioLost: true } });
          changedCall.hangUp();
        },
      });
    }
    if (call.state === "talking" && !talkingSince) {
      talkingSince = Date.now();
      clock = setInterval(render, 1000);
    }
    if (call.state === "ended") finish(call);
    else render();
  }

  function finish(endedCall) {
    if (endedCall.number) lastCall.textContent = callEndMessage({ ...endedCall, wasConnected: Boolean(talkingSince) });
    clearInterval(clock);
    stopAudio();
    call = playedConnection = talkingSince = undefined;
    const hadFocus = panel.contains(document.activeElement);
    render();
    if (hadFocus) number.focus();
  }

  function stopAudio() {
    closeMicrophone(microphone);
    microphone = undefined;
    audio.srcObject = null;
  }

  /** The other side has pressed a key. */
  function key(keyCall, key) {
    if (keyCall === call) keys.textContent = `${call.number} pressed ${key}`;
  }

  function press(key) {
    keys.textContent = "";
    attempt(() => call.press(key));
  }

  /** Runs an action of the library. It may throw, for example if the call ends at the same moment. */
  async function attempt(action) {
    const callBefore = call;
    try {
      await action();
    } catch (error) {
      if (call === callBefore) showProblem(`That did not work: ${error.message}`);
      if (!call) stopAudio();
    }
  }

  function showProblem(message) {
    const element = call ? problem : lastCall;
    element.textContent = message;
    problem.hidden = !problem.textContent;
  }

  function render() {
    dial.hidden = !phone || Boolean(call);
    panel.hidden = !call;
    for (const control of dial.querySelector("form").elements) control.disabled = !online;
    const canAnswer = Boolean(call?.incoming) && call.state === "ringing" && !answered;
    document.title = canAnswer ? `${call.number} calls` : TITLE;
    if (!call) return ring(0);
    const { state, incoming, held, muted, connection } = call;
    const isTalking = state === "talking";
    title.textContent = call.name && call.name !== call.number ? `${call.number} (${call.name})` : call.number;
    stateLine.textContent = stateText(call);
    answer.hidden = !canAnswer;
    hangUp.textContent = canAnswer ? "Decline" : "Hang up";
    for (const button of [mute, hold]) button.hidden = !isTalking;
    mute.ariaPressed = muted;
    hold.ariaPressed = held;
    keypad.hidden = !isTalking;
    // These need the SIP server.
    for (const button of [hold, ...keypad.children]) button.disabled = !online;
    // Not if the server itself sends a ringback tone.
    const ringsBack = !incoming && state === "ringing" && !connection?.remoteDescription;
    ring(canAnswer ? RING_VOLUME : ringsBack ? RINGBACK_VOLUME : 0);
  }

  function stateText({ state, incoming, held }) {
    if (state === "calling") return "Calling …";
    if (answered && state === "ringing") return "Connecting …";
    if (state === "ringing") return incoming ? "Calls you" : "It rings …";
    const seconds = Math.floor((Date.now() - talkingSince) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (held) return `On hold, ${time}`;
    return heldByOther ? `On hold by the other side, ${time}` : `Talking, ${time}`;
  }
}
