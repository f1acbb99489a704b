// Messages about problems of a softphone, which say what to do.

/** Why the extension is not registered; `{ status, reason }` is the response of the server. */
export function registrationMessage({ status, reason }, { user, realm }) {
  const response = `(SIP ${status} ${reason})`;
  switch (status) {
    case 401:
    case 407:
      return `The server refuses the password of extension ${user}. ${response}`;
    case 403:
      return `The server does not let extension ${user} in: it is unknown there, or switched off. ${response}`;
    case 404:
      return `The server does not know the realm “${realm}”, or no extension ${user} in it. ${response}`;
    default:
      return `The server does not take the registration. ${response}`;
  }
}

/** Whether a later attempt may succeed, because the account is not the cause. */
export function isTemporary({ status }) {
  return status === 408 || status === 423 || status === 429 || status >= 500;
}

/** Why there is no microphone, by the name of the error that `getUserMedia` threw. */
export function microphoneMessage({ name }) {
  switch (name) {
    case "NotAllowedError":
      // In an <iframe>, the page around it must allow the microphone too.
      return window.parent === window
        ? "This page may not use the microphone. Allow it beside the address of the page, and try again."
        : "This page may not use the microphone. Allow it beside the address; the page around this one has to pass it on with allow=\"microphone\".";
    case "NotFoundError":
      return "There is no microphone. Connect one, and try again.";
    case "NotReadableError":
      return "The microphone does not work: another program may be using it.";
    case "SecurityError":
      return "Browsers give the microphone only to pages that come by https, or from one’s own computer.";
    default:
      return `The microphone could not be opened (${name}).`;
  }
}

// The header Reason with which a server stops ringing the other telephones of an extension.
const ANSWERED_ELSEWHERE = /\bSIP\s*;.*\bcause\s*=\s*200\b|\bQ\.850\s*;.*\bcause\s*=\s*26\b/i;
const DECLINED_ELSEWHERE = /\bSIP\s*;.*\bcause\s*=\s*6\d\d\b/i;

/** How a call ended. */
export function callEndMessage({ end = {}, number, incoming, wasConnected }) {
  const { status, byUs, reason = "", audioLost } = end;
  if (audioLost) return "The audio broke off: nothing came through any more.";
  if (byUs) return "The call has ended.";
  if (wasConnected) return `${number} has hung up.`;
  if (incoming && ANSWERED_ELSEWHERE.test(reason)) return `The call from ${number} was answered on another telephone.`;
  if (incoming && DECLINED_ELSEWHERE.test(reason)) return `The call from ${number} was declined on another telephone.`;
  if (incoming) return `Missed: ${number} called.`;
  switch (status) {
    case undefined:
      return "The call did not come about: the connection was lost.";
    case 404:
    case 484:
      return `The number ${number} does not exist. (SIP ${status})`;
    case 408:
    case 487:
      return `${number} does not answer. (SIP ${status})`;
    case 480:
      return `${number} cannot be reached: its telephone is switched off. (SIP ${status})`;
    case 486:
    case 600:
      return `${number} is busy. (SIP ${status})`;
    case 603:
      return `${number} has declined the call. (SIP ${status})`;
    default:
      return `The call did not come about. (SIP ${status})`;
  }
}
