// What to ask before a record is deleted: with the scripts and groups that use it.
import { OmiCallError } from "omicall-call-center";
import { whoUses } from "omicall-call-center/checks";
import { t } from "./i18n.js";
import { fromTemplate } from "./templates.js";

const NAMES = { script: "Script {name}", group: "Group {name}" };
const PLACES = {
  "/greeting_id": "Greeting",
  "/greeting_short_id": "Short greeting, when the menu plays again",
  "/invalid_sound_id": "When a wrong key is pressed",
  "/action": "When nothing is pressed",
  "/target_timeout": "Nobody answers",
  "/ring_back_id": "What callers hear while it rings",
};
const MEMBER_PLACES = { "": "Member {number}", "/hold_music_id": "Music for waiting, of member {number}" };

/** The texts for `confirmAction`, with a list of the places that use the record. */
export async function deleteConfirmation(question, id, data) {
  try {
    // Somebody else may have changed them.
    data.invalidate("scripts", "groups");
    const tenant = await data.load("scripts", "groups");
    const uses = whoUses(tenant, id).map((place) => renderUse(place, tenant));
    if (uses.length === 0) return { question, consequence: t("It is gone for good."), yes: t("Delete") };
    return { question, consequence: t("It is gone for good, and it is still used here:"), list: uses, yes: t("Delete anyway") };
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    return { question, consequence: t("It is gone for good. Whether it is used could not be found out."), yes: t("Delete anyway") };
  }
}

/** The place of a member, in words; `undefined` if it is something else. */
function placeInGroup(path) {
  const [, position, field] = path.match(/^\/(?:members|sip_members)\/(\d+)(.*)$/) ?? [];
  return position && t(MEMBER_PLACES[field] ?? MEMBER_PLACES[""], { number: Number(position) + 1 });
}

function renderUse({ kind, id, name, path }, { scripts }) {
  const [, key] = path.match(/^\/scripts\/(\d+)\//) ?? [];
  const script = key && scripts.find(({ _id }) => _id === id);
  const place = script ? t("Key {key}", { key: script.scripts[key].ivr }) : placeInGroup(path) ?? t(PLACES[path] ?? "Another field");
  const use = fromTemplate("use", { name: t(NAMES[kind], { name }), place });
  use.querySelector("a").href = `#${kind}s/${id}`;
  return use;
}
