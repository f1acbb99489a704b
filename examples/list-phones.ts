// Lists phones, with a search. npm install omicall-call-center
import { OmiCallError } from "omicall-call-center";
import { callCenter } from "./call-center";

document.body.innerHTML = `
  <label>Search <input type="search"></label>
  <output></output>
  <ul></ul>`;
const search = document.querySelector("input")!;
const output = document.querySelector("output")!;
const list = document.querySelector("ul")!;

let current = new AbortController();

async function show() {
  // Whoever types on wants only the last search: the one before is aborted.
  current.abort();
  const { signal } = (current = new AbortController());
  try {
    const { items, total_items } = await callCenter.phones.list({ keyword: search.value, size: 50 }, { signal });
    output.textContent = `${items.length} of ${total_items}`;
    list.replaceChildren(...items.map((phone) => Object.assign(document.createElement("li"), { textContent: `${phone.sip_user} ${phone.full_name}` })));
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    if (error.kind !== "aborted") output.textContent = error.serverMessage ?? error.message;
  }
}

let pause: ReturnType<typeof setTimeout>;
search.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(show, 200);
});
await show();
