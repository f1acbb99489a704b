//! The members of a plan as pages call them.

use serde_json::Value;

/// The same problem of a plan, in the words of `sandbox.fail`, which writes `{ delayMs }` for `{ kind: "delay", ms }`. What JSON
/// cannot express, such as NaN, has become null, so a number that is missing was given, but is not one.
pub fn in_words_of_pages(plan: &Value, problem: &str) -> String {
    let text = |pointer: &str| plan.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let is_preflight = text("/match/method") == "OPTIONS";
    let (member, rest) = problem.split_once(' ').unwrap_or((problem, ""));
    let name = match (text("/fault/kind"), member.trim_end_matches(':')) {
        ("status", "code") => "status",
        ("html", "code") => "html",
        ("delay", "ms") if is_preflight => "connectMs",
        ("delay", "ms") => "delayMs",
        ("drip", "ms_per_byte") => "dripMs",
        ("huge", "bytes") => "huge",
        ("cut_body", "bytes") => "afterBytes",
        ("set", "pointer") => "set.pointer",
        ("set", "value") => "set.value",
        ("remove", "pointer") => "remove",
        ("raw", "body" | "body_base64") => "raw",
        (_, "content_type") => "contentType",
        (_, known @ ("call" | "times" | "headers" | "announced")) => known,
        _ => return problem.to_owned(),
    };
    let rest = match (rest, name) {
        ("is required", "set.pointer" | "remove") => "must be a string",
        ("is required", "set.value") => "is required; null is a value",
        ("is required", _) => "must be a whole number",
        _ => rest,
    };
    ["`", name, "` ", rest].concat()
}
