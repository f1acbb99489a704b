// A backend that hands out tokens, so that no page needs the API key. npm install omicall-call-center; OMICALL_API_KEY=… SESSION=… npx tsx server-tokens.ts
import { createServer, type IncomingMessage } from "node:http";
import { CallCenter, OmiCallError } from "omicall-call-center";

const { OMICALL_API_KEY, SESSION, PORT = "3001", OMICALL_URL = "https://public-v1-stg.omicall.com" } = process.env;
if (!OMICALL_API_KEY || !SESSION) throw new Error("Set OMICALL_API_KEY, and SESSION to a secret of your own.");

// It signs in at the first request, and again shortly before the token expires.
const callCenter = new CallCenter({ baseUrl: OMICALL_URL, auth: { apiKey: OMICALL_API_KEY } });

/** Put the check of your own sessions here: everybody who has a token can do everything that the API allows. */
function isSignedIn({ headers }: IncomingMessage): boolean {
  return headers.cookie?.split("; ").includes(`session=${SESSION}`) ?? false;
}

const server = createServer(async (request, response) => {
  if (request.url !== "/my-backend/omicall-token") return response.writeHead(404).end();
  if (!isSignedIn(request)) return response.writeHead(401).end();
  try {
    const token = await callCenter.accessToken();
    response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" }).end(token);
  } catch (error) {
    // For your log; the page learns only that there is no token.
    console.error(error instanceof OmiCallError ? error.toJSON() : error);
    response.writeHead(502).end();
  }
});
server.listen(Number(PORT));
