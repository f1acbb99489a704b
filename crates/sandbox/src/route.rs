//! One endpoint: its method and path, and the function that responds.

use serde_json::Value;

use crate::{call::Call, data::Data, envelope::Failure};

/// One endpoint of the API.
#[derive(Debug)]
pub(crate) struct Route {
    /// The method of the package that calls it: `groups.update`.
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// `:id` at its end matches anything without a slash.
    pub(crate) path: &'static str,
    /// A recorded response, for its envelope.
    pub(crate) sample: &'static str,
    /// Makes the payload.
    pub(crate) respond: fn(&mut Data, &Call) -> Result<Value, Failure>,
}

impl Route {
    /// The value of `:id` in a path of this route.
    pub(crate) fn id_in<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.path.strip_suffix(":id") {
            Some(start) => path.strip_prefix(start).filter(|id| !id.is_empty() && !id.contains('/')),
            None => (path == self.path).then_some(""),
        }
    }
}
