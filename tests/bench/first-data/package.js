import { CallCenter, initAsync } from "omicall-call-center";
import { showPhones } from "./show-phones.js";

await initAsync();
const callCenter = new CallCenter({ baseUrl: location.origin, auth: { accessToken: "token" } });
const page = await callCenter.phones.list({ size: 10 });
showPhones(page.items);
