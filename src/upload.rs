//! Uploads a recording: reads the arguments, checks the file, and sends it as a form.

use js_sys::{Array, Promise};
use omicall_api::{
    error::Error,
    greetings::{GreetingUpload, UPLOAD},
    request::Request,
};
use omicall_schema::{HasSchema, NonNegativeInt, PositiveInt};
use wasm_bindgen::prelude::*;

use crate::{
    client::{
        CallOptions, Client,
        call::{PreparedCall, add_argument},
        fetch::Form,
        payload_check::{PayloadCheck, Rules},
    },
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
        /// The timeout of the whole upload, in milliseconds; `Infinity` for none. Default: the client's, so allow for slow connections.
        timeoutMs: PositiveInt = "number | undefined",
        /// The maximum number of retries after HTTP 429 and 503. Default: the client's.
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

    #[wasm_bindgen(catch, js_name = formOf)]
    fn form_of(blob: &JsValue) -> Result<Option<JsValue>, JsValue>;
}

/// Reads the arguments, checks the file and its name, and uploads it.
pub fn upload(client: &Client, upload: JsValue, options: JsValue) -> Promise {
    client.start(&UPLOAD, prepare(client, upload, options))
}

fn prepare(client: &Client, upload: JsValue, options: JsValue) -> Result<PreparedCall, Error> {
    let language = client.settings.language;
    let upload = argument::checked("upload", upload, &GreetingUpload::SCHEMA, language)?;
    let request = add_argument(Request::new(&UPLOAD), "upload", &upload)?;
    let schema = &GreetingUploadOptions::SCHEMA;
    let fields = argument::checked("options", options, schema, language)?;
    let file = argument::get(&upload, "file").unwrap_or_default();
    let blob = blob_of(&file);
    if blob.is_undefined() {
        let kind = argument::kind_of(&file);
        let problem = ["must be a File, Blob, ArrayBuffer or Uint8Array, not ", &kind, "."];
        return Err(Error::invalid_argument("upload", "/file".into(), &problem));
    }
    let data = form_of(&blob).map_err(|thrown| {
        Error::invalid_argument("upload", "/file".into(), &["cannot be sent in a form."])
            .with_cause(read_cause(&thrown))
    })?;
    let on_progress = from_js::field::<Callback>(&fields, "onProgress").map(|callback| callback.0);
    let options = CallOptions::read(&fields).unwrap_or_default();
    let name = argument::get(&upload, "greeting_name").unwrap_or_default();
    let check = client.validates(&options).then(|| PayloadCheck {
        rules: Rules::Upload,
        payload: Array::of2(&blob, &name).into(),
        id: None,
        context: JsValue::UNDEFINED,
    });
    Ok(PreparedCall {
        options,
        check,
        request: Ok(request),
        form: Some(Form { data: data.unwrap_or_default(), on_progress }),
    })
}
