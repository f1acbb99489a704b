// Hands out access tokens to the pages of this site. Ask your own session here whether this user may use the call centre.
const api = process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com";

export default defineEventHandler(async (event) => {
  const response = await fetch(`${api}/api/auth?apiKey=${encodeURIComponent(process.env.OMICALL_API_KEY)}`).catch(() => undefined);
  const token = (await response?.json().catch(() => undefined))?.payload?.access_token;
  if (!token) throw createError({ statusCode: 502 });
  setHeader(event, "cache-control", "no-store");
  return token;
});
