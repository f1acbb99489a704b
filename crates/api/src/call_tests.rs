//! API calls in virtual time: a scripted server, a clock that only delays and requests advance, seeded random numbers.

use omicall_issues::Language;
use omicall_schema::Schema;
use proptest::prelude::*;

use super::*;

static LIST: Endpoint = Endpoint::get("/api/list", &Schema::Any);
static CREATE: Endpoint = Endpoint::post("/api/add", &Schema::Any);
static CHANGE: Endpoint = Endpoint::put("/api/change", &Schema::Any);
static DELETE: Endpoint = Endpoint::delete("/api/delete/:id", &Schema::Any);
static SIGN_IN: Endpoint = Endpoint::get("/api/auth", &Schema::Any);

const SUCCESS: &str = r#"{"status_code":9999,"payload":{}}"#;
const API_ERROR: &str = r#"{"status_code":-9999,"message":"extension_invalid"}"#;
const EMPTY: &str = "";

/// How long each request takes.
const REQUEST_MS: f64 = 50.0;

/// What happens to a request, or to the call while it waits for the response.
#[derive(Debug, Clone)]
enum Reply {
    Http(u16, &'static str),
    RetryAfter(u16, f64),
    Failed(FetchFailure),
    Cancelled(Cancelled),
}

/// What a simulated call did.
#[derive(Debug)]
struct Simulation {
    requests: u32,
    tokens: u32,
    took_ms: f64,
    notifications: Vec<Notification>,
    result: Result<(), Error>,
}

fn policy(auth: Auth) -> Policy {
    Policy { auth, max_retries: 2, timeout_ms: 30_000, strict: false, masks_passwords: false }
}

fn no_response() -> FetchFailure {
    FetchFailure::NoResponse(None)
}

/// Simulates a call to a server with these replies; the last one repeats.
fn simulate(endpoint: &'static Endpoint, policy: Policy, replies: &[Reply], seed: u64) -> Simulation {
    let (mut now_ms, mut random, mut requests, mut tokens) = (1_000.0, seed, 0, 0);
    let mut call = Call::new(endpoint, policy, now_ms);
    let mut notifications = Vec::new();
    let mut replies = replies.iter().peekable();
    let mut step = call.start(now_ms);
    loop {
        notifications.append(&mut step.notifications);
        let event = match step.action {
            Action::Done(result) => {
                let result = result.map(drop);
                assert_eq!(requests, call.attempts());
                return Simulation { requests, tokens, took_ms: now_ms - 1_000.0, notifications, result };
            }
            Action::GetToken => {
                tokens += 1;
                assert!(tokens < 10, "requests tokens forever");
                Event::Token(Ok(()))
            }
            Action::Wait { ms } => {
                now_ms += ms;
                Event::Waited
            }
            Action::Send => {
                requests += 1;
                assert!(requests < 100, "sends requests forever");
                now_ms += REQUEST_MS;
                let reply = replies.next().cloned().unwrap();
                if replies.peek().is_none() {
                    replies = std::slice::from_ref(Box::leak(Box::new(reply.clone()))).iter().peekable();
                }
                let response = |status, body: &'static str| RawResponse {
                    status,
                    content_type: "application/json",
                    body: body.as_bytes(),
                    secrets: &[],
                    language: Language::English,
                };
                match reply {
                    Reply::Http(status, body) => {
                        Event::Response { response: response(status, body), retry_after_ms: None }
                    }
                    Reply::RetryAfter(status, ms) => {
                        Event::Response { response: response(status, EMPTY), retry_after_ms: Some(ms) }
                    }
                    Reply::Failed(failure) => Event::Failed(failure),
                    Reply::Cancelled(cancelled) => Event::Cancelled(cancelled),
                }
            }
        };
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        step = call.handle(event, now_ms, (random >> 11) as f64 / (1_u64 << 53) as f64);
    }
}

fn simulate_default(endpoint: &'static Endpoint, replies: &[Reply]) -> Simulation {
    simulate(endpoint, policy(Auth::RefreshableToken), replies, 7)
}

fn error(simulation: Simulation) -> Error {
    simulation.result.unwrap_err()
}

#[test]
fn a_call_gets_a_token_and_sends_one_request() {
    let simulation = simulate_default(&LIST, &[Reply::Http(200, SUCCESS)]);
    assert!(simulation.result.is_ok());
    assert_eq!((simulation.tokens, simulation.requests), (1, 1));
    assert_eq!(
        simulation.notifications,
        [
            Notification::Request { attempt: 1 },
            Notification::Response { attempt: 1, status: 200, elapsed_ms: REQUEST_MS },
        ]
    );
}

#[test]
fn sign_in_needs_no_token() {
    let simulation = simulate(&SIGN_IN, policy(Auth::SignIn), &[Reply::Http(200, SUCCESS)], 0);
    assert_eq!((simulation.tokens, simulation.requests), (0, 1));
}

#[test]
fn retries_depend_on_method_and_failure() {
    let statuses = (100..600).filter(|status| *status != 401);
    let outcomes = statuses.map(|status| Reply::Http(status, EMPTY)).chain([Reply::Failed(no_response())]);
    for reply in outcomes {
        for endpoint in [&LIST, &CREATE, &CHANGE, &DELETE] {
            let reads = endpoint.method == HttpMethod::Get;
            let is_retried = match &reply {
                Reply::Http(429 | 503, _) => true,
                Reply::Http(408 | 500 | 502 | 504, _) | Reply::Failed(_) => reads,
                _ => false,
            };
            for max_retries in 0..4 {
                for seed in 0..20 {
                    let policy = Policy { max_retries, ..policy(Auth::RefreshableToken) };
                    let simulation = simulate(endpoint, policy, std::slice::from_ref(&reply), seed);
                    let expected = if is_retried { max_retries + 1 } else { 1 };
                    assert_eq!(simulation.requests, expected, "{} {reply:?}", endpoint.label());
                    // Waits of 500 + 1 000 + 2 000 ms at the longest.
                    assert!(simulation.took_ms <= 3_500.0 + REQUEST_MS * f64::from(expected));
                    assert!(simulation.result.is_err());
                }
            }
        }
    }
}

#[test]
fn a_limit_of_half_an_hour_is_not_retried() {
    for status in [429, 503] {
        for body in [
            r#"{"status_code":-9999,"message":"limit_request_30_minute"}"#,
            r#"{"status_code":-9999,"payload":{"error":"limit_request_30_minute"}}"#,
        ] {
            for endpoint in [&LIST, &CREATE] {
                let simulation = simulate_default(endpoint, &[Reply::Http(status, body)]);
                assert_eq!(simulation.requests, 1, "{} {body}", endpoint.label());
                let error = error(simulation);
                assert_eq!(error.fields().code.as_deref(), Some("limit_request_30_minute"));
                assert!(!error.fields().retryable, "{error}");
                assert!(error.message().contains("wait 30 minutes"), "{error}");
                assert!(!error.message().contains("may have been made"), "{error}");
            }
        }
    }
    let other = r#"{"status_code":-9999,"message":"limit_request_1_second"}"#;
    assert_eq!(simulate_default(&LIST, &[Reply::Http(429, other)]).requests, 3);
}

#[test]
fn an_offline_device_is_retried_and_a_blocked_request_is_not() {
    for (failure, requests, words) in [
        (FetchFailure::Offline(None), 3, "offline"),
        (FetchFailure::Blocked, 1, "connect-src"),
        (FetchFailure::NoResponse(None), 3, "baseUrl: \"/omicall\""),
    ] {
        let simulation = simulate_default(&LIST, &[Reply::Failed(failure)]);
        assert_eq!(simulation.requests, requests);
        let error = error(simulation);
        assert_eq!((error.fields().kind, error.fields().retryable), (ErrorKind::Network, requests > 1));
        assert!(error.message().contains(words), "{error}");
        assert_eq!(error.message().contains("CORS"), words.contains("omicall"), "{error}");
    }
}

#[test]
fn without_fetch_the_error_says_so_at_once() {
    let simulation = simulate_default(&LIST, &[Reply::Failed(FetchFailure::NoFetch)]);
    assert_eq!(simulation.requests, 1);
    let error = error(simulation);
    assert_eq!((error.fields().kind, error.fields().path.as_deref()), (ErrorKind::Usage, Some("/fetch")));
    assert!(error.message().contains("there is no `fetch` here: pass one as `options.fetch`"), "{error}");
}

#[test]
fn a_successful_retry_ends_the_call() {
    let simulation = simulate_default(
        &LIST,
        &[Reply::Http(503, EMPTY), Reply::Failed(no_response()), Reply::Http(200, SUCCESS)],
    );
    assert!(simulation.result.is_ok());
    assert_eq!(simulation.requests, 3);
    let retries: Vec<_> = simulation
        .notifications
        .iter()
        .filter_map(|notification| match notification {
            Notification::Retry { attempt, status, .. } => Some((*attempt, *status)),
            _ => None,
        })
        .collect();
    assert_eq!(retries, [(1, Some(503)), (2, None)]);
}

#[test]
fn retry_after_is_honoured_up_to_the_deadline() {
    for (max_retries, retry_after_ms, requests, took_ms) in [
        (2, 1_000.0, 3, 2_150.0),
        (2, 20_000.0, 2, 20_100.0),
        (9, 20_000.0, 2, 20_100.0),
        (2, f64::INFINITY, 1, 50.0),
        (9, f64::INFINITY, 1, 50.0),
    ] {
        for endpoint in [&LIST, &CREATE, &CHANGE, &DELETE] {
            let policy = Policy { max_retries, ..policy(Auth::RefreshableToken) };
            let replies = [Reply::RetryAfter(503, retry_after_ms)];
            for seed in 0..20 {
                let simulation = simulate(endpoint, policy, &replies, seed);
                assert_eq!((simulation.requests, simulation.took_ms), (requests, took_ms));
            }
        }
    }
}

#[test]
fn delays_are_spread() {
    let policy = Policy { max_retries: 1, ..policy(Auth::RefreshableToken) };
    let took_ms: std::collections::BTreeSet<_> = (0..20)
        .map(|seed| simulate(&LIST, policy, &[Reply::Failed(no_response())], seed).took_ms as u64)
        .collect();
    assert!(took_ms.len() > 10, "{took_ms:?}");
}

#[test]
fn a_refused_token_is_replaced_once() {
    let simulation = simulate_default(&CREATE, &[Reply::Http(401, API_ERROR), Reply::Http(200, SUCCESS)]);
    assert!(simulation.result.is_ok());
    assert_eq!((simulation.tokens, simulation.requests), (2, 2));
    let after_first: Vec<_> = simulation.notifications.iter().skip(2).take(2).copied().collect();
    assert_eq!(
        after_first,
        [Notification::TokenRefused, Notification::Retry { attempt: 1, status: Some(401), wait_ms: 0.0 },]
    );
}

#[test]
fn a_second_401_is_an_auth_error() {
    let simulation = simulate_default(&LIST, &[Reply::Http(401, API_ERROR)]);
    assert_eq!((simulation.tokens, simulation.requests), (2, 2));
    let error = error(simulation);
    assert_eq!((error.fields().kind, error.fields().status), (ErrorKind::Auth, Some(401)));
    assert!(!error.fields().retryable);
    assert_eq!(error.fields().code.as_deref(), Some("extension_invalid"));
}

#[test]
fn a_401_does_not_use_up_the_retries() {
    let replies = [
        Reply::Http(503, EMPTY),
        Reply::Http(401, EMPTY),
        Reply::Http(503, EMPTY),
        Reply::Http(200, SUCCESS),
    ];
    let simulation = simulate_default(&LIST, &replies);
    assert!(simulation.result.is_ok());
    assert_eq!(simulation.requests, 4);
}

#[test]
fn a_fixed_token_and_an_api_key_are_not_tried_twice() {
    for (auth, endpoint, words) in
        [(Auth::FixedToken, &LIST, "access token"), (Auth::SignIn, &SIGN_IN, "API key")]
    {
        let simulation = simulate(endpoint, policy(auth), &[Reply::Http(401, EMPTY)], 0);
        assert_eq!(simulation.requests, 1);
        let error = error(simulation);
        assert_eq!(error.fields().kind, ErrorKind::Auth);
        assert!(error.message().contains(words), "{error}");
    }
}

#[test]
fn an_api_error_with_http_200_is_not_retried() {
    let simulation = simulate_default(&LIST, &[Reply::Http(200, API_ERROR)]);
    assert_eq!(simulation.requests, 1);
    assert_eq!(error(simulation).fields().kind, ErrorKind::Api);
}

#[test]
fn errors_warn_that_a_change_may_have_been_made() {
    let cases = [
        (Reply::Failed(no_response()), true),
        (Reply::Failed(FetchFailure::CutOff(None)), true),
        (Reply::Failed(FetchFailure::Offline(None)), true),
        (Reply::Failed(FetchFailure::NotAResponse), true),
        (Reply::Failed(FetchFailure::TooLong { status: 200 }), true),
        (Reply::Http(504, EMPTY), true),
        (Reply::Http(200, "<html>"), true),
        (Reply::Cancelled(Cancelled::TimedOut), true),
        (Reply::Cancelled(Cancelled::Aborted(None)), true),
        (Reply::Http(400, API_ERROR), false),
        (Reply::Http(200, API_ERROR), false),
        (Reply::RetryAfter(503, f64::INFINITY), false),
        (Reply::Failed(FetchFailure::NotBuilt), false),
        (Reply::Failed(FetchFailure::Blocked), false),
        (Reply::Failed(FetchFailure::NoFetch), false),
    ];
    for (reply, is_warned) in cases {
        for endpoint in [&CREATE, &CHANGE, &DELETE] {
            let error = error(simulate_default(endpoint, std::slice::from_ref(&reply)));
            assert_eq!(error.message().contains("may have been made"), is_warned, "{error}");
            assert!(!is_warned || !error.fields().retryable, "{error}");
            assert_eq!(error.fields().outcomeUnknown, is_warned.then_some(true), "{error}");
        }
        let error = error(simulate_default(&LIST, &[reply]));
        assert!(!error.message().contains("may have been made"), "{error}");
        assert_eq!(error.fields().outcomeUnknown, None, "{error}");
    }
}

#[test]
fn abort_and_timeout_end_the_call_in_every_state() {
    for (cancelled, kind) in
        [(Cancelled::Aborted(None), ErrorKind::Aborted), (Cancelled::TimedOut, ErrorKind::Timeout)]
    {
        let end =
            |call: &mut Call| match call.handle(Event::Cancelled(cancelled.clone()), 5_000.0, 0.5).action {
                Action::Done(Err(error)) => error,
                next => panic!("{next:?}"),
            };
        let mut for_token = Call::new(&CREATE, policy(Auth::RefreshableToken), 0.0);
        for_token.start(0.0);
        let error = end(&mut for_token);
        assert_eq!((error.fields().kind, error.fields().attempts), (kind, 0));
        assert!(error.message().contains("waiting for an access token"), "{error}");
        assert!(!error.message().contains("may have been made"), "{error}");

        let mut for_retry = Call::new(&CREATE, policy(Auth::RefreshableToken), 0.0);
        for_retry.start(0.0);
        for_retry.handle(Event::Token(Ok(())), 0.0, 0.5);
        let response = RawResponse {
            status: 503,
            content_type: "",
            body: b"",
            secrets: &[],
            language: Language::English,
        };
        let step = for_retry.handle(Event::Response { response, retry_after_ms: None }, 50.0, 0.5);
        assert!(matches!(step.action, Action::Wait { .. }), "{step:?}");
        let error = end(&mut for_retry);
        assert_eq!((error.fields().kind, error.fields().attempts), (kind, 1));
        assert!(
            !error.message().contains("may have been made"),
            "a 503 means that nothing was done: {error}"
        );
    }
}

#[test]
fn errors_have_endpoint_and_attempts() {
    let error = error(simulate_default(&LIST, &[Reply::Http(503, EMPTY)]));
    assert!(error.message().starts_with("GET /api/list: HTTP 503"), "{error}");
    assert_eq!(error.fields().attempts, 3);
    assert_eq!(error.fields().endpoint.as_deref(), Some("GET /api/list"));

    let mut call = Call::new(&LIST, policy(Auth::RefreshableToken), 0.0);
    call.start(0.0);
    let from_token = Error::new(ErrorKind::Auth, "no token.").with_endpoint("auth.getAccessToken", 0);
    let step = call.handle(Event::Token(Err(from_token)), 0.0, 0.5);
    let Action::Done(Err(error)) = step.action else { panic!("{step:?}") };
    assert_eq!(error.fields().endpoint.as_deref(), Some("auth.getAccessToken"));
}

#[test]
fn errors_of_the_sign_in_have_no_cause() {
    let cause = || Some(Cause(r#"{"name":"TypeError","message":"fetch /api/auth?apiKey=secret"}"#.into()));
    for (auth, has_cause) in [(Auth::SignIn, false), (Auth::FixedToken, true)] {
        let reply = Reply::Failed(FetchFailure::NoResponse(cause()));
        let error = error(simulate(&LIST, Policy { max_retries: 0, ..policy(auth) }, &[reply], 0));
        assert_eq!(error.cause().is_some(), has_cause);
    }
}

#[test]
fn a_schema_mismatch_is_an_error_only_in_strict_calls() {
    static NAMES: Endpoint = Endpoint::get("/api/names", &Schema::Array(&Schema::String));
    let mismatched = [Reply::Http(200, r#"{"status_code":9999,"payload":["a",1]}"#)];
    assert!(simulate_default(&NAMES, &mismatched).result.is_ok());
    let strict = Policy { strict: true, ..policy(Auth::FixedToken) };
    let error = error(simulate(&NAMES, strict, &mismatched, 0));
    assert_eq!(error.fields().kind, ErrorKind::Decode);
    assert_eq!(error.fields().path.as_deref(), Some("/payload/1"));
    assert_eq!(error.fields().status, Some(200));
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        3 => (100_u16..600).prop_map(|status| Reply::Http(status, EMPTY)),
        1 => Just(Reply::Http(401, EMPTY)),
        1 => Just(Reply::Http(200, SUCCESS)),
        1 => Just(Reply::Http(200, API_ERROR)),
        1 => (0.0..40_000.0).prop_map(|ms| Reply::RetryAfter(503, ms)),
        1 => (0.0..40_000.0).prop_map(|ms| Reply::RetryAfter(429, ms)),
        1 => Just(Reply::Failed(FetchFailure::NoResponse(None))),
        1 => Just(Reply::Failed(FetchFailure::CutOff(None))),
        1 => Just(Reply::Failed(FetchFailure::Offline(None))),
        1 => Just(Reply::Failed(FetchFailure::Blocked)),
        1 => Just(Reply::Failed(FetchFailure::Redirected { url: "/x".into() })),
        1 => Just(Reply::Cancelled(Cancelled::TimedOut)),
        1 => Just(Reply::Cancelled(Cancelled::Aborted(None))),
    ]
}

proptest! {
    #[test]
    fn a_change_is_sent_again_only_if_the_server_did_nothing(replies in prop::collection::vec(any_reply(), 1..8), seed: u64, retries in 0_u32..6) {
        for endpoint in [&CREATE, &CHANGE, &DELETE] {
            let policy = Policy { max_retries: retries, ..policy(Auth::RefreshableToken) };
            let simulation = simulate(endpoint, policy, &replies, seed);
            let last = replies.len() - 1;
            for at in 0..simulation.requests as usize - 1 {
                let reply = replies.get(at.min(last)).unwrap();
                let nothing_was_done = matches!(reply, Reply::Http(401 | 429 | 503, _) | Reply::RetryAfter(..));
                prop_assert!(nothing_was_done, "sent again after {:?}", reply);
            }
        }
    }

    #[test]
    fn calls_stay_within_deadline_and_retries(replies in prop::collection::vec(any_reply(), 1..8), seed: u64, retries in 0_u32..6) {
        for endpoint in [&LIST, &CREATE] {
            let policy = Policy { max_retries: retries, timeout_ms: 10_000, ..policy(Auth::RefreshableToken) };
            let simulation = simulate(endpoint, policy, &replies, seed);
            // One request may begin just before the deadline; the driver ends it then.
            prop_assert!(simulation.took_ms <= 10_000.0 + 2.0 * REQUEST_MS, "{}", simulation.took_ms);
            prop_assert!(simulation.requests <= retries + 2, "the retries and one replay");
            prop_assert!(simulation.tokens <= 2);
        }
    }
}

#[test]
fn passwords_are_masked_only_where_the_policy_says_so() {
    let body = br#"{"status_code":9999,"payload":{"items":[{"password":"hunter2"}]}}"#;
    let password = 52..61;
    assert_eq!(body.get(password.clone()), Some(&br#""hunter2""#[..]));
    for strict in [false, true] {
        for (masks_passwords, expected) in [(true, vec![password.clone()]), (false, Vec::new())] {
            let policy = Policy { strict, masks_passwords, ..policy(Auth::FixedToken) };
            let mut call = Call::new(&LIST, policy, 0.0);
            call.start(0.0);
            call.handle(Event::Token(Ok(())), 0.0, 0.0);
            let response = RawResponse {
                status: 200,
                content_type: "",
                body,
                secrets: &[],
                language: Language::English,
            };
            let step = call.handle(Event::Response { response, retry_after_ms: None }, 0.0, 0.0);
            let Action::Done(Ok(accepted)) = step.action else { panic!("{step:?}") };
            assert_eq!(accepted.passwords, expected);
        }
    }
}
