//! Who made or changed a record.

omicall_schema::record! {
    /// Somebody who made or changed something.
    pub struct UserReference {
        /// The id of the user.
        id: String,
        /// The name to show, e.g. `"OMI Hotline"`.
        name: String,
    }
}
