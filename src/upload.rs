//! Uploads a recording: reads the arguments, checks the file, and sends it as a form.

use js_sys::{Promise, Reflect, Uint8Array};
use omicall_api::{
    error::Error,
    greetings::{GreetingUpload, UPLOAD},
    request::Request,
};
use omicall_checks::{
    greeting_file::{self, Mp3Probe},
    tenant::Tenant,
};
use omicall_issues::Report;
use omicall_schema::{HasSchema, NonNegativeInt, PositiveInt, draft::Value};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{
    client::{CallOptions, Client, call::add_argument, fetch::Form, promise::promise},
    convert::{
        argument,
        error::read_cause,
        from_js::{self, Callback, FromJs, JsAny},
    },
};

omicall_schema::request! {
    /// Options of an upload; they override the client's.
    pub struct GreetingUploadOptions {}
    optional {
        /// Called with the upload progress. Called only once, at the end, if there is no XMLHttpRequest (service workers, Node)
        /// or the client has a custom `fetch`.
        onProgress: Callback = "((progress: UploadProgress) => void) | undefined",
        /// Aborts the upload; it rejects with `kind: "aborted"`.
        signal: JsAny = "AbortSignal | undefined",
        /// The timeout of the whole upload, in milliseconds. Allow for slow connections.
        timeoutMs: PositiveInt = "number | undefined",
        /// The maximum number of retries after HTTP 429 and 503.
        maxRetries: NonNegativeInt = "number | undefined",
        /// Whether to check the recording first. Default: the client's `validation`.
        validation: bool,
    }
}

/// The progress of an upload, in bytes of the whole request.
#[derive(Debug, tsify::Tsify)]
pub struct UploadProgress {
    /// The number of bytes sent.
    pub loaded: f64,
    /// The total number of bytes, slightly more than the size of the file.
    pub total: f64,
}

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    /// The file as a Blob; `undefined` if it is not a file.
    #[wasm_bindgen(js_name = blobOf)]
    fn blob_of(file: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = bytesOf)]
    fn bytes_of(blob: &JsValue, start: f64, end: f64) -> Promise;

    #[wasm_bindgen(catch, js_name = formOf)]
    fn form_of(blob: &JsValue) -> Result<Option<JsValue>, JsValue>;
}

/// Reads the arguments, checks the file, and uploads it.
pub fn upload(
    client: &Client,
    upload: Ts<GreetingUpload>,
    options: Option<Ts<GreetingUploadOptions>>,
) -> Promise {
    let language = client.settings.language;
    let arguments = (move || {
        let upload = argument::checked("upload", Some(upload.into()), &GreetingUpload::SCHEMA, language)?;
        let request = add_argument(Request::new(&UPLOAD), "upload", &upload)?;
        let schema = &GreetingUploadOptions::SCHEMA;
        let options = argument::checked("options", options.map(JsValue::from), schema, language)?;
        let file = argument::get(&upload, "file").unwrap_or_default();
        let blob = blob_of(&file);
        if blob.is_undefined() {
            let kind = argument::kind_of(&file);
            let problem = ["must be a File, Blob, ArrayBuffer or Uint8Array, not ", &kind, "."];
            return Err(Error::invalid_argument("upload", "/file".into(), &problem));
        }
        Ok((blob, request, options))
    })();
    let client = client.clone();
    promise(async move {
        let response = async {
            let (blob, request, options) = arguments?;
            let call = CallOptions::read(&options).unwrap_or_default();
            if client.validates(&call) {
                let tenant = Tenant { language: Value::Text(language.as_str()), ..Tenant::default() };
                client.report_issues("upload", check_file(&blob, &tenant).await?)?;
            }
            let data = form_of(&blob).map_err(unreadable_file)?.unwrap_or_default();
            let on_progress = from_js::field::<Callback>(&options, "onProgress").map(|callback| callback.0);
            let form = Form { data, on_progress };
            client.fetch(&request, Some(&form), &call).await
        };
        response.await.map_err(|error: Error| error.with_endpoint(&UPLOAD.label(), 0))
    })
}

/// Checks a file. Reads only the bytes that the check asks for.
async fn check_file(blob: &JsValue, tenant: &Tenant<'_>) -> Result<Report, Error> {
    let size = Reflect::get(blob, &"size".into()).ok().and_then(|size| size.as_f64()).unwrap_or_default();
    let mut report = greeting_file::new_report(size, tenant);
    let mut probe = Mp3Probe::new(size);
    while let Some((start, end)) = probe.next_range() {
        let bytes = JsFuture::from(bytes_of(blob, start, end)).await.map_err(unreadable_file)?;
        probe.feed(&Uint8Array::new(&bytes).to_vec(), &mut report);
    }
    Ok(report)
}

fn unreadable_file(thrown: JsValue) -> Error {
    Error::usage("`upload.file` cannot be read: it may have been moved or changed since it was selected.")
        .with_cause(read_cause(&thrown))
        .with_fields(|fields| fields.path = Some("/file".into()))
}
