import { CallCenter, initAsync } from "/cdn/omicall-call-center/index.js";

try {
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
  const all = await callCenter.phones.iterate().toArray();
  postMessage({ lines: all.map((phone) => `${phone.sip_user} ${phone.full_name}`) });
} catch ({ message }) {
  postMessage({ message });
}
