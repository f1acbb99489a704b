//! The `CallCenter` class.

use js_sys::{Array, Promise};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::{
    client::{
        Client,
        methods::Family,
        options::{CallCenterOptions, Settings},
    },
    convert::error::ThrownError,
    extensions, greetings, groups, hotlines, ivr_scripts, phones,
};

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = r#"
/**
 * A client for one OMICall tenant. Create it once and keep it: all its calls share the access token.
 *
 * @example
 * ```ts
 * await initAsync();
 * const callCenter = new CallCenter({
 *   baseUrl: "https://public-v1-stg.omicall.com",
 *   auth: {
 *     getAccessToken: async () => {
 *       const response = await fetch("/my-backend/omicall-token");
 *       if (!response.ok) throw new Error(`the backend issued no token: HTTP ${response.status}`);
 *       return response.text();
 *     },
 *   },
 * });
 * const page = await callCenter.phones.list({ keyword: "147" });
 * ```
 */
export class CallCenter {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * An access token that calls could use now: the one that the client holds, or a new one shortly before that expires. So a
     * backend that has the API key can hand out tokens to its pages, and signs in once for all of them. It does not notice that OMICall
     * revoked a token before its `exp`, and returns it again: if your pages then get 401, make a new `CallCenter`.
     *
     * @example
     * ```ts
     * const callCenter = new CallCenter({ baseUrl, auth: { apiKey: process.env.OMICALL_API_KEY! } });
     * app.get("/my-backend/omicall-token", async (request, response) => response.type("text").send(await callCenter.accessToken()));
     * ```
     *
     * @param options abort signal, timeout and retries; `validation` has no effect here
     * @returns the token, without `Bearer`
     * @throws {OmiCallError} `auth` if there is no token; or any request error of the sign-in, see `ErrorKind`.
     */
    accessToken(options?: CallOptions | null): Promise<string>;
    /**
     * Creates a client. It sends nothing until the first call.
     *
     * @param options the URL of the API and how to sign in; all other options have defaults
     * @throws {OmiCallError} `usage` if an option is missing, unknown or of the wrong type; the message names it.
     */
    constructor(options: CallCenterOptions);
    /**
     * Extension details, with the SIP account.
     */
    readonly extensions: Extensions;
    /**
     * Greetings, the recordings that callers hear.
     */
    readonly greetings: Greetings;
    /**
     * Ring groups.
     */
    readonly groups: Groups;
    /**
     * Hotlines, the public numbers of the tenant.
     */
    readonly hotlines: Hotlines;
    /**
     * IVR scripts.
     */
    readonly ivrScripts: IvrScripts;
    /**
     * Internal phones (extensions).
     */
    readonly phones: Phones;
}
"#;

/// The client of a page. JavaScript (`pkg-template/bundled/handles.js`) makes its handles, and their methods, by [`method_names`].
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct CallCenter(pub(crate) Client);

/// The families, in the order of their methods' numbers.
static FAMILIES: &[&Family] = &[
    &phones::FAMILY,
    &hotlines::FAMILY,
    &extensions::FAMILY,
    &groups::FAMILY,
    &ivr_scripts::FAMILY,
    &greetings::FAMILY,
];

/// A line for each family: its class, its name and its methods. Numbers count the methods of all families.
#[wasm_bindgen(js_name = __methodNames, skip_typescript)]
pub fn method_names() -> String {
    let mut text = String::new();
    for family in FAMILIES {
        let methods = family.methods.iter().map(|method| method.name);
        for word in [family.class, family.name].into_iter().chain(methods) {
            text.push_str(word);
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

#[wasm_bindgen]
impl CallCenter {
    /// Creates a client.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Ts<CallCenterOptions>) -> Result<CallCenter, ThrownError> {
        let settings =
            Settings::read(Some(options)).map_err(|error| error.with_endpoint("new CallCenter", 0))?;
        Ok(CallCenter(Client::new(settings)))
    }

    /// Calls the method with this number: see [`method_names`]. `iterate` returns an iterator, all others a promise.
    pub fn call(&self, number: usize, arguments: &Array) -> JsValue {
        let method = FAMILIES.iter().flat_map(|family| family.methods).nth(number);
        let own = || CallCenter(self.0.clone()).into();
        method.map(|method| method.call_with(&self.0, arguments, own)).unwrap_or_default()
    }

    /// A promise of an access token.
    #[wasm_bindgen(js_name = accessToken)]
    pub fn access_token(&self, options: JsValue) -> Promise {
        self.0.access_token(options)
    }

    /// The URL of the API, which consoles show.
    #[wasm_bindgen(getter, js_name = baseUrl)]
    pub fn base_url(&self) -> String {
        self.0.settings.base_url.clone()
    }

    /// Called by `free()`: iterators that the page kept reject from now on, and so does an edit at its next call; single calls continue.
    pub fn close(&self) {
        self.0.close();
    }
}
