//! The options of a client and of a single call.

use std::rc::Rc;

use js_sys::Function;
use omicall_api::{
    error::Error,
    token::{is_api_key, token_problem},
};
use omicall_issues::Language;
use omicall_schema::{NonNegativeInt, PositiveInt};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::events::Hooks;
use crate::convert::{
    argument,
    from_js::{self, Callback, JsAny},
};

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    /// What is wrong with a base URL; `None` if nothing is.
    #[wasm_bindgen(js_name = baseUrlProblem)]
    fn base_url_problem(text: &str) -> Option<String>;
}

/// The default timeout of a call.
const DEFAULT_TIMEOUT_MS: u32 = 30_000;

/// The default maximum number of retries.
const DEFAULT_RETRIES: u32 = 2;

omicall_schema::string_enum! {
    /// What happens when a record in a response does not match its TypeScript type. `"warn"`: the call succeeds, and `onDrift` is called;
    /// without it, the console shows each kind of mismatch once. `"error"`: the call rejects with `kind: "decode"`. `"off"`: the call
    /// succeeds; only the envelope and the numbers of a list page are checked.
    pub enum ResponseValidation {
        /// The call succeeds, and `onDrift` is called. Without `onDrift`, the console shows each kind of mismatch once.
        Warn = "warn",
        /// The call rejects with `kind: "decode"`.
        Error = "error",
        /// The call succeeds. The response envelope and the numbers of a list page are still validated.
        Off = "off",
    }
}

string_enum_from_js!(ResponseValidation);

options! {
    /// The options of a `CallCenter`.
    pub struct CallCenterOptions {
        /// The URL of the API, without `/api`: absolute, e.g. `"https://public-v1-stg.omicall.com"`, or a path on the page's own
        /// origin that a proxy serves, e.g. `"/omicall"`.
        baseUrl: String,
        /// How to sign in: exactly one of an access token, a function that returns one, or an API key.
        auth: JsAny = "Auth",
    }
    optional {
        /// The timeout of a whole call in milliseconds, including sign-in and retries. Default 30 000; `Infinity` for none.
        timeoutMs: PositiveInt = "number | undefined",
        /// The maximum number of retries of a request after transient failures. Default 2; 0 disables retries, `Infinity` sets no
        /// limit but the timeout.
        maxRetries: NonNegativeInt = "number | undefined",
        /// Replaces the global `fetch`; called as `fetch(url, { method, headers, body, signal, cache, credentials })`. Requests send no
        /// cookies; for a proxy that needs them: `(url, init) => fetch(url, { ...init, credentials: "same-origin" })`.
        fetch: Callback = "((url: string, init: RequestInit) => Promise<Response>) | undefined",
        /// The language of the messages in `issues`, and of the advice about known error codes. Default `"en"`.
        language: Language,
        /// Whether to check payloads before sending them. If a payload has an error, the call rejects with
        /// `kind: "validation"` and sends nothing. Default `true`.
        validation: bool,
        /// Called with every warning and hint about a payload that is sent. Without it, the console shows what an update would take
        /// away (`members-lost` and `group-overflow-lost`), and nothing else.
        onIssue: Callback = "((issue: Issue) => void) | undefined",
        /// What happens when a record in a response does not match its TypeScript type. Default `"warn"`.
        responseValidation: ResponseValidation,
        /// Called for every mismatch between a response and its TypeScript type, under `responseValidation: "warn"`.
        onDrift: Callback = "((drift: Drift) => void) | undefined",
        /// Called before every request, including token requests. Exceptions it throws are ignored, as in all callbacks.
        onRequest: Callback = "((event: RequestEvent) => void) | undefined",
        /// Called after every response, once it has been read. Exceptions it throws are ignored.
        onResponse: Callback = "((event: ResponseEvent) => void) | undefined",
        /// Called before every retry, and before the one replay with another token after a 401. Exceptions it throws are ignored.
        onRetry: Callback = "((event: RetryEvent) => void) | undefined",
    }
}

options! {
    /// Options of a single call; they override the client's.
    #[derive(Default)]
    pub struct CallOptions {}
    optional {
        /// Aborts the call; it rejects with `kind: "aborted"`.
        signal: JsAny = "AbortSignal | undefined",
        /// The timeout of this call, in milliseconds; `Infinity` for none. Default: the client's. If the call has to sign in first, and other calls wait for
        /// the same token, the sign-in may go on after it.
        timeoutMs: PositiveInt = "number | undefined",
        /// The maximum number of retries after transient failures. Default: the client's. The sign-in has those of the client, if they are more. A browser
        /// may also repeat a request by itself, even a change, when a connection that was used before is reset.
        maxRetries: NonNegativeInt = "number | undefined",
        /// Whether to check the payload before sending it; GET requests have no payload. Default: the client's.
        validation: bool,
        /// Whether passwords are left in the response: see `PhoneListOptions`.
        #[serde(skip)]
        includePasswords: bool,
        /// What is known about the tenant: see `CheckedCallOptions`.
        #[serde(skip)]
        context: JsAny,
        /// Whether to delete what is in use: see `DeleteOptions`.
        #[serde(skip)]
        force: bool,
    }
}

// Rust reads all options of a call alike. TypeScript only offers those that the call uses.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** Options of `phones.list` and `phones.iterate`; they override the client's. */
export interface PhoneListOptions extends CallOptions {
    /**
     * Whether the phones have their SIP passwords. Default `false`: then `password` is `"***"`, masked in the bytes of the
     * response before any object or string is made of it. To make a call, `extensions.detail` gives the account of one extension.
     */
    includePasswords?: boolean | undefined;
}

/** Options of a call whose payload is checked first; they override the client's. */
export interface CheckedCallOptions extends CallOptions {
    /**
     * What is known about the tenant, as the functions in `omicall-call-center/checks` take it: rules that compare the payload with
     * other records only fire with it, such as `members-lost`. Issues that are errors reject the call with `kind: "validation"`
     * before anything is sent, all others go to `onIssue`. `id` and `action` follow from the call; `language` is by default the client's.
     */
    context?: Tenant | null | undefined;
}

/** Options of `groups.delete`, `ivrScripts.delete` and `greetings.delete`; they override the client's. */
export interface DeleteOptions extends CallOptions {
    /**
     * What is known about the tenant, as `whoUses` of `omicall-call-center/checks` takes it. If a script or a group in it uses the
     * record, the call rejects with `kind: "validation"` and an issue `still-used` for each place, before anything is sent. Without a
     * context nothing is checked. What is not in the lists is not known, such as the hotlines that lead to a script or a group.
     */
    context?: Tenant | null | undefined;
    /**
     * Whether to delete the record even if something uses it: then the issues are warnings, which go to `onIssue`. The server may
     * refuse it all the same. Default `false`.
     */
    force?: boolean | undefined;
}
"#;

/// How to sign in: exactly one of these. `TokenFunctionAuth`, with tokens from your backend, is recommended.
#[derive(Debug, Tsify)]
#[serde(untagged)]
#[allow(dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub enum Auth {
    /// A token that you already have.
    AccessToken(AccessTokenAuth),
    /// A function that returns a token; recommended.
    GetAccessToken(TokenFunctionAuth),
    /// An API key, for servers and trials.
    ApiKey(ApiKeyAuth),
}

/// A token that you already have. When the server refuses it, calls reject with `kind: "auth"`.
#[derive(Debug, Tsify)]
#[allow(non_snake_case, dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub struct AccessTokenAuth {
    /// The token, without the prefix `Bearer`.
    accessToken: String,
    /// Must not be set: exactly one way to sign in.
    #[tsify(optional, type = "never")]
    getAccessToken: (),
    /// Must not be set: exactly one way to sign in.
    #[tsify(optional, type = "never")]
    apiKey: (),
}

/// Recommended: your backend keeps the API key and issues tokens.
#[derive(Debug, Tsify)]
#[allow(non_snake_case, dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub struct TokenFunctionAuth {
    /// Returns a token from your backend; it must not call this client. Called once for all waiting calls, again shortly before
    /// the token expires (if it is a JWT with `exp`), and once more if the server refuses it.
    #[tsify(type = "() => string | Promise<string>")]
    getAccessToken: (),
    /// Must not be set: exactly one way to sign in.
    #[tsify(optional, type = "never")]
    accessToken: (),
    /// Must not be set: exactly one way to sign in.
    #[tsify(optional, type = "never")]
    apiKey: (),
}

/// For servers and trials: the API key itself. In a web page, every visitor can read it.
#[derive(Debug, Tsify)]
#[allow(non_snake_case, dead_code, reason = "declares the TypeScript; `Credentials` is what is read")]
pub struct ApiKeyAuth {
    /// The API key of the tenant.
    apiKey: String,
    /// Confirms that every visitor of the page may read the API key. Required in windows and workers, optional on a server.
    #[tsify(optional, type = "boolean")]
    dangerouslyAllowBrowser: (),
    /// Must not be set: exactly one way to sign in.
    #[tsify(optional, type = "never")]
    accessToken: (),
    /// Must not be set: exactly one way to sign in.
    #[tsify(optional, type = "never")]
    getAccessToken: (),
}

/// How a client signs in.
#[derive(Debug)]
pub enum Credentials {
    /// A fixed access token.
    AccessToken(Rc<str>),
    /// The page's function that returns a token.
    GetAccessToken(Function),
    /// An API key to exchange for a token.
    ApiKey(String),
}

impl Credentials {
    /// The token or key that the page passed; `""` if it passed a function.
    pub fn secret(&self) -> &str {
        match self {
            Credentials::AccessToken(token) => token,
            Credentials::ApiKey(key) => key,
            Credentials::GetAccessToken(_) => "",
        }
    }
}

/// How long a call may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The timeout, in milliseconds.
    pub timeout_ms: u32,
    /// The maximum number of retries.
    pub max_retries: u32,
}

/// The validated options of a client.
#[derive(Debug)]
pub struct Settings {
    /// The URL of the API, without `/api`.
    pub base_url: String,
    /// How to sign in.
    pub credentials: Credentials,
    /// The limits of a call without its own.
    pub limits: Limits,
    /// Replaces the global `fetch`.
    pub fetch: Option<Function>,
    /// The language of the issues.
    pub language: Language,
    /// Whether payloads are checked before they are sent.
    pub validation: bool,
    /// What to do about mismatches in responses.
    pub response_validation: ResponseValidation,
    /// The callback for mismatches in responses.
    pub on_drift: Option<Function>,
    /// The callbacks for requests, responses, retries and issues.
    pub hooks: Hooks,
}

impl Settings {
    /// Reads what was passed to `new CallCenter(…)`.
    pub fn read(options: Option<Ts<CallCenterOptions>>) -> Result<Self, Error> {
        let options = from_js::read("options", options, Language::English)?;
        Ok(Settings {
            base_url: base_url(options.baseUrl)?,
            credentials: credentials(&options.auth.0)?,
            limits: Limits {
                timeout_ms: options.timeoutMs.map_or(DEFAULT_TIMEOUT_MS, |number| number.0),
                max_retries: options.maxRetries.map_or(DEFAULT_RETRIES, |number| number.0),
            },
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

    /// The limits of a call with these options.
    pub fn limits(&self, options: &CallOptions) -> Limits {
        Limits {
            timeout_ms: options.timeoutMs.map_or(self.limits.timeout_ms, |timeout| timeout.0),
            max_retries: options.maxRetries.map_or(self.limits.max_retries, |retries| retries.0),
        }
    }
}

impl CallOptions {
    /// The page's signal, whatever it is.
    pub fn signal(&self) -> Option<&JsValue> {
        self.signal.as_ref().map(|signal| &signal.0)
    }
}

fn base_url(text: String) -> Result<String, Error> {
    let Some(problem) = base_url_problem(&text) else { return Ok(text.trim_end_matches('/').into()) };
    let message = [
        "`options.baseUrl` ",
        &problem,
        ": pass a URL like \"https://public-v1-stg.omicall.com\", or a path on the page's own origin like \"/omicall\".",
    ]
    .concat();
    Err(Error::usage(message).with_fields(|fields| fields.path = Some("/baseUrl".into())))
}

fn credentials(auth: &JsValue) -> Result<Credentials, Error> {
    let invalid = |path: &str, problem: &str| {
        Err(Error::invalid_argument("options", ["/auth", path].concat(), &[problem]))
    };
    if !auth.is_object() || auth.is_function() {
        return invalid("", "must be an object with one of `accessToken`, `getAccessToken` or `apiKey`.");
    }
    let mut given = Vec::new();
    for name in ["accessToken", "getAccessToken", "apiKey"] {
        match argument::get(auth, name) {
            Ok(value) if value.is_undefined() => {}
            Ok(value) => given.push((name, value)),
            Err(_) => return invalid("", "cannot be read: pass a plain object."),
        }
    }
    let (name, value) = match given.as_slice() {
        [one] => one,
        [] => return invalid("", "must have one of `accessToken`, `getAccessToken` or `apiKey`."),
        [(first, _), (second, _), ..] => {
            let problem = ["has both `", first, "` and `", second, "`: pass only one."].concat();
            return invalid("", &problem);
        }
    };
    let path = ["/", name].concat();
    if *name == "getAccessToken" {
        return match value.dyn_ref::<Function>() {
            Some(get) => Ok(Credentials::GetAccessToken(get.clone())),
            None => invalid(&path, "must be a function that returns a token or a promise of one."),
        };
    }
    let Some(secret) = value.as_string() else {
        return invalid(&path, &["must be a string, not ", &argument::kind_of(value), "."].concat());
    };
    let is_token = *name == "accessToken";
    if let Some(problem) = token_problem(&secret).filter(|_| is_token || !is_api_key(&secret)) {
        return invalid(
            &path,
            &["must be the bare ", if is_token { "token" } else { "key" }, ", not ", problem, "."].concat(),
        );
    }
    if is_token {
        return Ok(Credentials::AccessToken(secret.into()));
    }
    let allowed = argument::get(auth, "dangerouslyAllowBrowser").is_ok_and(|allowed| allowed == true);
    if !allowed && is_browser() {
        return invalid(
            &path,
            "could be read by every visitor of this page. Let your backend issue tokens and pass `getAccessToken`, or set \
             `dangerouslyAllowBrowser: true` if every visitor may have the key.",
        );
    }
    Ok(Credentials::ApiKey(secret))
}

/// Whether this is a window or a worker; Node has neither `document` nor `WorkerGlobalScope`.
fn is_browser() -> bool {
    let global = js_sys::global();
    ["document", "WorkerGlobalScope"]
        .iter()
        .any(|name| js_sys::Reflect::get(&global, &(*name).into()).is_ok_and(|value| !value.is_undefined()))
}
