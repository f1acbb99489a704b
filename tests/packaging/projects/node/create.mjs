import { CallCenter, OmiCallError } from "omicall-call-center";

const callCenter = new CallCenter({ baseUrl: process.env.OMICALL_URL, auth: { apiKey: process.env.OMICALL_API_KEY } });
for (const group_name of ["Night shift", ""]) {
  try {
    // The first change loads the checks, from the package's files or from the same bundle.
    console.log((await callCenter.groups.create({ group_name, strategy: "rollover", sip_members: ["147"], timeout: 20 })).group_name);
  } catch (error) {
    if (!(error instanceof OmiCallError)) throw error;
    console.log(error.issues.map(({ code }) => code).join());
  }
}
