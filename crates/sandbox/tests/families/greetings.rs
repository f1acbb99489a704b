//! Greetings: listed, uploaded, read aloud and deleted.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Client, NOBODY, NOW, keys, payload, refusal, refuses_what_is_no_body, sample, with};

const LIST_SAMPLE: &str = include_str!("../../../../tests/samples/greeting_list.json");
const SPEECH_SAMPLE: &str = include_str!("../../../../tests/samples/greeting_upload_text_to_speech.json");

const LIST: &str = "/greeting/list";
const SPEECH: &str = "/greeting/upload-text-to-speech?greeting_name=Nhắc lịch";
const FORM: &str = "multipart/form-data; boundary=----limit";
const MP3: &[u8] = b"\xff\xfb\x90\x00 and so on";

fn speech() -> Value {
    json!({ "text": "Xin chào", "speed": "-2", "voice": "lannhi" })
}

fn form(name: &str, file_name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "------limit\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\
         Content-Type: audio/mpeg\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n------limit--\r\n"].concat()
}

fn upload(client: &mut Client, query: &str, body: &[u8]) -> Value {
    client.ask("POST", &format!("/greeting/upload{query}"), Some(FORM), body)
}

fn delete(id: &str) -> String {
    format!("/greeting/delete/{id}")
}

#[test]
fn the_recorded_page_comes_unchanged_with_ten_older_ones_behind() {
    let mut client = Client::default();
    assert_eq!(client.get(&format!("{LIST}?page=1&size=3")).to_string(), sample(LIST_SAMPLE).to_string());
    let all = client.items(LIST);
    assert_eq!(all.len(), 13);
    for field in ["_id", "greeting_name", "recording_file"] {
        let different: HashSet<&str> = all.iter().map(|greeting| greeting[field].as_str().unwrap()).collect();
        assert_eq!(different.len(), 13, "{field}");
    }
    assert!(all.iter().all(|greeting| keys(greeting) == keys(&all[0])));
    assert!(all.windows(2).all(|two| two[0]["created_date"].as_u64() > two[1]["created_date"].as_u64()));
    for query in ["", "?page=1", "?size=10", "?page=1&size=x"] {
        assert_eq!(refusal(&client.get(&format!("{LIST}{query}"))), "data_is_required", "{query}");
    }
}

#[test]
fn all_that_the_records_refer_to_is_there() {
    let mut client = Client::default();
    let script = client.items("/key-interaction/list")[0].clone();
    client.item(LIST, &script["greeting_id"]);
    for key in script["scripts"].as_array().unwrap().iter().filter(|key| key["action"] != "") {
        client.item("/internal_group/list", &key["action"]);
    }
    for group in client.items("/internal_group/list") {
        if group["target_timeout_type"] == "Voice_mail" {
            client.item(LIST, &group["target_timeout"]);
        }
    }
}

#[test]
fn speech_takes_a_string_for_speed_and_tells_a_number() {
    let mut client = Client::default();
    let answer = client.post(SPEECH, &speech());
    let recorded = sample(SPEECH_SAMPLE);
    assert_eq!(keys(&answer), keys(&recorded));
    let greeting = payload(answer)["file"].clone();
    assert_eq!(keys(&greeting), keys(&recorded["payload"]["file"]));
    assert_eq!((&greeting["speed"], &greeting["voice"]), (&json!(-2), &json!("lannhi")));
    assert_eq!(
        (&greeting["greeting_name_unsigned"], &greeting["content"]),
        (&json!("Nhac lich"), &json!("Xin chào"))
    );
    assert_eq!(greeting["created_date"], NOW);
    assert_eq!(client.items(LIST)[0], greeting);
}

#[test]
fn speech_without_sense_is_refused() {
    let mut client = Client::default();
    refuses_what_is_no_body(&mut client, SPEECH, &speech());
    for path in ["/greeting/upload-text-to-speech", "/greeting/upload-text-to-speech?greeting_name= "] {
        assert_eq!(refusal(&client.post(path, &speech())), "data_is_required");
    }
    for (field, value) in [
        ("speed", json!(0)),
        ("speed", json!("4")),
        ("speed", json!("-4")),
        ("speed", json!("0.5")),
        ("voice", json!("Banmai")),
        ("text", json!("á".repeat(301))),
        ("text", json!("")),
    ] {
        let answer = client.post(SPEECH, &with(&speech(), field, Some(value)));
        assert_eq!(refusal(&answer), "data_is_required", "{field}");
    }
    assert_eq!(client.items(LIST).len(), 13);
    // 600 code points as they were typed, 300 letters.
    payload(client.post(SPEECH, &with(&speech(), "text", Some(json!("a\u{301}".repeat(300))))));
}

#[test]
fn an_upload_is_a_greeting_that_no_machine_reads() {
    let mut client = Client::default();
    for (query, file, content, name) in [
        ("?greeting_name=Chào", "; filename=\"a.mp3\"", MP3, "Chào"),
        ("", "; filename=\"a b.mp3\"", MP3, "a b"),
        ("?greeting_name=", "; filename=\"blob\"", b"ID3\x04 and so on", "blob"),
    ] {
        let answer = upload(&mut client, query, &form("file", file, content));
        let greeting = payload(answer)["file"].clone();
        assert_eq!(keys(&greeting), keys(&sample(SPEECH_SAMPLE)["payload"]["file"]));
        assert_eq!(greeting["greeting_name"], name);
        assert_eq!(
            (&greeting["voice"], &greeting["content"], &greeting["speed"]),
            (&json!(""), &json!(""), &json!(0))
        );
        assert_eq!(client.items(LIST)[0], greeting);
    }
}

#[test]
fn an_upload_that_is_no_mp3_in_a_form_is_refused() {
    let mut client = Client::default();
    let file = "; filename=\"a.mp3\"";
    for (body, code) in [
        (form("file", file, b"RIFF\x00\x00WAVE"), "file_invalid"),
        (form("file", file, b"\xff\xf1\x50 aac"), "file_invalid"),
        (form("file", file, b""), "file_invalid"),
        (form("file", "", MP3), "data_is_required"),
        (form("recording", file, MP3), "data_is_required"),
        (Vec::new(), "request_body_required"),
        (MP3.to_vec(), "request_body_required"),
    ] {
        assert_eq!(refusal(&upload(&mut client, "", &body)), code);
    }
    for content_type in [None, Some("application/json"), Some("audio/mpeg")] {
        let response = client.send("POST", "/greeting/upload", content_type, &form("file", file, MP3));
        assert_eq!(response.status, 415, "{content_type:?}");
    }
    assert_eq!(client.items(LIST).len(), 13);
}

#[test]
fn a_greeting_goes_once_and_only_where_nobody_needs_it() {
    let mut client = Client::default();
    // The script's, and the voice mail of a group.
    for used in ["6209c99b067f745da47367f3", "62da34652a310904dfbbf13b"] {
        assert_eq!(refusal(&client.delete(&delete(used))), "greeting_in_use");
    }
    let free = "6391f975b4c5c92743725fa3";
    let script = json!({
        "script_name": "a", "greeting_id": "6209c99b067f745da47367f3", "max_failure": 1, "time_out": 1,
        "scripts": [{ "ivr": "1", "action_type": "Recording", "action": free }],
    });
    let script = payload(client.post("/key-interaction/add", &script))["_id"].take();
    assert_eq!(refusal(&client.delete(&delete(free))), "greeting_in_use");
    let script = script.as_str().unwrap();
    assert_eq!(payload(client.delete(&format!("/key-interaction/delete/{script}"))), Value::Null);
    assert_eq!(payload(client.delete(&delete(free))), Value::Null);
    assert_eq!(refusal(&client.delete(&delete(free))), "greeting_invalid");
    assert_eq!(refusal(&client.delete(&delete(NOBODY))), "greeting_invalid");
    assert_eq!(client.items(LIST).len(), 12);
}
