// Files and forms, which only JavaScript can hold.
const kind = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** A Blob, of this page or another frame, as it is; bytes as a Blob of what they are now; otherwise `undefined`. */
export function blobOf(file) {
  try {
    if (["Blob", "File"].includes(kind(file)) && typeof file.slice === "function") return file;
    if (ArrayBuffer.isView(file) || kind(file) === "ArrayBuffer") return new Blob([file], { type: "audio/mpeg" });
  } catch {}
  return undefined;
}

export const bytesOf = async (blob, start, length) => new Uint8Array(await blob.slice(start, start + length).arrayBuffer());

export function formOf(blob) {
  const form = new FormData();
  form.append("file", blob, blob.name ?? "greeting.mp3");
  return form;
}
