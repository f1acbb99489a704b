//! The JSON pointer of a script or of one of its keys.

use omicall_schema::compact::usize_to_string;

/// A script, or one of its keys. The pointer is built only for an issue: most keys have none.
#[derive(Debug, Clone, Copy)]
pub struct ScriptPath<'p> {
    /// The JSON pointer of the script in the argument; `""` if the script is the argument.
    pub prefix: &'p str,
    /// The index of the key; `None` for the script itself.
    pub key: Option<usize>,
}

impl ScriptPath<'_> {
    /// Returns the JSON pointer of a field, e.g. `"/scripts/0/action"` for `"/action"` of the first key; `field` may be `""`.
    pub fn pointer(&self, field: &str) -> String {
        match self.key {
            Some(key) => [self.prefix, "/scripts/", &usize_to_string(key), field].concat(),
            None => [self.prefix, field].concat(),
        }
    }
}
