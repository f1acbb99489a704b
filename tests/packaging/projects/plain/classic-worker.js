importScripts("/cdn/omicall-call-center/classic.js");

const callCenter = new OmiCallCenter.CallCenter({
  baseUrl: "/omicall",
  auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() },
});
callCenter.phones
  .iterate()
  .toArray()
  .then(
    (all) => postMessage({ lines: all.map((phone) => `${phone.sip_user} ${phone.full_name}`) }),
    ({ message }) => postMessage({ message }),
  );
