// The client that both pages use. Wait for it before the first component that queries.
import { CallCenter, initAsync } from "omicall-call-center";
import { nameTenant } from "omicall-call-center/tanstack";

export async function openCallCenter(): Promise<CallCenter> {
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
  return nameTenant(callCenter, "acme");
}
