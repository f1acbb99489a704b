// The one error class of the package. JavaScript, because a class that extends `Error` cannot be made from Rust.
export class OmiCallError extends Error {
  constructor(message, { cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }
  // Minifiers rename classes; whoever logs `error.constructor.name` should still read this.
  static name = "OmiCallError";
  static {
    this.prototype.name = "OmiCallError";
  }
}

/** What a page did wrong before there was a call. */
export const usageError = (message, more) => new OmiCallError(message, { kind: "usage", attempts: 0, issues: [], retryable: false, ...more });

/** What `method` fails with once its handle is freed. */
export const afterFree = (method) => usageError(`\`${method}\` was called after \`free()\`: make a new CallCenter.`);
