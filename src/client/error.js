// The one error class of the package. JavaScript, because a class that extends `Error` cannot be made from Rust.
export class OmiCallError extends Error {
  constructor(message, { cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }
  get name() {
    return "OmiCallError";
  }
}
