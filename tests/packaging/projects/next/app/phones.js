"use client";
import { useEffect, useState } from "react";
import { useCallCenter } from "./use-call-center.js";

export function Phones() {
  const { callCenter, error } = useCallCenter();
  const [phones, setPhones] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => {
    if (!callCenter) return;
    const leaving = new AbortController();
    callCenter.phones
      .iterate({}, { signal: leaving.signal })
      .toArray()
      .then(setPhones, (error) => error.kind === "aborted" || setProblem(error));
    return () => leaving.abort();
  }, [callCenter]);
  if (error ?? problem) return <p id="problem">{(error ?? problem).message}</p>;
  return (
    <ul id="phones" data-done={phones ? "" : undefined}>
      {phones?.map((phone) => (
        <li key={phone.sip_user}>{`${phone.sip_user} ${phone.full_name}`}</li>
      ))}
    </ul>
  );
}
