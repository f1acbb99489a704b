// The package needs no setting.
export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  devtools: { enabled: false },
  telemetry: false,
  // Passes /omicall on to OMICall, so that pages need no CORS.
  routeRules: { "/omicall/**": { proxy: `${process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com"}/**` } },
  hooks: { "build:manifest": leaveToTheirPages },
});

/** Nuxt lets a page fetch in advance what it might import later: also the checks and the softphone, which few pages use. */
function leaveToTheirPages(manifest) {
  for (const item of Object.values(manifest)) {
    if (/omicall-call-center|\.wasm$/.test(item.src ?? item.file)) item.prefetch = false;
  }
}
