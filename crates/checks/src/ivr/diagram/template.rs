//! The words of a diagram, and names made fit for it.

use omicall_issues::Language;
use omicall_schema::compact::i32_to_string;

/// The few words that stand in a picture.
#[derive(Debug)]
pub struct Words {
    /// Names the whole.
    pub title: &'static str,
    /// On the way of those who press nothing.
    pub no_key: &'static str,
    /// Where the call ends.
    pub hang_up: &'static str,
    /// Marks an error.
    pub error: &'static str,
    /// Marks a warning.
    pub warning: &'static str,
    /// In front of an id that nobody knows.
    pub unknown: &'static str,
    /// In front of the number of members of a group.
    pub members: &'static str,
    /// After the number of scripts.
    pub scripts: &'static str,
    /// Marks where hotlines lead.
    pub start: &'static str,
    /// In front of the name of a script that is drawn elsewhere.
    pub go_to: &'static str,
    /// Marks where the call of a simulation went.
    pub played: &'static str,
}

impl Words {
    /// In this language.
    pub fn in_language(language: Language) -> &'static Words {
        match language {
            Language::English => &Words {
                title: "IVR call flow",
                no_key: "no key",
                hang_up: "hang up",
                error: "error",
                warning: "warning",
                unknown: "not found:",
                members: "members:",
                scripts: "scripts",
                start: "start",
                go_to: "go to",
                played: "call",
            },
            Language::Vietnamese => &Words {
                title: "Sơ đồ cuộc gọi IVR",
                no_key: "không bấm",
                hang_up: "gác máy",
                error: "lỗi",
                warning: "cảnh báo",
                unknown: "không tìm thấy:",
                members: "thành viên:",
                scripts: "kịch bản",
                start: "bắt đầu",
                go_to: "tới",
                played: "cuộc gọi",
            },
        }
    }
}

/// What a template is filled with.
#[derive(Debug, Clone, Copy)]
pub enum Part<'p> {
    /// As it is.
    Plain(&'p str),
    /// A number.
    Number(i32),
    /// From outside: cut at this width and escaped, so that it stays text.
    Name(&'p str, usize),
}

/// A text that grows by templates: the formatting of std would weigh more than all that is written here.
#[derive(Debug)]
pub struct Writer {
    /// The text so far.
    pub out: String,
    /// Writes a character so that it stays text.
    escape: fn(char, &mut String),
}

impl Writer {
    /// An empty text.
    pub fn new(escape: fn(char, &mut String)) -> Self {
        Writer { out: String::new(), escape }
    }

    /// Adds a template, with a part in place of each `$`.
    pub fn put(&mut self, template: &str, parts: &[Part<'_>]) {
        let mut parts = parts.iter();
        for (at, piece) in template.split('$').enumerate() {
            let part = if at == 0 { None } else { parts.next() };
            match part {
                None => {}
                Some(Part::Plain(text)) => self.out.push_str(text),
                Some(Part::Number(number)) => self.out.push_str(&i32_to_string(*number)),
                Some(Part::Name(name, width)) => {
                    cut(name, *width).chars().for_each(|c| (self.escape)(c, &mut self.out));
                }
            }
            self.out.push_str(piece);
        }
    }
}

/// An index as a part.
pub fn number(index: usize) -> Part<'static> {
    Part::Number(i32::try_from(index).unwrap_or(i32::MAX))
}

/// A name without what only moves other text about (line ends, other control characters, changes of direction), cut
/// where it gets wider than `width` pixels of a 13 pixel font.
pub fn cut(name: &str, width: usize) -> String {
    let mut text = String::new();
    let mut used = 0_usize;
    let mut fits = 0;
    for c in name.chars().filter_map(shown) {
        used = used.saturating_add(width_of(c));
        // Room for the mark that something is left out.
        if used <= width.saturating_sub(ELLIPSIS) {
            fits = text.len().saturating_add(c.len_utf8());
        }
        if used > width {
            text.truncate(fits);
            text.push('…');
            return text;
        }
        text.push(c);
    }
    text
}

const ELLIPSIS: usize = 13;

fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        // XML forbids some of these, and overrides of direction would turn the text after them around.
        '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// About how wide a character is; a little more rather than less.
fn width_of(c: char) -> usize {
    match c {
        // Marks that stand over the letter before them.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | ' ' | 'ì' | 'í' | 'ỉ' | 'ĩ'
        | 'ị' | 'f' | 't' | 'r' | '(' | ')' | '-' => 5,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' | '⚠' | '✖' => 13,
        c if c.is_uppercase() => 10,
        // Chinese, Japanese, Korean, and pictures.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 15,
        _ => 8,
    }
}
