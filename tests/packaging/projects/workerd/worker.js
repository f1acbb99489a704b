import { CallCenter } from "omicall-call-center";

export default {
  async fetch(request, env) {
    const callCenter = new CallCenter({ baseUrl: env.OMICALL_URL, auth: { apiKey: env.OMICALL_API_KEY, dangerouslyAllowBrowser: true } });
    const all = await callCenter.phones.iterate().toArray();
    return Response.json(all.map((phone) => `${phone.sip_user} ${phone.full_name}`));
  },
};
