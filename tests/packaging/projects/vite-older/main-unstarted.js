// A mistake: nothing starts the module.
import { CallCenter } from "omicall-call-center";

export let message;
try {
  new CallCenter({ baseUrl: "/omicall", auth: { accessToken: "x" } });
} catch (error) {
  ({ message } = error);
}
