// What is spoken and heard: the microphone, the other side's voice, and the ringing.

const OWN_VOICE = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } };

/** Opens the microphone; whoever asked closes it with `close`. */
export async function openMicrophone() {
  // Only pages from https: or from one's own computer have one.
  if (!navigator.mediaDevices) throw new DOMException("insecure page", "SecurityError");
  return navigator.mediaDevices.getUserMedia(OWN_VOICE);
}

export function close(microphone) {
  for (const track of microphone?.getTracks() ?? []) track.stop();
}

/**
 * Plays what comes in by a connection through an <audio> element.
 *
 * @param tell `{ held(is), broken() }`: the other side has put the call on hold; nothing comes through any more
 */
export function listen(audio, connection, tell) {
  const voice = new MediaStream();
  audio.srcObject = voice;
  const hear = ({ track }) => voice.addTrack(track);
  for (const receiver of connection.getReceivers()) hear(receiver);
  connection.addEventListener("track", hear);
  connection.addEventListener("signalingstatechange", () => {
    if (connection.signalingState !== "stable") return;
    const [transceiver] = connection.getTransceivers();
    // They said that they would not listen.
    tell.held(["recvonly", "inactive"].includes(transceiver?.currentDirection));
  });
  connection.addEventListener("connectionstatechange", () => {
    if (connection.connectionState === "failed") tell.broken();
  });
}

/** As telephones ring in Vietnam: one second of 425 Hz, four of silence. */
const TONE_HZ = 425;
const RING_S = 1;
const CYCLE_MS = 5000;

let context;
let stopTone;
let rings = 0;

/** Rings at this loudness, from 0, which is silence, to 1, until it is called with another. */
export function ring(loudness) {
  if (loudness === rings) return;
  rings = loudness;
  stopTone?.();
  stopTone = undefined;
  if (loudness === 0) return;
  // A page that nobody has clicked yet is not allowed to make a sound; its context waits.
  context ??= new AudioContext();
  context.resume();
  const volume = new GainNode(context, { gain: loudness });
  volume.connect(context.destination);
  const tone = () => {
    const oscillator = new OscillatorNode(context, { frequency: TONE_HZ });
    oscillator.connect(volume);
    oscillator.start();
    oscillator.stop(context.currentTime + RING_S);
  };
  tone();
  const cycle = setInterval(tone, CYCLE_MS);
  stopTone = () => {
    clearInterval(cycle);
    volume.disconnect();
  };
}
