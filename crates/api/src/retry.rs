//! Which failed attempts are retried, and after what delay. The clock and the random numbers come in as values.

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

/// The delay that a `Retry-After` header asks for, in milliseconds from now. It is in whole seconds, or a date that
/// `parse_date` turns into Unix milliseconds. `None` if it is neither.
pub fn parse_retry_after(header: &str, now_ms: f64, parse_date: impl FnOnce(&str) -> f64) -> Option<f64> {
    let header = header.trim();
    if header.is_empty() {
        return None;
    }
    if header.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that does not fit is beyond any deadline.
        return Some(header.parse::<u32>().map_or(f64::INFINITY, f64::from) * 1000.0);
    }
    let date = parse_date(header);
    if date.is_finite() { Some((date - now_ms).max(0.0)) } else { None }
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
        let no_date = |_: &str| f64::NAN;
        assert_eq!(parse_retry_after("2", 0.0, no_date), Some(2_000.0));
        assert_eq!(parse_retry_after(" 0 ", 0.0, no_date), Some(0.0));
        assert_eq!(parse_retry_after("Sun, 22 Nov 2026 10:00:05 GMT", 1_000.0, |_| 6_000.0), Some(5_000.0));
        assert_eq!(parse_retry_after("Sun, 22 Nov 2020 10:00:05 GMT", 9_000.0, |_| 6_000.0), Some(0.0));
        assert_eq!(parse_retry_after("99999999999999999999", 0.0, no_date), Some(f64::INFINITY));
        for unreadable in ["", "soon", "-1", "1.5"] {
            assert_eq!(parse_retry_after(unreadable, 0.0, no_date), None, "{unreadable}");
        }
    }
}
