"use client";
import { useEffect, useState } from "react";
import { preload } from "react-dom";
import { initAsync, jsSipConfig } from "omicall-call-center/softphone";

const wasm = new URL("omicall-call-center/softphone/softphone.wasm", import.meta.url).href;
// Your backend gets the account of whoever is signed in, with `callCenter.extensions.detail`.
const account = { sip_user: "147", password: "for-the-tests", domain: "acme.example", outbound_proxy: "wss://sip.example" };

export default function Page() {
  if (process.env.NODE_ENV === "production") preload(wasm, { as: "fetch", crossOrigin: "anonymous" });
  const [uri, setUri] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => {
    initAsync().then(() => setUri(jsSipConfig(account).uri)).catch(setProblem);
  }, []);
  if (problem) return <p id="problem">{problem.message}</p>;
  return <p id="uri" data-done={uri && ""}>{uri}</p>;
}
