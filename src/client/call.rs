//! A call: its arguments are checked, then it becomes a request and a promise.

use js_sys::Promise;
use omicall_api::{
    call::{Auth, Policy},
    endpoint::Endpoint,
    error::Error,
    request::Request,
};
use omicall_checks::tenant::Tenant;
use omicall_issues::Report;
use omicall_schema::{draft::Value, json::pointer::JsonPath};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::{
    driver::{TokenSource, perform},
    events::tell,
    fetch::Form,
    options::{CallOptions, ResponseValidation},
    promise::promise,
    state::Client,
    timeout::AbortTimer,
};
use crate::{
    checks::Check,
    convert::{argument, from_js, to_js::to_js},
};

/// The arguments of a method, without its options.
#[derive(Debug, Default)]
pub struct Arguments {
    id: Option<JsValue>,
    value: Option<JsValue>,
    check: Option<Check>,
}

impl Arguments {
    /// The argument that the endpoint declares, e.g. `payload`.
    pub fn new(value: impl IntoArgument) -> Self {
        Arguments { value: value.into_argument(), ..Arguments::default() }
    }

    /// The id of the record that the call reads or changes.
    pub fn id(mut self, id: JsValue) -> Self {
        self.id = Some(id);
        self
    }

    /// The rules that the argument must follow.
    pub fn check(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }
}

/// An argument as wasm-bindgen passes it.
pub trait IntoArgument {
    /// The value; `None` if it was left out.
    fn into_argument(self) -> Option<JsValue>;
}

impl<T> IntoArgument for Ts<T>
where
    T: Tsify,
    JsValue: From<Ts<T>>,
{
    fn into_argument(self) -> Option<JsValue> {
        Some(self.into())
    }
}

impl<T> IntoArgument for Option<Ts<T>>
where
    T: Tsify,
    JsValue: From<Ts<T>>,
{
    fn into_argument(self) -> Option<JsValue> {
        self.map(JsValue::from)
    }
}

impl Client {
    /// Calls the API and returns a promise of the payload of the response.
    pub fn call(
        &self,
        endpoint: &'static Endpoint,
        arguments: Arguments,
        options: Option<Ts<CallOptions>>,
    ) -> Promise {
        let built = self
            .read_options(options)
            .and_then(|options| Ok((self.build_request(endpoint, arguments, &options)?, options)));
        let built = built.map_err(|error| error.with_endpoint(&endpoint.label(), 0));
        let client = self.clone();
        promise(async move {
            let (request, options) = built?;
            client.fetch(&request, None, &options).await
        })
    }

    /// Copies and checks the arguments of a call. They are not read again after this.
    pub fn build_request(
        &self,
        endpoint: &'static Endpoint,
        arguments: Arguments,
        options: &CallOptions,
    ) -> Result<Request, Error> {
        let language = self.settings.language;
        let Arguments { id, value, check } = arguments;
        let mut request = Request::new(endpoint);
        let id = id.map(|id| argument::id(&id, language)).transpose()?;
        if let Some(id) = &id {
            request = request.id(id);
        }
        let Some((name, schema)) = endpoint.argument else { return Ok(request) };
        let value = argument::copy(name, value, schema)?;
        if let Some(check) = check {
            let own_id = id.as_ref().map_or(Value::Absent, |id| Value::Text(id.as_str()));
            self.check(name, check, &value, own_id, options)?;
        }
        argument::check_copy(name, &value, schema, language)?;
        add_argument(request, name, &value)
    }

    /// Rejects a payload with errors and reports its warnings to `onIssue`, unless `validation` is `false`.
    pub fn check(
        &self,
        name: &str,
        check: Check,
        value: &JsValue,
        id: Value<'_>,
        options: &CallOptions,
    ) -> Result<(), Error> {
        if !self.validates(options) {
            return Ok(());
        }
        let context =
            Tenant { language: Value::Text(self.settings.language.as_str()), id, ..Tenant::default() };
        self.report_issues(name, check(value, &context)?)
    }

    /// Fails if the report has errors; otherwise passes its warnings to `onIssue`.
    pub fn report_issues(&self, name: &str, report: Report) -> Result<(), Error> {
        if !report.ok {
            return Err(Error::validation(name, report.issues));
        }
        if let Some(hook) = &self.settings.hooks.on_issue {
            report.issues.iter().for_each(|issue| tell(hook, &to_js(issue)));
        }
        Ok(())
    }

    /// Whether a call checks its payload against the rules before it sends it.
    pub fn validates(&self, options: &CallOptions) -> bool {
        options.validation.unwrap_or(self.settings.validation)
    }

    /// Checks and reads the options of one call.
    pub fn read_options(&self, options: Option<Ts<CallOptions>>) -> Result<CallOptions, Error> {
        from_js::read("options", options, self.settings.language)
    }

    /// Sends a request with an access token, and returns the payload of the response.
    pub async fn fetch(
        &self,
        request: &Request,
        form: Option<&Form>,
        options: &CallOptions,
    ) -> Result<JsValue, Error> {
        let settings = &self.settings;
        let timeout_ms = options.timeoutMs.map_or(settings.timeout_ms, |timeout| timeout.0);
        let timer = AbortTimer::start(timeout_ms, options.signal.as_ref().map(|signal| &signal.0))
            .map_err(|error| error.with_endpoint(&request.endpoint.label(), 0))?;
        let policy = Policy {
            auth: if self.can_refresh() { Auth::RefreshableToken } else { Auth::FixedToken },
            max_retries: options.maxRetries.map_or(settings.max_retries, |retries| retries.0),
            timeout_ms,
            strict: settings.response_validation == ResponseValidation::Error,
        };
        let tokens: TokenSource<'_> = &|| Box::pin(self.token());
        perform(self, request, form, policy, &timer, tokens).await
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
