// On the server the module is inside the JavaScript and starts by itself, and the API key never leaves it.
import { CallCenter } from "omicall-call-center";

export async function load() {
  const callCenter = new CallCenter({ baseUrl: process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com", auth: { apiKey: process.env.OMICALL_API_KEY } });
  const hotlines = await callCenter.hotlines.list();
  callCenter.free();
  return { hotlines };
}
