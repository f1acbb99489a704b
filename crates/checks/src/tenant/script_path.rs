//! Where an issue of a script points.

use omicall_schema::compact::usize_to_string;

/// A script, or one of its keys. Its path is only written where there is something wrong: most keys are right.
#[derive(Debug, Clone, Copy)]
pub struct ScriptPath<'p> {
    /// The path of the script in what was passed.
    pub prefix: &'p str,
    /// The index of the key; nothing for the script itself.
    pub key: Option<usize>,
}

impl ScriptPath<'_> {
    /// The path of a member of it, e.g. `"/action"`; `""` for all of it.
    pub fn path(&self, member: &str) -> String {
        match self.key {
            Some(key) => [self.prefix, "/scripts/", &usize_to_string(key), member].concat(),
            None => [self.prefix, member].concat(),
        }
    }
}
