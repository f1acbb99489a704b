// Hands out access tokens to the pages of your own site, so that the API key stays on the server.
import { createServer } from "node:http";
import { CallCenter } from "omicall-call-center";

const callCenter = new CallCenter({ baseUrl: process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com", auth: { apiKey: process.env.OMICALL_API_KEY } });

async function handle(request, response) {
  // Here you ask your own session whether this user may use the call centre: whoever has the token may do all of it.
  try {
    const token = await callCenter.accessToken();
    response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" }).end(token);
  } catch (error) {
    // Its message has neither the key nor a token.
    console.error(error.message);
    response.writeHead(502).end();
  }
}

const isTokenRequest = ({ url }) => url === "/my-backend/omicall-token";
createServer((request, response) => (isTokenRequest(request) ? handle(request, response) : response.writeHead(404).end())).listen(Number(process.env.PORT ?? 3001), "127.0.0.1");
