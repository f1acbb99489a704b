// Softphones: objects that hide their password, and calls of the page's own libraries.

const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * Hides a member from JSON, from strings and from consoles. Whoever reads the member gets it: JsSIP asks for own
 * properties, SIP.js copies the enumerable ones.
 */
export function hide(object, name) {
  let secret = object[name];
  const shown = () => ({ ...object, [name]: "***" });
  const text = () => {
    try {
      return JSON.stringify(shown());
    } catch {
      // The page may have added something that goes round in circles.
      return "[object Object]";
    }
  };
  // Without a prototype, for pages add members to `Object.prototype`: a `get` there would make the descriptors wrong.
  const hidden = (value) => ({ __proto__: null, value, configurable: true, writable: true });
  return Object.defineProperties(object, {
    [name]: { __proto__: null, enumerable: true, configurable: true, get: () => secret, set: (value) => (secret = value) },
    toJSON: hidden(shown),
    toString: hidden(text),
    [inspect]: hidden(shown),
  });
}

// Node finds no names in JsSIP's CommonJS: there the namespace only has a default.
export const socketOf = (JsSIP, url) => new (JsSIP.WebSocketInterface ?? JsSIP.default.WebSocketInterface)(url);

export const uriOf = (SIP, address) => SIP.UserAgent.makeURI(address);

/** Puts Opus first; tells whether the browser could. */
export function opusFirst(target) {
  const transceivers = target.getTransceivers?.() ?? [target];
  const audio = transceivers.filter(({ receiver, stopped }) => receiver.track.kind === "audio" && !stopped);
  const codecs = globalThis.RTCRtpReceiver?.getCapabilities?.("audio")?.codecs ?? [];
  const isOpus = ({ mimeType }) => mimeType.toLowerCase() === "audio/opus";
  const ordered = [...codecs.filter(isOpus), ...codecs.filter((codec) => !isOpus(codec))];
  const able = codecs.some(isOpus) && audio.length > 0 && audio.every((one) => one.setCodecPreferences);
  if (able) for (const one of audio) one.setCodecPreferences(ordered);
  return able;
}
