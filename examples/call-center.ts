// The client that the pages here share. npm install omicall-call-center
import { CallCenter, initAsync } from "omicall-call-center";

await initAsync();

export const callCenter = new CallCenter({
  // Your server passes /omicall on to https://public-v1-stg.omicall.com, and hands out tokens (server-tokens.ts).
  baseUrl: "/omicall",
  auth: {
    getAccessToken: async () => {
      const response = await fetch("/my-backend/omicall-token");
      if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
      return response.text();
    },
  },
});
