//! What a page may set: the options of a client and those of one call.

use js_sys::Function;
use omicall_api::token::is_bearer_token;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::from_js::{self, Callback, JsAny, field};
use crate::client::events::Hooks;
use omicall_api::error::Error;
use omicall_issues::Language;
use omicall_schema::{NonNegativeInt, PositiveInt};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// An `Option` for the sake of the table of JavaScript values: see `member_of`.
    #[wasm_bindgen(catch, js_name = urlOf)]
    fn url_of(text: &str) -> Result<Option<web_sys::Url>, JsValue>;
}

/// How long a call may take in all unless the options say otherwise.
const DEFAULT_TIMEOUT_MS: u32 = 30_000;

/// How often a request is tried again unless the options say otherwise.
const DEFAULT_RETRIES: u32 = 2;

omicall_schema::string_enum! {
    /// What happens when the server sends a record that is not what TypeScript promises.
    pub enum ResponseValidation {
        /// The call succeeds; `onDrift` hears of it, or the console does, once for each kind of drift.
        Warn = "warn",
        /// The call rejects with `kind: "decode"`.
        Error = "error",
        /// Nothing is said. The envelope and the numbers of a page are checked all the same.
        Off = "off",
    }
}

string_enum_from_js!(ResponseValidation);

options! {
    /// How a client reaches the API.
    pub struct CallCenterOptions {
        /// The address of the API, which ends before `/api`: absolute, e.g. `"https://public-v1.omicall.com"`, or a path
        /// on the page's own origin that a proxy serves, e.g. `"/omicall"`.
        baseUrl: String,
        /// How to sign in: exactly one of an access token, a function that gets one, or an API key.
        auth: JsAny = "Auth",
    }
    optional {
        /// How long a call may take in all, waiting for a token and retries included, in milliseconds. Default 30 000.
        timeoutMs: PositiveInt = "number | undefined",
        /// How often a request is sent again after trouble that passes by itself. Default 2; 0 for never.
        maxRetries: NonNegativeInt = "number | undefined",
        /// Used instead of the global `fetch`, called as `fetch(url, { method, headers, body, signal, cache })`.
        fetch: Callback = "((url: string, init: RequestInit) => Promise<Response>) | undefined",
        /// The language of the sentences in `issues`. Default `"en"`.
        language: Language,
        /// Whether what is to be sent is checked first: a call whose payload has an error rejects with
        /// `kind: "validation"`, and nothing is sent. Default `true`.
        validation: bool,
        /// Hears of every warning and hint about what is sent nevertheless.
        onIssue: Callback = "((issue: Issue) => void) | undefined",
        /// What happens when the server sends a record of another form. Default `"warn"`.
        responseValidation: ResponseValidation,
        /// Hears of every place where an answer is not what TypeScript promises, under `responseValidation: "warn"`.
        onDrift: Callback = "((drift: Drift) => void) | undefined",
        /// Hears of every request before it is sent, those for a token included. What it throws does not break the call,
        /// here as in all callbacks.
        onRequest: Callback = "((event: RequestEvent) => void) | undefined",
        /// Hears of every answer, once it has been read.
        onResponse: Callback = "((event: ResponseEvent) => void) | undefined",
        /// Hears of every wait before another try, and of the one try with another token after a 401.
        onRetry: Callback = "((event: RetryEvent) => void) | undefined",
    }
}

omicall_schema::request! {
    /// Options of one call; they win over the client's.
    #[derive(Default)]
    pub struct CallOptions {}
    optional {
        /// Ends the call at once when it aborts; the call rejects with `kind: "aborted"`.
        signal: JsAny = "AbortSignal | undefined",
        /// How long this call may take in all, in milliseconds.
        timeoutMs: PositiveInt = "number | undefined",
        /// How often this request is sent again after trouble that passes by itself.
        maxRetries: NonNegativeInt = "number | undefined",
        /// Whether what is to be sent is checked first; calls that only read have nothing to check.
        validation: bool,
    }
}

impl CallOptions {
    /// The options of one call in an object that has been checked.
    pub fn of(options: &JsValue) -> Self {
        CallOptions {
            signal: field(options, "signal"),
            timeoutMs: field(options, "timeoutMs"),
            maxRetries: field(options, "maxRetries"),
            validation: field(options, "validation"),
        }
    }
}

/// How to sign in: exactly one of these. `TokenFunctionAuth`, where your backend hands out tokens, is the recommended way.
#[derive(Debug, Tsify)]
#[serde(untagged)]
#[allow(dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub enum Auth {
    /// A token that you have already.
    AccessToken(AccessTokenAuth),
    /// The recommended way.
    GetAccessToken(TokenFunctionAuth),
    /// For servers and trials.
    ApiKey(ApiKeyAuth),
}

/// A token that you have already. When the server refuses it, calls reject with `kind: "auth"`.
#[derive(Debug, Tsify)]
#[allow(non_snake_case, dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub struct AccessTokenAuth {
    /// The token, without `Bearer`.
    accessToken: String,
    /// Only one way to sign in.
    #[tsify(optional, type = "never")]
    getAccessToken: (),
    /// Only one way to sign in.
    #[tsify(optional, type = "never")]
    apiKey: (),
}

/// The recommended way: your backend holds the API key and hands out tokens.
#[derive(Debug, Tsify)]
#[allow(non_snake_case, dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub struct TokenFunctionAuth {
    /// Gets a token from your backend; it must not call this client itself. Called once for however many calls wait,
    /// again shortly before the token expires (if it is a JWT with `exp`), and once more when the server refuses it.
    #[tsify(type = "() => string | Promise<string>")]
    getAccessToken: (),
    /// Only one way to sign in.
    #[tsify(optional, type = "never")]
    accessToken: (),
    /// Only one way to sign in.
    #[tsify(optional, type = "never")]
    apiKey: (),
}

/// For servers and trials: the key itself. Anybody who opens the page can read it.
#[derive(Debug, Tsify)]
#[allow(non_snake_case, dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub struct ApiKeyAuth {
    /// The API key of the tenant.
    apiKey: String,
    /// Says that you know what it means to show the key to everybody who opens the page.
    /// Needed in windows and workers, may be left out on a server.
    #[tsify(optional, type = "boolean")]
    dangerouslyAllowBrowser: (),
    /// Only one way to sign in.
    #[tsify(optional, type = "never")]
    accessToken: (),
    /// Only one way to sign in.
    #[tsify(optional, type = "never")]
    getAccessToken: (),
}

/// How a client signs in.
#[derive(Debug)]
pub enum Credentials {
    /// A token for good.
    AccessToken(String),
    /// Ask the page for a token.
    GetAccessToken(Function),
    /// Change a key into a token.
    ApiKey(String),
}

impl Credentials {
    /// The secret that the page signs in with; `""` if a function gets the tokens.
    pub fn secret(&self) -> &str {
        match self {
            Credentials::AccessToken(secret) | Credentials::ApiKey(secret) => secret,
            Credentials::GetAccessToken(_) => "",
        }
    }
}

/// The options of a client, read and checked.
#[derive(Debug)]
pub struct Settings {
    /// Ends before `/api`.
    pub base_url: String,
    /// How to sign in.
    pub credentials: Credentials,
    /// Milliseconds.
    pub timeout_ms: u32,
    /// How often at most.
    pub max_retries: u32,
    /// Instead of the global one.
    pub fetch: Option<Function>,
    /// Of the issues.
    pub language: Language,
    /// Whether payloads are checked before they are sent.
    pub validation: bool,
    /// What to do about drift.
    pub response_validation: ResponseValidation,
    /// Who hears of drift.
    pub on_drift: Option<Function>,
    /// Who hears of requests.
    pub hooks: Hooks,
}

impl Settings {
    /// Reads what was passed to `new CallCenter(…)`.
    pub fn read(options: Option<Ts<CallCenterOptions>>) -> Result<Self, Error> {
        let options = from_js::read("options", options, Language::English)?;
        Ok(Settings {
            base_url: base_url(options.baseUrl)?,
            credentials: credentials(&options.auth.0)?,
            timeout_ms: options.timeoutMs.map_or(DEFAULT_TIMEOUT_MS, |whole| whole.0),
            max_retries: options.maxRetries.map_or(DEFAULT_RETRIES, |whole| whole.0),
            fetch: options.fetch.map(|callback| callback.0),
            language: options.language.unwrap_or(Language::English),
            validation: options.validation.unwrap_or(true),
            response_validation: options.responseValidation.unwrap_or(ResponseValidation::Warn),
            on_drift: options.onDrift.map(|callback| callback.0),
            hooks: Hooks {
                on_request: options.onRequest.map(|callback| callback.0),
                on_response: options.onResponse.map(|callback| callback.0),
                on_retry: options.onRetry.map(|callback| callback.0),
                on_issue: options.onIssue.map(|callback| callback.0),
            },
        })
    }
}

fn base_url(text: String) -> Result<String, Error> {
    let wrong = |why: &str| {
        let message = [
            "`options.baseUrl` ",
            why,
            ": pass an address like \"https://public-v1.omicall.com\", or a path on the page's own origin like \"/omicall\".",
        ]
        .concat();
        Err(Error::usage(message).with_fields(|fields| fields.path = Some("/baseUrl".into())))
    };
    // The URL parser drops tabs and line breaks, which would let `/<tab>/other.host` pass for a path.
    if text.chars().any(|char| char.is_whitespace() || char.is_control()) {
        return wrong("has white space in it");
    }
    let own_path = text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
    let absolute = if own_path { ["http://own.origin", &text].concat() } else { text.clone() };
    let Ok(Some(url)) = url_of(&absolute) else { return wrong("is no URL") };
    if !matches!(url.protocol().as_str(), "http:" | "https:") {
        return wrong("is no http or https URL");
    }
    if own_path && url.host() != "own.origin" {
        return wrong("leads to another host");
    }
    if !url.username().is_empty() || !url.password().is_empty() {
        return wrong("must hold no user or password");
    }
    if text.contains(['?', '#']) {
        return wrong("must have no query and no fragment");
    }
    if own_path
        && js_sys::Reflect::get(&js_sys::global(), &"location".into()).is_ok_and(|at| at.is_undefined())
    {
        return wrong("is a path, but there is no page here that it could belong to");
    }
    Ok(text.trim_end_matches('/').into())
}

fn credentials(auth: &JsValue) -> Result<Credentials, Error> {
    let wrong =
        |path: &str, words: &str| Err(Error::invalid_argument("options", ["/auth", path].concat(), &[words]));
    if !auth.is_object() || auth.is_function() {
        return wrong("", "must be an object with one of `accessToken`, `getAccessToken` or `apiKey`.");
    }
    let mut kinds = Vec::new();
    for name in ["accessToken", "getAccessToken", "apiKey"] {
        match from_js::get(auth, name) {
            Ok(value) if value.is_undefined() => {}
            Ok(value) => kinds.push((name, value)),
            Err(_) => return wrong("", "cannot be read: pass a plain object."),
        }
    }
    let (name, value) = match kinds.as_slice() {
        [one] => one,
        [] => return wrong("", "must have one of `accessToken`, `getAccessToken` or `apiKey`."),
        [(first, _), (second, _), ..] => {
            let words = ["has both `", first, "` and `", second, "`: pass only one."].concat();
            return wrong("", &words);
        }
    };
    let path = ["/", name].concat();
    if *name == "getAccessToken" {
        return match value.dyn_ref::<Function>() {
            Some(get) => Ok(Credentials::GetAccessToken(get.clone())),
            None => wrong(&path, "must be a function that returns a token or a promise of one."),
        };
    }
    let Some(secret) = value.as_string().filter(|secret| is_bearer_token(secret)) else {
        return wrong(
            &path,
            "must be a string of visible ASCII characters, without spaces or line breaks and without `Bearer`.",
        );
    };
    if *name == "accessToken" {
        return Ok(Credentials::AccessToken(secret));
    }
    let allowed = from_js::get(auth, "dangerouslyAllowBrowser").is_ok_and(|allow| allow == true);
    if !allowed && is_browser() {
        return wrong(
            &path,
            "would be readable by anybody who opens this page. Let your backend hand out tokens and pass `getAccessToken`, \
             or set `dangerouslyAllowBrowser: true` if everybody who can open the page may have the key.",
        );
    }
    Ok(Credentials::ApiKey(secret))
}

/// A window or a worker of one; Node has neither `document` nor `WorkerGlobalScope`.
fn is_browser() -> bool {
    let global = js_sys::global();
    ["document", "WorkerGlobalScope"]
        .iter()
        .any(|name| js_sys::Reflect::get(&global, &(*name).into()).is_ok_and(|value| !value.is_undefined()))
}
