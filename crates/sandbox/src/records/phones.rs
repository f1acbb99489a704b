//! The phones of a tenant, with their agents.

use serde_json::{Value, json};

use super::set;
use crate::{agents, envelope, text::Forms};

pub(crate) const SAMPLE: &str = include_str!("../../../../tests/samples/internal_phone_list.json");
/// The details of one extension.
pub(crate) const DETAIL: &str = include_str!("../../../../tests/samples/extensions_detail.json");

/// What the recorded phones have in place of their agents.
const REDACTED_AGENT: &str = "xxx";
/// The agent of the recorded groups.
const RECORDED_AGENT: &str = "6209c98561c1cb163ded25fa";
/// How many phones there are.
const USUAL: usize = 137;
/// Of the made-up ones, the oldest are from before the vendor added `agent_id`.
const WITHOUT_AGENT_ID: usize = 12;

/// All phones, in the order of the list.
#[derive(Clone, Debug)]
pub(crate) struct Phones {
    all: Vec<Phone>,
    seed: u32,
    forms: Forms,
}

/// One phone.
#[derive(Clone, Debug)]
pub(crate) struct Phone {
    /// The record as it is sent.
    record: Value,
    /// The text that a keyword searches: unaccented extension, e-mail and name, one per line.
    searched: String,
    /// Not in the record: the vendor's list does not contain it.
    enabled: bool,
}

impl Phones {
    /// The two recorded phones, the one whose detail was recorded, and those of the made-up agents: `most` phones, or as many as usual.
    pub(crate) fn new(seed: u32, most: Option<usize>, forms: Forms) -> Self {
        let sample = envelope::parse(SAMPLE);
        let recorded =
            sample.pointer("/payload/items").and_then(Value::as_array).cloned().unwrap_or_default();
        let taken = [&recorded[..], &[phone_of_detail()]].concat();
        let count = most.map_or(USUAL, |most| most.min(USUAL));
        let mut made_up = agents::phones(&taken, count.saturating_sub(taken.len()), seed, forms);
        for older in made_up.iter_mut().take(WITHOUT_AGENT_ID).filter_map(Value::as_object_mut) {
            older.shift_remove("agent_id");
        }
        let all = taken.into_iter().chain(made_up).take(count);
        Self { all: all.map(|record| Phone::new(record, forms)).collect(), seed, forms }
    }

    /// Phones with these records. A password that is missing, or masked by the client, is made up, and so is an agent that is
    /// missing: it is the one that members of groups get, by which the client finds their phones.
    pub(crate) fn from_records(records: Vec<Value>, seed: u32, forms: Forms) -> Self {
        let mut all: Vec<Phone> = records.into_iter().map(|record| Phone::new(record, forms)).collect();
        for phone in &mut all {
            let extension = phone.text("sip_user").to_owned();
            if matches!(phone.text("password"), "" | "***") {
                set(&mut phone.record, [("password", json!(format!("example-{extension}-password")))]);
            }
            if phone.text("agent_id").is_empty() {
                let (agent, _) = phone.agent();
                if let Some(fields) = phone.record.as_object_mut() {
                    fields.insert("agent_id".to_owned(), json!(agent));
                }
            }
            if phone.record.get("email").is_none_or(Value::is_null) {
                set(&mut phone.record, [("email", json!(format!("{extension}@example.com")))]);
                *phone = Phone::new(phone.record.take(), forms);
            }
        }
        Self { all, seed, forms }
    }

    /// The records, in the order of the list.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Value> {
        self.all.iter().map(|phone| &phone.record)
    }

    /// Keeps the first phones, or adds made-up ones, until there are this many.
    pub(crate) fn resize(&mut self, count: usize) {
        self.all.truncate(count);
        self.fill(count);
    }

    /// Adds made-up phones until there are this many.
    pub(crate) fn fill(&mut self, count: usize) {
        let taken: Vec<Value> = self.records().cloned().collect();
        let more = agents::phones(&taken, count.saturating_sub(taken.len()), self.seed, self.forms);
        self.all.extend(more.into_iter().map(|record| Phone::new(record, self.forms)));
    }

    /// Sets the WebSocket address of all phones.
    pub(crate) fn set_sip_server(&mut self, sip_server: &str) {
        for phone in &mut self.all {
            if let Some(server) = phone.record.get_mut("outbound_proxy") {
                *server = json!(sip_server);
            }
        }
    }

    /// The records with this unaccented text in extension, e-mail or name.
    pub(crate) fn search(&self, keyword: &str) -> impl Iterator<Item = &Value> {
        self.all.iter().filter(move |phone| phone.searched.contains(keyword)).map(|phone| &phone.record)
    }

    /// Enables or disables a phone; `false` if it does not exist.
    pub(crate) fn set_enabled(&mut self, sip_user: &str, enabled: bool) -> bool {
        let phone = self.all.iter_mut().find(|phone| phone.text("sip_user") == sip_user);
        phone.map(|phone| phone.enabled = enabled).is_some()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn find(&self, wanted: impl Fn(&Phone) -> bool) -> Option<&Phone> {
        self.all.iter().find(|phone| wanted(phone))
    }

    pub(crate) fn by_sip_user(&self, sip_user: &str) -> Option<&Phone> {
        self.find(|phone| phone.text("sip_user") == sip_user)
    }

    pub(crate) fn is_enabled(&self, sip_user: &str) -> Option<bool> {
        Some(self.by_sip_user(sip_user)?.enabled)
    }
}

impl Phone {
    fn new(record: Value, forms: Forms) -> Self {
        let mut phone = Self { record, searched: String::new(), enabled: true };
        let fields = ["sip_user", "email", "full_name"].map(|field| phone.text(field));
        phone.searched = forms.unaccent(&fields.join("\n"));
        phone
    }

    /// The agent and the contact, as groups list them. Older and redacted records lack the agent's id, though the agent
    /// has one.
    pub(crate) fn agent(&self) -> (String, String) {
        let extension = self.text("sip_user");
        let agent = match self.text("agent_id") {
            // Both are recorded; neither can be derived from the other.
            RECORDED_AGENT => return (RECORDED_AGENT.to_owned(), "6209c98c067f745da47367d1".to_owned()),
            "" | REDACTED_AGENT => format!("6209c985{extension:0>16}"),
            known => known.to_owned(),
        };
        (agent, format!("6209c98c{extension:0>16}"))
    }

    /// A string field of the record; `""` if it is missing.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.record.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

/// What completes a phone.
pub(crate) fn template() -> Value {
    json!({
        "domain": "omiteam",
        "outbound_proxy": "wss://wssvn.omicrm.com",
        "sip_user": "",
        "password": "",
        "full_name": "",
        "email": null,
        "public_number": "",
        "last_updated_date": 1_644_808_603_212_u64,
        "created_date": 1_644_808_603_212_u64,
    })
}

/// The phone of the recorded extension details.
fn phone_of_detail() -> Value {
    let sample = envelope::parse(DETAIL);
    let recorded = |pointer: &str| sample.pointer(pointer).cloned().unwrap_or_default();
    json!({
        "domain": recorded("/payload/pbx_account/sip_realm"),
        "outbound_proxy": recorded("/payload/pbx_account/sip_web_socket_server"),
        "sip_user": recorded("/payload/extension"),
        "password": recorded("/payload/pbx_account/sip_password"),
        "full_name": recorded("/payload/full_name"),
        "agent_id": RECORDED_AGENT,
        "email": recorded("/payload/mail"),
        "public_number": "",
        "last_updated_date": 1_670_510_011_881_u64,
        "created_date": 1_644_808_581_000_u64,
    })
}
