// The client that the pages share.
import { CallCenter, initAsync } from "omicall-call-center";

export async function openCallCenter() {
  await initAsync();
  return new CallCenter({
    // Your own server passes this path on to OMICall, and hands out tokens: see the recipes.
    baseUrl: "/omicall",
    auth: {
      getAccessToken: async () => {
        const response = await fetch("/my-backend/omicall-token");
        if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
        return response.text();
      },
    },
  });
}
