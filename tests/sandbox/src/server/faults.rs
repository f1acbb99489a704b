//! Performs on the socket what a fault says: pauses, and bodies that do not end properly.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderValue, header::CONTENT_LENGTH},
    response::Response,
};

use super::{
    HangUp,
    app::http,
    paced::{Drip, Padded},
    unfinished::Unfinished,
};
use omicall_sandbox::{
    faults::{Delivery, Fault, Outcome},
    message::{self, Request},
};

/// What happens before the body of the request is read.
pub(super) async fn before_body(fault: &Fault) {
    sleep(fault.upload_delay_ms()).await;
}

/// Applies the fault. `tenant` makes the normal response.
pub(super) async fn apply(
    fault: &Fault,
    request: &Request,
    tenant: impl Fn(&Request) -> message::Response,
) -> Response {
    sleep(fault.delay_ms()).await;
    match fault.apply(request, tenant) {
        Outcome::Closed => hang_up(HangUp::Close),
        Outcome::Reset => hang_up(HangUp::Reset),
        Outcome::Response(response, delivery) => deliver(response, delivery),
    }
}

async fn sleep(ms: u64) {
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// No response: the connection is closed instead.
pub(super) fn hang_up(how: HangUp) -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(how);
    response
}

fn deliver(mut response: message::Response, delivery: Delivery) -> Response {
    if delivery == Delivery::Whole {
        return http(response);
    }
    let body = std::mem::take(&mut response.body);
    let (announced, body) = match delivery {
        Delivery::Whole => (None, Body::from(body)),
        Delivery::Cut { announced } => (Some(announced as u64), Body::new(Unfinished::cut_after(body))),
        Delivery::Silent { announced } => (Some(announced as u64), Body::new(Unfinished::silent())),
        Delivery::Drip { pause_ms } => {
            (Some(body.len() as u64), Body::new(Drip::new(body, Duration::from_millis(pause_ms))))
        }
        Delivery::Padded { letters, announced } => (announced, Body::new(Padded::new(body, letters))),
    };
    let mut response = http(response);
    if let Some(length) = announced {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    *response.body_mut() = body;
    response
}
