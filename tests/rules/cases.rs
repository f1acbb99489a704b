//! Reads the cases of this folder, for the tests of several crates. Each includes this file with `#[path]`.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;
use serde_json::Value as Json;

/// A payload, and the issues of one rule about it. The rule's code is the name of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Why there is an issue or none, in one sentence.
    pub why: String,
    pub kind: Kind,
    pub payload: Json,
    /// The tenant; `None` if the rule has to do without.
    pub context: Option<Json>,
    pub expected: Vec<ExpectedIssue>,
}

/// Which function checks the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// `validateIvrScript`
    Script,
    /// `validateGroup`
    Group,
    /// `validateGroupMembers`
    Members,
    /// `validateTextToSpeech`
    TextToSpeech,
    /// `validateGreetingFile`; the payload describes the bytes, see README.md.
    GreetingFile,
    /// The `delete` of groups, IVR scripts and greetings; the payload has its `id` and the option `force`
    Delete,
    /// `lintIvr`
    Tenant,
    /// `validateSipAccount`
    SipAccount,
    /// The query of any list method
    ListQuery,
    /// What `groups.patch` and `ivrScripts.patch` check before they change a record
    Patch,
}

/// An issue without its code, which is that of the file, and its message, which follows from `params`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedIssue {
    pub severity: String,
    pub path: String,
    pub params: Json,
}

/// Returns the cases of each code.
pub fn all() -> BTreeMap<String, Vec<Case>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/rules");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| unreachable!("{}: {error}", folder.display()));
    let files = entries.flatten().map(|entry| entry.path());
    let json_files = files.filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    json_files.map(|file| (code_of(&file), read(&file))).collect()
}

fn code_of(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_else(|error| unreachable!("{}: {error}", file.display()))
}
