// A form with the checks under its field. Before the client sends, it uses the same module, which is loaded once.
import { OmiCallError, initAsync, validateGroup } from "omicall-call-center/checks";
import { openCallCenter } from "./call-center.js";

const form = document.querySelector("form");
const { group_name, issues, result } = form.elements;
const group = () => ({ group_name: group_name.value, strategy: "rollover", sip_members: ["147"], timeout: 20 });
const messages = (issues) => issues.map(({ message }) => message).join(" ");

async function start() {
  const [callCenter] = await Promise.all([openCallCenter(), initAsync()]);
  const check = () => (issues.value = messages(validateGroup(group()).issues));
  form.oninput = check;
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      result.value = `Created ${(await callCenter.groups.create(group())).group_name}`;
    } catch (error) {
      // The client's error: all entries have the same class.
      if (!(error instanceof OmiCallError)) throw error;
      result.value = messages(error.issues) || error.message;
    }
  };
  check();
  form.querySelector("button").disabled = false;
}

start().catch(({ message }) => (document.querySelector("#problem").textContent = message));
