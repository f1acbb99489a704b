// The form of an IVR script: from a draft to the fields and back. Its keys are rows that are added and removed.
import { scriptRequest } from "omicall-call-center";
import { setAttribute, t } from "./i18n.js";
import { setOptions } from "./select-options.js";
import { fromTemplate } from "./templates.js";

const GREETING_FIELDS = ["greeting_id", "greeting_short_id", "invalid_sound_id"];
const KEYS = [..."1234567890*#"];

/** The fields of a script that are edited: everything that the server accepts. Without a script, a new draft. */
export function toDraft(script) {
  const empty = {
    script_name: "", greeting_id: "", greeting_short_id: "", invalid_sound_id: "", max_failure: 3, time_out: 5,
    scripts: [], action_type: "", action: "", ivr_direct_menu_dial: "false",
  };
  return script ? { ...empty, ...scriptRequest(script) } : empty;
}

/** The fields of the form, as `showEditor` uses them. */
export function createFields(form) {
  const { elements } = form;
  const keyRows = form.querySelector(".keys");
  const fallback = [elements.action_type, elements.action];
  let tenant;

  elements.addKey.addEventListener("click", () => {
    const used = [...keyRows.children].map((row) => row.querySelector("[data-name=ivr]").value);
    const row = addKey({ ivr: KEYS.find((key) => !used.includes(key)) ?? "", action_type: "Ring_group", action: "" });
    row.querySelector("[data-name=ivr]").select();
    notifyChange();
  });
  elements.action_type.addEventListener("input", () => updateDestinations(fallback, ""));

  return { setTenant, fill, read };

  /** Sets the options of every <select>. */
  function setTenant(newTenant) {
    tenant = newTenant;
    const greetings = tenant.greetings.map(({ _id, greeting_name }) => [_id, greeting_name]);
    for (const name of GREETING_FIELDS) {
      setOptions(elements[name], t(name === "greeting_id" ? "Choose a greeting" : "none"), greetings);
    }
    updateDestinations(fallback);
    for (const row of keyRows.children) updateDestinations(controlsIn(row).slice(1));
  }

  function fill(draft) {
    for (const name of ["script_name", "max_failure", "time_out", ...GREETING_FIELDS]) setValue(elements[name], draft[name]);
    elements.ivr_direct_menu_dial.checked = draft.ivr_direct_menu_dial === "true";
    setValue(elements.action_type, draft.action_type);
    updateDestinations(fallback, draft.action);
    keyRows.replaceChildren();
    draft.scripts.forEach(addKey);
  }

  function read() {
    const text = (name) => elements[name].value;
    return {
      script_name: text("script_name"),
      greeting_id: text("greeting_id"),
      greeting_short_id: text("greeting_short_id"),
      invalid_sound_id: text("invalid_sound_id"),
      max_failure: readNumber(elements.max_failure),
      time_out: readNumber(elements.time_out),
      scripts: [...keyRows.children].map((row) => {
        const [ivr, action_type, action] = controlsIn(row);
        return { ivr: ivr.value, action_type: action_type.value, action: action.value };
      }),
      action_type: text("action_type"),
      action: text("action"),
      ivr_direct_menu_dial: String(elements.ivr_direct_menu_dial.checked),
    };
  }

  function addKey({ ivr, action_type, action }) {
    const row = fromTemplate("key", {});
    const [key, ...destination] = controlsIn(row);
    key.value = ivr;
    setValue(destination[0], action_type);
    // After a change of the type, the old destination is not an option any more.
    destination[0].addEventListener("input", () => updateDestinations(destination, ""));
    row.querySelector("button").addEventListener("click", () => removeKey(row));
    updateDestinations(destination, action);
    keyRows.append(row);
    updatePaths();
    return row;
  }

  function removeKey(row) {
    // The focus moves to the neighbouring row.
    const next = row.nextElementSibling ?? row.previousElementSibling;
    (next?.querySelector("button") ?? elements.addKey).focus();
    row.remove();
    updatePaths();
    notifyChange();
  }

  /** The path of each row and its controls in the record, for their issues. */
  function updatePaths() {
    [...keyRows.children].forEach((row, index) => {
      row.dataset.path = `/scripts/${index}`;
      for (const control of controlsIn(row)) control.dataset.path = `/scripts/${index}/${control.dataset.name}`;
      setAttribute(row.querySelector("button"), "aria-label", t("Remove key {number}", { number: index + 1 }));
    });
  }

  /** Offers the groups, scripts or greetings, depending on the type beside it. */
  function updateDestinations([{ value: type }, select], value) {
    const records = {
      Ring_group: () => tenant.groups.map(({ _id, group_name }) => [_id, group_name]),
      Ivr_menu: () => tenant.scripts.map(({ _id, script_name }) => [_id, script_name]),
      Recording: () => tenant.greetings.map(({ _id, greeting_name }) => [_id, greeting_name]),
    };
    setOptions(select, type ? t("Choose…") : "–", records[type]?.() ?? [], value);
    select.disabled = !type && !select.value;
  }

  function notifyChange() {
    form.dispatchEvent(new Event("input"));
  }
}

/** The key, the type of its destination, and the destination. They have no `name`: the fields of the fallback have those. */
function controlsIn(row) {
  return [...row.querySelectorAll("[data-name]")];
}

/** Sets a value. If a <select> does not have it, an <option> is added: what the server sent must not be lost. */
function setValue(control, value) {
  control.value = value;
  if (control.matches("select") && control.value !== value) control.add(new Option(value, value, true, true));
}

/** The value of a number input; `null` if it is empty. */
export function readNumber(input) {
  return input.value === "" ? null : input.valueAsNumber;
}
