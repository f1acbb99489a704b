//! Every form of response in the contract, and those that a broken network turns them into.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use omicall_schema::HasSchema;
use serde_json::json;

use super::*;
use crate::{extensions::ExtensionDetail, list_page::Page, passwords::mask_passwords, phones::InternalPhone};

const PHONES: &str = include_str!("../../../tests/samples/internal_phone_list.json");
const DETAIL: &str = include_str!("../../../tests/samples/extensions_detail.json");
const JSON: &str = "application/json";

fn parse<'a>(
    status: u16,
    content_type: &'a str,
    body: &'a str,
    schema: &Schema,
) -> Result<Payload<'a>, Error> {
    parse_response(
        &RawResponse {
            status,
            content_type,
            body: body.as_bytes(),
            secrets: &[],
            language: Language::English,
        },
        schema,
    )
}

fn error_of(status: u16, content_type: &str, body: &str) -> Error {
    parse(status, content_type, body, &Page::<InternalPhone>::SCHEMA).unwrap_err()
}

#[test]
fn recorded_samples_match_their_schemas() {
    assert!(parse(200, JSON, PHONES, &Page::<InternalPhone>::SCHEMA).unwrap().mismatches.is_empty());
    assert!(parse(200, JSON, DETAIL, &ExtensionDetail::SCHEMA).unwrap().mismatches.is_empty());
    assert!(parse(200, JSON, PHONES, &Schema::Any).unwrap().mismatches.is_empty());
}

#[test]
fn the_envelope_decides_whatever_its_form() {
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
        let error = error_of(status, JSON, body);
        assert_eq!(error.fields().kind, kind, "{body}");
        assert_eq!(error.fields().code.as_deref(), code, "{body}");
        assert_eq!(error.fields().status, Some(status), "{body}");
        assert!(error.message().len() > 30, "{}", error.message());
    }
}

#[test]
fn an_api_error_has_the_servers_message_and_instance_id() {
    let error = error_of(
        200,
        JSON,
        r#"{"status_code":-9999,"instance_id":"stg","message":"Thiếu dữ liệu","payload":{"error":"data_is_required"}}"#,
    );
    assert!(error.message().contains("data_is_required – Thiếu dữ liệu"), "{}", error.message());
    assert_eq!(error.fields().statusCode, Some(-9999));
    assert_eq!(error.fields().instanceId.as_deref(), Some("stg"));
    assert_eq!(error.fields().serverMessage.as_deref(), Some("Thiếu dữ liệu"));
    assert!(!error.fields().retryable);
}

#[test]
fn a_code_and_a_web_page_are_not_the_servers_sentence() {
    for (status, content_type, body) in [
        (200, JSON, r#"{"status_code":-9999,"message":"extension_invalid"}"#),
        (200, JSON, r#"{"status_code":-9999}"#),
        (502, "text/html", "<p>Bad Gateway</p>"),
    ] {
        assert_eq!(error_of(status, content_type, body).fields().serverMessage, None, "{body}");
    }
    let error =
        error_of(503, JSON, r#"{"status_code":-1,"payload":{"error":"busy","message":"Đang bảo trì"}}"#);
    assert_eq!(error.fields().serverMessage.as_deref(), Some("Đang bảo trì"));
}

#[test]
fn json_that_is_not_cut_off_is_not_called_that() {
    for (body, words) in [
        (format!("{{\"a\":{}", "[".repeat(300)), "more than 200 levels"),
        (format!("{{\"a\":{}0{}}}", "{\"b\":".repeat(201), "}".repeat(201)), "more than 200 levels"),
        (r#"{"status_code":NaN}"#.into(), "not a JSON object"),
    ] {
        let error = error_of(200, JSON, &body);
        assert_eq!(error.fields().kind, ErrorKind::Decode);
        assert!(error.message().contains(words), "{error}");
        assert!(error.message().contains("baseUrl") && !error.message().contains("closed early"), "{error}");
    }
}

#[test]
fn an_html_page_is_quoted_with_its_content_type() {
    let html = "<!DOCTYPE html>\n<html><body>Đăng nhập để tiếp tục sử dụng dịch vụ của chúng tôi, xin cảm ơn quý khách</body></html>";
    let error = error_of(200, "text/html; charset=utf-8", html);
    assert_eq!(error.fields().kind, ErrorKind::Decode);
    assert!(error.message().contains("text/html; charset=utf-8"), "{}", error.message());
    let quoted: String = html.replace('\n', " ").chars().take(80).collect();
    assert!(error.message().contains(&format!("\"{quoted}\"")), "{}", error.message());

    let error = error_of(502, "text/html", html);
    assert_eq!(error.fields().kind, ErrorKind::Http);
    assert!(error.fields().retryable);
    assert!(error.message().contains("502"), "{}", error.message());
}

#[test]
fn an_empty_body_is_reported() {
    for body in ["", "  \n"] {
        let error = error_of(200, "", body);
        assert_eq!(error.fields().kind, ErrorKind::Decode);
        assert!(error.message().contains("an empty body"), "{}", error.message());
    }
    assert_eq!(error_of(204, "", "").fields().kind, ErrorKind::Decode);
    let error = error_of(404, "", "");
    assert_eq!((error.fields().kind, error.fields().retryable), (ErrorKind::Http, false));
    assert!(error.message().contains("baseUrl"), "{}", error.message());
}

#[test]
fn truncated_json_is_never_quoted() {
    for end in (1..PHONES.trim_end().len()).filter(|end| PHONES.is_char_boundary(*end)) {
        let error = error_of(200, JSON, &PHONES[..end]);
        assert_eq!(error.fields().kind, ErrorKind::Decode);
        assert!(error.message().contains(&format!("cut off after {end} bytes")), "{}", error.message());
        assert!(!error.message().contains("example-secret") && !error.message().contains("XXXXXX"));
    }
}

#[test]
fn json_without_an_envelope_is_a_decode_error() {
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
        let error = error_of(200, JSON, body);
        assert_eq!(error.fields().kind, ErrorKind::Decode, "{body}: {}", error.message());
    }
    let error = error_of(200, JSON, r#"{"status_code":9999}"#);
    assert_eq!(error.fields().path.as_deref(), Some("/payload"));
    assert!(parse(200, JSON, r#"{"status_code":9999}"#, &Schema::Any).is_ok());
}

#[test]
fn wrong_page_numbers_and_payload_types_are_fatal() {
    let error = error_of(200, JSON, &PHONES.replace(r#""has_next": true"#, r#""has_next": "true""#));
    assert_eq!(error.fields().kind, ErrorKind::Decode);
    assert_eq!(error.fields().path.as_deref(), Some("/payload/has_next"));
    let error = error_of(200, JSON, r#"{"status_code":9999,"payload":[]}"#);
    assert_eq!(error.fields().path.as_deref(), Some("/payload"));

    let changed = PHONES.replacen(r#""email": "an.nguyen@example.com","#, "", 1);
    let payload = parse(200, JSON, &changed, &Page::<InternalPhone>::SCHEMA).unwrap();
    let paths: Vec<_> = payload.mismatches.iter().map(|mismatch| mismatch.path.as_str()).collect();
    assert_eq!(paths, ["/payload/items/0/email"]);
    let changed = DETAIL.replace(r#""uuid": "tientv11""#, r#""uuid": 7"#);
    assert_eq!(parse(200, JSON, &changed, &ExtensionDetail::SCHEMA).unwrap().mismatches.len(), 1);
}

#[test]
fn the_payload_of_a_failed_envelope_is_not_validated() {
    let error = error_of(200, JSON, r#"{"payload":{"items":5,"error":"x_y"},"status_code":-9999}"#);
    assert_eq!((error.fields().kind, error.fields().code.as_deref()), (ErrorKind::Api, Some("x_y")));
}

#[test]
fn only_secrets_are_masked_in_messages() {
    let secrets: &[&str] = &["abc.def+ghi", "", "r"];
    let parse = |content_type, body: &str| {
        parse_response(
            &RawResponse {
                status: 200,
                content_type,
                body: body.as_bytes(),
                secrets,
                language: Language::English,
            },
            &Schema::Any,
        )
        .unwrap_err()
    };
    let error = parse(
        JSON,
        r#"{"status_code":-9999,"message":"token abc.def+ghi","payload":{"error":"bad_abc.def+ghi"}}"#,
    );
    assert!(
        error.message().starts_with("the server refused the request: bad_*** – token ***"),
        "{}",
        error.message()
    );
    assert_eq!(error.fields().code.as_deref(), Some("bad_***"));
    for page in ["<p>abc.def+ghi</p>", "<p>abc.def%2Bghi</p>"] {
        let error = parse("text/html", page);
        assert!(error.message().contains("beginning \"<p>***</p>\""), "{}", error.message());
    }
    // Secrets are masked before the text is truncated, so that no part of one is left.
    let error = parse("text/html", &format!("{}<{}abc.def+ghi", " ".repeat(9_000), "-".repeat(75)));
    assert!(!error.message().contains("abc") && error.message().contains("---*"), "{}", error.message());
}

#[test]
fn only_html_pages_are_quoted() {
    for body in [
        "opaque-token-777",
        ")]}',\n{\"password\":\"PW1\"}",
        "cb({\"password\":\"PW1\"})",
        "password=PW1",
        "[\"PW1\"",
        "\"PW1",
    ] {
        let error = error_of(200, "text/plain", body);
        assert_eq!(error.fields().kind, ErrorKind::Decode);
        assert!(!error.message().contains("777") && !error.message().contains("PW1"), "{}", error.message());
        assert!(error.message().contains("text/plain"), "{}", error.message());
    }
}

#[test]
fn server_messages_are_truncated_and_on_one_line() {
    let body = format!(r#"{{"status_code":-9999,"message":"a\n\u001b{}"}}"#, "x".repeat(100_000));
    let error = error_of(200, JSON, &body);
    assert!(
        error.message().len() < 500 && !error.message().contains(['\n', '\u{1b}']),
        "{}",
        error.message().len()
    );
}

#[test]
fn transient_statuses_are_retryable_with_an_envelope_too() {
    for (status, retryable) in [(429, true), (503, true), (400, false), (200, false)] {
        let error = error_of(status, JSON, r#"{"status_code":-9999,"message":"x_y"}"#);
        assert_eq!(
            (error.fields().retryable, error.fields().code.as_deref()),
            (retryable, Some("x_y")),
            "{status}"
        );
    }
}

#[test]
fn escaped_and_duplicate_names_count_as_for_json_parse() {
    let error =
        error_of(200, JSON, r#"{"status_code":9999,"payload":[],"st\u0061tus_code":-9999,"message":"x_y"}"#);
    assert_eq!((error.fields().kind, error.fields().code.as_deref()), (ErrorKind::Api, Some("x_y")));
    let twice = PHONES.trim_end().trim_end_matches('}').to_owned() + r#","payl\u006fad":{"items":[]}}"#;
    assert_eq!(error_of(200, JSON, &twice).fields().path.as_deref(), Some("/payload/page_number"));
    let good = PHONES.replacen('{', r#"{"payload":5,"#, 1);
    assert!(parse(200, JSON, &good, &Page::<InternalPhone>::SCHEMA).unwrap().mismatches.is_empty());
}

#[test]
fn truncating_an_error_page_never_reveals_a_secret() {
    for length in [11, 700, 5_000] {
        let secret: String = (0..length).map(|index| char::from(b'a' + (index % 26) as u8)).collect();
        let secrets: &[&str] = &[&secret];
        let body = format!("<{}", secret.repeat(60));
        let response = RawResponse {
            status: 200,
            content_type: &secret,
            body: body.as_bytes(),
            secrets,
            language: Language::English,
        };
        let error = parse_response(&response, &Schema::Any).unwrap_err();
        assert!(!error.message().contains("abcdefg"), "{}", error.message());
        assert!(error.message().contains(&format!("\"<{}\"", "*".repeat(79))), "{}", error.message());
    }
}

#[test]
fn truncating_an_error_page_never_reveals_the_base64_of_a_secret() {
    for length in [30, 702, 4_998] {
        let secret: String = (0..length).map(|index| char::from(b'a' + (index % 26) as u8)).collect();
        let encoded = BASE64_STANDARD.encode(&secret);
        let body = format!("<{}", encoded.repeat(60));
        let response = RawResponse {
            status: 200,
            content_type: JSON,
            body: body.as_bytes(),
            secrets: &[&secret],
            language: Language::English,
        };
        let error = parse_response(&response, &Schema::Any).unwrap_err();
        assert!(error.message().contains(&format!("\"<{}\"", "*".repeat(79))), "{}", error.message());
    }
}

#[test]
fn truncating_a_message_never_reveals_a_secret() {
    for length in [11, 700] {
        let secret: String = (0..length).map(|index| char::from(b'a' + (index % 26) as u8)).collect();
        let secrets: &[&str] = &[&secret];
        let escaped: String = secret.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        for echo in [&secret, &escaped] {
            let body =
                json!({ "status_code": -1, "message": "@" }).to_string().replace('@', &echo.repeat(400));
            let response = RawResponse {
                status: 200,
                content_type: JSON,
                body: body.as_bytes(),
                secrets,
                language: Language::English,
            };
            let error = parse_response(&response, &Schema::Any).unwrap_err();
            assert!(!error.message().contains("abcdefg"), "{}", error.message());
            assert!(error.message().contains(&"*".repeat(300)), "{}", error.message());
        }
    }
}

#[test]
fn a_long_message_is_truncated_at_its_end() {
    let long = format!("{{\"status_code\":-1,\"message\":\"{}\"}}", "\\u1ed7".repeat(10_000));
    assert!(error_of(200, JSON, &long).message().contains(&"ỗ".repeat(300)));
    assert!(!error_of(200, JSON, &long).message().contains(&"ỗ".repeat(301)));
}

/// The payload of a response whose passwords are masked.
fn masked_payload(body: &str, schema: &Schema) -> serde_json::Value {
    let payload = parse(200, JSON, body, schema).unwrap();
    let mut masked = body.as_bytes().to_vec();
    mask_passwords(&mut masked, &payload.passwords);
    serde_json::from_slice::<serde_json::Value>(&masked).unwrap()["payload"].take()
}

#[test]
fn passwords_of_phones_are_masked_also_in_responses_that_drift() {
    let page = |items: serde_json::Value| {
        let mut body: serde_json::Value = serde_json::from_str(PHONES).unwrap();
        body["payload"]["items"] = items;
        body.to_string()
    };
    let schema = &Page::<InternalPhone>::SCHEMA;
    let recorded: serde_json::Value = serde_json::from_str(PHONES).unwrap();
    let mut expected = recorded["payload"].clone();
    for phone in expected["items"].as_array_mut().unwrap() {
        assert_ne!(phone["password"], "***");
        phone["password"] = json!("***");
    }
    assert_eq!(masked_payload(PHONES, schema), expected);
    for (item, masked) in [
        (json!({ "password": 4711 }), json!({ "password": "***" })),
        (json!({ "password": { "value": "hunter2" } }), json!({ "password": "***" })),
        (json!({ "password": null }), json!({ "password": null })),
        (json!({ "password": "" }), json!({ "password": "" })),
        (json!([{ "password": "hunter2" }]), json!([{ "password": "***" }])),
        (
            json!({ "account": { "sip_password": "hunter2" } }),
            json!({ "account": { "sip_password": "***" } }),
        ),
    ] {
        assert_eq!(masked_payload(&page(json!([item])), schema)["items"], json!([masked]));
    }
    // Of two payloads the last one counts, but `JSON.parse` reads both.
    let twice = r#"{"status_code":9999,"payload":{"password":"hunter2"},"payload":{"password":"hunter3"},"password":"hunter4"}"#;
    let payload = parse(200, JSON, twice, &Schema::Any).unwrap();
    let mut masked = twice.as_bytes().to_vec();
    mask_passwords(&mut masked, &payload.passwords);
    assert!(!String::from_utf8(masked).unwrap().contains("hunter"));
}

#[test]
fn known_error_codes_are_explained_in_both_languages() {
    for (code, english, vietnamese) in [
        ("extension_invalid", "There is no such extension", "Không có số nội bộ này"),
        ("user_not_registered", "This user has no extension", "Người dùng này chưa có số nội bộ"),
        ("number_call_out_invalid", "cannot call out with this number", "không gọi ra được"),
    ] {
        // The code as the message, in the payload, and beside the vendor's own sentence.
        for body in [
            json!({ "status_code": -9999, "message": code }),
            json!({ "status_code": -9999, "payload": { "status": "fail", "error": code } }),
            json!({ "status_code": -9999, "error": code, "message": "Something is wrong" }),
        ] {
            let body = body.to_string();
            for (language, advice) in [(Language::English, english), (Language::Vietnamese, vietnamese)] {
                let response = RawResponse {
                    status: 200,
                    content_type: JSON,
                    body: body.as_bytes(),
                    secrets: &[],
                    language,
                };
                let error = parse_response(&response, &Schema::Any).unwrap_err();
                assert!(error.message().contains(advice), "{error}");
                assert!(error.message().contains(code), "{error}");
                assert_eq!(error.fields().code.as_deref(), Some(code));
            }
        }
    }
}
