//! The rules about SIP accounts: the cases of `tests/rules`, and more values of each field than belong there.

use serde_json::{Value as Json, json};

#[path = "../../../tests/rules/cases.rs"]
mod rule_cases;

use omicall_issues::{IssueCode, Language, Report, Severity};
use omicall_schema::{draft::parse, draft_json};
use rule_cases::{ExpectedIssue, Kind};

use crate::sip_account::{SipAccount, SipAccountDraft, SipLibrary, check};

fn check_for(detail: &Json, library: SipLibrary, language: Language) -> Report {
    let text = draft_json::encode::<SipAccountDraft<'_>>(detail);
    let mut report = Report::new(language, true);
    check(&SipAccount::new(parse(&text)), library, &mut report);
    report
}

fn report(detail: &Json) -> Report {
    check_for(detail, SipLibrary::Any, Language::English)
}

/// Code, severity and path of each issue.
fn found(report: &Report) -> Vec<(&'static str, Severity, String)> {
    report.issues.iter().map(|issue| (issue.code.as_str(), issue.severity, issue.path.clone())).collect()
}

fn valid_extension() -> Json {
    json!({ "extension": "6349", "pbx_account": {
        "display_name": "6349", "sip_user": "6349", "sip_password": "made-up", "sip_realm": "contact18",
        "sip_web_socket_server": "wss://vh.omicrm.com:7443", "sip_proxy": "<sip:192.0.2.14;transport=udp>",
        "sip_proxy_port": "", "stun_servers": [], "transport": ["udp", "wss"], "use_opus": true, "opus_quality": 1,
    } })
}

fn extension_with(field: &str, value: Json) -> Json {
    let mut detail = valid_extension();
    detail["pbx_account"][field] = value;
    detail
}

fn valid_phone() -> Json {
    json!({ "domain": "omiteam", "outbound_proxy": "wss://wssvn.omicrm.com", "sip_user": "147", "password": "made-up", "full_name": "An" })
}

/// Checks a valid account with each of these values in one field.
fn assert_issues(field: &str, values: &[Json], expected: &[(IssueCode, Severity)]) {
    for value in values {
        let report = report(&extension_with(field, value.clone()));
        let codes: Vec<_> = report.issues.iter().map(|issue| (issue.code, issue.severity)).collect();
        assert_eq!(codes, expected, "{field} = {value}");
        assert_eq!(
            report.ok,
            !expected.iter().any(|(_, severity)| *severity == Severity::Error),
            "{field} = {value}"
        );
    }
}

#[test]
fn every_case_has_the_expected_issues() {
    let mut count = 0;
    for (code, cases) in rule_cases::all() {
        for case in cases.iter().filter(|case| case.kind == Kind::SipAccount) {
            let report = report(&case.payload);
            let issues = report.issues.iter().filter(|issue| issue.code.as_str() == code);
            let plain = issues.map(|issue| ExpectedIssue {
                severity: issue.severity.as_str().into(),
                path: issue.path.clone(),
                params: serde_json::to_value(&issue.params).unwrap_or_default(),
            });
            assert_eq!(plain.collect::<Vec<_>>(), case.expected, "{code}: {}", case.why);
            assert_eq!(case.context, None, "{code}: accounts are checked without a tenant");
            count += 1;
        }
    }
    assert!(count > 0, "no cases were found");
}

#[test]
fn valid_accounts_have_no_issues() {
    assert_eq!(found(&report(&valid_extension())), []);
    assert_eq!(found(&report(&valid_phone())), []);
}

#[test]
fn web_socket_url_has_a_host_and_perhaps_a_path() {
    let long = format!("wss://{}.vn", "a".repeat(60));
    let valid = [
        "wss://h",
        "wss://H.vn",
        "wss://h:1",
        "wss://h:65535",
        "wss://h:7443/",
        "wss://192.0.2.1:7443",
        "wss://[::1]:7443",
        "wss://[2001:db8::192.0.2.1]",
        "wss://a-.b",
        "wss://a_b.vn",
        "wss://1a.vn",
        &long,
        "wss://pbx.example.vn:8089/ws",
        "wss://crm.example.vn/wsapi/webrtc?x=1",
        "wss://h?token=a%2Fb&x",
        "wss://h/a@b:c;d=1//e/",
        "wss://h/?@",
        "wss://[::1]:7443/ws?",
    ];
    assert_issues("sip_web_socket_server", &valid.map(Json::from), &[]);
    let invalid = [
        "",
        " ",
        "h",
        "h:7443",
        "https://h",
        "udp://h",
        "WSS://h",
        "Wss://h",
        "wss:h",
        "wss:///h",
        "wss://",
        "wss://:7443",
        "wss://u@h",
        "wss://u:p@h",
        "wss://u@h/ws",
        "wss://u:p@h:8089/ws?x=1",
        "wss://h#f",
        "wss://h/ws#",
        "wss://h/ws?x#f",
        "wss://h/a b",
        "wss://h/%4",
        "wss://h?%",
        "wss://h?%zz",
        "wss://h/[a]",
        "wss://h/ü",
        "wss://h/a\\b",
        "wss://h:/ws",
        "wss:///ws",
        "wss://?x=1",
        "wss://h:0",
        "wss://h:65536",
        "wss://h:",
        "wss://h:x",
        "wss://h:+1",
        "wss://h:1:2",
        "wss://h:007443",
        "wss://a b",
        " wss://h",
        "wss://h\n",
        "wss://tổng.vn",
        "wss://123",
        "wss://1.2.3",
        "wss://300.1.1.1",
        "wss://01.2.3.4",
        "wss://a.",
        "wss://a..b",
        "wss://-a",
        "wss://a_b",
        "wss://[zz]",
        "wss://[::1",
        "wss://[::]",
        "wss://[::1]x",
        "wss://a,b",
    ];
    assert_issues(
        "sip_web_socket_server",
        &invalid.map(Json::from),
        &[(IssueCode::SipWsUrlInvalid, Severity::Error)],
    );
    assert_issues(
        "sip_web_socket_server",
        &[json!(null), json!(5), json!({}), json!(["wss://h"])],
        &[(IssueCode::SipWsUrlInvalid, Severity::Error)],
    );
    assert_issues(
        "sip_web_socket_server",
        &["ws://h", "ws://127.0.0.1:5066/"].map(Json::from),
        &[(IssueCode::SipWsUrlInsecure, Severity::Warning)],
    );
    assert_issues(
        "sip_web_socket_server",
        &["WS://h", "ws://a b", "ws:h"].map(Json::from),
        &[(IssueCode::SipWsUrlInvalid, Severity::Error)],
    );
}

#[test]
fn realm_must_be_a_host() {
    let valid = [
        "contact18",
        "CONTACT18",
        "a-",
        "a-.b",
        "a.b-",
        "a--b",
        "1.a",
        "1a.vn",
        "xn--tng-dai.vn",
        "192.0.2.1",
        "0.0.0.0",
        "255.255.255.255",
        "[::1]",
        "[1:2:3:4:5:6:7:8]",
        "[1:2:3:4:5:6:7::]",
        "[::ffff:192.0.2.1]",
        "[1:2:3:4:5:6:192.0.2.1]",
    ];
    assert_issues("sip_realm", &valid.map(Json::from), &[]);
    let invalid = [
        "",
        " ",
        "18contact",
        "123",
        "a.",
        "a.b.",
        ".a",
        "a..b",
        "-a",
        "-",
        "a.-b",
        "_a",
        "_",
        "_a.b",
        "a._b",
        "a b",
        "a/b",
        "a@b",
        "a:5060",
        "a;x=1",
        "a?x",
        "a%41",
        "tổng.vn",
        "contact18\n",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.",
        "1.2.3.0004",
        "::1",
        "[zz]",
        "[]",
        "[::]",
        "[::1",
        "[1]",
        "[1:2:3:4:5:6:7]",
        "[1:2:3:4:5:6:7:8:9]",
        "[1:2:3:4:5:6:7:8::]",
        "[1::2::3]",
        "[12345::]",
        "[192.0.2.1::]",
        "[::192.0.2.1:1]",
        "[:::1]",
        "[1:]",
        "[fe80::1%25eth0]",
    ];
    assert_issues("sip_realm", &invalid.map(Json::from), &[(IssueCode::SipRealmInvalid, Severity::Error)]);
    assert_issues(
        "sip_realm",
        &[json!(null), json!(18), json!(true)],
        &[(IssueCode::SipRealmInvalid, Severity::Error)],
    );
    assert_issues(
        "sip_realm",
        &["a_b", "a_", "a.b_c", "a_b.c", "a_.b"].map(Json::from),
        &[(IssueCode::SipRealmInvalid, Severity::Warning)],
    );
}

#[test]
fn realm_that_sip_js_throws_for_is_an_error() {
    let severity = |realm: &str| {
        let report =
            check_for(&extension_with("sip_realm", realm.into()), SipLibrary::SipJs, Language::English);
        report.issues.first().map(|issue| (issue.code, issue.severity))
    };
    assert_eq!(severity("a_b"), Some((IssueCode::SipRealmInvalid, Severity::Error)));
    assert_eq!(severity("c.a_b"), Some((IssueCode::SipRealmInvalid, Severity::Error)));
    // SIP.js checks only the last label.
    assert_eq!(severity("a_b.c"), Some((IssueCode::SipRealmInvalid, Severity::Warning)));
    assert_eq!(severity("contact18"), None);
}

#[test]
fn user_must_be_accepted_by_both_libraries() {
    let valid = [
        "6349",
        "a",
        "+84901",
        "a:b",
        "a:",
        "a/b?c:d;e",
        "a;b",
        "a.b-c_d~e!f*g'(h)",
        "a&b=c+d$e,f?g/h",
        "a<b>[c]{d}|e^`",
    ];
    assert_issues("sip_user", &valid.map(Json::from), &[]);
    let invalid = [
        "", " ", "a b", "a#b", "a@b", "a%b", "a%41", "a\"b", "a\\b", "é", "Ánh", "a\nb", "a\u{7f}b", "☎",
        ":", ":pw", "a:b:c", "::", "a::", "a:b/c", "a:b?c",
    ];
    assert_issues("sip_user", &invalid.map(Json::from), &[(IssueCode::SipUserInvalid, Severity::Error)]);
    assert_issues(
        "sip_user",
        &[json!(null), json!(6349), json!([])],
        &[(IssueCode::SipUserInvalid, Severity::Error)],
    );
}

#[test]
fn missing_password_is_an_error() {
    assert_issues("sip_password", &[" ", "x", "\"\\:@é", "\0", "**", "****"].map(Json::from), &[]);
    assert_issues(
        "sip_password",
        &[json!(""), json!(null), json!(5), json!({})],
        &[(IssueCode::SipPasswordMissing, Severity::Error)],
    );
}

#[test]
fn masked_password_says_what_to_do() {
    assert_issues("sip_password", &[json!("***")], &[(IssueCode::SipPasswordMasked, Severity::Error)]);
    let mut phone = valid_phone();
    phone["password"] = json!("***");
    let report = report(&phone);
    assert_eq!(found(&report), [("sip-password-masked", Severity::Error, "/password".into())]);
    let message = &report.issues[0].message;
    assert!(message.contains("extensions.detail") && message.contains("includePasswords: true"), "{message}");
}

#[test]
fn sdk_of_the_vendor_needs_no_web_socket() {
    let phone = json!({ "domain": "omiteam", "sip_user": "147", "password": "made-up" });
    assert_eq!(found(&check_for(&phone, SipLibrary::OmiCallSdk, Language::English)), []);
    assert_eq!(found(&report(&phone)), [("sip-ws-url-invalid", Severity::Error, "/outbound_proxy".into())]);
}

#[test]
fn stun_servers_must_be_accepted_by_chromium() {
    let valid = [
        "stun:h",
        "stun:h:3478",
        "STUN:h",
        "stuns:h:5349",
        "stun:[::1]:3478",
        "stun:192.0.2.1",
        "h",
        "h:3478",
        "stun.l.google.com:19302",
        "[::1]:3478",
        " stun:h ",
        "stun:a_b",
        "stun:1a",
        "stun:a.",
        "stun:h:65535",
        "turn:h",
        "turns:h:443",
        "TURN:h",
        "turn:h:3478?transport=udp",
    ];
    let lists = valid.map(|server| json!([server]));
    assert_issues("stun_servers", &lists, &[]);
    let invalid = [
        "",
        " ",
        "stun:",
        "stun://h",
        "stun:h?transport=udp",
        "stun:h:0",
        "stun:h:65536",
        "stun:h:",
        "stun:h:x",
        "stun::3478",
        ":3478",
        "stun:u@h",
        "stun:a,stun:b",
        "a,b",
        "stun:::1",
        "::1",
        "stun:[zz]",
        "stun:[::1",
        "stun:[::1]x",
        "stun:a b",
        "stun: h",
        "stun:h/x",
        "stun:h#f",
        "stun:a..b",
        "stun:.",
        "stun:é",
        "https://h",
        "turn:",
        "turn:h?x",
        "turn:h:0",
    ];
    let lists = invalid.map(|server| json!([server]));
    assert_issues("stun_servers", &lists, &[(IssueCode::SipStunInvalid, Severity::Warning)]);
    assert_issues(
        "stun_servers",
        &[json!("stun:h"), json!({}), json!([5]), json!([null])],
        &[(IssueCode::SipStunInvalid, Severity::Warning)],
    );
    assert_issues("stun_servers", &[json!([]), json!(null)], &[]);
    // Each at its index.
    let report = report(&extension_with("stun_servers", json!(["stun:h", "bad one", "turn:h", 7])));
    assert_eq!(
        found(&report),
        [
            ("sip-stun-invalid", Severity::Warning, "/pbx_account/stun_servers/1".into()),
            ("sip-stun-invalid", Severity::Warning, "/pbx_account/stun_servers/3".into()),
        ]
    );
    assert_eq!(report.issues[0].message, "\"bad one\" is not a STUN address");
    assert_eq!(
        found(&self::report(&extension_with("stun_servers", json!("stun:h"))))[0].2,
        "/pbx_account/stun_servers"
    );
}

#[test]
fn credentials_in_a_stun_address_are_masked() {
    let report = report(&extension_with("stun_servers", json!(["turn:user:pa@ss@h", "a@h"])));
    assert_eq!(report.issues[0].message, "\"***@h\" is not a STUN address");
    assert_eq!(report.issues[1].message, "\"***@h\" is not a STUN address");
    assert!(!format!("{report:?}").contains("pa@ss") && !format!("{report:?}").contains("user"));
}

#[test]
fn missing_ws_transport_warns() {
    assert_issues("transport", &[json!(["ws"]), json!(["tcp", "wss"])], &[]);
    let without = [json!([]), json!(null), json!(["tcp", "udp"]), json!("wss"), json!([5]), json!({})];
    assert_issues("transport", &without, &[(IssueCode::SipTransportNoWs, Severity::Warning)]);
}

#[test]
fn input_without_account_reports_every_field() {
    let all = [
        ("sip-ws-url-invalid", Severity::Error, "/pbx_account/sip_web_socket_server".into()),
        ("sip-realm-invalid", Severity::Error, "/pbx_account/sip_realm".into()),
        ("sip-user-invalid", Severity::Error, "/pbx_account/sip_user".into()),
        ("sip-password-missing", Severity::Error, "/pbx_account/sip_password".into()),
        ("sip-transport-no-ws", Severity::Warning, "/pbx_account/transport".into()),
    ];
    for detail in [
        json!({}),
        json!(null),
        json!("x"),
        json!([]),
        json!({ "pbx_account": null }),
        json!({ "pbx_account": 5 }),
        json!({ "full_name": "An" }),
    ] {
        assert_eq!(found(&report(&detail)), all, "{detail}");
    }
}

#[test]
fn paths_point_into_the_record_that_was_passed() {
    let bad = json!({ "domain": "18x", "outbound_proxy": "WSS://h", "sip_user": "a b", "password": "" });
    assert_eq!(
        found(&report(&bad)),
        [
            ("sip-ws-url-invalid", Severity::Error, "/outbound_proxy".into()),
            ("sip-realm-invalid", Severity::Error, "/domain".into()),
            ("sip-user-invalid", Severity::Error, "/sip_user".into()),
            ("sip-password-missing", Severity::Error, "/password".into()),
        ]
    );
    assert_eq!(found(&report(&json!({ "sip_user": "1", "password": "x" })))[0].2, "/outbound_proxy");
    // One field of `pbx_account` is enough to read the record as an extension.
    for field in ["sip_user", "sip_password", "sip_web_socket_server", "sip_realm"] {
        let mut both = valid_phone();
        both["pbx_account"] = json!({ field: "x" });
        let paths = found(&report(&both));
        assert!(paths.iter().all(|(_, _, path)| path.starts_with("/pbx_account/")), "{field}: {paths:?}");
    }
}

#[test]
fn messages_name_the_value_in_both_languages() {
    let detail = json!({ "pbx_account": {
        "sip_web_socket_server": "ws://h", "sip_realm": "1x", "sip_user": "a b", "stun_servers": ["x y"], "transport": [],
    } });
    let sentences = |language| {
        let issues = check_for(&detail, SipLibrary::Any, language).issues;
        issues.iter().map(|issue| issue.message.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        sentences(Language::English),
        [
            "ws:// sends the password's digest in the clear",
            "\"1x\" is not a SIP host name",
            "\"a b\" cannot be a SIP user",
            "The password is missing",
            "\"x y\" is not a STUN address",
            "No ws or wss transport",
        ]
    );
    assert_eq!(
        sentences(Language::Vietnamese),
        [
            "ws:// không mã hoá",
            "\"1x\" không phải tên miền SIP",
            "\"a b\" không dùng làm số SIP được",
            "Thiếu mật khẩu",
            "\"x y\" không phải địa chỉ STUN",
            "Không có ws hoặc wss",
        ]
    );
    let report = check_for(
        &extension_with("sip_web_socket_server", "x".into()),
        SipLibrary::Any,
        Language::Vietnamese,
    );
    assert_eq!(report.issues[0].message, "Cần dạng wss://host[:port][/path]");
    let params = serde_json::to_value(&self::report(&detail).issues).unwrap_or_default();
    assert_eq!(params[1]["params"], json!({ "realm": "1x" }));
    assert_eq!(params[2]["params"], json!({ "user": "a b" }));
    assert_eq!(params[4]["params"], json!({ "server": "x y" }));
}
