//! Uploading a recording: what a page may pass in, the look into it before anything is sent, and the form.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{
    client::{
        CallOptions, Client,
        argument::{self, Callback, Opaque, Whole, WholeFromOne},
        error::{ErrorKind, Failure},
        exchange::promise,
        request::{Endpoint, Request},
    },
    shape::Shape,
    validate::{Issue, IssueCode, Language, mp3},
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
    fn bytes_of(blob: &JsValue, start: f64, length: f64) -> Promise;

    #[wasm_bindgen(catch, js_name = formOf)]
    fn form_of(blob: &JsValue) -> Result<JsValue, JsValue>;
}

/// How many tags may stand one after the other.
const MOST_TAGS: u32 = 8;

/// Reads the arguments, looks into the file, and sends it.
pub fn upload(
    client: &Client,
    endpoint: &'static Endpoint,
    upload: Ts<GreetingUpload>,
    options: Option<Ts<GreetingUploadOptions>>,
) -> Promise {
    let language = client.language();
    let read = client.must_be_open().and_then(|()| {
        let upload = argument::read("upload", Some(upload), language)?;
        let options = argument::read("options", options, language)?;
        let blob = blob_of(&upload.file.0);
        if blob.is_undefined() {
            let kind = argument::kind_of(&upload.file.0);
            let message =
                ["`upload.file` must be a File, Blob, ArrayBuffer or Uint8Array, not ", kind, "."].concat();
            return Err(Failure::usage(message).with(|fields| fields.path = Some("/file".into())));
        }
        Ok((blob, upload.greeting_name, options))
    });
    let client = client.clone();
    promise(async move {
        let sent = async {
            let (blob, name, options) = read?;
            look_into(&blob, language).await?;
            let on_progress: Option<Function> = options.onProgress.map(|callback| callback.0);
            let form = form_of(&blob).map_err(unreadable)?;
            let request =
                Request::new(endpoint).query("greeting_name", name.as_deref()).form(form, on_progress);
            let options = CallOptions {
                signal: options.signal,
                timeoutMs: options.timeoutMs,
                maxRetries: options.maxRetries,
            };
            client.fetch(&request, &Shape::Any, &options).await
        };
        Ok(sent.await.map_err(|failure: Failure| failure.at(&endpoint.label(), 0))?)
    })
}

/// Refuses what is no MP3: of a long file, only the tags' headers and the first frames are read.
async fn look_into(blob: &JsValue, language: Language) -> Result<(), Failure> {
    let size = Reflect::get(blob, &"size".into()).ok().and_then(|size| size.as_f64()).unwrap_or_default();
    if size == 0.0 {
        return Err(refused(Issue::new(IssueCode::GreetingEmpty, "/file".into(), language)));
    }
    let mut start = 0.0;
    for _ in 0..MOST_TAGS {
        let head = read(blob, start, mp3::TAG_HEADER).await?;
        match mp3::tag_length(&head) {
            Some(length) => start += f64::from(length),
            None => break,
        }
    }
    mp3::check(&read(blob, start, mp3::WINDOW).await?).map_err(|found| {
        refused(Issue::new(IssueCode::GreetingNotMp3, "/file".into(), language).naming("found", found))
    })
}

async fn read(blob: &JsValue, start: f64, length: usize) -> Result<Vec<u8>, Failure> {
    let bytes = JsFuture::from(bytes_of(blob, start, length as f64)).await.map_err(unreadable)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

fn unreadable(cause: JsValue) -> Failure {
    Failure::usage("`upload.file` cannot be read: it may have been moved or changed since it was chosen.")
        .because(cause)
        .with(|fields| fields.path = Some("/file".into()))
}

fn refused(issue: Issue) -> Failure {
    let message = match issue.code {
        IssueCode::GreetingEmpty => "`upload.file` is empty. Nothing was sent.",
        _ => "`upload.file` is not an MP3 file, and the server takes no other. Nothing was sent.",
    };
    let path = issue.path.clone();
    Failure::new(ErrorKind::Validation, message).with(|fields| {
        fields.issues = vec![issue];
        fields.path = Some(path);
    })
}
