//! Every form of answer that the contract knows, and those that a broken network makes of them.

use serde_json::json;

use super::*;
use omicall_api::{extensions::ExtensionDetail, list_page::Page, phones::InternalPhone};
use omicall_schema::HasSchema;

const PHONES: &str = include_str!("../../tests/samples/internal_phone_list.json");
const DETAIL: &str = include_str!("../../tests/samples/extensions_detail.json");
const JSON: &str = "application/json";

fn judge<'a>(
    status: u16,
    content_type: &'a str,
    body: &'a str,
    schema: &Schema,
) -> Result<Payload<'a>, Failure> {
    open(&Answer { status, content_type, body: body.as_bytes(), secrets: &[] }, schema)
}

fn failure(status: u16, content_type: &str, body: &str) -> Failure {
    judge(status, content_type, body, &Page::<InternalPhone>::SCHEMA).unwrap_err()
}

#[test]
fn the_recorded_samples_succeed_without_drift() {
    assert!(judge(200, JSON, PHONES, &Page::<InternalPhone>::SCHEMA).unwrap().mismatches.is_empty());
    assert!(judge(200, JSON, DETAIL, &ExtensionDetail::SCHEMA).unwrap().mismatches.is_empty());
    assert!(judge(200, JSON, PHONES, &Schema::Any).unwrap().mismatches.is_empty());
}

#[test]
fn the_envelope_decides_and_every_shape_of_refusal_is_understood() {
    for (status, body, kind, code) in [
        (
            200,
            r#"{"status_code":-9999,"message":"extension_invalid"}"#,
            ErrorKind::Api,
            Some("extension_invalid"),
        ),
        (
            200,
            r#"{"status_code":-9999,"message":"api_key_invalid"}"#,
            ErrorKind::Auth,
            Some("api_key_invalid"),
        ),
        (200, r#"{"status_code":-9999,"message":"Something went wrong"}"#, ErrorKind::Api, None),
        (
            200,
            r#"{"status_code":-9999,"payload":{"status":"fail","error":"data_is_required","message":"Data is required"}}"#,
            ErrorKind::Api,
            Some("data_is_required"),
        ),
        (
            200,
            r#"{"error":"tenant_invalid","message":"No","status_code":-9999}"#,
            ErrorKind::Api,
            Some("tenant_invalid"),
        ),
        (200, r#"{"status_code":-9999}"#, ErrorKind::Api, None),
        (200, r#"{"status_code":-9999,"payload":null,"message":""}"#, ErrorKind::Api, None),
        (400, r#"{"status_code":-9999,"message":"x_y"}"#, ErrorKind::Api, Some("x_y")),
        (
            500,
            r#"{"timestamp":1,"error":"Internal Server Error"}"#,
            ErrorKind::Http,
            Some("Internal Server Error"),
        ),
        (500, r#"{"status_code":9999,"payload":{}}"#, ErrorKind::Http, None),
    ] {
        let failure = failure(status, JSON, body);
        assert_eq!(failure.fields().kind, kind, "{body}");
        assert_eq!(failure.fields().code.as_deref(), code, "{body}");
        assert_eq!(failure.fields().status, Some(status), "{body}");
        assert!(failure.message().len() > 30, "{}", failure.message());
    }
}

#[test]
fn a_refusal_tells_what_the_server_said_and_who_it_was() {
    let failure = failure(
        200,
        JSON,
        r#"{"status_code":-9999,"instance_id":"stg","message":"Thiếu dữ liệu","payload":{"error":"data_is_required"}}"#,
    );
    assert!(failure.message().contains("data_is_required – Thiếu dữ liệu"), "{}", failure.message());
    assert_eq!(failure.fields().status_code, Some(-9999));
    assert_eq!(failure.fields().instance_id.as_deref(), Some("stg"));
    assert!(!failure.fields().retryable);
}

#[test]
fn what_is_no_json_is_named_by_its_type_and_beginning() {
    let html = "<!DOCTYPE html>\n<html><body>Đăng nhập để tiếp tục sử dụng dịch vụ của chúng tôi, xin cảm ơn quý khách</body></html>";
    let told = failure(200, "text/html; charset=utf-8", html);
    assert_eq!(told.fields().kind, ErrorKind::Decode);
    assert!(told.message().contains("text/html; charset=utf-8"), "{}", told.message());
    let quoted: String = html.replace('\n', " ").chars().take(80).collect();
    assert!(told.message().contains(&format!("\"{quoted}\"")), "{}", told.message());

    let told = failure(502, "text/html", html);
    assert_eq!(told.fields().kind, ErrorKind::Http);
    assert!(told.fields().retryable);
    assert!(told.message().contains("502"), "{}", told.message());
}

#[test]
fn an_empty_answer_is_named() {
    for body in ["", "  \n"] {
        let told = failure(200, "", body);
        assert_eq!(told.fields().kind, ErrorKind::Decode);
        assert!(told.message().contains("an empty body"), "{}", told.message());
    }
    assert_eq!(failure(204, "", "").fields().kind, ErrorKind::Decode);
    let told = failure(404, "", "");
    assert_eq!((told.fields().kind, told.fields().retryable), (ErrorKind::Http, false));
    assert!(told.message().contains("baseUrl"), "{}", told.message());
}

#[test]
fn json_that_is_cut_off_is_never_quoted() {
    for end in (1..PHONES.trim_end().len()).filter(|end| PHONES.is_char_boundary(*end)) {
        let told = failure(200, JSON, &PHONES[..end]);
        assert_eq!(told.fields().kind, ErrorKind::Decode);
        assert!(told.message().contains(&format!("cut off after {end} bytes")), "{}", told.message());
        assert!(!told.message().contains("example-secret") && !told.message().contains("XXXXXX"));
    }
}

#[test]
fn json_that_is_no_envelope_is_refused() {
    for body in [
        "[]",
        "null",
        "5",
        "\"text\"",
        "{}",
        r#"{"payload":{}}"#,
        r#"{"status_code":9999}"#,
        r#"{"status_code":"9999","payload":{}}"#,
    ] {
        let told = failure(200, JSON, body);
        assert_eq!(told.fields().kind, ErrorKind::Decode, "{body}: {}", told.message());
    }
    let told = failure(200, JSON, r#"{"status_code":9999}"#);
    assert_eq!(told.fields().path.as_deref(), Some("/payload"));
    assert!(judge(200, JSON, r#"{"status_code":9999}"#, &Schema::Any).is_ok());
}

#[test]
fn the_numbers_of_a_page_and_the_kind_of_payload_are_vital() {
    let told = failure(200, JSON, &PHONES.replace(r#""has_next": true"#, r#""has_next": "true""#));
    assert_eq!(told.fields().kind, ErrorKind::Decode);
    assert_eq!(told.fields().path.as_deref(), Some("/payload/has_next"));
    let told = failure(200, JSON, r#"{"status_code":9999,"payload":[]}"#);
    assert_eq!(told.fields().path.as_deref(), Some("/payload"));

    let changed = PHONES.replacen(r#""email": "an.nguyen@example.com","#, "", 1);
    let payload = judge(200, JSON, &changed, &Page::<InternalPhone>::SCHEMA).unwrap();
    let paths: Vec<_> = payload.mismatches.iter().map(|mismatch| mismatch.path.as_str()).collect();
    assert_eq!(paths, ["/payload/items/0/email"]);
    let changed = DETAIL.replace(r#""uuid": "tientv11""#, r#""uuid": 7"#);
    assert_eq!(judge(200, JSON, &changed, &ExtensionDetail::SCHEMA).unwrap().mismatches.len(), 1);
}

#[test]
fn a_failed_envelope_is_not_judged_by_its_payload() {
    let told = failure(200, JSON, r#"{"payload":{"items":5,"error":"x_y"},"status_code":-9999}"#);
    assert_eq!((told.fields().kind, told.fields().code.as_deref()), (ErrorKind::Api, Some("x_y")));
}

#[test]
fn what_the_server_echoes_of_a_secret_is_masked_and_nothing_else_is() {
    let secrets: &[&str] = &["abc.def+ghi", "", "r"];
    let judge = |content_type, body: &str| {
        open(&Answer { status: 200, content_type, body: body.as_bytes(), secrets }, &Schema::Any).unwrap_err()
    };
    let told = judge(
        JSON,
        r#"{"status_code":-9999,"message":"token abc.def+ghi","payload":{"error":"bad_abc.def+ghi"}}"#,
    );
    assert!(
        told.message().starts_with("the server refused the call: bad_*** – token ***"),
        "{}",
        told.message()
    );
    assert_eq!(told.fields().code.as_deref(), Some("bad_***"));
    for page in ["<p>abc.def+ghi</p>", "<p>abc.def%2Bghi</p>"] {
        let told = judge("text/html", page);
        assert!(told.message().contains("beginning \"<p>***</p>\""), "{}", told.message());
    }
    // The cut comes after the mask, so that no part of a secret is left.
    let told = judge("text/html", &format!("{}<{}abc.def+ghi", " ".repeat(9_000), "-".repeat(75)));
    assert!(!told.message().contains("abc") && told.message().contains("---*"), "{}", told.message());
}

#[test]
fn only_error_pages_are_quoted() {
    for body in [
        "opaque-token-777",
        ")]}',\n{\"password\":\"PW1\"}",
        "cb({\"password\":\"PW1\"})",
        "password=PW1",
        "[\"PW1\"",
        "\"PW1",
    ] {
        let told = failure(200, "text/plain", body);
        assert_eq!(told.fields().kind, ErrorKind::Decode);
        assert!(!told.message().contains("777") && !told.message().contains("PW1"), "{}", told.message());
        assert!(told.message().contains("text/plain"), "{}", told.message());
    }
}

#[test]
fn the_words_of_a_server_are_kept_short_and_on_one_line() {
    let body = format!(r#"{{"status_code":-9999,"message":"a\n\u001b{}"}}"#, "x".repeat(100_000));
    let told = failure(200, JSON, &body);
    assert!(
        told.message().len() < 500 && !told.message().contains(['\n', '\u{1b}']),
        "{}",
        told.message().len()
    );
}

#[test]
fn what_passes_by_itself_is_retryable_with_an_envelope_too() {
    for (status, retryable) in [(429, true), (503, true), (400, false), (200, false)] {
        let told = failure(status, JSON, r#"{"status_code":-9999,"message":"x_y"}"#);
        assert_eq!(
            (told.fields().retryable, told.fields().code.as_deref()),
            (retryable, Some("x_y")),
            "{status}"
        );
    }
}

#[test]
fn names_with_escapes_and_names_that_come_twice_count_as_they_do_for_the_engine() {
    let told =
        failure(200, JSON, r#"{"status_code":9999,"payload":[],"st\u0061tus_code":-9999,"message":"x_y"}"#);
    assert_eq!((told.fields().kind, told.fields().code.as_deref()), (ErrorKind::Api, Some("x_y")));
    let twice = PHONES.trim_end().trim_end_matches('}').to_owned() + r#","payl\u006fad":{"items":[]}}"#;
    assert_eq!(failure(200, JSON, &twice).fields().path.as_deref(), Some("/payload/page_number"));
    let good = PHONES.replacen('{', r#"{"payload":5,"#, 1);
    assert!(judge(200, JSON, &good, &Page::<InternalPhone>::SCHEMA).unwrap().mismatches.is_empty());
}

#[test]
fn the_cut_through_an_error_page_never_lays_a_secret_bare() {
    for length in [11, 700, 5_000] {
        let secret: String = (0..length).map(|index| char::from(b'a' + (index % 26) as u8)).collect();
        let secrets: &[&str] = &[&secret];
        let body = format!("<{}", secret.repeat(60));
        let answer = Answer { status: 200, content_type: &secret, body: body.as_bytes(), secrets };
        let told = open(&answer, &Schema::Any).unwrap_err();
        assert!(!told.message().contains("abcdefg"), "{}", told.message());
        assert!(told.message().contains(&format!("\"<{}\"", "*".repeat(79))), "{}", told.message());
    }
}

#[test]
fn nor_does_the_cut_through_a_long_message() {
    for length in [11, 700] {
        let secret: String = (0..length).map(|index| char::from(b'a' + (index % 26) as u8)).collect();
        let secrets: &[&str] = &[&secret];
        let escaped: String = secret.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        for echo in [&secret, &escaped] {
            let body =
                json!({ "status_code": -1, "message": "@" }).to_string().replace('@', &echo.repeat(400));
            let answer = Answer { status: 200, content_type: JSON, body: body.as_bytes(), secrets };
            let told = open(&answer, &Schema::Any).unwrap_err();
            assert!(!told.message().contains("abcdefg"), "{}", told.message());
            assert!(told.message().contains(&"*".repeat(300)), "{}", told.message());
        }
    }
}

#[test]
fn a_message_is_quoted_from_its_beginning() {
    let long = format!("{{\"status_code\":-1,\"message\":\"{}\"}}", "\\u1ed7".repeat(10_000));
    assert!(failure(200, JSON, &long).message().contains(&"ỗ".repeat(300)));
    assert!(!failure(200, JSON, &long).message().contains(&"ỗ".repeat(301)));
}
