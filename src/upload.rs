//! Uploading a recording: what a page may pass in, the look into it before anything is sent, and the form.

use js_sys::{Promise, Reflect, Uint8Array};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{
    client::{
        CallOptions, Client,
        argument::{self, Callback, Opaque, Whole, WholeFromOne},
        error::{Cause, Failure},
        exchange::promise,
        request::Endpoint,
    },
    shape::{Shape, Shaped},
    validate::{
        Report,
        context::Context,
        greeting::{self, Look},
        read::Value,
    },
};

request! {
    /// A recording to upload.
    pub struct GreetingUpload {
        /// The recording, **an MP3 file**.
        #[tsify(type = "Blob | ArrayBuffer | Uint8Array")]
        file: Opaque,
    }
    optional {
        /// The name of the new greeting; the server chooses one if left out.
        greeting_name: String,
    }
}

request! {
    /// Options of an upload; they win over the client's.
    pub struct GreetingUploadOptions {}
    optional {
        /// Hears how much has been sent: as it goes in a page, once at the end where there is no XMLHttpRequest (in a
        /// service worker, in Node) and where the client has a `fetch` of your own.
        #[tsify(type = "((progress: UploadProgress) => void) | undefined")]
        onProgress: Callback,
        /// Ends the upload at once when it aborts; the call rejects with `kind: "aborted"`.
        #[tsify(type = "AbortSignal | undefined")]
        signal: Opaque,
        /// How long the upload may take in all, in milliseconds: allow for slow lines.
        #[tsify(type = "number | undefined")]
        timeoutMs: WholeFromOne,
        /// How often it is sent again where the server says that nothing was done.
        #[tsify(type = "number | undefined")]
        maxRetries: Whole,
        /// Whether the recording is looked into first.
        validation: bool,
    }
}

/// How much of an upload has been sent, in bytes of the whole request.
#[derive(Debug, tsify::Tsify)]
pub struct UploadProgress {
    /// How many have been sent.
    pub loaded: f64,
    /// How many there are; a little more than the file has.
    pub total: f64,
}

#[wasm_bindgen(module = "/src/client/wire.js")]
extern "C" {
    /// The file as a Blob; nothing where it is no file.
    #[wasm_bindgen(js_name = blobOf)]
    fn blob_of(file: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = bytesOf)]
    fn bytes_of(blob: &JsValue, start: f64, end: f64) -> Promise;

    #[wasm_bindgen(catch, js_name = formOf)]
    fn form_of(blob: &JsValue) -> Result<JsValue, JsValue>;
}

/// Reads the arguments, looks into the file, and sends it.
pub fn upload(
    client: &Client,
    endpoint: &'static Endpoint,
    upload: Ts<GreetingUpload>,
    options: Option<Ts<GreetingUploadOptions>>,
) -> Promise {
    let language = client.language();
    let read = client.must_be_open().and_then(|()| {
        let upload = JsValue::from(upload);
        let request =
            argument::query(endpoint, "upload", Some(upload.clone()), &GreetingUpload::SHAPE, language)?;
        let shape = &GreetingUploadOptions::SHAPE;
        let options = argument::checked("options", options.map(JsValue::from), shape, language)?;
        let file = Reflect::get(&upload, &"file".into()).unwrap_or_default();
        let blob = blob_of(&file);
        if blob.is_undefined() {
            let kind = argument::kind_of(&file);
            let message =
                ["`upload.file` must be a File, Blob, ArrayBuffer or Uint8Array, not ", kind, "."].concat();
            return Err(Failure::usage(message).with(|fields| fields.path = Some("/file".into())));
        }
        Ok((blob, request, options))
    });
    let client = client.clone();
    promise(async move {
        let sent = async {
            let (blob, request, options) = read?;
            let call = CallOptions::of(&options);
            if client.validates(&call) {
                let context = Context { language: Value::Text(language.as_str()), ..Context::default() };
                client.heed("upload", look_into(&blob, &context).await?)?;
            }
            let on_progress = argument::field::<Callback>(&options, "onProgress").map(|callback| callback.0);
            let form = form_of(&blob).map_err(unreadable)?;
            let request = request.form(form, on_progress);
            client.fetch(&request, &Shape::Any, &call).await
        };
        Ok(sent.await.map_err(|failure: Failure| failure.at(&endpoint.label(), 0))?)
    })
}

/// Looks into a file, wherever it lies; only what is wanted of it is read.
async fn look_into(blob: &JsValue, context: &Context<'_>) -> Result<Report, Failure> {
    let size = Reflect::get(blob, &"size".into()).ok().and_then(|size| size.as_f64()).unwrap_or_default();
    let mut report = greeting::begin(size, context);
    let mut look = Look::new(size);
    while let Some((start, end)) = look.wants() {
        let bytes = JsFuture::from(bytes_of(blob, start, end)).await.map_err(unreadable)?;
        look.takes(&Uint8Array::new(&bytes).to_vec(), &mut report);
    }
    Ok(report)
}

fn unreadable(thrown: JsValue) -> Failure {
    Failure::usage("`upload.file` cannot be read: it may have been moved or changed since it was chosen.")
        .because(Cause::of(&thrown))
        .with(|fields| fields.path = Some("/file".into()))
}
