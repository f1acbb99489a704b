import { usageError } from "../shared.js";

/** Starts several modules, each from its member of `inputs`. */
export async function startAll(starts, inputs = {}) {
  if (Object.prototype.toString.call(inputs) !== "[object Object]") {
    throw usageError("`initAsync` of `omicall-call-center/all` takes an object with a URL for each module that is elsewhere, `{ client, checks, softphone }`, or nothing.");
  }
  await Promise.all(Object.keys(starts).map((module) => starts[module](inputs[module])));
}
