const { CallCenter } = require("omicall-call-center");

async function list() {
  const callCenter = new CallCenter({ baseUrl: process.env.OMICALL_URL, auth: { apiKey: process.env.OMICALL_API_KEY } });
  for await (const phone of callCenter.phones.iterate()) console.log(phone.sip_user, phone.full_name);
}
list();
