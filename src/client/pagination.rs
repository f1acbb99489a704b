//! Lists come in pages: the page itself, and the walk over all of them.

use crate::client::error::ThrownError;
use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, JSON, Promise, Reflect};
use omicall_api::{
    endpoint::Endpoint,
    list_page::{Paginator, ReceivedPage},
    request::Request,
};
use omicall_schema::NonNegativeInt;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::{Arguments, Client, options::CallOptions};
use crate::client::{from_js, promise::promise};
use omicall_api::error::Error;

options! {
    /// How much `toArray` collects.
    pub struct ToArrayOptions {}
    optional {
        /// Stop after so many records, and fetch no page beyond them. Default: all there are.
        limit: NonNegativeInt = "number | undefined",
    }
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/**
 * A walk over all records of a list, one request for each page, sent when its records are asked for.
 * It can be walked once. It ends after the last page and when the server sends the same page again;
 * it rejects with an `OmiCallError` like the list itself, and with `kind: "aborted"` when its signal aborts.
 */
export interface PageIterator<T> extends AsyncIterableIterator<T> {
    /** Collects the records that are left, `limit` of them at the most. */
    toArray(options?: ToArrayOptions): Promise<T[]>;
    /** The same walk page by page, with the numbers that the server sent. */
    pages(): AsyncIterableIterator<Page<T>>;
}
"#;

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    fn iterator(walk: PageWalk) -> JsValue;
}

#[wasm_bindgen(module = "/src/js/error.js")]
extern "C" {
    /// What a method fails with once its client is freed.
    #[wasm_bindgen(js_name = afterFree)]
    fn after_free(method: &str) -> JsValue;
}

/// The pages of one walk, one after the other; `walk.js` makes an iterator of it.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct PageWalk(Result<Rc<Walk>, Error>);

struct Walk {
    client: Client,
    options: CallOptions,
    request: Request,
    paginator: RefCell<Paginator>,
}

impl std::fmt::Debug for Walk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Walk")
    }
}

/// Starts a walk. Nothing is sent until the first record or page is asked for; a wrong argument rejects then.
pub fn iterate(
    client: &Client,
    endpoint: &'static Endpoint,
    arguments: Arguments,
    options: Option<Ts<CallOptions>>,
) -> JsValue {
    let request = client.build_request(endpoint, arguments, &CallOptions::default());
    let read = request.and_then(|request| Ok((request, client.read_options(options)?)));
    let walk =
        read.map_err(|failure| failure.with_endpoint(&endpoint.label(), 0)).map(|(request, options)| {
            let paginator = RefCell::new(Paginator::new(request.page().unwrap_or(1)));
            Rc::new(Walk { client: client.clone(), options, request, paginator })
        });
    iterator(PageWalk(walk))
}

#[wasm_bindgen]
impl PageWalk {
    /// The next page, or `undefined` after the last one.
    pub fn next(&self) -> Promise {
        let walk = self.0.clone();
        if walk.as_ref().is_ok_and(|walk| walk.client.is_closed()) {
            return Promise::reject(&after_free("next"));
        }
        promise(async move { Ok(walk?.next().await?.unwrap_or(JsValue::UNDEFINED)) })
    }

    /// Reads the `limit` of `toArray`; `undefined` where there is none.
    pub fn limit(&self, options: Option<Ts<ToArrayOptions>>) -> Result<Option<u32>, ThrownError> {
        let options = from_js::read("options", options, omicall_issues::Language::English)?;
        Ok(options.limit.map(|limit| limit.0))
    }
}

impl Walk {
    async fn next(&self) -> Result<Option<JsValue>, Error> {
        // No borrow is held while the page is fetched.
        let next = self.paginator.borrow().next();
        let Some(page) = next else { return Ok(None) };
        let request = self.request.clone().at_page(page);
        let payload = self.client.fetch(&request, None, &self.options).await?;
        // The validator has checked that these are there.
        let member = |name: &str| Reflect::get(&payload, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let items: Array = member("items").unchecked_into();
        let received = ReceivedPage {
            page_number: member("page_number").as_f64().unwrap_or_default(),
            has_next: member("has_next") == true,
            item_count: items.length(),
            fingerprint: fingerprint(&items),
        };
        let is_new = self.paginator.borrow_mut().receive(received);
        Ok(is_new.then_some(payload))
    }
}

/// What tells one page of records from another: how many there are, the first and the last.
fn fingerprint(items: &Array) -> Option<String> {
    let ends =
        Array::of3(&items.length().into(), &items.get(0), &items.get(items.length().saturating_sub(1)));
    JSON::stringify(&ends).ok().map(String::from)
}
