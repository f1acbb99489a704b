// Audio: the microphone, the other side's voice, and the ringing.

const MICROPHONE = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } };

/** Opens the microphone; close it with `closeMicrophone`. */
export async function openMicrophone() {
  // Browsers provide it only to pages from https: or the local machine.
  if (!navigator.mediaDevices) throw new DOMException("insecure page", "SecurityError");
  return navigator.mediaDevices.getUserMedia(MICROPHONE);
}

export function closeMicrophone(microphone) {
  for (const track of microphone?.getTracks() ?? []) track.stop();
}

/**
 * Plays the other side's audio in an <audio> element.
 *
 * @param handlers `held(isHeld)`: whether the other side has put the call on hold; `lost()`: the audio connection failed
 */
export function playRemoteAudio(audio, connection, handlers) {
  const stream = new MediaStream();
  audio.srcObject = stream;
  const addTrack = ({ track }) => stream.addTrack(track);
  for (const receiver of connection.getReceivers()) addTrack(receiver);
  connection.addEventListener("track", addTrack);
  connection.addEventListener("signalingstatechange", () => {
    if (connection.signalingState !== "stable") return;
    const [transceiver] = connection.getTransceivers();
    // In these directions the other side does not receive our audio.
    handlers.held(["recvonly", "inactive"].includes(transceiver?.currentDirection));
  });
  connection.addEventListener("connectionstatechange", () => {
    if (connection.connectionState === "failed") handlers.lost();
  });
}

/** The ringing tone of Vietnam: one second of 425 Hz, four of silence. */
const TONE_HZ = 425;
const TONE_S = 1;
const CYCLE_MS = 5000;

let context;
let stopTone;
let currentVolume = 0;

/** Rings at this volume, from 0 (silence) to 1, until the next call. */
export function ring(volume) {
  if (volume === currentVolume) return;
  currentVolume = volume;
  stopTone?.();
  stopTone = undefined;
  if (volume === 0) return;
  // Before the user's first click on the page, browsers allow no sound: the context waits for it.
  context ??= new AudioContext();
  context.resume();
  const gain = new GainNode(context, { gain: volume });
  gain.connect(context.destination);
  const playTone = () => {
    const oscillator = new OscillatorNode(context, { frequency: TONE_HZ });
    oscillator.connect(gain);
    oscillator.start();
    oscillator.stop(context.currentTime + TONE_S);
  };
  playTone();
  const timer = setInterval(playTone, CYCLE_MS);
  stopTone = () => {
    clearInterval(timer);
    gain.disconnect();
  };
}
