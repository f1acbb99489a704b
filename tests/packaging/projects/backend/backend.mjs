// Hands out access tokens to the pages of your own site, so that the API key stays on the server.
//
//   OMICALL_API_KEY=… PORT=3001 node backend.mjs
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const api = process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com";
let token, goodUntil = 0;

async function accessToken() {
  if (Date.now() < goodUntil) return token;
  const response = await fetch(`${api}/api/auth?apiKey=${encodeURIComponent(process.env.OMICALL_API_KEY)}`);
  const { payload } = await response.json();
  if (!payload?.access_token) throw new Error(`OMICall gave no token (status ${response.status}): is the API key right?`);
  token = payload.access_token;
  // A JWT says when it ends; pages get none that ends within five minutes.
  goodUntil = JSON.parse(Buffer.from(token.split(".")[1], "base64url")).exp * 1000 - 300_000;
  return token;
}

export async function handle(request, response) {
  // Here you ask your own session whether this user may use the call centre: whoever has the token may do all of it.
  try {
    const text = await accessToken();
    response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" }).end(text);
  } catch (error) {
    // What fetch says may hold the address, and that the key: not to be shown to anybody.
    console.error(error.message.startsWith("OMICall") ? error.message : "OMICall could not be asked for a token");
    response.writeHead(502).end();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const route = (request, response) => (request.url === "/my-backend/omicall-token" ? handle(request, response) : response.writeHead(404).end());
  createServer(route).listen(Number(process.env.PORT ?? 3001), "127.0.0.1");
}
