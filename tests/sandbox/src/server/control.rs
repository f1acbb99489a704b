//! The control plane, with which a test inspects and controls its world.
//!
//! | Call below the world's base URL | Body | Response |
//! |---|---|---|
//! | `GET /__sandbox/token` | – | a fresh access token, plain text |
//! | `GET /__sandbox/requests` | – | `[{ method, path, query: [[name, value], …], headers: [name, …], status, aborted }]`; `status` is null before or without a response; `aborted` is true if the client disconnected before all of it was sent |
//! | `GET /__sandbox/open` | – | how many requests to the API are still open, including those from before a reset |
//! | `POST /__sandbox/reset` | nothing, or `{ token_life_ms }` | 204 |
//! | `POST /__sandbox/expire-tokens` | – | 204 |
//! | `POST /__sandbox/fill` | `{ phones }`, the wanted number, at most 100 000 | `{ phones }`, the number now |
//! | `POST /__sandbox/sip-server` | the `ws:` or `wss:` address for all phones, plain text | 204 |
//! | `POST /__sandbox/faults` | `[{ match: { method, path, call }, times, fault: { kind, … } }]`, all but `fault` optional, `path` is the end of a path, `call` is like `groups.update` | `{ waiting }` |
//!
//! Fault kinds: `status` (`code`, `headers`, `body`, `content_type`), `delay` (`ms`), `drop`, `reset`, `cut_body` (`bytes`),
//! `hang`, `drip` (`ms_per_byte`), `huge` (`bytes`, `announced`), `slow_upload` (`ms`), `html` (`code`), `empty`,
//! `set` (`pointer`, `value`), `remove` (`pointer`), `repeat_page`, `raw` (`body` or `body_base64`, `content_type`).

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    app::now_ms,
    worlds::{InWorld, Worlds},
};
use omicall_sandbox::{DAY_MS, faults::PlannedFault};

/// The response to an invalid body.
type Refused = (StatusCode, String);

/// Everything below `/__sandbox`. Bodies are read as JSON whatever their content type, so that a page needs no
/// preflight.
pub(super) fn router() -> Router<Worlds> {
    Router::new()
        .route("/token", get(token))
        .route("/requests", get(requests))
        .route("/open", get(open))
        .route("/reset", post(reset))
        .route("/fill", post(fill))
        .route("/expire-tokens", post(expire_tokens))
        .route("/sip-server", post(sip_server))
        .route("/faults", post(add_faults))
}

async fn token(State(worlds): State<Worlds>, name: InWorld) -> String {
    worlds.with(&name, |world| world.tenant.issue_token(now_ms()))
}

async fn requests(State(worlds): State<Worlds>, name: InWorld) -> Json<Value> {
    Json(worlds.with(&name, |world| world.log.to_json()))
}

async fn open(State(worlds): State<Worlds>, name: InWorld) -> Json<usize> {
    Json(worlds.with(&name, |world| world.log.open()))
}

/// The wanted number of records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fill {
    phones: usize,
}

/// Some hundred megabytes: more is surely a typo.
const MAX_PHONES: usize = 100_000;

async fn fill(State(worlds): State<Worlds>, name: InWorld, body: Bytes) -> Result<Json<Value>, Refused> {
    let fill: Fill = read(&body)?;
    if fill.phones > MAX_PHONES {
        return Err(refused(format!("phones must be at most {MAX_PHONES}")));
    }
    let phones = worlds.with(&name, |world| world.tenant.fill_phones(fill.phones));
    Ok(Json(json!({ "phones": phones })))
}

/// The optional body of a reset.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Fresh {
    token_life_ms: Option<u64>,
}

async fn reset(State(worlds): State<Worlds>, name: InWorld, body: Bytes) -> Result<StatusCode, Refused> {
    let fresh: Fresh = if body.is_empty() { Fresh::default() } else { read(&body)? };
    worlds.with(&name, |world| world.reset(&name, fresh.token_life_ms.unwrap_or(DAY_MS)));
    Ok(StatusCode::NO_CONTENT)
}

async fn expire_tokens(State(worlds): State<Worlds>, name: InWorld) -> StatusCode {
    worlds.with(&name, |world| world.tenant.expire_tokens());
    StatusCode::NO_CONTENT
}

async fn sip_server(
    State(worlds): State<Worlds>,
    name: InWorld,
    address: String,
) -> Result<StatusCode, Refused> {
    if !(address.starts_with("ws://") || address.starts_with("wss://")) {
        return Err(refused("the address of a SIP server begins with ws:// or wss://"));
    }
    worlds.with(&name, |world| world.tenant.use_sip_server(&address));
    Ok(StatusCode::NO_CONTENT)
}

/// Adds faults to those that are still waiting, and returns how many are waiting now.
async fn add_faults(
    State(worlds): State<Worlds>,
    name: InWorld,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let planned: Vec<Value> = read(&body)?;
    let planned: Result<Vec<PlannedFault>, String> = planned.iter().map(PlannedFault::read).collect();
    let planned = planned.map_err(refused)?;
    let waiting = worlds.with(&name, |world| world.faults.add(planned));
    Ok(Json(json!({ "waiting": waiting })))
}

fn read<'a, Body: Deserialize<'a>>(body: &'a [u8]) -> Result<Body, Refused> {
    serde_json::from_slice(body).map_err(refused)
}

fn refused(reason: impl std::fmt::Display) -> Refused {
    (StatusCode::BAD_REQUEST, format!("sandbox: {reason}"))
}
