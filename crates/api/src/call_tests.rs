//! The course of a call in virtual time: a scripted server, a clock that only waits and requests move, seeded dice.

use omicall_schema::Schema;
use proptest::prelude::*;

use super::*;

static LIST: Endpoint = Endpoint::get("/api/list", &Schema::Any);
static CREATE: Endpoint = Endpoint::post("/api/add", &Schema::Any);
static CHANGE: Endpoint = Endpoint::put("/api/change", &Schema::Any);
static DELETE: Endpoint = Endpoint::delete("/api/delete/:id", &Schema::Any);
static SIGN_IN: Endpoint = Endpoint::get("/api/auth", &Schema::Any);

const SUCCESS: &str = r#"{"status_code":9999,"payload":{}}"#;
const REFUSAL: &str = r#"{"status_code":-9999,"message":"extension_invalid"}"#;
const NOTHING: &str = "";

/// How long each request takes.
const REQUEST_MS: f64 = 50.0;

/// What the network does with a request, or with the call while it waits.
#[derive(Debug, Clone)]
enum Reply {
    Http(u16, &'static str),
    Busy(u16, f64),
    Lost(FetchFailure),
    Ends(Ended),
}

/// How a call went.
#[derive(Debug)]
struct Course {
    requests: u32,
    tokens: u32,
    took_ms: f64,
    notifications: Vec<Notification>,
    result: Result<(), Error>,
}

fn policy(auth: Auth) -> Policy {
    Policy { auth, max_retries: 2, timeout_ms: 30_000, strict: false }
}

fn lost() -> FetchFailure {
    FetchFailure::NoResponse(None)
}

/// Plays a call against a server that replies so, the last reply again and again.
fn play(endpoint: &'static Endpoint, policy: Policy, replies: &[Reply], seed: u64) -> Course {
    let (mut now_ms, mut dice, mut requests, mut tokens) = (1_000.0, seed, 0, 0);
    let mut call = Call::new(endpoint, policy, now_ms);
    let mut notifications = Vec::new();
    let mut replies = replies.iter().peekable();
    let mut step = call.start(now_ms);
    loop {
        notifications.append(&mut step.notify);
        let event = match step.next {
            Next::Done(result) => {
                let result = result.map(drop);
                assert_eq!(requests, call.attempts());
                return Course { requests, tokens, took_ms: now_ms - 1_000.0, notifications, result };
            }
            Next::GetToken => {
                tokens += 1;
                assert!(tokens < 10, "asks for tokens for ever");
                Event::Token(Ok(()))
            }
            Next::Wait { ms } => {
                now_ms += ms;
                Event::Waited
            }
            Next::Send => {
                requests += 1;
                assert!(requests < 100, "sends for ever");
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
                };
                match reply {
                    Reply::Http(status, body) => {
                        Event::Response { response: response(status, body), retry_after_ms: None }
                    }
                    Reply::Busy(status, ms) => {
                        Event::Response { response: response(status, NOTHING), retry_after_ms: Some(ms) }
                    }
                    Reply::Lost(failure) => Event::Failed(failure),
                    Reply::Ends(ended) => Event::Ended(ended),
                }
            }
        };
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        step = call.handle(event, now_ms, (dice >> 11) as f64 / (1_u64 << 53) as f64);
    }
}

fn course(endpoint: &'static Endpoint, replies: &[Reply]) -> Course {
    play(endpoint, policy(Auth::RefreshableToken), replies, 7)
}

fn error(course: Course) -> Error {
    course.result.unwrap_err()
}

#[test]
fn a_call_gets_a_token_sends_one_request_and_tells_the_page() {
    let course = course(&LIST, &[Reply::Http(200, SUCCESS)]);
    assert!(course.result.is_ok());
    assert_eq!((course.tokens, course.requests), (1, 1));
    assert_eq!(
        course.notifications,
        [
            Notification::Request { attempt: 1 },
            Notification::Response { attempt: 1, status: 200, elapsed_ms: REQUEST_MS },
        ]
    );
}

#[test]
fn the_sign_in_sends_without_a_token() {
    let course = play(&SIGN_IN, policy(Auth::SignIn), &[Reply::Http(200, SUCCESS)], 0);
    assert_eq!((course.tokens, course.requests), (0, 1));
}

#[test]
fn the_fault_matrix_decides_how_often_a_request_is_sent() {
    let statuses = (100..600).filter(|status| *status != 401);
    let outcomes = statuses.map(|status| Reply::Http(status, NOTHING)).chain([Reply::Lost(lost())]);
    for reply in outcomes {
        for endpoint in [&LIST, &CREATE, &CHANGE, &DELETE] {
            let reads = endpoint.method == HttpMethod::Get;
            let is_repeated = match &reply {
                Reply::Http(429 | 503, _) => true,
                Reply::Http(408 | 500 | 502 | 504, _) | Reply::Lost(_) => reads,
                _ => false,
            };
            for max_retries in 0..4 {
                for seed in 0..5 {
                    let policy = Policy { max_retries, ..policy(Auth::RefreshableToken) };
                    let course = play(endpoint, policy, std::slice::from_ref(&reply), seed);
                    let expected = if is_repeated { max_retries + 1 } else { 1 };
                    assert_eq!(course.requests, expected, "{} {reply:?}", endpoint.label());
                    // Waits of 500 + 1 000 + 2 000 ms at the longest.
                    assert!(course.took_ms <= 3_500.0 + REQUEST_MS * f64::from(expected));
                    assert!(course.result.is_err());
                }
            }
        }
    }
}

#[test]
fn a_retry_that_succeeds_ends_the_call() {
    let course = course(&LIST, &[Reply::Http(503, NOTHING), Reply::Lost(lost()), Reply::Http(200, SUCCESS)]);
    assert!(course.result.is_ok());
    assert_eq!(course.requests, 3);
    let retries: Vec<_> = course
        .notifications
        .iter()
        .filter_map(|told| match told {
            Notification::Retry { attempt, status, .. } => Some((*attempt, *status)),
            _ => None,
        })
        .collect();
    assert_eq!(retries, [(1, Some(503)), (2, None)]);
}

#[test]
fn the_server_says_how_long_to_wait_but_never_past_the_deadline() {
    for (asked_ms, requests, took_ms) in
        [(1_000.0, 3, 2_150.0), (20_000.0, 2, 20_100.0), (f64::INFINITY, 1, 50.0)]
    {
        let course = course(&CREATE, &[Reply::Busy(503, asked_ms)]);
        assert_eq!((course.requests, course.took_ms), (requests, took_ms));
    }
}

#[test]
fn a_refused_token_is_replaced_once() {
    let course = course(&CREATE, &[Reply::Http(401, REFUSAL), Reply::Http(200, SUCCESS)]);
    assert!(course.result.is_ok());
    assert_eq!((course.tokens, course.requests), (2, 2));
    let after_first: Vec<_> = course.notifications.iter().skip(2).take(2).copied().collect();
    assert_eq!(
        after_first,
        [Notification::TokenRefused, Notification::Retry { attempt: 1, status: Some(401), wait_ms: 0.0 },]
    );
}

#[test]
fn a_second_401_is_an_auth_error() {
    let course = course(&LIST, &[Reply::Http(401, REFUSAL)]);
    assert_eq!((course.tokens, course.requests), (2, 2));
    let error = error(course);
    assert_eq!((error.fields().kind, error.fields().status), (ErrorKind::Auth, Some(401)));
    assert!(!error.fields().retryable);
    assert_eq!(error.fields().code.as_deref(), Some("extension_invalid"));
}

#[test]
fn a_401_does_not_use_up_the_retries() {
    let replies = [
        Reply::Http(503, NOTHING),
        Reply::Http(401, NOTHING),
        Reply::Http(503, NOTHING),
        Reply::Http(200, SUCCESS),
    ];
    let course = course(&LIST, &replies);
    assert!(course.result.is_ok());
    assert_eq!(course.requests, 4);
}

#[test]
fn a_fixed_token_and_a_key_are_not_tried_twice() {
    for (auth, endpoint, words) in
        [(Auth::FixedToken, &LIST, "access token"), (Auth::SignIn, &SIGN_IN, "API key")]
    {
        let course = play(endpoint, policy(auth), &[Reply::Http(401, NOTHING)], 0);
        assert_eq!(course.requests, 1);
        let error = error(course);
        assert_eq!(error.fields().kind, ErrorKind::Auth);
        assert!(error.message().contains(words), "{error}");
    }
}

#[test]
fn a_refusal_in_the_envelope_is_not_repeated_though_http_says_200() {
    let course = course(&LIST, &[Reply::Http(200, REFUSAL)]);
    assert_eq!(course.requests, 1);
    assert_eq!(error(course).fields().kind, ErrorKind::Api);
}

#[test]
fn a_change_whose_response_is_lost_may_have_been_made() {
    let cases = [
        (Reply::Lost(lost()), true),
        (Reply::Lost(FetchFailure::CutOff(None)), true),
        (Reply::Http(504, NOTHING), true),
        (Reply::Http(200, "<html>"), true),
        (Reply::Ends(Ended::TimedOut), true),
        (Reply::Ends(Ended::Aborted(None)), true),
        (Reply::Http(400, REFUSAL), false),
        (Reply::Http(200, REFUSAL), false),
        (Reply::Busy(503, f64::INFINITY), false),
        (Reply::Lost(FetchFailure::NotBuilt), false),
    ];
    for (reply, may_be_done) in cases {
        for endpoint in [&CREATE, &CHANGE, &DELETE] {
            let error = error(course(endpoint, std::slice::from_ref(&reply)));
            assert_eq!(error.message().contains("may have been made"), may_be_done, "{error}");
            assert!(!may_be_done || !error.fields().retryable, "{error}");
        }
        let error = error(course(&LIST, &[reply]));
        assert!(!error.message().contains("may have been made"), "{error}");
    }
}

#[test]
fn an_abort_or_a_timeout_ends_the_call_whatever_it_waits_for() {
    for (ended, kind) in [(Ended::Aborted(None), ErrorKind::Aborted), (Ended::TimedOut, ErrorKind::Timeout)] {
        let end = |call: &mut Call| match call.handle(Event::Ended(ended.clone()), 5_000.0, 0.5).next {
            Next::Done(Err(error)) => error,
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
        let busy = RawResponse { status: 503, content_type: "", body: b"", secrets: &[] };
        let step = for_retry.handle(Event::Response { response: busy, retry_after_ms: None }, 50.0, 0.5);
        assert!(matches!(step.next, Next::Wait { .. }), "{step:?}");
        let error = end(&mut for_retry);
        assert_eq!((error.fields().kind, error.fields().attempts), (kind, 1));
        assert!(
            !error.message().contains("may have been made"),
            "the server said that it did nothing: {error}"
        );
    }
}

#[test]
fn an_error_names_its_endpoint_once_and_counts_the_requests() {
    let error = error(course(&LIST, &[Reply::Http(503, NOTHING)]));
    assert!(error.message().starts_with("GET /api/list: HTTP 503"), "{error}");
    assert_eq!(error.fields().attempts, 3);
    assert_eq!(error.fields().endpoint.as_deref(), Some("GET /api/list"));

    let mut call = Call::new(&LIST, policy(Auth::RefreshableToken), 0.0);
    call.start(0.0);
    let from_token = Error::new(ErrorKind::Auth, "no token.").with_endpoint("auth.getAccessToken", 0);
    let step = call.handle(Event::Token(Err(from_token)), 0.0, 0.5);
    let Next::Done(Err(error)) = step.next else { panic!("{step:?}") };
    assert_eq!(error.fields().endpoint.as_deref(), Some("auth.getAccessToken"));
}

#[test]
fn the_cause_of_a_failed_sign_in_is_dropped() {
    let cause = || {
        let message = "fetch /api/auth?apiKey=secret".into();
        Some(Box::new(Cause { name: "TypeError".into(), message, code: None, stack: None, cause: None }))
    };
    for (auth, has_cause) in [(Auth::SignIn, false), (Auth::FixedToken, true)] {
        let reply = Reply::Lost(FetchFailure::NoResponse(cause()));
        let error = error(play(&LIST, Policy { max_retries: 0, ..policy(auth) }, &[reply], 0));
        assert_eq!(error.cause().is_some(), has_cause);
    }
}

#[test]
fn a_mismatch_is_an_error_only_in_strict_calls() {
    static NAMES: Endpoint = Endpoint::get("/api/names", &Schema::Array(&Schema::String));
    let drifted = [Reply::Http(200, r#"{"status_code":9999,"payload":["a",1]}"#)];
    assert!(course(&NAMES, &drifted).result.is_ok());
    let strict = Policy { strict: true, ..policy(Auth::FixedToken) };
    let error = error(play(&NAMES, strict, &drifted, 0));
    assert_eq!(error.fields().kind, ErrorKind::Decode);
    assert_eq!(error.fields().path.as_deref(), Some("/payload/1"));
    assert_eq!(error.fields().status, Some(200));
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        3 => (100_u16..600).prop_map(|status| Reply::Http(status, NOTHING)),
        1 => Just(Reply::Http(401, NOTHING)),
        1 => Just(Reply::Http(200, SUCCESS)),
        1 => Just(Reply::Http(200, REFUSAL)),
        1 => (0.0..40_000.0).prop_map(|ms| Reply::Busy(503, ms)),
        1 => (0.0..40_000.0).prop_map(|ms| Reply::Busy(429, ms)),
        1 => Just(Reply::Lost(FetchFailure::NoResponse(None))),
        1 => Just(Reply::Lost(FetchFailure::CutOff(None))),
        1 => Just(Reply::Lost(FetchFailure::Redirected { address: "/x".into() })),
        1 => Just(Reply::Ends(Ended::TimedOut)),
        1 => Just(Reply::Ends(Ended::Aborted(None))),
    ]
}

proptest! {
    /// At most once: a change is sent again only after a response that says that nothing was done.
    #[test]
    fn a_change_is_never_made_twice(replies in prop::collection::vec(any_reply(), 1..8), seed: u64, retries in 0_u32..6) {
        for endpoint in [&CREATE, &CHANGE, &DELETE] {
            let policy = Policy { max_retries: retries, ..policy(Auth::RefreshableToken) };
            let course = play(endpoint, policy, &replies, seed);
            let last = replies.len() - 1;
            for at in 0..course.requests as usize - 1 {
                let reply = replies.get(at.min(last)).unwrap();
                let nothing_was_done = matches!(reply, Reply::Http(401 | 429 | 503, _) | Reply::Busy(..));
                prop_assert!(nothing_was_done, "sent again after {:?}", reply);
            }
        }
    }

    #[test]
    fn no_call_outlives_its_deadline_or_its_retries(replies in prop::collection::vec(any_reply(), 1..8), seed: u64, retries in 0_u32..6) {
        for endpoint in [&LIST, &CREATE] {
            let policy = Policy { max_retries: retries, timeout_ms: 10_000, ..policy(Auth::RefreshableToken) };
            let course = play(endpoint, policy, &replies, seed);
            // One request may begin just before the deadline; whoever performs the call ends it then.
            prop_assert!(course.took_ms <= 10_000.0 + 2.0 * REQUEST_MS, "{}", course.took_ms);
            prop_assert!(course.requests <= retries + 2, "the retries, and one replay");
            prop_assert!(course.tokens <= 2);
        }
    }
}
