//! The JSON Schemas of the package (`pkg-template/bundled/json-schemas.js`) are made here, from the declarations of the requests: their
//! tables of fields, and from their TypeScript the descriptions and words.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::{collections::BTreeMap, fs, path::Path};

use omicall_api::{
    extensions::{ExtensionDetail, PbxAccount},
    greetings::TextToSpeechRequest,
    groups::{GroupMembersChange, GroupRequest, GroupUpdateRequest},
    ivr_scripts::{IvrKeyRequest, IvrScriptRequest},
};
use omicall_schema::{
    Field, HasSchema, ObjectSchema, Schema,
    vocabulary::{GreetingVoice, IvrActionType, IvrKeyActionType, RingStrategy, TrueOrFalse},
};
use serde_json::{Value as Json, json};
use tsify::Tsify;

const FILE: &str = "pkg-template/bundled/json-schemas.js";

const HEAD: &str = "\
// The form of what is checked, as JSON Schema. Made by `cargo xtask test --bless native` from the requests in `crates/api`: do not edit.
// They are functions, so that each caller gets an object of its own.
";

#[test]
fn published_json_schemas_match_the_requests() {
    let text = HEAD.to_owned() + &documents().map(|(name, json)| document(name, &json)).concat();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &text).expect(FILE);
    }
    let published = fs::read_to_string(&file).unwrap_or_default();
    assert!(published == text, "a request changed: update {FILE} with `cargo xtask test --bless native`");
}

/// The documents and their names in the JavaScript.
fn documents() -> [(&'static str, Json); 6] {
    [
        ("ivrScript", json_schema::<IvrScriptRequest>()),
        ("group", json_schema::<GroupRequest>()),
        ("groupUpdate", json_schema::<GroupUpdateRequest>()),
        ("groupMembers", json_schema::<GroupMembersChange>()),
        ("textToSpeech", json_schema::<TextToSpeechRequest>()),
        ("sipAccount", json_schema::<ExtensionDetail>()),
    ]
}

fn document(name: &str, json: &Json) -> String {
    format!("\nexport const {name} = () => ({json:#});\n")
}

fn json_schema<T: HasSchema>() -> Json {
    let declarations = Declarations::new();
    let Schema::Object(object) = T::SCHEMA else { unreachable!("requests are objects") };
    let mut document = json!({ "title": object.name });
    merge(&mut document, declarations.object(object));
    document
}

/// What the rules demand of a field beyond its type. `tests/page/schemas.test.mjs` shows that they never demand less.
fn limits(object: &str, field: &str) -> Json {
    const VISIBLE: &str = "\\S";
    const EXTENSION: &str = "^[0-9]+$";
    match (object, field) {
        ("IvrScriptRequest", "script_name" | "greeting_id")
        | ("GroupRequest" | "GroupUpdateRequest", "group_name")
        | ("TextToSpeechRequest", "greeting_name" | "text") => json!({ "pattern": VISIBLE }),
        ("IvrScriptRequest", "max_failure" | "time_out")
        | ("GroupRequest" | "GroupUpdateRequest", "timeout") => json!({ "type": "integer", "minimum": 1 }),
        ("IvrScriptRequest", "ivr_direct_menu_dial") => json!({ "enum": ["true", "false", "", null] }),
        ("IvrKeyRequest", "ivr") => json!({ "pattern": "^[0-9*#]+$" }),
        ("GroupRequest" | "GroupUpdateRequest", "strategy") => {
            json!({ "enum": words(&RingStrategy::SCHEMA) })
        }
        ("GroupRequest" | "GroupUpdateRequest", "sip_members") | ("GroupMembersChange", "sip_users") => {
            json!({ "items": { "type": "string", "pattern": EXTENSION } })
        }
        ("GroupMembersChange", "group_id") => json!({ "pattern": "^[0-9a-fA-F]{24}$" }),
        ("TextToSpeechRequest", "speed") => {
            let numbers = (-3..=3).map(|speed: i32| json!(speed));
            json!({ "enum": numbers.clone().map(|speed| json!(speed.to_string())).chain(numbers).collect::<Vec<_>>() })
        }
        ("PbxAccount", "sip_web_socket_server" | "sip_realm" | "sip_user" | "sip_password") => {
            json!({ "minLength": 1 })
        }
        _ => json!({}),
    }
}

/// Of an extension, only the account is checked.
fn is_checked(object: &str, field: &Field) -> bool {
    object != "ExtensionDetail" || field.name == "pbx_account"
}

/// Of an account, only this is needed.
fn is_needed(object: &str, field: &Field) -> bool {
    match object {
        "PbxAccount" => limits(object, field.name) != json!({}),
        _ => field.required,
    }
}

/// The TypeScript declarations of the requests: interface → field → what is declared.
struct Declarations(BTreeMap<&'static str, (String, BTreeMap<&'static str, Declared>)>);

/// What TypeScript knows of a field.
#[derive(Default)]
struct Declared {
    /// The first sentence of its comment.
    description: String,
    /// Its type.
    typescript: &'static str,
}

impl Declarations {
    fn new() -> Self {
        let all = [
            IvrScriptRequest::DECL,
            IvrKeyRequest::DECL,
            GroupRequest::DECL,
            GroupUpdateRequest::DECL,
            GroupMembersChange::DECL,
            TextToSpeechRequest::DECL,
            ExtensionDetail::DECL,
            PbxAccount::DECL,
        ];
        Declarations(all.into_iter().map(read_declaration).collect())
    }

    fn object(&self, object: &ObjectSchema) -> Json {
        let (description, declared) = &self.0[object.name];
        let property = |field: &Field| {
            let mut property = self.field(field, &declared[field.name], is_needed(object.name, field));
            merge(&mut property, limits(object.name, field.name));
            if property.get("enum").is_some() {
                // The words say it all.
                for keyword in ["type", "examples"] {
                    property.as_object_mut().and_then(|members| members.remove(keyword));
                }
            }
            (field.name.to_owned(), property)
        };
        let fields = || object.fields.iter().filter(|field| is_checked(object.name, field));
        let needed = fields().filter(|field| is_needed(object.name, field));
        let mut json = json!({
            "description": description,
            "type": "object",
            "properties": fields().map(property).collect::<serde_json::Map<_, _>>(),
            "required": needed.map(|field| field.name).collect::<Vec<_>>(),
        });
        if object.rejects_unknown {
            json["additionalProperties"] = json!(false);
        }
        json
    }

    fn field(&self, field: &Field, declared: &Declared, needed: bool) -> Json {
        let mut json = json!({ "description": declared.description });
        merge(&mut json, self.value(&field.schema));
        if let Some(examples) = words_in(declared.typescript) {
            json["examples"] = examples;
        }
        let takes_null = declared.typescript.contains("| null") || (field.required && !needed);
        if takes_null && let Some(kind) = json.get("type").cloned() {
            json["type"] = json!([kind, "null"]);
        }
        json
    }

    fn value(&self, schema: &Schema) -> Json {
        match schema {
            Schema::String | Schema::NonEmptyString => json!({ "type": "string" }),
            Schema::StringOrNumber => json!({ "type": ["string", "number"] }),
            Schema::Number => json!({ "type": "number" }),
            Schema::Bool => json!({ "type": "boolean" }),
            Schema::Array(items) => json!({ "type": "array", "items": self.value(items) }),
            Schema::Object(object) => self.object(object),
            other => unreachable!("no request has {}", other.describe()),
        }
    }
}

/// The words that a type lists, as examples: the server may take others.
fn words_in(typescript: &str) -> Option<Json> {
    let vocabulary = [
        ("IvrKeyActionType", IvrKeyActionType::SCHEMA),
        ("IvrActionType", IvrActionType::SCHEMA),
        ("RingStrategy", RingStrategy::SCHEMA),
        ("TrueOrFalse", TrueOrFalse::SCHEMA),
        ("GreetingVoice", GreetingVoice::SCHEMA),
    ];
    vocabulary.iter().find(|(name, _)| typescript.starts_with(name)).map(|(_, schema)| json!(words(schema)))
}

fn words(schema: &Schema) -> &'static [&'static str] {
    match schema {
        Schema::OneOf(words) => words,
        _ => &[],
    }
}

/// Reads an interface as tsify writes it: a comment before each field.
fn read_declaration(text: &'static str) -> (&'static str, (String, BTreeMap<&'static str, Declared>)) {
    let mut name = "";
    let mut about = String::new();
    let mut fields = BTreeMap::new();
    let mut comment = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("* ") {
            comment.push(words);
        } else if line == "*" {
            comment.push("");
        } else if let Some(rest) = line.strip_prefix("export interface ") {
            name = rest.trim_end_matches(" {");
            about = first_sentence(&std::mem::take(&mut comment));
        } else if let Some((field, typescript)) = line.split_once(": ") {
            let description = first_sentence(&std::mem::take(&mut comment));
            let typescript = typescript.trim_end_matches(';');
            fields
                .insert(field.trim_end_matches('?').trim_matches('"'), Declared { description, typescript });
        }
    }
    (name, (about, fields))
}

fn first_sentence(comment: &[&str]) -> String {
    let paragraph = comment.iter().take_while(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let ends_here = |index: usize| {
        paragraph[index..].chars().nth(2).is_some_and(|next| next.is_uppercase() || next == '*')
    };
    let end = paragraph.match_indices(". ").map(|(index, _)| index).find(|index| ends_here(*index));
    let sentence = end.map_or(paragraph.as_str(), |end| &paragraph[..=end]);
    sentence.trim_end_matches('.').to_owned()
}

fn merge(into: &mut Json, more: Json) {
    let Json::Object(more) = more else { return };
    for (keyword, value) in more {
        into[keyword] = value;
    }
}
