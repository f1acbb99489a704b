//! Writes output as JSON text. serde_json does the same with 3 KB more of WebAssembly, much of it for numbers with a fraction.

use crate::{
    compact::i32_to_string,
    output::{Items, Members, OutputWriter},
};

/// Returns a number that is not a whole one of 32 bits as JSON: the caller knows how, e.g. from JavaScript.
pub type NumberText = fn(f64) -> String;

/// Returns an object as JSON.
pub fn object_text(members: &dyn Members, number_text: NumberText) -> String {
    let mut writer = JsonWriter { text: String::new(), in_array: false, number_text };
    writer.members(members);
    writer.text
}

/// Returns an array as JSON.
pub fn array_text(items: &dyn Items, number_text: NumberText) -> String {
    let mut writer = JsonWriter { text: String::new(), in_array: false, number_text };
    writer.items(items);
    writer.text
}

struct JsonWriter {
    text: String,
    /// Whether what is written next is an item, which has no name.
    in_array: bool,
    number_text: NumberText,
}

impl JsonWriter {
    /// Writes what comes before a value.
    fn name(&mut self, name: &str) {
        if !matches!(self.text.as_bytes().last(), Some(b'{' | b'[')) {
            self.text.push(',');
        }
        if !self.in_array {
            self.quote(name);
            self.text.push(':');
        }
    }

    fn quote(&mut self, text: &str) {
        self.text.push('"');
        let mut start = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte >= b' ' && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.text.push_str(text.get(start..at).unwrap_or_default());
            self.text.push_str("\\u00");
            for digit in [byte >> 4, byte & 15] {
                self.text.extend(char::from_digit(digit.into(), 16));
            }
            start = at.saturating_add(1);
        }
        self.text.push_str(text.get(start..).unwrap_or_default());
        self.text.push('"');
    }

    fn members(&mut self, members: &dyn Members) {
        self.text.push('{');
        let in_array = std::mem::replace(&mut self.in_array, false);
        members.write_members(self);
        self.in_array = in_array;
        self.text.push('}');
    }

    fn items(&mut self, items: &dyn Items) {
        self.text.push('[');
        let in_array = std::mem::replace(&mut self.in_array, true);
        items.write_items(self);
        self.in_array = in_array;
        self.text.push(']');
    }
}

impl OutputWriter for JsonWriter {
    fn string(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quote(value);
    }

    fn number(&mut self, name: &str, value: f64) {
        self.name(name);
        let whole = value as i32;
        let text = if f64::from(whole) == value { i32_to_string(whole) } else { (self.number_text)(value) };
        self.text.push_str(&text);
    }

    fn bool(&mut self, name: &str, value: bool) {
        self.name(name);
        self.text.push_str(if value { "true" } else { "false" });
    }

    fn null(&mut self, name: &str) {
        self.name(name);
        self.text.push_str("null");
    }

    fn array(&mut self, name: &str, items: &dyn Items) {
        self.name(name);
        self.items(items);
    }

    fn object(&mut self, name: &str, members: &dyn Members) {
        self.name(name);
        self.members(members);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::output::ToOutput;

    /// A JSON value as output.
    struct Output<'j>(&'j Json);

    impl ToOutput for Output<'_> {
        fn write(&self, name: &str, out: &mut dyn OutputWriter) {
            match self.0 {
                Json::Null => out.null(name),
                Json::Bool(value) => out.bool(name, *value),
                Json::Number(number) => out.number(name, number.as_f64().unwrap_or_default()),
                Json::String(text) => out.string(name, text),
                Json::Array(_) => out.array(name, self),
                Json::Object(_) => out.object(name, self),
            }
        }
    }

    impl Items for Output<'_> {
        fn write_items(&self, out: &mut dyn OutputWriter) {
            self.0.as_array().into_iter().flatten().for_each(|item| Output(item).write("", out));
        }
    }

    impl Members for Output<'_> {
        fn write_members(&self, out: &mut dyn OutputWriter) {
            self.0
                .as_object()
                .into_iter()
                .flatten()
                .for_each(|(name, member)| Output(member).write(name, out));
        }
    }

    fn number_text(number: f64) -> String {
        json!(number).to_string()
    }

    fn written(value: &Json) -> String {
        match value {
            Json::Array(_) => array_text(&Output(value), number_text),
            _ => object_text(&Output(value), number_text),
        }
    }

    fn value() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i32>().prop_map(Json::from),
            any::<i32>().prop_map(|number| json!(f64::from(number) + 0.25)),
            (1e10..1e15).prop_map(|number: f64| json!(number.floor())),
            ".*".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
                prop::collection::vec((".*", inner), 0..6).prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(value in value()) {
            let list = Json::from(vec![value]);
            prop_assert_eq!(serde_json::from_str::<Json>(&written(&list)).ok(), Some(list));
        }
    }

    #[test]
    fn nothing_is_written_beyond_what_json_needs() {
        let value = json!({ "": [1, -2, 1.5, 3e9], "a\"\\\n\u{1}ệ": [[], {}, [{ "b": null }, true]] });
        let text =
            "{\"\":[1,-2,1.5,3000000000.0],\"a\\u0022\\u005c\\u000a\\u0001ệ\":[[],{},[{\"b\":null},true]]}";
        assert_eq!(written(&value), text);
    }
}
