//! Greetings: what callers hear, uploaded recordings or text to speech.

use serde_json::{Value, json};

use crate::{
    call::Call,
    data::Data,
    destinations::{overflowing_to, unknown_greeting},
    envelope::Failure,
    multipart,
    page::PageQuery,
    records::greetings::{LIST, TEXT_TO_SPEECH, new_greeting},
    records::ivr_scripts::plays,
    records::{set, text},
    route::Route,
};

const VOICES: [&str; 3] = ["banmai", "leminh", "lannhi"];
const MAX_CHARACTERS: usize = 300;

pub(crate) const ROUTES: &[Route] = &[
    Route {
        name: "greetings.list",
        method: "GET",
        path: "/api/call_center/greeting/list",
        sample: LIST,
        respond: list,
    },
    Route {
        name: "greetings.upload",
        method: "POST",
        path: "/api/call_center/greeting/upload",
        sample: TEXT_TO_SPEECH,
        respond: upload,
    },
    Route {
        name: "greetings.textToSpeech",
        method: "POST",
        path: "/api/call_center/greeting/upload-text-to-speech",
        sample: TEXT_TO_SPEECH,
        respond: text_to_speech,
    },
    Route {
        name: "greetings.delete",
        method: "DELETE",
        path: "/api/call_center/greeting/delete/:id",
        sample: TEXT_TO_SPEECH,
        respond: delete,
    },
];

fn list(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    Ok(PageQuery::read_required(call)?.page_with_extension(data.greetings.all()))
}

fn upload(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    if !call.request.has_content_type("multipart/form-data") {
        return Err(Failure::UnsupportedMediaType);
    }
    let content_type = call.request.content_type.as_deref().unwrap_or_default();
    let parts = multipart::parts(content_type, &call.request.body)
        .ok_or(Failure::Message("request_body_required"))?;
    let file = parts.iter().find(|part| part.name == "file");
    let Some((file, file_name)) = file.and_then(|file| Some((file, file.file_name.as_deref()?))) else {
        return Err(Failure::data("file is required"));
    };
    if !looks_like_mp3(file.content) {
        return Err(Failure::Payload("file_invalid", "Only mp3 is supported".to_owned()));
    }
    let name = call.query("greeting_name").filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or(file_name.strip_suffix(".mp3").unwrap_or(file_name));
    let mut greeting = new_greeting(data.serial.next(), name, &data.tenant_id, call.now_ms, data.forms);
    // The name that the vendor gives an upload is not recorded; it has no voice.
    set(
        &mut greeting,
        [("formality", json!("Tải lên")), ("content", json!("")), ("voice", json!("")), ("speed", json!(0))],
    );
    data.greetings.add(greeting.clone());
    Ok(json!({ "file": greeting }))
}

/// Checks for an ID3 tag or the header of a Layer III frame, probably more than the vendor does.
fn looks_like_mp3(content: &[u8]) -> bool {
    match content {
        [b'I', b'D', b'3', ..] => true,
        [0xff, second, ..] => second & 0b1110_0110 == 0b1110_0010,
        _ => false,
    }
}

fn text_to_speech(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let name = call.required_query("greeting_name")?;
    let fields = call.json()?;
    let content = fields.text("text")?;
    // Composed (NFC), so that the same text has the same length however it was typed.
    let length = data.forms.nfc(content).chars().count();
    if length > MAX_CHARACTERS {
        return Err(Failure::data(format!(
            "text must have at most {MAX_CHARACTERS} characters, not {length}"
        )));
    }
    // A string in the request, a number in the response.
    let speed = match fields.text("speed")?.parse::<i8>() {
        Ok(speed @ -3..=3) => speed,
        _ => return Err(Failure::data("speed must be from \"-3\" to \"3\"")),
    };
    let voice = fields.one_of("voice", &VOICES)?;
    let mut greeting = new_greeting(data.serial.next(), name, &data.tenant_id, call.now_ms, data.forms);
    set(&mut greeting, [("content", json!(content)), ("voice", json!(voice)), ("speed", json!(speed))]);
    data.greetings.add(greeting.clone());
    Ok(json!({ "file": greeting }))
}

fn delete(data: &mut Data, call: &Call) -> Result<Value, Failure> {
    let id = call.id()?;
    data.greetings.find(id).ok_or_else(|| unknown_greeting(id))?;
    if let Some(script) = data.scripts.all().find(|script| plays(script, id)) {
        let message = format!("Greeting is used by script {}", text(script, "script_name"));
        return Err(Failure::TopLevel("greeting_in_use", message));
    }
    if let Some(group) = overflowing_to(data, id) {
        let message = format!("Greeting is used by group {}", text(group, "group_name"));
        return Err(Failure::TopLevel("greeting_in_use", message));
    }
    data.greetings.remove(id);
    // The vendor does not document this payload.
    Ok(Value::Null)
}
