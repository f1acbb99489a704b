"use client";
import { useEffect, useState } from "react";
import { initAsync, jsSipConfig } from "omicall-call-center/softphone";

// Your backend gets the account of whoever is signed in, with `callCenter.extensions.detail`.
const account = { sip_user: "147", password: "for-the-tests", domain: "acme.example", outbound_proxy: "wss://sip.example" };

export default function Page() {
  const [uri, setUri] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => {
    initAsync().then(() => setUri(jsSipConfig(account).uri)).catch(setProblem);
  }, []);
  if (problem) return <p id="problem">{problem.message}</p>;
  return <p id="uri" data-done={uri && ""}>{uri}</p>;
}
