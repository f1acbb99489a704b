// What callers go through in the script that is being edited: a diagram, and a dial pad to try it.
import { ivrDiagram, lintIvr, simulateIvr } from "omicall-call-center/checks";
import { currentLanguage, onLanguageChange, setText, t } from "./i18n.js";
import { fromTemplate } from "./templates.js";

// The id of a script that has not been saved yet.
const NEW_ID = "0".repeat(24);

// Hundreds of scripts take a while to draw, so not after every letter.
const TYPING_PAUSE_MS = 150;

const STRATEGIES = {
  enterprise: "Group {group} rings {phones} at once, for up to {seconds} s.",
  rollover: "Group {group} rings {phones} in this order, for up to {seconds} s.",
  random: "Group {group} rings {phones} in any order, for up to {seconds} s.",
};

const EVENTS = { timeout: "no key", "no-answer": "nobody answers" };

/** The diagram and the dial pad in `section`; `show` draws them for a draft. */
export function createCallFlow(section, signal) {
  const diagram = section.querySelector(".diagram");
  const steps = section.querySelector(".steps");
  const ending = section.querySelector(".ending");
  const dialPad = section.querySelector(".dial-pad");
  const restart = section.querySelector("[name=restart]");
  // What has happened so far: keys, timeouts, groups where nobody answered.
  let events = [];
  let tenant, start, simulation, typingTimer;

  dialPad.addEventListener("click", ({ target }) => target.value && press(target.value));
  dialPad.addEventListener("keydown", ({ key }) => {
    if (/^[0-9*#]$/.test(key)) press(key);
  });
  restart.addEventListener("click", () => {
    events = [];
    update();
    diagram.scrollTo(0, 0);
  });
  // The texts in the diagram come from the package, in one language.
  onLanguageChange(() => tenant && update(), signal);
  signal.addEventListener("abort", () => clearTimeout(typingTimer));

  return {
    show(draft, record, loadedTenant) {
      start = record?._id ?? NEW_ID;
      const edited = { ...record, ...draft, _id: start };
      const withEdited = loadedTenant.scripts.map((script) => (script._id === start ? edited : script));
      const scripts = record ? withEdited : [...withEdited, edited];
      const isFirst = !tenant;
      tenant = { ...loadedTenant, scripts };
      if (isFirst) return update();
      clearTimeout(typingTimer);
      typingTimer = setTimeout(update, TYPING_PAUSE_MS);
    },
  };

  function press(event) {
    if (!isPossible(event)) return;
    events = [...events, event];
    update();
    scrollToEndOfPath();
  }

  /** A menu waits for keys, and a group for somebody to answer. After the end of the call only "Start again" works. */
  function isPossible(event) {
    return simulation.ending.kind === (event === "no-answer" ? "group" : "waiting");
  }

  function update() {
    clearTimeout(typingTimer);
    const context = { ...tenant, language: currentLanguage() };
    const report = lintIvr(context);
    const named = { ...context, scripts: context.scripts.map(withName) };
    simulation = simulateIvr(named, { start, events });
    // Before the first key there is no path to highlight.
    draw(ivrDiagram(named, { format: "svg", focus: start, report, simulation: events.length > 0 ? simulation : undefined }));
    steps.replaceChildren(...simulation.steps.map(renderStep));
    setText(ending, endingText(simulation.ending));
    for (const key of dialPad.querySelectorAll("[value]")) key.ariaDisabled = isPossible(key.value) ? null : "true";
    restart.ariaDisabled = events.length > 0 ? null : "true";
  }

  /** If the diagram is larger than its container, scrolls to the end of the caller's path. */
  function scrollToEndOfPath() {
    const path = [...diagram.querySelectorAll("[data-played]")].map((part) => part.getBoundingClientRect());
    if (path.length === 0) return;
    const end = path.reduce((end, part) => (part.right > end.right ? part : end), path[0]);
    const visible = diagram.getBoundingClientRect();
    // Not `scrollIntoView`, which would also scroll the page.
    diagram.scrollBy({ left: end.right - visible.right + 16, top: end.bottom - visible.bottom + 16 });
  }

  function draw(svg) {
    // The package escapes the names in it. Parsing it as XML is a second protection against injected scripts.
    diagram.replaceChildren(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement);
  }
}

/** Gives a script without a name one for the diagram. */
function withName(script) {
  return script.script_name ? script : { ...script, script_name: String(t("no name")) };
}

function renderStep({ scriptName, groupName, greetingId, greetingName, entered, event, invalidSoundId, seconds }) {
  const step = fromTemplate("step", {
    script: groupName ?? scriptName,
    heard: groupName === undefined ? heardText(greetingName ?? greetingId) : t("rings"),
    seconds: t("{seconds} s", { seconds }),
  });
  const pressed = step.querySelector(".pressed");
  pressed.hidden = !event;
  if (!event) return step;
  // A menu with direct dialling waits for the next digit of an extension.
  const key = entered ? `${entered}…` : (EVENTS[event] ? t(EVENTS[event]) : event);
  setText(pressed, invalidSoundId === undefined ? key : t("{key}: wrong key", { key }));
  return step;
}

function heardText(greeting) {
  return greeting ? t("plays “{greeting}”", { greeting }) : t("plays nothing");
}

function phoneText({ extension, fullName }) {
  // A group lists its members by agent, and not every phone has one.
  return extension ? [extension, fullName].filter(Boolean).join(" ") : t("an unknown phone");
}

function endingText(ending) {
  switch (ending.kind) {
    case "group": {
      const { groupName: group, strategy, rings, ringSeconds: seconds } = ending;
      if (rings.length === 0) return t("Group {group} has no members: nobody is rung.", { group });
      // An object, so that it is translated again when the language changes.
      const phones = { toString: () => rings.map(phoneText).join(", ") };
      return t(STRATEGIES[strategy] ?? STRATEGIES.enterprise, { group, seconds, phones });
    }
    case "no-answer":
      return t("Nobody in group {group} answers: the call ends.", { group: ending.groupName });
    case "extension":
      return t("Phone {phone} rings.", { phone: [ending.extension, ending.fullName].filter(Boolean).join(" ") });
    case "recording":
      return t("“{greeting}” is played, and the call ends.", { greeting: ending.greetingName ?? ending.greetingId });
    case "hangup":
      return t("The system hangs up.");
    case "too-deep":
      return t("Too many menus inside one another: the call ends.");
    case "unknown":
      if (ending.destinationType) return t("What happens next is not documented: {type}", { type: ending.destinationType });
      return t("What comes next does not exist: {id}", { id: ending.destinationId });
    default:
      return t("The menu waits for a key.");
  }
}
