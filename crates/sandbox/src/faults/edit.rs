//! Changes one place in a JSON text.

use serde_json::Value;

/// JSON with the value at a pointer replaced, or added if only its parent object exists.
pub(super) fn set(json: &[u8], pointer: &str, value: Value) -> Option<Vec<u8>> {
    let mut json: Value = serde_json::from_slice(json).ok()?;
    match json.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/')?;
            let fields = json.pointer_mut(parent)?.as_object_mut()?;
            fields.insert(unescape(name), value);
        }
    }
    Some(json.to_string().into_bytes())
}

/// JSON without the field at a pointer.
pub(super) fn remove(json: &[u8], pointer: &str) -> Option<Vec<u8>> {
    let mut json: Value = serde_json::from_slice(json).ok()?;
    let (parent, name) = pointer.rsplit_once('/')?;
    json.pointer_mut(parent)?.as_object_mut()?.shift_remove(&unescape(name))?;
    Some(json.to_string().into_bytes())
}

/// Unescapes a name of a JSON pointer.
fn unescape(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}
