// The greetings: what callers hear. A robot reads them out, or somebody has uploaded a recording.
import { showList } from "./list.js";
import { fromTemplate } from "./templates.js";

const VOICES = { banmai: "Banmai (woman, north)", leminh: "Leminh (man, north)", lannhi: "Lannhi (woman, south)" };

export function showGreetings(callCenter, left) {
  showList({
    one: "greeting",
    many: "greetings",
    table: "greeting-table",
    // Greetings cannot be searched, and a query with a word too many is refused.
    load: ({ page, size }, options) => callCenter.greetings.list({ page, size }, options),
    rowOf,
    left,
  });
}

function rowOf(greeting) {
  const { voice, speed, content, recording_file } = greeting;
  // A recording has neither text nor voice, and its speed says nothing.
  const spoken = voice ? { voice: VOICES[voice] ?? voice, speed } : { voice: "", speed: "" };
  return fromTemplate("greeting-row", { ...greeting, ...spoken, heard: content || recording_file });
}
