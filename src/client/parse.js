// The engine builds the objects: nothing crosses the boundary field by field, and nothing is dropped.
const decoder = new TextDecoder();
export const payloadOf = (bytes) => JSON.parse(decoder.decode(bytes)).payload;
