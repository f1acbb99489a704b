//! Iterating over a list, page by page.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Promise, Reflect};
use omicall_api::{
    endpoint::Endpoint,
    error::Error,
    list_page::{Paginator, ReceivedPage},
    request::Request,
};
use omicall_issues::Language;
use omicall_schema::NonNegativeInt;
use wasm_bindgen::prelude::*;

use super::{Arguments, Client, call::PreparedCall, options::CallOptions, promise::promise};
use crate::convert::{error::ThrownError, from_js};

options! {
    /// Options of `toArray`.
    pub struct ToArrayOptions {}
    optional {
        /// The maximum number of records; no further pages are fetched. Default, and with `Infinity`: all records.
        limit: NonNegativeInt = "number | undefined",
    }
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/**
 * An async iterator over all records of a list. It fetches each list page when its records are needed, and can be used once.
 * It ends after the last page, or if the server repeats a page. It rejects with the same errors as `list`, and with
 * `kind: "aborted"` when its signal is aborted.
 */
export interface PageIterator<T> extends AsyncIterableIterator<T> {
    /**
     * Collects the remaining records, at most `limit`.
     *
     * @example
     * ```ts
     * const first500 = await callCenter.phones.iterate({ size: 100 }).toArray({ limit: 500 });
     * ```
     *
     * @returns the records; rejects with the error of a list page that could not be fetched
     */
    toArray(options?: ToArrayOptions): Promise<T[]>;
    /**
     * Iterates over the list pages instead of the records.
     *
     * @example
     * ```ts
     * for await (const page of callCenter.phones.iterate().pages()) console.log(page.page_number, page.items.length);
     * ```
     */
    pages(): AsyncIterableIterator<Page<T>>;
}
"#;

#[wasm_bindgen(module = "/src/js/client.js")]
extern "C" {
    fn iterator(pages: PageFetcher) -> JsValue;

    /// Identifies a page by the number of its records, the first and the last one; `None` if they cannot be written as JSON.
    #[wasm_bindgen(js_name = fingerprintOf)]
    fn fingerprint(items: &Array) -> Option<String>;
}

#[wasm_bindgen(module = "/src/js/error.js")]
extern "C" {
    /// The error of a method whose client was freed.
    #[wasm_bindgen(js_name = afterFree)]
    fn after_free(method: &str) -> JsValue;
}

/// Fetches the pages of a list one after the other; `client.js` turns it into an async iterator.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct PageFetcher(Result<Rc<ListPages>, Error>);

struct ListPages {
    client: Client,
    options: CallOptions,
    request: Request,
    paginator: RefCell<Paginator>,
}

impl std::fmt::Debug for ListPages {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ListPages")
    }
}

/// Creates an iterator. Nothing is sent until the first record or page is requested; an invalid argument rejects then.
pub fn iterate(
    client: &Client,
    endpoint: &'static Endpoint,
    arguments: Arguments,
    options: JsValue,
) -> JsValue {
    let read = client.read_options(options).and_then(|options| {
        let call = client.prepare(endpoint, arguments, options)?;
        Ok((call.request?, call.options))
    });
    let pages = read.map_err(|error| error.with_endpoint(&endpoint.label(), 0)).map(|(request, options)| {
        let paginator = RefCell::new(Paginator::new(request.page().unwrap_or(1)));
        Rc::new(ListPages { client: client.clone(), options, request, paginator })
    });
    iterator(PageFetcher(pages))
}

#[wasm_bindgen]
impl PageFetcher {
    /// The next page, or `undefined` after the last one.
    pub fn next(&self) -> Promise {
        let pages = self.0.clone();
        if pages.as_ref().is_ok_and(|pages| pages.client.is_closed()) {
            return Promise::reject(&after_free("next"));
        }
        promise(async move { Ok(pages?.next().await?.unwrap_or(JsValue::UNDEFINED)) })
    }

    /// Reads the `limit` of `toArray`; `undefined` if there is none.
    pub fn limit(&self, options: JsValue) -> Result<Option<u32>, ThrownError> {
        let options: ToArrayOptions = from_js::read_value("options", options, Language::English)?;
        Ok(options.limit.map(|limit| limit.0))
    }
}

impl ListPages {
    async fn next(&self) -> Result<Option<JsValue>, ThrownError> {
        // No borrow is held while the page is fetched.
        let next = self.paginator.borrow().next();
        let Some(page) = next else { return Ok(None) };
        let request = self.request.clone().with_page(page);
        let call = PreparedCall::new(request, self.options.clone());
        let payload = self.client.send(self.request.endpoint, call).await?;
        // The validator has checked that these exist.
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
