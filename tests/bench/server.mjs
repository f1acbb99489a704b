// A server in a process of its own, so that its work does not count as the client's. Prints its origin; `/wait-5` at the beginning of a path makes it
// wait 5 ms.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const body = readFileSync(process.argv[2]);
const headers = {
  "content-type": "application/json",
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization",
};
const server = createServer(async (request, response) => {
  const ms = Number(/^\/wait-(\d+)/.exec(request.url)?.[1] ?? 0);
  if (ms) await wait(ms);
  response.writeHead(200, headers).end(request.method === "OPTIONS" ? "" : body);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
