//! A call: its arguments are checked, then it becomes a request and a promise.

use js_sys::Promise;
use omicall_api::{
    call::{Auth, Policy},
    endpoint::Endpoint,
    error::Error,
    request::Request,
};
use omicall_schema::json::pointer::JsonPath;
use wasm_bindgen::prelude::*;

use super::{
    driver::perform,
    fetch::Form,
    options::{CallOptions, ResponseValidation},
    payload_check::{PayloadCheck, Rules, are_checks_loaded},
    promise::promise,
    state::Client,
    timeout::AbortTimer,
    token_store::Token,
};
use crate::convert::{
    argument,
    error::ThrownError,
    from_js::{self, JsAny},
};

/// The arguments of a method, without its options.
#[derive(Debug)]
pub struct Arguments {
    /// The id of the record that the call reads or changes, if its path has one.
    pub id: Option<JsValue>,
    /// The argument that the endpoint declares, if it does.
    pub value: Option<JsValue>,
    /// The rules that the argument must follow.
    pub rules: Option<Rules>,
}

/// A call whose arguments were read. They are not read again after this.
#[derive(Debug)]
pub struct PreparedCall {
    /// The options of this call.
    pub options: CallOptions,
    /// The rules that are checked before the request, if the page wants that.
    pub check: Option<PayloadCheck>,
    /// The request, or what is wrong with the argument. Issues of the rules come first, since they say more.
    pub request: Result<Request, Error>,
    /// The form to upload.
    pub form: Option<Form>,
}

impl PreparedCall {
    /// A call without a check.
    pub fn new(request: Request, options: CallOptions) -> Self {
        PreparedCall { options, check: None, request: Ok(request), form: None }
    }
}

impl Client {
    /// Calls the API and returns a promise of the payload of the response.
    pub fn call(&self, endpoint: &'static Endpoint, arguments: Arguments, options: JsValue) -> Promise {
        let call = self.read_options(options).and_then(|options| self.prepare(endpoint, arguments, options));
        self.start(endpoint, call)
    }

    /// Returns a promise of the payload of the response.
    pub fn start(&self, endpoint: &'static Endpoint, call: Result<PreparedCall, Error>) -> Promise {
        let call = call.map_err(|error| error.with_endpoint(&endpoint.label(), 0));
        let client = self.clone();
        promise(async move { client.send(endpoint, call?).await })
    }

    /// Copies the arguments of a call and makes its request.
    pub fn prepare(
        &self,
        endpoint: &'static Endpoint,
        arguments: Arguments,
        options: CallOptions,
    ) -> Result<PreparedCall, Error> {
        let language = self.settings.language;
        let Arguments { id, value, rules } = arguments;
        let mut request = Request::new(endpoint);
        let id = id.map(|id| argument::id(id, language)).transpose()?;
        if let Some(id) = &id {
            request = request.id(id);
        }
        let (payload, request) = match endpoint.argument {
            Some((name, schema)) => {
                let argument = argument::read(name, value.unwrap_or_default(), schema, language)?;
                // Before the rules, which would say of a wrong object that all its fields are missing.
                if let Some(unknown) = argument.unknown {
                    return Err(unknown);
                }
                let payload = argument.value;
                let request = match argument.wrong {
                    Some(wrong) => Err(wrong),
                    None => add_argument(request, name, &payload),
                };
                (payload, request)
            }
            None => (JsValue::from_bool(options.force == Some(true)), Ok(request)),
        };
        // Only the context tells who uses a record.
        let has_context = options.context.as_ref().is_some_and(JsAny::is_given);
        let rules =
            rules.filter(|rules| self.validates(&options) && (*rules != Rules::Delete || has_context));
        let mut call = PreparedCall { options, check: None, request, form: None };
        if let Some(rules) = rules {
            let id = id.as_ref().map(|id| id.as_str().to_owned());
            let context = match &call.options.context {
                Some(context) => argument::snapshot("context", &context.0)?,
                None => JsValue::UNDEFINED,
            };
            call.check = Some(PayloadCheck { rules, payload, id, context });
        }
        Ok(call)
    }

    /// Whether a call checks its payload against the rules before it sends it.
    pub fn validates(&self, options: &CallOptions) -> bool {
        options.validation.unwrap_or(self.settings.validation)
    }

    /// Checks and reads the options of one call.
    pub fn read_options(&self, options: JsValue) -> Result<CallOptions, Error> {
        from_js::read_value("options", options, self.settings.language)
    }

    /// Checks the payload, sends the request with an access token, and returns the payload of the response.
    pub async fn send(
        &self,
        endpoint: &'static Endpoint,
        call: PreparedCall,
    ) -> Result<JsValue, ThrownError> {
        let PreparedCall { options, check, request, form } = call;
        let settings = &self.settings;
        let limits = settings.limits(&options);
        let timer = AbortTimer::start(limits.timeout_ms, options.signal())
            .map_err(|error| error.with_endpoint(&endpoint.label(), 0))?;
        let mut refresh = None;
        if let Some(check) = check {
            // Meanwhile, so that loading the checks costs no round trip of its own.
            if !are_checks_loaded()
                && request.is_ok()
                && timer.unless_cancelled().is_ok()
                && let Token::Refreshing(begun) = self.token(limits)
            {
                refresh = Some(begun);
            }
            let issues = self.check(&check, endpoint, &timer).await?;
            // Not about a payload that is not sent.
            if request.is_ok() {
                self.report_issues(&issues, endpoint);
            }
        }
        let request = request.map_err(|error| error.with_endpoint(&endpoint.label(), 0))?;
        let policy = Policy {
            auth: if self.can_refresh() { Auth::RefreshableToken } else { Auth::FixedToken },
            max_retries: limits.max_retries,
            timeout_ms: limits.timeout_ms,
            strict: settings.response_validation == ResponseValidation::Error,
            masks_passwords: endpoint.masks_passwords && options.includePasswords != Some(true),
        };
        Ok(perform(self, &request, form.as_ref(), policy, &timer, refresh).await?)
    }
}

/// Adds a checked argument to the request: the fields of its query and of its JSON body.
pub fn add_argument(request: Request, name: &str, value: &JsValue) -> Result<Request, Error> {
    let unreadable = |cause| argument::unreadable(name, &JsonPath::Root, cause);
    let body = request.endpoint.body;
    let request = request.query(|field| argument::text_of(value, field)).map_err(unreadable)?;
    match body {
        Some(schema) => Ok(request.with_json(argument::json_of(value, schema).map_err(unreadable)?)),
        None => Ok(request),
    }
}
