importScripts("/cdn/omicall-call-center/classic.js");

const callCenter = new OmiCallCenter.CallCenter({
  baseUrl: "/omicall",
  auth: {
    getAccessToken: async () => {
      const response = await fetch("/my-backend/omicall-token");
      if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
      return response.text();
    },
  },
});
callCenter.phones
  .iterate()
  .toArray()
  .then(
    (all) => postMessage({ lines: all.map((phone) => `${phone.sip_user} ${phone.full_name}`) }),
    ({ message }) => postMessage({ message }),
  );
