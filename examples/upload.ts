// Uploads a greeting, with its progress and a button that stops it. npm install omicall-call-center
import { OmiCallError } from "omicall-call-center";
import { callCenter } from "./call-center";

document.body.innerHTML = `
  <form>
    <label>Name <input name="greeting_name" required></label>
    <label>MP3 file <input name="file" type="file" accept=".mp3" required></label>
    <button>Upload</button>
    <button type="button">Stop</button>
    <progress value="0"></progress>
    <output></output>
  </form>`;
const form = document.querySelector("form")!;
const progress = document.querySelector("progress")!;
const output = document.querySelector("output")!;

let current = new AbortController();
document.querySelector("[type=button]")!.addEventListener("click", () => current.abort());

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  current = new AbortController();
  try {
    await callCenter.greetings.upload({ file: fields.get("file") as File, greeting_name: String(fields.get("greeting_name")) }, {
      onProgress: ({ loaded, total }) => (progress.value = loaded / total),
      signal: current.signal,
      timeoutMs: 300_000, // for the whole upload: allow for slow connections
    });
    output.textContent = "Uploaded.";
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    // A file that is not MP3 is noticed before it is sent, and in the client's `language`.
    output.textContent = error.issues[0]?.message ?? error.serverMessage ?? error.message;
  }
});
