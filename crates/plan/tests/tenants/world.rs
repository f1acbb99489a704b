//! Made-up tenants: few names, so that two of them have much in common, and every kind of reference.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::Client;

/// The records of a tenant, with places in these lists as references.
#[derive(Debug, Clone)]
pub struct World {
    pub greetings: Vec<Greeting>,
    pub groups: Vec<Group>,
    pub scripts: Vec<Script>,
}

#[derive(Debug, Clone)]
pub struct Greeting {
    pub name: u8,
    pub text: u8,
    pub speed: i8,
}

/// Where a key, a fallback or an overflow leads: the kind, and a place.
pub type Destination = Option<(u8, usize)>;

#[derive(Debug, Clone)]
pub struct Group {
    pub name: u8,
    pub strategy: u8,
    pub members: Vec<u8>,
    pub timeout: u8,
    pub overflow: Destination,
}

#[derive(Debug, Clone)]
pub struct Script {
    pub name: u8,
    pub greeting: usize,
    pub short: Option<usize>,
    pub invalid: Option<usize>,
    pub keys: Vec<Destination>,
    pub fallback: Destination,
    pub direct_dial: bool,
    pub seconds: u8,
}

fn destination() -> impl Strategy<Value = Destination> {
    prop::option::weighted(0.7, (0_u8..3, 0_usize..100))
}

fn greeting() -> impl Strategy<Value = Greeting> {
    (0_u8..9, 0_u8..3, -1_i8..2).prop_map(|(name, text, speed)| Greeting { name, text, speed })
}

fn group() -> impl Strategy<Value = Group> {
    let members = prop::collection::vec(0_u8..20, 1..4);
    (0_u8..9, 0_u8..3, members, 10_u8..30, destination()).prop_map(
        |(name, strategy, members, timeout, overflow)| Group { name, strategy, members, timeout, overflow },
    )
}

fn script() -> impl Strategy<Value = Script> {
    let keys = prop::collection::vec(destination(), 0..4);
    let sound = || prop::option::of(0_usize..100);
    (0_u8..9, 0_usize..100, sound(), sound(), keys, destination(), any::<bool>(), 3_u8..9).prop_map(
        |(name, greeting, short, invalid, keys, fallback, direct_dial, seconds)| Script {
            name,
            greeting,
            short,
            invalid,
            keys,
            fallback,
            direct_dial,
            seconds,
        },
    )
}

/// A tenant with records of all kinds.
pub fn world() -> impl Strategy<Value = World> {
    let greetings = prop::collection::vec(greeting(), 1..6);
    let groups = prop::collection::vec(group(), 1..6);
    let scripts = prop::collection::vec(script(), 0..6);
    (greetings, groups, scripts).prop_map(|(greetings, groups, mut scripts)| {
        // The server allows each name of a script once.
        scripts.sort_by_key(|script| script.name);
        scripts.dedup_by_key(|script| script.name);
        World { greetings, groups, scripts }
    })
}

impl World {
    /// The same without records of one name, which nobody could tell apart.
    pub fn without_namesakes(mut self) -> Self {
        self.greetings.sort_by_key(|greeting| greeting.name);
        self.greetings.dedup_by_key(|greeting| greeting.name);
        self.groups.sort_by_key(|group| group.name);
        self.groups.dedup_by_key(|group| group.name);
        self
    }

    /// A tenant of the sandbox with these records and no others. Its names are composed, or not, and its new ids begin after
    /// `skipped` others.
    pub fn client(&self, is_composed: bool, skipped: usize) -> Client {
        self.fill(Client::default(), is_composed, skipped)
    }

    /// The same in the tenant of a client.
    pub fn fill(&self, mut client: Client, is_composed: bool, skipped: usize) -> Client {
        for list in ["scripts", "groups", "greetings"] {
            let family = if list == "scripts" { "ivrScripts" } else { list };
            for record in client.list(list, "") {
                client.call(&format!("{family}.delete"), &[record["_id"].clone()]).unwrap();
            }
        }
        for _ in 0..skipped {
            let greeting = client.call("greetings.textToSpeech", &[speech("x", 0, 0)]).unwrap();
            client.call("greetings.delete", &[greeting["file"]["_id"].clone()]).unwrap();
        }
        let name = |word: &str, number: u8| match is_composed {
            true => format!("{word} \u{1ebf} {number}"),
            false => format!("{} e\u{302}\u{301} {number} ", word.to_uppercase()),
        };
        let id = |payload: Value| payload["_id"].clone();
        let greetings: Vec<Value> = (self.greetings.iter())
            .map(|greeting| {
                let request = speech(&name("Lời chào", greeting.name), greeting.text, greeting.speed);
                id(client.call("greetings.textToSpeech", &[request]).unwrap()["file"].clone())
            })
            .collect();
        let group_request = |group: &Group| {
            let strategy = ["enterprise", "rollover", "random"][usize::from(group.strategy)];
            // The first phones of the sandbox have no agent.
            let members: Vec<String> =
                group.members.iter().map(|member| (200 + u32::from(*member)).to_string()).collect();
            json!({ "group_name": name("Nhóm", group.name), "strategy": strategy, "sip_members": members, "timeout": group.timeout })
        };
        let groups: Vec<Value> = self
            .groups
            .iter()
            .map(|group| id(client.call("groups.create", &[group_request(group)]).unwrap()))
            .collect();
        let pick = |ids: &[Value], place: usize| ids[place % ids.len()].clone();
        let first_script = |script: &Script| {
            json!({
                "script_name": name("Kịch bản", script.name), "greeting_id": pick(&greetings, script.greeting),
                "max_failure": 3, "time_out": script.seconds, "scripts": [],
            })
        };
        let scripts: Vec<Value> = self
            .scripts
            .iter()
            .map(|script| id(client.call("ivrScripts.create", &[first_script(script)]).unwrap()))
            .collect();
        let lead = |to: Destination| -> (Value, Value) {
            match to {
                Some((0, place)) => ("Ring_group".into(), pick(&groups, place)),
                Some((1, place)) if !scripts.is_empty() => ("Ivr_menu".into(), pick(&scripts, place)),
                Some((2, place)) => ("Recording".into(), pick(&greetings, place)),
                _ => ("".into(), "".into()),
            }
        };
        for (script, id) in self.scripts.iter().zip(&scripts) {
            let mut request = first_script(script);
            // Keys lead to groups and menus only.
            let keys = script.keys.iter().enumerate().map(|(number, to)| {
                let (action_type, action) = lead(to.filter(|(kind, _)| *kind < 2));
                json!({ "ivr": number.to_string(), "action_type": action_type, "action": action })
            });
            request["scripts"] = keys.collect();
            let (action_type, action) = lead(script.fallback);
            request["action_type"] = action_type;
            request["action"] = action;
            for (field, sound) in [("greeting_short_id", script.short), ("invalid_sound_id", script.invalid)]
            {
                if let Some(place) = sound {
                    request[field] = pick(&greetings, place);
                }
            }
            request["ivr_direct_menu_dial"] = if script.direct_dial { "true".into() } else { "false".into() };
            client.call("ivrScripts.update", &[id.clone(), request]).unwrap();
        }
        for (group, id) in self.groups.iter().zip(&groups) {
            let (overflow_type, overflow) = lead(group.overflow);
            if overflow != "" {
                let mut request = group_request(group);
                request["target_timeout_type"] = overflow_type;
                request["target_timeout"] = overflow;
                client.call("groups.update", &[id.clone(), request]).unwrap();
            }
        }
        client.changes.clear();
        client
    }
}

fn speech(name: &str, text: u8, speed: i8) -> Value {
    json!({ "greeting_name": name, "text": format!("Xin chào {text}"), "speed": speed.to_string(), "voice": "banmai" })
}

/// What people would see of a tenant: its records with the names of what they lead to, in a fixed order. Made without the code that
/// is tested.
pub fn picture(snapshot: &Value) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let fold =
        |name: &Value| name.as_str().unwrap_or_default().nfc().collect::<String>().trim().to_lowercase();
    let records = |list: &str| snapshot[list].as_array().unwrap().clone();
    let mut names = std::collections::HashMap::new();
    for (list, field) in
        [("greetings", "greeting_name"), ("groups", "group_name"), ("scripts", "script_name")]
    {
        for record in records(list) {
            names.insert(record["_id"].to_string(), fold(&record[field]));
        }
    }
    let agents: std::collections::HashMap<String, Value> = records("phones")
        .iter()
        .map(|phone| (phone["agent_id"].to_string(), phone["sip_user"].clone()))
        .collect();
    let named = |id: &Value| match id.as_str().unwrap_or_default() {
        "" => String::new(),
        _ => names.get(&id.to_string()).cloned().unwrap_or_else(|| format!("missing {id}")),
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = Vec::new();
    for greeting in records("greetings") {
        lines.push(format!(
            "greeting {} {} {} {}",
            fold(&greeting["greeting_name"]),
            greeting["content"],
            greeting["voice"],
            greeting["speed"]
        ));
    }
    for group in records("groups") {
        let mut members: Vec<String> = group["members"]
            .as_array()
            .unwrap()
            .iter()
            .map(|member| agents[&member["agent_id"].to_string()].to_string())
            .collect();
        if group["strategy"] != "rollover" {
            members.sort();
        }
        lines.push(format!(
            "group {} {} {members:?} {} {} {}",
            fold(&group["group_name"]),
            group["strategy"],
            group["members"][0]["timeout"],
            word(&group["target_timeout_type"]),
            named(&group["target_timeout"]),
        ));
    }
    for script in records("scripts") {
        let mut keys: Vec<String> = (script["scripts"].as_array().unwrap().iter())
            .map(|key| {
                format!("{} {} {}", word(&key["ivr"]), word(&key["action_type"]), named(&key["action"]))
            })
            .collect();
        keys.sort();
        let fields = ["greeting_id", "greeting_short_id", "invalid_sound_id", "action"]
            .map(|field| named(&script[field]));
        let direct_dial = script["ivr_direct_menu_dial"] == "true";
        lines.push(format!(
            "script {} {fields:?} {} {keys:?} {} {} {direct_dial}",
            fold(&script["script_name"]),
            word(&script["action_type"]),
            script["time_out"],
            script["max_failure"],
        ));
    }
    lines.sort();
    lines
}
