//! Lists come in pages: the page itself, and the walk over all of them.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, JSON, Promise, Reflect};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::{
    Client, argument,
    error::Failure,
    exchange::promise,
    options::CallOptions,
    request::{Endpoint, Request},
};
use omicall_schema::{HasSchema, Schema};

/// The name of the table of [`Page`]; its numbers are checked whatever `responseValidation` says.
pub const NAME: &str = "Page";

omicall_schema::record! {
    /// One page of a list, as the server sends it.
    ///
    /// Only `has_next` says whether there is more: on the last page `next_page` repeats the page itself, and
    /// `total_pages` does not always agree with `total_items`.
    pub struct Page<T> {
        /// The records of this page.
        items: Vec<T>,
        /// The number of this page, from 1.
        page_number: f64,
        /// How many records a page holds.
        page_size: f64,
        /// How many records there are in all.
        total_items: f64,
        /// How many pages there are, as the server counts them.
        total_pages: f64,
        /// Whether there is a page after this one.
        has_next: bool,
        /// The page after this one; on the last page, this page's own number.
        next_page: f64,
        /// Whether there is a page before this one.
        has_previous: bool,
        /// The page before this one; on the first page, `1`.
        previous_page: f64,
    }
    sometimes {
        /// Sent as `null` by some lists; what it means is unknown.
        extension: Option<String>,
    }
}

options! {
    /// How much `toArray` collects.
    pub struct ToArrayOptions {}
    optional {
        /// Stop after so many records, and fetch no page beyond them. Default: all there are.
        limit: omicall_schema::NonNegativeInt = "number | undefined",
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

#[wasm_bindgen(module = "/src/client/walk.js")]
extern "C" {
    fn iterator(walk: PageWalk) -> JsValue;
}

#[wasm_bindgen(module = "/src/client/error.js")]
extern "C" {
    /// What a method fails with once its client is freed.
    #[wasm_bindgen(js_name = afterFree)]
    fn after_free(method: &str) -> JsValue;
}

/// The pages of one walk, one after the other; `walk.js` makes an iterator of it.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct PageWalk(Result<Rc<Walk>, Failure>);

struct Walk {
    client: Client,
    schema: &'static Schema,
    options: CallOptions,
    request: Request,
    next: RefCell<Option<Next>>,
}

/// The number of the next page, and what the page before it looked like.
#[derive(Clone)]
struct Next {
    page: u32,
    before: Option<(f64, Option<String>)>,
}

impl std::fmt::Debug for Walk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Walk")
    }
}

/// Starts a walk. Nothing is sent until the first record or page is asked for; a wrong argument rejects then.
pub fn iterate<T, Q>(
    client: &Client,
    endpoint: &'static Endpoint,
    query: Option<Ts<Q>>,
    options: Option<Ts<CallOptions>>,
) -> JsValue
where
    T: HasSchema,
    Q: Tsify + HasSchema,
{
    start(client, endpoint, &Page::<T>::SCHEMA, query.map(JsValue::from), &Q::SCHEMA, options)
}

fn start(
    client: &Client,
    endpoint: &'static Endpoint,
    schema: &'static Schema,
    query: Option<JsValue>,
    argument: &Schema,
    options: Option<Ts<CallOptions>>,
) -> JsValue {
    let request = argument::query(endpoint, "query", query, argument, client.language());
    let read = request.and_then(|request| Ok((request, client.read_options(options)?)));
    let walk = read.map_err(|failure| failure.at(&endpoint.label(), 0)).map(|(request, options)| {
        let page = request.page().unwrap_or(1);
        let next = RefCell::new(Some(Next { page, before: None }));
        Rc::new(Walk { client: client.clone(), schema, options, request, next })
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
    pub fn limit(&self, options: Option<Ts<ToArrayOptions>>) -> Result<Option<u32>, JsValue> {
        let options = argument::read("options", options, omicall_issues::Language::English)?;
        Ok(options.limit.map(|limit| limit.0))
    }
}

impl Walk {
    async fn next(&self) -> Result<Option<JsValue>, Failure> {
        // No borrow is held while the page is fetched.
        let Some(Next { page, before }) = self.next.borrow().clone() else { return Ok(None) };
        let payload =
            self.client.fetch(&self.request.clone().at_page(page), self.schema, &self.options).await?;
        // The decoder has checked that these are there.
        let member = |name: &str| Reflect::get(&payload, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let items: Array = member("items").unchecked_into();
        let (number, looks) = (member("page_number").as_f64().unwrap_or_default(), looks_of(&items));
        // A server that sends the same records again, or goes back to an earlier page, would be walked for ever.
        let repeats = before.is_some_and(|(last, last_looks)| number <= last || looks == last_looks);
        if repeats || items.length() == 0 {
            self.next.replace(None);
            return Ok(if repeats { None } else { Some(payload) });
        }
        let next = Next { page: page.saturating_add(1), before: Some((number, looks)) };
        self.next.replace(if member("has_next") == true { Some(next) } else { None });
        Ok(Some(payload))
    }
}

/// What tells one page of records from another: how many there are, the first and the last.
fn looks_of(items: &Array) -> Option<String> {
    let ends =
        Array::of3(&items.length().into(), &items.get(0), &items.get(items.length().saturating_sub(1)));
    JSON::stringify(&ends).ok().map(String::from)
}
