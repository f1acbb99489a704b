//! Changes, steps, limits and results as sentences.

mod words;

use omicall_issues::Language;
use omicall_schema::{
    compact::{concat, join, split_once_at},
    secrets::is_secret,
};
use words::{capital, words};

use crate::content::without_secrets;
use crate::json::{Value, is_blank, is_true, items, text, write};

/// Describes a change of a diff, a step or a limit of a plan, or a step of a result.
pub fn describe(value: &Value, language: Language) -> String {
    let mut sentence = if !text(value, "code").is_empty() {
        limit(value, language)
    } else if !text(value, "action").is_empty() {
        step(value, language)
    } else if !text(value, "change").is_empty() {
        with_fields(named(value, text(value, "change"), language), value, language)
    } else {
        entry(value, language)
    };
    // A sentence may begin with the word of a kind.
    if let Some(first) = sentence.chars().next() {
        let rest = sentence.split_off(first.len_utf8());
        sentence = String::from(capital(first)) + &rest;
    }
    sentence + "."
}

/// The words of a key with the members of a value that they name, such as `{name}`. What is put in is not looked at again: it may be called
/// `{name}` itself.
fn named(value: &Value, key: &str, language: Language) -> String {
    let mut sentence = String::new();
    let mut rest = words(language, key);
    while let Some((before, after)) = split_once_at(rest, b'{') {
        sentence += before;
        let known =
            split_once_at(after, b'}').and_then(|(name, rest)| Some((part(value, name, language)?, rest)));
        let (part, after) = known.unwrap_or_else(|| ("{".into(), after));
        sentence += &part;
        rest = after;
    }
    sentence + rest
}

/// The words for a member of the value.
fn part(value: &Value, name: &str, language: Language) -> Option<String> {
    let part = match name {
        "kind" => words(language, text(value, name)).into(),
        "name" | "file" | "key" => text(value, name).trim().into(),
        "names" | "fields" | "loses" => {
            join(&mut items(value, name).iter().filter_map(Value::as_str).map(str::trim), ", ")
        }
        "issues" => join(&mut items(value, name).iter().map(|issue| text(issue, "message")), "; "),
        _ => return None,
    };
    Some(part)
}

fn limit(value: &Value, language: Language) -> String {
    let code = text(value, "code");
    let mut sentence = named(value, code, language);
    if code == "recording" && !text(value, "file").is_empty() {
        sentence += &named(value, "recording-file", language);
    }
    sentence
}

fn step(value: &Value, language: Language) -> String {
    let mut sentence = named(value, text(value, "action"), language);
    let reason = text(value, "reason");
    if ["frees-name", "completes", "detaches"].contains(&reason) {
        sentence += &concat(&[" (", words(language, reason), ")"]);
    }
    sentence = with_fields(sentence, value, language);
    if !items(value, "loses").is_empty() {
        sentence += ". ";
        sentence += &named(value, "loses", language);
    }
    if is_true(value, "isFinal") {
        sentence += ". ";
        sentence += words(language, "isFinal");
    }
    sentence
}

fn entry(value: &Value, language: Language) -> String {
    let mut sentence = words(language, text(value, "status")).to_owned();
    if let Some(error) = value.get("error") {
        let code = text(error, "code");
        let why = if ["changed-meanwhile", "sent-before"].contains(&code) {
            words(language, code)
        } else {
            let message = text(error, "message");
            message.strip_suffix(".").unwrap_or(message)
        };
        sentence += ": ";
        sentence += why;
        if !items(error, "fields").is_empty() {
            let fields = items(error, "fields").iter().filter_map(Value::as_str);
            let fields = join(&mut fields.map(|field| words(language, field)), ", ");
            sentence += &concat(&[" (", &fields, ")"]);
        }
    }
    sentence
}

fn with_fields(mut sentence: String, value: &Value, language: Language) -> String {
    let mut separator = ": ";
    for field in items(value, "fields") {
        sentence += separator;
        sentence += &named(field, text(field, "field"), language);
        for (side, sign) in [("before", " "), ("after", " → ")] {
            sentence += sign;
            let value = field.get(side).filter(|_| !is_secret(text(field, "field")));
            sentence += &value.map_or_else(|| "***".into(), |value| shown(value, language));
        }
        separator = "; ";
    }
    sentence
}

fn shown(value: &Value, language: Language) -> String {
    match value {
        Value::Number(_) | Value::Bool(_) => write(value),
        Value::String(text) if !text.is_empty() => text.clone(),
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(|item| shown(item, language)).collect();
            join(&mut items.iter().map(String::as_str), ", ")
        }
        Value::Object(_) if !text(value, "type").is_empty() => {
            concat(&[words(language, text(value, "type")), " “", text(value, "name").trim(), "”"])
        }
        other if is_blank(other) || !text(other, "name").is_empty() || other.get("type").is_some() => {
            words(language, "none").into()
        }
        // What nobody listed.
        other => write(&without_secrets(other)),
    }
}
