// Softphones: objects that hide their password, and calls of the page's own libraries.

const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * Hides a member from JSON, from strings and from consoles. Whoever reads the member gets it: JsSIP asks for own
 * properties, SIP.js copies the enumerable ones.
 */
export function hide(object, name) {
  let secret = object[name];
  const masked = () => ({ ...object, [name]: "***" });
  const toString = () => {
    try {
      return JSON.stringify(masked());
    } catch {
      // The page may have added a circular reference.
      return "[object Object]";
    }
  };
  // Without a prototype, because a page may have added a `get` to `Object.prototype`, which would corrupt the descriptors.
  const nonEnumerable = (value) => ({ __proto__: null, value, configurable: true, writable: true });
  return Object.defineProperties(object, {
    [name]: { __proto__: null, enumerable: true, configurable: true, get: () => secret, set: (value) => (secret = value) },
    toJSON: nonEnumerable(masked),
    toString: nonEnumerable(toString),
    [inspect]: nonEnumerable(masked),
  });
}

// Node detects no named exports in JsSIP's CommonJS, so the namespace only has a default export.
export const socketsOf = (JsSIP, url) => [new (JsSIP.WebSocketInterface ?? JsSIP.default.WebSocketInterface)(url)];

/** `undefined` if it is not an object. */
export function uriOf(SIP, address) {
  const uri = SIP.UserAgent.makeURI(address);
  return Object(uri) === uri ? uri : undefined;
}

/** Puts Opus first; returns whether the browser could. */
export function opusFirst(target) {
  const transceivers = target.getTransceivers?.() ?? [target];
  const audio = transceivers.filter(({ receiver, stopped }) => receiver.track.kind === "audio" && !stopped);
  const codecs = globalThis.RTCRtpReceiver?.getCapabilities?.("audio")?.codecs ?? [];
  const isOpus = ({ mimeType }) => mimeType.toLowerCase() === "audio/opus";
  const ordered = [...codecs.filter(isOpus), ...codecs.filter((codec) => !isOpus(codec))];
  const isSupported = codecs.some(isOpus) && audio.length > 0 && audio.every((one) => one.setCodecPreferences);
  if (isSupported) for (const one of audio) one.setCodecPreferences(ordered);
  return isSupported;
}
