//! All records, among which `unlisted` finds the one that an object is.

use omicall_schema::{Field, HasSchema, ObjectSchema, Schema};

use crate::{
    extensions::{ExtensionDetail, PbxAccount},
    greetings::{Greeting, GreetingFile},
    groups::{GroupMember, InternalGroup},
    ivr_scripts::{IvrKey, IvrScript},
    list_page::Page,
    phones::InternalPhone,
    user_reference::UserReference,
};

macro_rules! all_records {
    ($($name:literal: $record:ty,)*) => {
        /// The schemas of all records, each as a field with the record's name.
        pub static RECORDS: Schema = Schema::Object(&ObjectSchema {
            name: "AnyRecord",
            fields: &[$( Field { name: $name, schema: <$record>::SCHEMA, required: true }, )*],
            rejects_unknown: false,
        });
    };
}

all_records! {
    "InternalPhone": InternalPhone,
    "ExtensionDetail": ExtensionDetail,
    "PbxAccount": PbxAccount,
    "InternalGroup": InternalGroup,
    "GroupMember": GroupMember,
    "IvrScript": IvrScript,
    "IvrKey": IvrKey,
    "Greeting": Greeting,
    "GreetingFile": GreetingFile,
    "UserReference": UserReference,
    "Page": Page<InternalPhone>,
}

#[cfg(feature = "typescript")]
mod typescript {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(typescript_custom_section)]
    const ANY_RECORD: &str = r#"
/** Anything that the server sends as an object: a record, a part of one, or a list page. */
export type AnyRecord =
    | InternalPhone
    | ExtensionDetail
    | PbxAccount
    | InternalGroup
    | GroupMember
    | IvrScript
    | IvrKey
    | Greeting
    | GreetingFile
    | UserReference
    | Page<unknown>;
"#;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn every_declared_record_is_listed() {
        let mut declared = Vec::new();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            for record in text.split("omicall_schema::record! {\n").skip(1) {
                let name = record.split("pub struct ").nth(1).unwrap();
                declared.push(name.chars().take_while(|char| char.is_alphanumeric()).collect::<String>());
            }
        }
        declared.sort();
        let Schema::Object(table) = &RECORDS else { panic!("{RECORDS:?}") };
        let mut listed: Vec<_> = table.fields.iter().map(|field| field.name.to_owned()).collect();
        listed.sort();
        assert_eq!(listed, declared);
        for field in table.fields {
            assert!(
                matches!(field.schema, Schema::Object(table) if table.name == field.name),
                "{}",
                field.name
            );
        }
    }
}
