//! Which outcome is tried again, and after how long. Pure: the clock and the dice come from outside.

use omicall_api::endpoint::HttpMethod;

/// The longest first wait, in milliseconds; it doubles with every retry.
const FIRST_WAIT_MS: f64 = 500.0;

/// The longest wait that the SDK chooses itself, in milliseconds.
const LONGEST_WAIT_MS: f64 = 8_000.0;

/// How a request ended, as far as a retry is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No answer: nobody knows whether the server saw the request.
    Network,
    /// An answer with this HTTP status.
    Status(u16),
}

/// Whether a status tells of trouble that passes by itself.
pub fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Whether the same request may be sent again. What changes something is only repeated after 429 and
/// 503, which say that nothing was done.
pub fn may_repeat(method: HttpMethod, outcome: Outcome) -> bool {
    match (method, outcome) {
        (HttpMethod::Get, Outcome::Network) => true,
        (HttpMethod::Get, Outcome::Status(status)) => is_passing(status),
        (_, Outcome::Network) => false,
        (_, Outcome::Status(status)) => matches!(status, 429 | 503),
    }
}

/// What a call may still do when a request of it has failed.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// How many times it tried again already.
    pub retried: u32,
    /// How many times it may.
    pub left: u32,
    /// How many milliseconds its deadline leaves.
    pub left_ms: f64,
}

/// How many milliseconds to wait before the request is sent again; nothing where it is not.
pub fn next(
    method: HttpMethod,
    outcome: Outcome,
    may: Allowance,
    asked_ms: Option<f64>,
    dice: f64,
) -> Option<f64> {
    if may.left == 0 || !may_repeat(method, outcome) {
        return None;
    }
    let wait_ms = wait_ms(may.retried, asked_ms, dice);
    // An answer after the deadline is of no use: better to tell now what is wrong.
    if wait_ms < may.left_ms { Some(wait_ms) } else { None }
}

/// How long to wait before retry number `retry` (the first is 0), in milliseconds: what the server
/// asked for, else a random part (`dice`, 0 to 1) of a span that doubles each time.
pub fn wait_ms(retry: u32, asked_ms: Option<f64>, dice: f64) -> f64 {
    asked_ms.unwrap_or_else(|| {
        let span = FIRST_WAIT_MS * f64::from(1_u32.checked_shl(retry).unwrap_or(u32::MAX));
        dice * span.min(LONGEST_WAIT_MS)
    })
}

/// What a `Retry-After` header asks for, in milliseconds from now: whole seconds, or a date that
/// `parse_date` turns into Unix milliseconds. Nothing where it can't be read.
pub fn asked_ms(header: &str, now_ms: f64, parse_date: impl FnOnce(&str) -> f64) -> Option<f64> {
    let header = header.trim();
    if header.is_empty() {
        return None;
    }
    if header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are further away than any deadline.
        return Some(header.parse::<u32>().map_or(f64::INFINITY, f64::from) * 1000.0);
    }
    let date = parse_date(header);
    if date.is_finite() { Some((date - now_ms).max(0.0)) } else { None }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn a_get_is_repeated_after_passing_trouble_only() {
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(may_repeat(HttpMethod::Get, Outcome::Status(status)), "{status}");
        }
        for status in [200, 204, 301, 400, 401, 403, 404, 409, 418, 501, 505] {
            assert!(!may_repeat(HttpMethod::Get, Outcome::Status(status)), "{status}");
        }
        assert!(may_repeat(HttpMethod::Get, Outcome::Network));
    }

    #[test]
    fn what_changes_something_is_repeated_only_when_nothing_was_done() {
        for method in [HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete] {
            assert!(!may_repeat(method, Outcome::Network));
            for status in [400, 401, 408, 500, 502, 504] {
                assert!(!may_repeat(method, Outcome::Status(status)), "{status}");
            }
            assert!(may_repeat(method, Outcome::Status(429)));
            assert!(may_repeat(method, Outcome::Status(503)));
        }
    }

    #[test]
    fn waits_double_and_stay_bounded() {
        assert_eq!(wait_ms(0, None, 1.0), 500.0);
        assert_eq!(wait_ms(1, None, 1.0), 1_000.0);
        assert_eq!(wait_ms(1, None, 0.5), 500.0);
        assert_eq!(wait_ms(4, None, 1.0), 8_000.0);
        assert_eq!(wait_ms(4_000, None, 1.0), 8_000.0);
        assert_eq!(wait_ms(3, None, 0.0), 0.0);
        assert_eq!(wait_ms(3, Some(7.0), 0.9), 7.0);
    }

    /// Plays a call against a server that always answers so, with dice from a seed and a clock that only the waits move.
    fn play(
        method: HttpMethod,
        outcome: Outcome,
        retries: u32,
        asked_ms: Option<f64>,
        seed: u64,
    ) -> (u32, f64) {
        let (mut state, mut now_ms, mut sent) = (seed, 0.0, 0);
        let deadline_ms = 30_000.0;
        let mut may = Allowance { retried: 0, left: retries, left_ms: deadline_ms };
        loop {
            sent += 1;
            // Each request takes 50 ms.
            now_ms += 50.0;
            may.left_ms = deadline_ms - now_ms;
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let dice = (state >> 11) as f64 / (1_u64 << 53) as f64;
            let Some(wait_ms) = next(method, outcome, may, asked_ms, dice) else { return (sent, now_ms) };
            now_ms += wait_ms;
            may = Allowance { retried: may.retried + 1, left: may.left - 1, left_ms: may.left_ms };
        }
    }

    #[test]
    fn the_matrix_in_virtual_time() {
        let methods = [HttpMethod::Get, HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete];
        let statuses = (100..600).map(Outcome::Status).chain([Outcome::Network]);
        for (outcome, method) in statuses.flat_map(|outcome| methods.map(|method| (outcome, method))) {
            let again = match outcome {
                Outcome::Status(429 | 503) => true,
                Outcome::Status(408 | 500 | 502 | 504) | Outcome::Network => method == HttpMethod::Get,
                Outcome::Status(_) => false,
            };
            for seed in 0..20 {
                for retries in 0..4 {
                    let (sent, took_ms) = play(method, outcome, retries, None, seed);
                    assert_eq!(sent, if again { retries + 1 } else { 1 }, "{method:?} {outcome:?} {retries}");
                    // 500 + 1 000 + 2 000 at the longest, and 50 for each request.
                    assert!(took_ms <= 3_500.0 + 50.0 * f64::from(sent), "{took_ms}");
                }
                let busy = Outcome::Status(503);
                assert_eq!(play(method, busy, 2, Some(1_000.0), seed), (3, 2_150.0));
                assert_eq!(
                    play(method, busy, 9, Some(20_000.0), seed),
                    (2, 20_100.0),
                    "never past the deadline"
                );
                assert_eq!(play(method, busy, 9, Some(f64::INFINITY), seed), (1, 50.0));
            }
        }
        let waits: std::collections::BTreeSet<_> =
            (0..20).map(|seed| play(HttpMethod::Get, Outcome::Network, 1, None, seed).1 as u64).collect();
        assert!(waits.len() > 10, "the waits are spread: {waits:?}");
    }

    #[test]
    fn retry_after_in_seconds_as_a_date_absurd_and_unreadable() {
        let no_date = |_: &str| f64::NAN;
        assert_eq!(asked_ms("2", 0.0, no_date), Some(2_000.0));
        assert_eq!(asked_ms(" 0 ", 0.0, no_date), Some(0.0));
        assert_eq!(asked_ms("Sun, 22 Nov 2026 10:00:05 GMT", 1_000.0, |_| 6_000.0), Some(5_000.0));
        assert_eq!(asked_ms("Sun, 22 Nov 2020 10:00:05 GMT", 9_000.0, |_| 6_000.0), Some(0.0));
        assert_eq!(asked_ms("99999999999999999999", 0.0, no_date), Some(f64::INFINITY));
        for unreadable in ["", "soon", "-1", "1.5"] {
            assert_eq!(asked_ms(unreadable, 0.0, no_date), None, "{unreadable}");
        }
    }
}
