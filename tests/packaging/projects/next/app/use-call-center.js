import { useEffect, useState } from "react";
import { preload } from "react-dom";
import { CallCenter, initAsync } from "omicall-call-center";

const wasm = new URL("omicall-call-center/omicall.wasm", import.meta.url).href;

/** A client for this page: `callCenter` once it is there, `error` if the module could not be started. */
export function useCallCenter() {
  // The page fetches the module together with its script. In development it is inside the JavaScript.
  if (process.env.NODE_ENV === "production") preload(wasm, { as: "fetch", crossOrigin: "anonymous" });
  const [state, setState] = useState({});
  useEffect(() => {
    let callCenter;
    let gone = false;
    initAsync().then(
      () => {
        if (gone) return;
        callCenter = new CallCenter({
          baseUrl: "/omicall",
          auth: {
            getAccessToken: async () => {
              const response = await fetch("/my-backend/omicall-token");
              if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
              return response.text();
            },
          },
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
