import { CallCenter, OmiCallError } from "omicall-call-center";

export default {
  async fetch(request, env) {
    const callCenter = new CallCenter({ baseUrl: env.OMICALL_URL, auth: { apiKey: env.OMICALL_API_KEY, dangerouslyAllowBrowser: true } });
    if (request.method === "POST") return create(callCenter, await request.json());
    const all = await callCenter.phones.iterate().toArray();
    return Response.json(all.map((phone) => `${phone.sip_user} ${phone.full_name}`));
  },
};

/** The client checks the group before it sends it. */
async function create(callCenter, group) {
  try {
    return Response.json(await callCenter.groups.create(group));
  } catch (error) {
    if (error instanceof OmiCallError && error.kind === "validation") return Response.json(error.issues, { status: 422 });
    throw error;
  }
}
