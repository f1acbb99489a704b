//! The routes of the server, with the CORS headers that browsers need.

use std::{
    error::Error,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Extension, Json, Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST, RETRY_AFTER,
        },
    },
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use http_body_util::LengthLimitError;
use serde_json::{Value, json};
use tower_http::{
    cors::{Any, CorsLayer},
    services::ServeDir,
    set_header::SetResponseHeader,
};

use super::{
    HangUp, control,
    faults::{apply, before_body, hang_up},
    log::ResponseLog,
    worlds::{InWorld, Worlds},
};
use omicall_sandbox::{API_KEY, message};

/// Larger than any recording that a test uploads.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// All routes at `/`, for the default world, and again below `/w/<name>` for the others.
pub(super) fn router(www: Option<PathBuf>) -> Router {
    let worlds = Worlds::default();
    let mut world = Router::new().route("/api/{*path}", any(vendor)).nest("/__sandbox", control::router());
    world = match www {
        Some(folder) => {
            let files = SetResponseHeader::overriding(
                ServeDir::new(folder),
                CACHE_CONTROL,
                HeaderValue::from_static("no-store"),
            );
            world.route("/sandbox.json", get(sign_in)).fallback_service(files)
        }
        None => world.fallback(not_found),
    };
    let world = world
        .layer(cors())
        .layer(middleware::from_fn_with_state(worlds.clone(), preflight))
        .with_state(worlds);
    // As a service, because a nested router does not match `/w/<name>/` itself.
    world.clone().nest_service("/w/{world}", world)
}

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        // No other header, like the vendor: the browser rejects requests with one.
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .expose_headers([RETRY_AFTER])
        .max_age(Duration::from_secs(600))
}

/// Runs before the CORS layer, which responds to preflights itself: sets the status to 204 and applies faults for `OPTIONS`.
async fn preflight(State(worlds): State<Worlds>, world: InWorld, request: Request, next: Next) -> Response {
    if request.method() != Method::OPTIONS {
        return next.run(request).await;
    }
    let asked = request.headers().get(ACCESS_CONTROL_REQUEST_METHOD);
    let asked = asked.and_then(|method| method.to_str().ok()).unwrap_or_default();
    let fault = worlds.with(&world, |world| world.faults.take_for_preflight(asked, request.uri().path()));
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    let Some(fault) = fault else { return response };
    let normal = plain(&response);
    apply(&fault, &message::Request::default(), |_| normal.clone()).await
}

/// A response without body, like one of the tenant.
fn plain(response: &Response) -> message::Response {
    let headers = response.headers().iter();
    message::Response {
        status: response.status().as_u16(),
        headers: headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect(),
        body: Vec::new(),
    }
}

/// The vendor's API: logs the request, applies faults, and calls the world's tenant.
async fn vendor(
    State(worlds): State<Worlds>,
    name: InWorld,
    Extension(noted): Extension<ResponseLog>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let query: Vec<(String, String)> =
        form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let authorization = parts.headers.get(AUTHORIZATION);
    let content_type = parts.headers.get(CONTENT_TYPE);
    let mut request = message::Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query,
        authorization: authorization.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        content_type: content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        body: Vec::new(),
    };
    let fault = worlds.with(&name, |world| {
        world.log.arrived(&request, parts.headers.keys().map(HeaderName::as_str), noted.clone());
        world.faults.take(&request.method, &request.path)
    });
    if let Some(fault) = &fault {
        before_body(fault).await;
    }
    request.body = match to_bytes(body, BODY_LIMIT).await {
        Ok(body) => body.into(),
        Err(error) if error.source().is_some_and(|cause| cause.is::<LengthLimitError>()) => {
            return noted.answered(http(message::Response::html(413, "Content Too Large")));
        }
        Err(_) => return hang_up(HangUp::Left),
    };
    let tenant =
        |request: &message::Request| worlds.with(&name, |world| world.tenant.handle(request, now_ms()));
    let response = match fault {
        None => http(tenant(&request)),
        Some(fault) => apply(&fault, &request, tenant).await,
    };
    noted.answered(response)
}

/// What the demo page needs to sign in automatically.
async fn sign_in(State(worlds): State<Worlds>, world: InWorld, headers: HeaderMap) -> Json<Value> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    let sip_server = worlds.with(&world, |world| world.tenant.sip_server().map(str::to_owned));
    Json(json!({
        "baseUrl": format!("http://{host}{}", world.prefix()),
        "apiKey": API_KEY,
        "sipServer": sip_server,
    }))
}

async fn not_found() -> Response {
    http(message::Response::html(404, "Not Found"))
}

/// The tenant's response for axum.
pub(super) fn http(response: message::Response) -> Response {
    let mut sent = Response::new(Body::from(response.body));
    match StatusCode::from_u16(response.status) {
        Ok(status) => *sent.status_mut() = status,
        Err(error) => return unsendable(&error),
    }
    for (name, value) in response.headers {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => sent.headers_mut().insert(name, value),
            (Err(error), _) => return unsendable(&error),
            (_, Err(error)) => return unsendable(&error),
        };
    }
    sent
}

/// The response for an invalid fault, which tells the test what is wrong.
fn unsendable(error: &dyn std::error::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("sandbox: this answer cannot be sent: {error}"))
        .into_response()
}

pub(super) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
