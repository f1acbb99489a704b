import { useEffect, useState } from "react";
import { CallCenter, initAsync } from "omicall-call-center";

/** A client for this page: `callCenter` once it is there, `error` if the module could not be started. */
export function useCallCenter() {
  const [state, setState] = useState({});
  useEffect(() => {
    let callCenter;
    let gone = false;
    initAsync().then(
      () => {
        if (gone) return;
        callCenter = new CallCenter({
          baseUrl: "/omicall",
          auth: { getAccessToken: async () => (await fetch("/my-backend/omicall-token")).text() },
        });
        setState({ callCenter });
      },
      (error) => gone || setState({ error }),
    );
    return () => {
      gone = true;
      callCenter?.free();
    };
  }, []);
  return state;
}
