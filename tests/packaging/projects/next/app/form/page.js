"use client";
import { useEffect, useState } from "react";
import { preload } from "react-dom";
import { OmiCallError, initAsync, validateGroup } from "omicall-call-center/checks";
import { useCallCenter } from "../use-call-center.js";

const wasm = new URL("omicall-call-center/checks/checks.wasm", import.meta.url).href;
const messages = (issues) => issues.map(({ message }) => message).join(" ");

export default function Page() {
  if (process.env.NODE_ENV === "production") preload(wasm, { as: "fetch", crossOrigin: "anonymous" });
  const { callCenter, error } = useCallCenter();
  const [started, setStarted] = useState(false);
  const [name, setName] = useState("");
  const [result, setResult] = useState("");
  const [problem, setProblem] = useState();
  useEffect(() => {
    initAsync().then(() => setStarted(true), setProblem);
  }, []);
  if (error ?? problem) return <p id="problem">{(error ?? problem).message}</p>;

  const group = { group_name: name, strategy: "rollover", sip_members: ["147"], timeout: 20 };
  const create = async (event) => {
    event.preventDefault();
    try {
      setResult(`Created ${(await callCenter.groups.create(group)).group_name}`);
    } catch (error) {
      // The client's error: all entries have the same class.
      if (!(error instanceof OmiCallError)) throw error;
      setResult(messages(error.issues) || error.message);
    }
  };
  return (
    <form onSubmit={create}>
      <input name="group_name" aria-label="Name" value={name} onChange={(event) => setName(event.target.value)} />
      <output name="issues">{started && messages(validateGroup(group).issues)}</output>
      <button disabled={!started || !callCenter}>Create</button>
      <output name="result">{result}</output>
    </form>
  );
}
