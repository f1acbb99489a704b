//! The sentence of every rule, in English and Vietnamese.

use super::IssueCode;

words! {
    /// The language of the sentences in `issues`. Messages of errors are English: they are for developers.
    pub enum Language {
        /// English.
        English = "en",
        /// Vietnamese.
        Vietnamese = "vi",
    }
}

/// What is wrong, in one sentence.
pub fn sentence(code: IssueCode, language: Language) -> &'static str {
    let (english, vietnamese) = match code {
        IssueCode::ListPageInvalid => ("A whole number of at least 1", "Số nguyên từ 1 trở lên"),
        IssueCode::GreetingNotMp3 => ("Not an MP3 file: {found}", "Không phải tệp MP3: {found}"),
        IssueCode::GreetingEmpty => ("The file is empty", "Tệp rỗng"),
    };
    match language {
        Language::English => english,
        Language::Vietnamese => vietnamese,
    }
}
