// A page that changes something: the first such call loads the checks, and sends nothing that has an error.
import { openCallCenter } from "./call-center.js";

const button = document.querySelector("#create");

function show({ group_name }) {
  const item = document.createElement("li");
  item.textContent = group_name;
  document.querySelector("#groups").append(item);
}

async function start() {
  const callCenter = await openCallCenter();
  for await (const group of callCenter.groups.iterate()) show(group);
  button.onclick = async () => {
    show(await callCenter.groups.create({ group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 }));
    document.body.dataset.done = "";
  };
  button.disabled = false;
}

start().catch(({ message }) => (document.querySelector("#problem").textContent = message));
