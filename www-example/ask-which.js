// Several records of the call center have the name of one in the file: only the user knows which one is meant.
import { setAttribute, setText, t } from "./i18n.js";
import { setOptions } from "./select-options.js";
import { fromTemplate } from "./templates.js";

const LISTS = { greeting: "greetings", group: "groups", script: "scripts" };
const NAMES = { greeting: "Greeting {name}", group: "Group {name}", script: "Script {name}" };
const NEW = "new";

/**
 * Shows a question for each ambiguous record in `place`. Returns a function that returns the answers, as `mapping` for the package.
 *
 * @param onAnswer is called after each answer
 */
export function askWhich(place, questions, { current, desired }, onAnswer) {
  place.hidden = questions.length === 0;
  const asked = questions.map((question) => {
    const { kind, name, id, candidates } = question;
    const label = fromTemplate("question", { name: t(NAMES[kind], { name }), detail: detailOf(desired, kind, id) });
    const select = label.querySelector("select");
    const pairs = candidates.map((candidate) => [candidate, detailOf(current, kind, candidate)]);
    setOptions(select, t("Choose…"), [...pairs, [NEW, t("none of these: it is new")]], "");
    select.addEventListener("change", () => {
      disableTaken();
      onAnswer();
    });
    place.append(label);
    return { kind, id, select };
  });
  return answers;

  function answers() {
    const mapping = { greetings: {}, groups: {}, scripts: {} };
    for (const { kind, id, select } of asked) {
      if (select.value) mapping[LISTS[kind]][id] = select.value === NEW ? null : select.value;
    }
    return mapping;
  }

  /** Two records of the file cannot be the same one of the call center. */
  function disableTaken() {
    for (const { kind, select } of asked) {
      for (const option of select.options) {
        const isTaken = (other) => other.kind === kind && other.select !== select && other.select.value === option.value;
        option.disabled = ![NEW, ""].includes(option.value) && asked.some(isTaken);
      }
    }
  }
}

/** What tells a record from others of its name: its number, or what callers hear. */
function detailOf(snapshot, kind, id) {
  const record = snapshot[LISTS[kind]].find(({ _id }) => _id === id) ?? {};
  const { group_number, script_number, content, recording_file } = record;
  return String(group_number || script_number || content || recording_file || id);
}
