//! The texts of a diagram in English and Vietnamese.

use omicall_issues::Language;

/// The texts of a diagram in one language.
#[derive(Debug)]
pub struct Texts {
    /// The title of the diagram.
    pub title: &'static str,
    /// The label of an edge for callers who press nothing.
    pub no_key: &'static str,
    /// The label of an edge for calls that nobody in a group answers.
    pub no_answer: &'static str,
    /// The end of a call.
    pub hang_up: &'static str,
    /// In front of the message of an error.
    pub error: &'static str,
    /// In front of the message of a warning.
    pub warning: &'static str,
    /// In front of an id that the tenant does not list.
    pub unknown: &'static str,
    /// In front of the number of members of a group.
    pub members: &'static str,
    /// After the number of scripts.
    pub scripts: &'static str,
    /// A script that hotlines lead to.
    pub start: &'static str,
    /// In front of the name of a script that is drawn elsewhere.
    pub go_to: &'static str,
}

impl Texts {
    /// Returns the texts in this language.
    pub fn in_language(language: Language) -> &'static Texts {
        match language {
            Language::English => &Texts {
                title: "IVR call flow",
                no_key: "no key",
                no_answer: "no answer",
                hang_up: "hang up",
                error: "error",
                warning: "warning",
                unknown: "not found:",
                members: "members:",
                scripts: "scripts",
                start: "start",
                go_to: "go to",
            },
            Language::Vietnamese => &Texts {
                title: "Sơ đồ cuộc gọi IVR",
                no_key: "không bấm",
                no_answer: "không nghe máy",
                hang_up: "gác máy",
                error: "lỗi",
                warning: "cảnh báo",
                unknown: "không tìm thấy:",
                members: "thành viên:",
                scripts: "kịch bản",
                start: "bắt đầu",
                go_to: "tới",
            },
        }
    }
}
