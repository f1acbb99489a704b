//! The vendor's error codes that are known, each with what to do.
//!
//! Everybody downloads these sentences, so they are short.

use omicall_issues::Language;

/// A code, and what to do in English and Vietnamese.
struct KnownCode {
    code: &'static str,
    english: &'static str,
    vietnamese: &'static str,
}

macro_rules! error_codes {
    ($( $(#[$meta:meta])* $variant:ident = $code:literal: $english:literal / $vietnamese:literal; )*) => {
        const CODES: &[KnownCode] =
            &[$( KnownCode { code: $code, english: $english, vietnamese: $vietnamese }, )*];

        /// Declares the codes for TypeScript.
        #[cfg(feature = "typescript")]
        mod typescript {
            /// The vendor's error codes that are known. The server may send others.
            #[derive(Debug, tsify::Tsify)]
            #[allow(dead_code, reason = "declares the TypeScript")]
            pub enum KnownErrorCode { $( #[doc = $english] #[serde(rename = $code)] $variant, )* }
        }
    };
}

error_codes! {
    ApiKeyIsRequired = "api_key_is_required":
        "Pass `auth.apiKey`." / "Hãy truyền `auth.apiKey`.";
    ApiKeyInvalid = "api_key_invalid":
        "Check `auth.apiKey`." / "Hãy kiểm tra `auth.apiKey`.";
    RequestBodyRequired = "request_body_required":
        "The body was lost on the way: check your proxy." / "Nội dung bị mất trên đường đi: hãy kiểm tra proxy.";
    DataIsRequired = "data_is_required":
        "Fill in the field that is missing or empty." / "Hãy điền trường còn thiếu hoặc rỗng.";
    TenantInvalid = "tenant_invalid":
        "Check that the access token belongs to the right tenant." / "Hãy kiểm tra access token có đúng tenant không.";
    UserNotRegistered = "user_not_registered":
        "This user has no extension: check with `phones.list`." / "Người dùng này chưa có số nội bộ: hãy xem `phones.list`.";
    NumberCallOutInvalid = "number_call_out_invalid":
        "The extension cannot call out with this number: check with `hotlines.list`." / "Số nội bộ không gọi ra được bằng số này: hãy xem `hotlines.list`.";
    ExtensionInvalid = "extension_invalid":
        "There is no such extension: check with `phones.list`." / "Không có số nội bộ này: hãy xem `phones.list`.";
    LimitRequest30Minute = "limit_request_30_minute":
        "Too many requests: wait 30 minutes." / "Quá nhiều yêu cầu: hãy chờ 30 phút.";
    FromDateIsRequired = "from_date_is_required":
        "Pass `from_date`." / "Hãy truyền `from_date`.";
    ToDateIsRequired = "to_date_is_required":
        "Pass `to_date`." / "Hãy truyền `to_date`.";
    DateInvalid = "date_invalid":
        "Pass Unix milliseconds." / "Hãy truyền mili giây Unix.";
    DateIsTooLong = "date_is_too_long":
        "Ask for at most 30 days." / "Chỉ hỏi tối đa 30 ngày.";
}

/// Returns what to do about an error code; `None` if it is not known.
pub fn advice(code: &str, language: Language) -> Option<&'static str> {
    let known = CODES.iter().find(|known| known.code == code)?;
    Some(match language {
        Language::English => known.english,
        Language::Vietnamese => known.vietnamese,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_a_sentence_in_both_languages_that_says_what_to_do() {
        for known in CODES {
            let [english, vietnamese] = [Language::English, Language::Vietnamese]
                .map(|language| advice(known.code, language).unwrap());
            assert_ne!(english, vietnamese, "{}", known.code);
            let says_what_to_do =
                ["Pass ", "Fill ", "Ask ", "heck ", "wait "].iter().any(|verb| english.contains(verb));
            assert!(says_what_to_do, "{english}");
            for sentence in [english, vietnamese] {
                assert!(sentence.ends_with('.'), "{sentence}");
                assert!(sentence.chars().count() <= 80, "{sentence}");
            }
        }
    }

    #[test]
    fn other_codes_have_no_advice() {
        for code in ["", "extension", "EXTENSION_INVALID", "extension_invalid ", "some_new_code"] {
            assert_eq!(advice(code, Language::English), None, "{code}");
        }
    }
}
