// Snapshots, differences and plans are a part of the package of its own, with its own WebAssembly module: it is loaded when it is
// first needed.

/** Resolves to the functions of `omicall-call-center/plan`; calling it again costs nothing. */
export async function loadPlans() {
  const plans = await import("omicall-call-center/plan");
  await plans.initAsync();
  return plans;
}
