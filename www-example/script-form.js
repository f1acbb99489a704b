// The form of an IVR script: from a draft to the fields and back. Its keys are rows that come and go.
import { offerChoices } from "./choices.js";
import { fromTemplate } from "./templates.js";
import { label, words } from "./words.js";

const GREETINGS = ["greeting_id", "greeting_short_id", "invalid_sound_id"];
const KEYS = [..."1234567890*#"];

/** What of a script is edited: all that the server takes. Without a script, a new one. */
export function draftOf(script) {
  const draft = {
    script_name: "", greeting_id: "", greeting_short_id: "", invalid_sound_id: "", max_failure: 3, time_out: 5,
    scripts: [], action_type: "", action: "", ivr_direct_menu_dial: "false",
  };
  // Where the vendor has no value it sends null or "".
  for (const field of Object.keys(draft)) if (script) draft[field] = script[field] ?? draft[field];
  const keyOf = ({ ivr, action_type, action }) => ({ ivr, action_type: action_type ?? "", action: action ?? "" });
  draft.scripts = draft.scripts.map(keyOf);
  return draft;
}

/** The fields of the form, as the editor needs them. */
export function fieldsOf(form) {
  const { elements } = form;
  const keys = form.querySelector(".keys");
  const fallback = [elements.action_type, elements.action];
  let known;

  elements.addKey.addEventListener("click", () => {
    const used = [...keys.children].map((row) => row.querySelector("[data-name=ivr]").value);
    const row = addKey({ ivr: KEYS.find((key) => !used.includes(key)) ?? "", action_type: "Ring_group", action: "" });
    row.querySelector("[data-name=ivr]").select();
    changed();
  });
  elements.action_type.addEventListener("input", () => offerDestinations(fallback, ""));

  return { offer, fill, read };

  /** Everything that can be chosen. */
  function offer(tenant) {
    known = tenant;
    const greetings = known.greetings.map(({ _id, greeting_name }) => [_id, greeting_name]);
    for (const name of GREETINGS) {
      offerChoices(elements[name], words(name === "greeting_id" ? "Choose a greeting" : "none"), greetings);
    }
    offerDestinations(fallback);
    for (const row of keys.children) offerDestinations(controlsOf(row).slice(1));
  }

  function fill(draft) {
    for (const name of ["script_name", "max_failure", "time_out", ...GREETINGS]) setValue(elements[name], draft[name]);
    elements.ivr_direct_menu_dial.checked = draft.ivr_direct_menu_dial === "true";
    setValue(elements.action_type, draft.action_type);
    offerDestinations(fallback, draft.action);
    keys.replaceChildren();
    draft.scripts.forEach(addKey);
  }

  function read() {
    const text = (name) => elements[name].value;
    return {
      script_name: text("script_name"),
      greeting_id: text("greeting_id"),
      greeting_short_id: text("greeting_short_id"),
      invalid_sound_id: text("invalid_sound_id"),
      max_failure: numberIn(elements.max_failure),
      time_out: numberIn(elements.time_out),
      scripts: [...keys.children].map((row) => {
        const [ivr, action_type, action] = controlsOf(row);
        return { ivr: ivr.value, action_type: action_type.value, action: action.value };
      }),
      action_type: text("action_type"),
      action: text("action"),
      ivr_direct_menu_dial: String(elements.ivr_direct_menu_dial.checked),
    };
  }

  function addKey({ ivr, action_type, action }) {
    const row = fromTemplate("key", {});
    const [key, ...destination] = controlsOf(row);
    key.value = ivr;
    setValue(destination[0], action_type);
    // Another kind of thing: what was chosen is none of them.
    destination[0].addEventListener("input", () => offerDestinations(destination, ""));
    row.querySelector("button").addEventListener("click", () => removeKey(row));
    offerDestinations(destination, action);
    keys.append(row);
    numberKeys();
    return row;
  }

  function removeKey(row) {
    // The keyboard goes on where the row was.
    const next = row.nextElementSibling ?? row.previousElementSibling;
    (next?.querySelector("button") ?? elements.addKey).focus();
    row.remove();
    numberKeys();
    changed();
  }

  /** The place of each row in the record: where its issues show. */
  function numberKeys() {
    [...keys.children].forEach((row, index) => {
      row.dataset.path = `/scripts/${index}`;
      for (const control of controlsOf(row)) control.dataset.path = `/scripts/${index}/${control.dataset.name}`;
      label(row.querySelector("button"), "aria-label", words("Remove key {number}", { number: index + 1 }));
    });
  }

  /** The groups or the scripts, as the kind beside it says. */
  function offerDestinations([{ value: type }, select], value) {
    const named = {
      Ring_group: () => known.groups.map(({ _id, group_name }) => [_id, group_name]),
      Ivr_menu: () => known.scripts.map(({ _id, script_name }) => [_id, script_name]),
    };
    offerChoices(select, type ? words("Choose…") : "–", named[type]?.() ?? [], value);
    select.disabled = !type && !select.value;
  }

  function changed() {
    form.dispatchEvent(new Event("input"));
  }
}

/** The key, the kind of destination, and the destination. No `name`s: the fields of the fallback have those. */
function controlsOf(row) {
  return [...row.querySelectorAll("[data-name]")];
}

/** A value that the <select> does not list gets an <option>: what the server sent is not to be lost. */
function setValue(control, value) {
  control.value = value;
  if (control.matches("select") && control.value !== value) control.add(new Option(value, value, true, true));
}

/** What was typed as a number; nothing is nothing, and not 0. */
export function numberIn(input) {
  return input.value === "" ? null : input.valueAsNumber;
}
