// A server component: the module comes with the JavaScript and starts by itself, and the API key never leaves the server.
import { CallCenter } from "omicall-call-center";
import { Phones } from "./phones.js";

export const dynamic = "force-dynamic";

export default async function Page() {
  const callCenter = new CallCenter({ baseUrl: process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com", auth: { apiKey: process.env.OMICALL_API_KEY } });
  const hotlines = await callCenter.hotlines.list();
  callCenter.free();
  return (
    <>
      <p id="hotlines">{hotlines.join(", ")}</p>
      <Phones />
    </>
  );
}
