// The page, with a switch that unmounts the lists. The test reads the cache from `window`.
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider, dehydrate } from "@tanstack/react-query";
import type { CallCenter } from "omicall-call-center";
import { openCallCenter } from "./call-center.js";
import { Groups } from "./Groups.js";
import { Phones } from "./Phones.js";

const queryClient = new QueryClient();
Object.assign(window, { queryClient, dehydrate });

function App({ callCenter }: { callCenter: CallCenter }) {
  const [isShown, setShown] = useState(true);
  return (
    <QueryClientProvider client={queryClient}>
      <label><input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} /> Show</label>
      {isShown && <><Phones callCenter={callCenter} /><Groups callCenter={callCenter} /></>}
    </QueryClientProvider>
  );
}

const callCenter = await openCallCenter();
createRoot(document.getElementById("root")!).render(<App callCenter={callCenter} />);
