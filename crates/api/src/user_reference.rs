//! Who created or changed a record.

omicall_schema::record! {
    /// A user who created or changed a record.
    pub struct UserReference {
        /// The id of the user.
        id: String,
        /// The display name, e.g. `"OMI Hotline"`.
        name: String,
    }
}
