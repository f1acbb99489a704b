// Hands out access tokens to the pages of this site. Ask your own session here whether this user may use the call centre.
const api = process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com";

export async function GET() {
  const response = await fetch(`${api}/api/auth?apiKey=${encodeURIComponent(process.env.OMICALL_API_KEY)}`).catch(() => undefined);
  const token = (await response?.json().catch(() => undefined))?.payload?.access_token;
  return token ? new Response(token, { headers: { "cache-control": "no-store" } }) : new Response(null, { status: 502 });
}
