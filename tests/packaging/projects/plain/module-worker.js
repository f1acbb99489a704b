import { CallCenter, initAsync } from "/cdn/omicall-call-center/index.js";

try {
  await initAsync();
  const callCenter = new CallCenter({
    baseUrl: "/omicall",
    auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() },
  });
  const all = await callCenter.phones.iterate().toArray();
  postMessage({ lines: all.map((phone) => `${phone.sip_user} ${phone.full_name}`) });
} catch ({ message }) {
  postMessage({ message });
}
