// Changes how long the members of a ring group ring, and keeps the rest of the group. npm install omicall-call-center
import { OmiCallError, groupRequest } from "omicall-call-center";
import { callCenter } from "./call-center";

document.body.innerHTML = `
  <form>
    <label>Group <select></select></label>
    <label>Seconds <input type="number" required></label>
    <button>Save</button>
    <output></output>
  </form>`;
const [form, select, seconds, output] = [document.querySelector("form")!, document.querySelector("select")!, document.querySelector("input")!, document.querySelector("output")!];

// The phones too: a group lists its members by agent, and a request lists them by extension.
const [groups, phones] = await Promise.all([callCenter.groups.iterate().toArray(), callCenter.phones.iterate({ size: 500 }).toArray()]);
select.replaceChildren(...groups.map((group) => new Option(group.group_name)));

const selected = () => groupRequest(groups[select.selectedIndex]!, phones);
const showSeconds = () => (seconds.value = String(selected().request.timeout));
select.addEventListener("change", showSeconds);
if (groups.length > 0) showSeconds();
else form.textContent = "There are no groups.";

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  // The server replaces the whole group: say what would be lost before it is.
  const { lost } = selected();
  if (lost.length > 0 && !confirm(`This resets ${lost.join(", ")}. Save?`)) return;
  const index = select.selectedIndex;
  try {
    // Nothing is sent if somebody has changed the group since it was read, or if members would leave it.
    const group = groups[index]!;
    groups[index] = (await callCenter.groups.patch(group._id, { timeout: seconds.valueAsNumber }, { unchangedSince: group, phones })).record;
    output.textContent = "Saved.";
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    output.textContent = error.issues[0]?.message ?? error.serverMessage ?? error.message;
  }
});
