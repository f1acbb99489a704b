"use client";
import { useEffect, useState } from "react";
import { useCallCenter } from "../use-call-center.js";

export default function Page() {
  const { callCenter, error } = useCallCenter();
  const [groups, setGroups] = useState();
  const [created, setCreated] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => {
    callCenter?.groups.iterate().toArray().then(setGroups, setProblem);
  }, [callCenter]);
  // The first change loads the checks, and nothing is sent that has an error.
  const create = () =>
    callCenter.groups.create({ group_name: "Night shift", strategy: "rollover", sip_members: ["147"], timeout: 20 }).then((group) => {
      setGroups((groups) => [...groups, group]);
      setCreated(group);
    }, setProblem);
  if (error ?? problem) return <p id="problem">{(error ?? problem).message}</p>;
  return (
    <>
      <ul id="groups">
        {groups?.map(({ _id, group_name }) => (
          <li key={_id}>{group_name}</li>
        ))}
      </ul>
      <button id="create" disabled={!groups} onClick={create} data-done={created && ""}>
        Create a group
      </button>
    </>
  );
}
