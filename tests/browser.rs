//! The bindings, called from Rust in a real browser, with the sandbox that `cargo xtask test` starts.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test may stop")]

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Function, Object, Promise, Reflect};
use omicall_api::{
    call::{Cancelled, cancelled_error},
    error::{Cause, Error, ErrorKind},
};
use omicall_call_center::{
    call_center::{CallCenter, method_names},
    client::{
        fetch::parse_payload,
        options::{CallCenterOptions, Settings},
        pagination::ToArrayOptions,
        timeout::AbortTimer,
    },
    convert::{
        error::ThrownError,
        from_js::{self, FromJs},
    },
    softphone::jssip::JsSipOptions,
};
use omicall_issues::Language;
use omicall_schema::{HasSchema, NonNegativeInt, PositiveInt};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The URL of the sandbox; a separate world isolates these tests from others.
fn sandbox() -> String {
    let Some(origin) = option_env!("OMICALL_SANDBOX") else {
        panic!("run the browser tests with `cargo xtask test`")
    };
    format!("{origin}/w/browser-rs")
}

/// Creates a JavaScript object from names and values.
fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

fn js(code: &str) -> JsValue {
    Function::new_no_args(code).call0(&JsValue::NULL).unwrap()
}

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).unwrap())
}

/// Calls a method such as `phones list`; returns a promise or an iterator.
fn begin(center: &CallCenter, method: &str, argument: &JsValue) -> JsValue {
    let names = method_names();
    let methods = names.lines().flat_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let family = words.next().unwrap();
        words.map(move |name| [family, name].join(" "))
    });
    let number = methods.into_iter().position(|name| name == method).unwrap();
    center.call(number, &Array::of1(argument))
}

/// Calls a method and awaits its promise.
async fn call(center: &CallCenter, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(begin(center, method, argument).unchecked_into::<Promise>()).await
}

fn client(key: &str) -> CallCenter {
    let auth = object(&[("apiKey", key.into()), ("dangerouslyAllowBrowser", true.into())]);
    CallCenter::new(Ts::new_unchecked(object(&[("baseUrl", sandbox().into()), ("auth", auth)]))).unwrap()
}

#[wasm_bindgen_test]
fn an_error_has_its_fields_in_javascript() {
    let cause = Cause(r#"{"name":"Error","message":"cause"}"#.into());
    let error_data = Error::new(ErrorKind::Api, "no such extension.")
        .with_fields(|fields| {
            fields.code = Some("extension_invalid".into());
            fields.status = Some(200);
        })
        .with_cause(Some(cause))
        .with_endpoint("GET /x", 3);
    let error: JsValue = ThrownError::from(error_data.clone().with_endpoint("GET /y", 9)).into();
    assert!(error.is_instance_of::<js_sys::Error>());
    for (name, value) in [
        ("name", JsValue::from("OmiCallError")),
        ("message", "GET /x: no such extension.".into()),
        ("kind", "api".into()),
        ("code", "extension_invalid".into()),
        ("status", 200.into()),
        ("endpoint", "GET /x".into()),
        ("attempts", 3.into()),
        ("retryable", false.into()),
        ("cause.message", "cause".into()),
    ] {
        assert_eq!(get(&error, name), value, "{name}");
    }
    for absent in ["statusCode", "instanceId", "path"] {
        assert!(!Reflect::has(&error, &absent.into()).unwrap(), "{absent}");
    }
    assert_eq!(get(&error, "constructor.name"), "OmiCallError");
}

#[wasm_bindgen_test]
fn options_are_read_from_javascript() {
    fn read<T: Tsify + FromJs + HasSchema>(code: &str) -> Result<T, Error>
    where
        T::JsType: JsCast,
    {
        from_js::read("options", Some(Ts::new_unchecked(js(code).unchecked_into())), Language::English)
    }
    let options = read::<JsSipOptions>(
        "return { displayName: 'Nguyễn', registerExpires: 4294967295, register: undefined }",
    );
    let options = options.unwrap();
    assert_eq!(options.displayName.as_deref(), Some("Nguyễn"));
    assert_eq!(options.registerExpires, Some(PositiveInt(u32::MAX)));
    assert_eq!(options.register, None);
    for empty in ["return null", "", "return { limit: null }"] {
        assert_eq!(read::<ToArrayOptions>(empty).unwrap().limit, None, "{empty}");
    }
    // Inherited fields count, as in TypeScript.
    let inherited = read::<ToArrayOptions>("return Object.create({ limit: 7 })").unwrap();
    assert_eq!(inherited.limit, Some(NonNegativeInt(7)));
    for code in [
        "return { limit: 1n }",
        "return { limit: Symbol() }",
        "return Symbol()",
        "return { get limit() { throw 1 } }",
    ] {
        assert!(read::<ToArrayOptions>(code).is_err(), "{code}");
    }
}

#[wasm_bindgen_test]
async fn a_timer_cancels_waiting_and_removes_its_listener() {
    let never = || Promise::new(&mut |_, _| {});
    let five = || Promise::resolve(&JsValue::from(5));
    let timer = AbortTimer::start(20, None).unwrap();
    assert_eq!(timer.settled(&never()).await.unwrap_err(), Cancelled::TimedOut);
    assert!(timer.signal().aborted(), "the signal for fetch is aborted too");
    assert_eq!(timer.settled(&five()).await.unwrap_err(), Cancelled::TimedOut, "and stays cancelled");

    let signal = js(
        "const target = new EventTarget(); target.aborted = false; target.reason = 'enough'; target.live = 0;
        for (const [name, step] of [['addEventListener', 1], ['removeEventListener', -1]]) {
            const real = target[name];
            target[name] = function (...all) { this.live += step; return real.apply(this, all); };
        }
        return target",
    );
    let timer = AbortTimer::start(60_000, Some(&signal)).unwrap();
    assert_eq!(timer.settled(&five()).await, Ok(Ok(5.into())));
    assert_eq!(get(&signal, "live"), 1);
    Reflect::set(&js("return globalThis"), &"target".into(), &signal).unwrap();
    js("setTimeout(() => target.dispatchEvent(new Event('abort')))");
    let cancelled = timer.settled(&never()).await.unwrap_err();
    let error: JsValue = ThrownError::from(cancelled_error(cancelled, 60_000)).into();
    assert_eq!((get(&error, "kind"), get(&error, "cause.message")), ("aborted".into(), "enough".into()));
    drop(timer);
    assert_eq!(get(&signal, "live"), 0);

    let aborted = js("return AbortSignal.abort()");
    let timer = AbortTimer::start(60_000, Some(&aborted)).unwrap();
    assert!(matches!(timer.settled(&five()).await, Err(Cancelled::Aborted(_))));
    for code in
        ["return 5", "return {}", "return { aborted: false }", "return new Proxy({}, { get() { throw 1 } })"]
    {
        assert!(AbortTimer::start(1, Some(&js(code))).is_err(), "{code}");
    }
}

#[wasm_bindgen_test]
fn payloads_are_parsed_by_the_engine() {
    let payload = parse_payload("\u{feff}{\"payload\":{\"tên\":[1,null,\"ễ\"]}}".as_bytes()).unwrap();
    assert_eq!(get(&payload, "tên").unchecked_into::<Array>().get(2), "ễ");
    assert!(parse_payload(b"{").is_err());
    // Invalid UTF-8 is replaced, as browsers do.
    assert_eq!(parse_payload(b"{\"payload\":\"\xFF\"}").unwrap(), "\u{FFFD}");
}

#[wasm_bindgen_test]
fn settings_have_their_defaults() {
    let options = js("return { baseUrl: 'https://example.com/a/', auth: { accessToken: 'x' } }");
    let settings = Settings::read(Some(Ts::<CallCenterOptions>::new_unchecked(options))).unwrap();
    assert_eq!(
        (settings.base_url.as_str(), settings.limits.timeout_ms, settings.limits.max_retries),
        ("https://example.com/a", 30_000, 2)
    );
    let error = Settings::read(None).unwrap_err();
    assert_eq!(error.fields().path.as_deref(), Some("/baseUrl"));
}

#[wasm_bindgen_test]
async fn calls_work_with_the_sandbox() {
    let center = client("sandbox-api-key");
    let page = call(&center, "phones list", &object(&[("size", 10.into())])).await.unwrap();
    assert_eq!(get(&page, "total_items"), 137);
    assert_eq!(get(&page, "items").unchecked_into::<Array>().length(), 10);

    let iterator = begin(&center, "phones iterate", &object(&[("size", 50.into())]));
    let to_array: Function = get(&iterator, "toArray").unchecked_into();
    let all = to_array.call0(&iterator).unwrap().unchecked_into::<Promise>();
    let all = JsFuture::from(all).await.unwrap();
    assert_eq!(all.unchecked_into::<Array>().length(), 137);

    let query = object(&[("type", "sip_user".into()), ("keyword", "6349".into())]);
    let detail = call(&center, "extensions detail", &query).await.unwrap();
    assert_eq!(get(&detail, "pbx_account.sip_realm"), "contact18");
    let nobody = object(&[("type", "sip_user".into()), ("keyword", "nobody".into())]);
    let error = call(&center, "extensions detail", &nobody).await.unwrap_err();
    assert_eq!((get(&error, "kind"), get(&error, "code")), ("api".into(), "extension_invalid".into()));

    let error = call(&client("wrong"), "phones list", &JsValue::UNDEFINED).await.unwrap_err();
    assert_eq!((get(&error, "kind"), get(&error, "code")), ("auth".into(), "api_key_invalid".into()));
}

#[wasm_bindgen_test]
async fn a_refresh_is_shared_and_survives_dropping_the_client() {
    let token_requests = Rc::new(Cell::new(0));
    let token = {
        let token_requests = Rc::clone(&token_requests);
        Closure::<dyn FnMut() -> JsValue>::new(move || {
            token_requests.set(token_requests.get() + 1);
            js("return new Promise((give) => setTimeout(() => give('no-real-token')))")
        })
    };
    let auth = object(&[("getAccessToken", token.as_ref().clone())]);
    let center =
        CallCenter::new(Ts::new_unchecked(object(&[("baseUrl", sandbox().into()), ("auth", auth)]))).unwrap();
    let calls = Array::new();
    for _ in 0..20 {
        calls.push(&begin(&center, "phones list", &JsValue::UNDEFINED));
    }
    drop(center);
    let ends = JsFuture::from(Promise::all_settled(&calls)).await.unwrap().unchecked_into::<Array>();
    for end in ends.iter() {
        assert_eq!(get(&end, "reason.kind"), "auth");
    }
    // Once, and again after the server refused the token.
    assert_eq!(token_requests.get(), 2);
}
