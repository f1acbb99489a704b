// The script of the page, which Astro bundles.
import { CallCenter, initAsync } from "omicall-call-center";

const button = document.querySelector("#create");
const show = ({ message }) => (document.querySelector("#problem").textContent = message);

function add(list, text) {
  const item = document.createElement("li");
  item.textContent = text;
  document.querySelector(list).append(item);
}

async function start() {
  await initAsync();
  const callCenter = new CallCenter({
    baseUrl: "/omicall",
    auth: {
      getAccessToken: async () => {
        const response = await fetch("/my-backend/omicall-token");
        if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
        return response.text();
      },
    },
  });
  for await (const phone of callCenter.phones.iterate()) add("#phones", `${phone.sip_user} ${phone.full_name}`);
  // The first change loads the checks, and nothing is sent that has an error.
  const group = { group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 };
  button.onclick = () => callCenter.groups.create(group).then(({ group_name }) => add("#groups", group_name)).catch(show);
  button.disabled = false;
  document.body.dataset.done = "";
}

start().catch(show);
