// Calls: a form to make one, and a panel for the one that is under way. There is one at a time; who calls meanwhile
// hears that it is busy.
import { close, listen, openMicrophone, ring } from "./softphone-sound.js";
import { ending, noMicrophone } from "./softphone-words.js";

/** The called one hears it ring, the caller too, but more softly. */
const RING_LOUDNESS = 0.3;
const RINGBACK_LOUDNESS = 0.05;

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

/** Returns what a phone tells of its calls, and three switches: whether calls can be made and taken. */
export function showCalls() {
  let phone;
  let realm;
  let online = false;
  // The call under way, and what belongs to it.
  let call;
  let answered;
  let asking;
  let microphone;
  let heard;
  let heldByOther;
  let talkingSince;
  let clock;

  dial.querySelector("form").addEventListener("submit", place);
  answer.addEventListener("click", take);
  hangUp.addEventListener("click", () => attempt(() => call.hangUp()));
  mute.addEventListener("click", () => attempt(() => call.mute(!call.muted)));
  hold.addEventListener("click", () => attempt(() => call.hold(!call.held)));
  keypad.addEventListener("click", ({ target }) => target.matches("button") && press(target.textContent));

  return { tell: { incoming, changed, key }, allow, pause, forbid };

  /** The phone is registered. */
  function allow(registered, settings, hotlines) {
    phone = registered;
    realm = settings.realm;
    online = true;
    const [none] = hotline.options;
    const chosen = hotline.value;
    hotline.replaceChildren(none, ...hotlines.map((number) => new Option(number)));
    hotline.value = hotlines.includes(chosen) ? chosen : "";
    hotline.parentElement.hidden = hotlines.length === 0;
    render();
  }

  /** There is no connection at the moment. Who talks can go on: the audio takes a way of its own. */
  function pause() {
    online = false;
    render();
  }

  function forbid() {
    online = false;
    phone = undefined;
    if (call) finish({});
    lastCall.textContent = "";
    render();
  }

  function place() {
    // As people write numbers: +84 (24) 7108-0000.
    const wanted = number.value.replace(/[\s().-]/g, "");
    // A header of RFC 3325: which of the caller's numbers should be shown. The server decides.
    const headers = hotline.value ? [`P-Preferred-Identity: <sip:${encodeURI(hotline.value)}@${realm}>`] : [];
    speak(
      () => phone && !call,
      () => begin(phone.call(wanted, microphone, headers)),
    );
  }

  function take() {
    const taken = call;
    const answerIt = () => {
      answered = true;
      render();
      return taken.answer(microphone);
    };
    speak(() => call === taken, answerIt);
  }

  /** Opens the microphone and goes on, unless meanwhile, while the browser asked, there was no use in it any more. */
  async function speak(isOfUse, goOn) {
    if (asking) return;
    asking = true;
    complain("");
    try {
      const opened = await openMicrophone();
      if (isOfUse()) {
        microphone = opened;
        await attempt(goOn);
      } else {
        close(opened);
      }
    } catch (error) {
      complain(noMicrophone(error));
    }
    asking = false;
  }

  function incoming(next) {
    if (call) next.busy();
    else begin(next);
  }

  function begin(next) {
    call = next;
    heldByOther = answered = false;
    keys.textContent = "";
    complain("");
    changed(call);
    // Not so when somebody else calls: the next key of who is just typing would take the call.
    if (!call.incoming) hangUp.focus();
  }

  function changed(which) {
    if (which !== call) return;
    if (call.connection && call.connection !== heard) {
      heard = call.connection;
      listen(audio, call.connection, {
        held(is) {
          heldByOther = is;
          render();
        },
        broken() {
          if (which === call) finish({ ...call, why: { broken: true } });
          which.hangUp();
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

  function finish(ended) {
    if (ended.number) lastCall.textContent = ending({ ...ended, talked: Boolean(talkingSince) });
    clearInterval(clock);
    silence();
    call = heard = talkingSince = undefined;
    const hadKeyboard = panel.contains(document.activeElement);
    render();
    if (hadKeyboard) number.focus();
  }

  function silence() {
    close(microphone);
    microphone = undefined;
    audio.srcObject = null;
  }

  function key(which, key) {
    if (which === call) keys.textContent = `${call.number} pressed ${key}`;
  }

  function press(key) {
    keys.textContent = "";
    attempt(() => call.press(key));
  }

  /** A library may refuse, as when the call ends at this very moment: its end is told anyway. */
  async function attempt(action) {
    const before = call;
    try {
      await action();
    } catch (error) {
      if (call === before) complain(`That did not work: ${error.message}`);
      if (!call) silence();
    }
  }

  function complain(words) {
    const place = call ? problem : lastCall;
    place.textContent = words;
    problem.hidden = !problem.textContent;
  }

  function render() {
    dial.hidden = !phone || Boolean(call);
    panel.hidden = !call;
    for (const control of dial.querySelector("form").elements) control.disabled = !online;
    const waits = Boolean(call?.incoming) && call.state === "ringing" && !answered;
    document.title = waits ? `${call.number} calls` : TITLE;
    if (!call) return ring(0);
    const { state, incoming, held, muted, connection } = call;
    const talks = state === "talking";
    title.textContent = call.name && call.name !== call.number ? `${call.number} (${call.name})` : call.number;
    stateLine.textContent = wordsOf(call);
    answer.hidden = !waits;
    hangUp.textContent = waits ? "Decline" : "Hang up";
    for (const button of [mute, hold]) button.hidden = !talks;
    mute.ariaPressed = muted;
    hold.ariaPressed = held;
    keypad.hidden = !talks;
    // What goes through the server.
    for (const button of [hold, ...keypad.children]) button.disabled = !online;
    // Some servers let the caller hear a sound of their own.
    const rings = waits || (!incoming && state === "ringing" && !connection?.remoteDescription);
    ring(rings ? (waits ? RING_LOUDNESS : RINGBACK_LOUDNESS) : 0);
  }

  function wordsOf({ state, incoming, held }) {
    if (state === "calling") return "Calling …";
    if (answered && state === "ringing") return "Connecting …";
    if (state === "ringing") return incoming ? "Calls you" : "It rings …";
    const seconds = Math.floor((Date.now() - talkingSince) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (held) return `On hold, ${time}`;
    return heldByOther ? `On hold by the other side, ${time}` : `Talking, ${time}`;
  }
}
