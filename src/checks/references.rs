//! `whoUses`, `references` and `orphans`, as web pages call them.

use omicall_api::error::Error;
use omicall_checks::{
    references,
    tenant::{Tenant, index::TenantIndex},
};
use omicall_schema::draft::parse;
use wasm_bindgen::prelude::*;

use crate::convert::{argument::kind_of, error::ThrownError, read_draft::encode_tenant, to_js::list_to_js};

/// Finds every place in the scripts and groups of a tenant that names a greeting, a group, a script or an extension.
///
/// These are keys, fallbacks, greetings and other sounds of scripts, and overflows, members and other fields of groups. A group
/// lists its members by agent: whoever has no phone in `phones`, or several, is in no place. What only leads back to its own
/// menu or group is not a use.
///
/// **Not everything that uses a record is in the lists**: a hotline leads to a script or a group, and an extension is dialled.
///
/// @example
/// ```ts
/// const tenant = { scripts, groups, phones }; // of `await callCenter.ivrScripts.iterate().toArray()` and so on
/// for (const { kind, name, path } of whoUses(tenant, greeting._id)) console.log(`${kind} ${name} at ${path}`); // "script Main menu at /greeting_id"
/// const groupsOf147 = whoUses(tenant, "147").map(({ name }) => name);
/// ```
///
/// @param tenant what the lists returned: `scripts` and `groups` are searched, `phones` are needed for the members of groups
/// @param id the `_id` of a greeting, a group or a script, in upper or lower case; or an extension, such as `"147"`
/// @returns the places in the scripts, then in the groups, in their order; empty if there are none
/// @throws {OmiCallError} `usage` if `id` is not a string, or a list is not a list
#[wasm_bindgen(js_name = whoUses, unchecked_return_type = "Reference[]")]
pub fn who_uses(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] id: &JsValue,
) -> Result<JsValue, ThrownError> {
    let Some(id_text) = id.as_string() else {
        return Err(Error::invalid_argument(
            "id",
            String::new(),
            &["must be a string, not ", &kind_of(id), "."],
        )
        .into());
    };
    with_index(tenant, &|index| Ok(list_to_js(&references::who_uses(index, &id_text))))
}

/// Lists every place in the scripts and groups of a tenant that names a greeting, a group, a script or an extension: what
/// `whoUses` finds, for all records at once, and the places in which a menu or a group leads back to itself.
///
/// @example
/// ```ts
/// const missing = references({ scripts, groups, greetings }).filter((place) => place.missing);
/// for (const { name, path, targetId } of missing) console.log(`${name} ${path}: there is no ${targetId}`);
/// ```
///
/// @param tenant what the lists returned; whether something is `missing` is only known of lists that are given and complete
/// @returns the places in the scripts, then in the groups, in their order
/// @throws {OmiCallError} `usage` if a list is not a list
#[wasm_bindgen(js_name = references, unchecked_return_type = "Reference[]")]
pub fn all_references(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
) -> Result<JsValue, ThrownError> {
    with_index(tenant, &|index| Ok(list_to_js(&references::references(index))))
}

/// Lists the greetings, groups and scripts that no script and no group names, apart from themselves.
///
/// **They may be in use all the same**: hotlines lead to scripts and groups, which the lists do not show. Name the scripts that
/// hotlines lead to as `startScripts`; they are not listed. Extensions are not listed either, because most are only dialled.
/// Scripts that only lead to one another are no orphans: `lintIvr` finds them with `startScripts` (`ivr-unreachable`).
///
/// @example
/// ```ts
/// const unused = orphans({ scripts, groups, greetings, startScripts: [mainMenu._id] });
/// for (const { kind, name } of unused) console.log(`nothing plays or leads to the ${kind} ${name}`);
/// ```
///
/// @param tenant what the lists returned; `scripts` and `groups` are required. If they are not complete, nothing is known to be unused
/// @returns the greetings, then the groups, then the scripts; empty if `scripts` or `groups` are not complete
/// @throws {OmiCallError} `usage` if `scripts` or `groups` are missing, or a list is not a list
#[wasm_bindgen(js_name = orphans, unchecked_return_type = "Orphan[]")]
pub fn orphans(
    #[wasm_bindgen(unchecked_param_type = "Tenant")] tenant: &JsValue,
) -> Result<JsValue, ThrownError> {
    with_index(tenant, &|index| Ok(list_to_js(&references::orphans(index)?)))
}

/// Reads and indexes a tenant.
fn with_index(
    tenant: &JsValue,
    read: &dyn Fn(&TenantIndex<'_>) -> Result<JsValue, ThrownError>,
) -> Result<JsValue, ThrownError> {
    let encoded = encode_tenant("tenant", tenant)?;
    let tenant: Tenant<'_> = parse(&encoded);
    tenant.validate("tenant")?;
    read(&TenantIndex::new(&tenant))
}
