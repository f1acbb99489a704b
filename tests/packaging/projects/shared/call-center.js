// The client that the pages share.
import { CallCenter, initAsync } from "omicall-call-center";

export async function openCallCenter() {
  await initAsync();
  return new CallCenter({
    // Your own server passes this path on to OMICall, and hands out tokens: see the recipes.
    baseUrl: "/omicall",
    auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() },
  });
}
