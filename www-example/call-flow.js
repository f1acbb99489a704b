// What callers go through, from the script that is being edited: a picture of it, and a dial pad to try it with.
import { ivrDiagram, lintIvr, simulateIvr } from "omicall-call-center";
import { fromTemplate } from "./templates.js";
import { currentLanguage, onLanguage, say, words } from "./words.js";

// Stands for the script that has no id yet.
const NEW = "0".repeat(24);

// Hundreds of scripts take a while to draw: not at every letter.
const TYPING_PAUSE_MS = 150;

const STRATEGIES = {
  enterprise: "Group {group} rings {phones} at once, for up to {seconds} s.",
  rollover: "Group {group} rings {phones} in this order, for up to {seconds} s.",
  random: "Group {group} rings {phones} in any order, for up to {seconds} s.",
};

/** The picture and the dial pad in `section`; `show` draws them for a draft. */
export function callFlow(section, left) {
  const picture = section.querySelector(".diagram");
  const steps = section.querySelector(".steps");
  const outcome = section.querySelector(".ending");
  const pad = section.querySelector(".dial-pad");
  const again = section.querySelector("[name=again]");
  // What the caller has done so far.
  let events = [];
  let tenant, start, simulation, typing;

  pad.addEventListener("click", ({ target }) => target.value && press(target.value));
  pad.addEventListener("keydown", ({ key }) => {
    if (/^[0-9*#]$/.test(key)) press(key);
  });
  again.addEventListener("click", () => {
    events = [];
    play();
    picture.scrollTo(0, 0);
  });
  // The sentences that are in the picture come from the package, in one language.
  onLanguage(() => tenant && play(), left);
  left.addEventListener("abort", () => clearTimeout(typing));

  return {
    show(draft, record, known) {
      start = record?._id ?? NEW;
      const edited = { ...record, ...draft, _id: start };
      const others = known.scripts.map((script) => (script._id === start ? edited : script));
      const scripts = record ? others : [...others, edited];
      const isFirst = !tenant;
      tenant = { ...known, scripts };
      if (isFirst) return play();
      clearTimeout(typing);
      typing = setTimeout(play, TYPING_PAUSE_MS);
    },
  };

  function press(event) {
    // The call is over, but for a caller who starts again.
    if (simulation.ending.kind !== "waiting") return;
    events = [...events, event];
    play();
    follow();
  }

  function play() {
    clearTimeout(typing);
    const context = { ...tenant, language: currentLanguage() };
    const report = lintIvr(context);
    const named = { ...context, scripts: context.scripts.map(withName) };
    simulation = simulateIvr(named, { start, events });
    // Before anybody has pressed something there is no way to highlight.
    draw(ivrDiagram(named, { format: "svg", focus: start, report, simulation: events.length > 0 ? simulation : undefined }));
    steps.replaceChildren(...simulation.steps.map(stepOf));
    say(outcome, endingOf(simulation.ending));
    const over = simulation.ending.kind !== "waiting";
    for (const key of pad.querySelectorAll("[value]")) key.ariaDisabled = over ? "true" : null;
    again.ariaDisabled = events.length > 0 ? null : "true";
  }

  /** Where the picture is larger than its place, shows how far the call has come. */
  function follow() {
    // The package marks the way of the call with the class "p".
    const way = [...picture.querySelectorAll(".p")].map((part) => part.getBoundingClientRect());
    if (way.length === 0) return;
    const end = way.reduce((end, part) => (part.right > end.right ? part : end), way[0]);
    const seen = picture.getBoundingClientRect();
    // Only the picture, not the page.
    picture.scrollBy({ left: end.right - seen.right + 16, top: end.bottom - seen.bottom + 16 });
  }

  function draw(svg) {
    // Names are escaped in it. Read as XML, it could not smuggle a script in even so.
    picture.replaceChildren(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement);
  }
}

/** What has no name yet still needs something to be called by. */
function withName(script) {
  return script.script_name ? script : { ...script, script_name: String(words("no name")) };
}

function stepOf({ scriptName, greetingId, greetingName, event, invalidSoundId, seconds }) {
  const greeting = greetingName ?? greetingId;
  const step = fromTemplate("step", {
    script: scriptName,
    heard: greeting ? words("plays “{greeting}”", { greeting }) : words("plays nothing"),
    seconds: words("{seconds} s", { seconds }),
  });
  const did = step.querySelector(".did");
  did.hidden = !event;
  if (!event) return step;
  const key = event === "timeout" ? words("no key") : event;
  say(did, invalidSoundId === undefined ? key : words("{key}: wrong key", { key }));
  return step;
}

function phoneOf({ extension, fullName }) {
  // Some phones do not tell the agent, by whom a group names its members.
  return extension ? [extension, fullName].filter(Boolean).join(" ") : words("an unknown phone");
}

function endingOf(ending) {
  switch (ending.kind) {
    case "group": {
      const { groupName: group, strategy, rings, ringSeconds: seconds } = ending;
      if (rings.length === 0) return words("Group {group} has no members: nobody is rung.", { group });
      // A text of its own, so that it follows the language.
      const phones = { toString: () => rings.map(phoneOf).join(", ") };
      return words(STRATEGIES[strategy] ?? STRATEGIES.enterprise, { group, seconds, phones });
    }
    case "hangup":
      return words("The system hangs up.");
    case "too-deep":
      return words("Too many menus inside one another: the call ends.");
    case "unknown":
      return words("What comes next does not exist: {id}", { id: ending.destinationId });
    default:
      return words("The menu waits for a key.");
  }
}
