//! Writes the text of a diagram from templates. The formatting of std would add more WebAssembly than all of the diagram.

use omicall_schema::compact::i32_to_string;

use crate::ivr::diagram::truncate::truncate;

/// What replaces a `$` in a template.
#[derive(Debug, Clone, Copy)]
pub enum Part<'p> {
    /// A string, written as it is.
    Raw(&'p str),
    /// A number in decimal digits.
    Number(i32),
    /// A string from the tenant: truncated to this width in pixels, and escaped.
    Text(&'p str, usize),
    /// A string that is truncated already, and has only to be escaped.
    Truncated(&'p str),
}

impl Part<'_> {
    /// Returns an index or a count as a part.
    pub fn index(index: usize) -> Part<'static> {
        Part::Number(i32::try_from(index).unwrap_or(i32::MAX))
    }
}

/// Collects text that is written with templates.
#[derive(Debug)]
pub struct TemplateWriter {
    /// The text so far.
    pub text: String,
    /// Appends a character of a [`Part::Text`], escaped.
    escape: fn(char, &mut String),
}

impl TemplateWriter {
    /// Starts with an empty text.
    pub fn new(escape: fn(char, &mut String)) -> Self {
        TemplateWriter { text: String::new(), escape }
    }

    /// Appends a template, with each `$` replaced by the next part.
    pub fn push(&mut self, template: &str, parts: &[Part<'_>]) {
        let mut parts = parts.iter();
        for (position, piece) in template.split('$').enumerate() {
            let part = if position == 0 { None } else { parts.next() };
            match part {
                None => {}
                Some(Part::Raw(text)) => self.text.push_str(text),
                Some(Part::Number(number)) => self.text.push_str(&i32_to_string(*number)),
                Some(Part::Text(text, width)) => self.push_escaped(&truncate(text, *width)),
                Some(Part::Truncated(text)) => self.push_escaped(text),
            }
            self.text.push_str(piece);
        }
    }

    /// Appends a text, escaped. No format escapes ASCII letters, digits and spaces: they are appended as they are, many at once.
    fn push_escaped(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b' ';
            let count = rest.bytes().take_while(is_plain).count();
            let (plain, after) = rest.split_at_checked(count).unwrap_or_default();
            self.text.push_str(plain);
            let mut others = after.chars();
            let Some(other) = others.next() else { return };
            (self.escape)(other, &mut self.text);
            rest = others.as_str();
        }
    }
}
