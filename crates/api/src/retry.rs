//! Which failed attempts are retried, and after what delay. The clock and the random numbers come in as values.

use omicall_schema::compact::parse_u32;

use crate::endpoint::HttpMethod;

/// The longest delay before the first retry, in milliseconds; it doubles with every retry.
const FIRST_DELAY_MS: f64 = 500.0;

/// The longest delay that the client chooses by itself, in milliseconds.
const MAX_DELAY_MS: f64 = 8_000.0;

/// How an attempt failed, as far as a retry is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptFailure {
    /// No response: it is unknown whether the server received the request.
    Network,
    /// A response with this HTTP status.
    Status(u16),
}

/// Whether the status reports a temporary problem.
pub fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Whether the same request may be sent again. A change is only repeated after 429 and 503, which say that the server
/// did nothing.
pub fn is_retryable(method: HttpMethod, failure: AttemptFailure) -> bool {
    match (method, failure) {
        (HttpMethod::Get, AttemptFailure::Network) => true,
        (HttpMethod::Get, AttemptFailure::Status(status)) => is_transient(status),
        (_, AttemptFailure::Network) => false,
        (_, AttemptFailure::Status(status)) => matches!(status, 429 | 503),
    }
}

/// What an API call has left after a failed attempt.
#[derive(Debug, Clone, Copy)]
pub struct RetryBudget {
    /// The number of retries so far.
    pub retries: u32,
    /// How many more are allowed.
    pub retries_left: u32,
    /// The time left until the deadline, in milliseconds.
    pub time_left_ms: f64,
}

/// How long to wait before the next attempt, in milliseconds; `None` if there must not be one. `random` is between 0 and 1.
pub fn delay_before_retry(
    method: HttpMethod,
    failure: AttemptFailure,
    budget: RetryBudget,
    retry_after_ms: Option<f64>,
    random: f64,
) -> Option<f64> {
    if budget.retries_left == 0 || !is_retryable(method, failure) {
        return None;
    }
    let delay_ms = backoff_ms(budget.retries, retry_after_ms, random);
    // A response after the deadline would be useless: better to report the failure now.
    if delay_ms < budget.time_left_ms { Some(delay_ms) } else { None }
}

/// The delay before retry number `retry` (the first is 0), in milliseconds: what the server asked for, else a random part
/// of a span that doubles each time (exponential back-off with full jitter).
pub fn backoff_ms(retry: u32, retry_after_ms: Option<f64>, random: f64) -> f64 {
    retry_after_ms.unwrap_or_else(|| {
        let span = FIRST_DELAY_MS * f64::from(1_u32.checked_shl(retry).unwrap_or(u32::MAX));
        random * span.min(MAX_DELAY_MS)
    })
}

/// The delay that a `Retry-After` header asks for, in milliseconds. It is a whole number of seconds, or a date, which counts from
/// the response's own `Date` where the page may read that, since the page's clock may be wrong. `None` for a date that has
/// passed and for anything else: then the client waits as it would without the header. `parse_date` returns Unix milliseconds.
pub fn parse_retry_after(
    header: &str,
    date_header: &str,
    now_ms: f64,
    parse_date: impl Fn(&str) -> f64,
) -> Option<f64> {
    let header = header.trim_ascii();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that does not fit is beyond any deadline.
        return Some(parse_u32(header.as_bytes()).map_or(f64::INFINITY, f64::from) * 1000.0);
    }
    let date_ms = |text: &str| Some(parse_date(text)).filter(|ms| is_http_date(text) && ms.is_finite());
    let delay_ms = date_ms(header)? - date_ms(date_header.trim_ascii()).unwrap_or(now_ms);
    Some(delay_ms).filter(|delay_ms| *delay_ms > 0.0)
}

/// Whether a text has the form of `Sun, 06 Nov 1994 08:49:37 GMT`. Engines also read a date in `1.5` and `-1`. The two older forms
/// of HTTP are not read: engines disagree about them, and servers have not sent them for decades.
fn is_http_date(text: &str) -> bool {
    let form = b"aaa, 00 aaa 0000 00:00:00 GMT";
    text.len() == form.len()
        && text.bytes().zip(form).all(|(byte, form)| match form {
            b'a' => byte.is_ascii_alphabetic(),
            b'0' => byte.is_ascii_digit(),
            _ => byte == *form,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_get_is_retried_only_after_transient_failures() {
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(is_retryable(HttpMethod::Get, AttemptFailure::Status(status)), "{status}");
        }
        for status in [200, 204, 301, 400, 401, 403, 404, 409, 418, 501, 505] {
            assert!(!is_retryable(HttpMethod::Get, AttemptFailure::Status(status)), "{status}");
        }
        assert!(is_retryable(HttpMethod::Get, AttemptFailure::Network));
    }

    #[test]
    fn a_change_is_retried_only_when_the_server_did_nothing() {
        for method in [HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete] {
            assert!(!is_retryable(method, AttemptFailure::Network));
            for status in [400, 401, 408, 500, 502, 504] {
                assert!(!is_retryable(method, AttemptFailure::Status(status)), "{status}");
            }
            assert!(is_retryable(method, AttemptFailure::Status(429)));
            assert!(is_retryable(method, AttemptFailure::Status(503)));
        }
    }

    #[test]
    fn delays_double_up_to_a_maximum() {
        assert_eq!(backoff_ms(0, None, 1.0), 500.0);
        assert_eq!(backoff_ms(1, None, 1.0), 1_000.0);
        assert_eq!(backoff_ms(1, None, 0.5), 500.0);
        assert_eq!(backoff_ms(4, None, 1.0), 8_000.0);
        assert_eq!(backoff_ms(4_000, None, 1.0), 8_000.0);
        assert_eq!(backoff_ms(3, None, 0.0), 0.0);
        assert_eq!(backoff_ms(3, Some(7.0), 0.9), 7.0);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        // Engines find a year in nearly everything.
        let lenient = |text: &str| if text.contains("2020") { 1_000.0 } else { 6_000.0 };
        let parse = |header: &str| parse_retry_after(header, "", 1_000.0, lenient);
        assert_eq!(parse("2"), Some(2_000.0));
        assert_eq!(parse(" 0 "), Some(0.0));
        assert_eq!(parse("99999999999999999999"), Some(f64::INFINITY));
        assert_eq!(parse("Sun, 22 Nov 2026 10:00:05 GMT"), Some(5_000.0));
        assert_eq!(parse("Sun, 22 Nov 2020 10:00:05 GMT"), None, "it has passed");
        for unreadable in [
            "",
            "soon",
            "-1",
            "1.5",
            "0.5",
            "+2",
            "1, 2",
            "2,5",
            "1e3",
            "0x10",
            "٣",
            "5s",
            "2026-11-22",
            "Sun, 22 Nov 2026 10:00:05",
            "Sun, 22 Nov 2026 10:00:05 UTC",
            "Sunday, 22-Nov-26 10:00:05 GMT",
            "Sun Nov 22 10:00:05 2026",
            "22 Nov 2026 10:00:05 GMT, 3",
        ] {
            assert_eq!(parse(unreadable), None, "{unreadable}");
        }
        assert_eq!(parse_retry_after("Xxx, 99 Xxx 2026 10:00:05 GMT", "", 0.0, |_| f64::NAN), None);
    }

    #[test]
    fn a_date_counts_from_the_responses_own() {
        let (now, later) = ("Sun, 22 Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:05 GMT");
        let parse = |text: &str| if text == later { 105_000.0 } else { 100_000.0 };
        for clock_ms in [0.0, 100_000.0, 1e12] {
            assert_eq!(parse_retry_after(later, now, clock_ms, parse), Some(5_000.0), "{clock_ms}");
            assert_eq!(parse_retry_after(now, later, clock_ms, parse), None, "{clock_ms}");
        }
        for unreadable in ["", "yesterday", "1"] {
            assert_eq!(parse_retry_after(later, unreadable, 104_000.0, parse), Some(1_000.0));
        }
    }
}
