//! Snapshots, differences and plans as web pages call them. Documents cross as JSON text, whose strings JavaScript has composed (NFC)
//! before. Around this is the JavaScript of `pkg-template/bundled/` (`plan-*.js`), which reads lists and sends steps.

pub mod declarations;

#[cfg(feature = "plan")]
mod exports {
    use std::cell::RefCell;

    use js_sys::{Function, JsString};
    use omicall_issues::{ArgumentError, Language};
    use omicall_plan::{
        apply::Apply,
        describe::describe,
        diff::diff,
        json::{Object, Value, object, parse, write},
        kind::Kind,
        matching::FOLD,
        plan::plan,
        rules::Rules,
    };
    use wasm_bindgen::prelude::*;

    /// What a function returns to JavaScript: `{ value }` or `{ error: { message, path } }`.
    fn answer(result: Result<Value, ArgumentError>) -> String {
        let answer: Object = match result {
            Ok(value) => object([("value", value)]),
            Err(ArgumentError { message, path }) => {
                object([("error", object([("message", message.into()), ("path", path.into())]).into())])
            }
        };
        write(&Value::Object(answer))
    }

    fn parsed(json: &str) -> Value {
        parse(json).unwrap_or_default()
    }

    fn words(language: Language) -> &'static str {
        if language == Language::Vietnamese { "vi" } else { "en" }
    }

    /// The rules of the checks' module, which JavaScript asks: `rules(kind, json, language)` returns the issues as JSON.
    struct Module<'f>(&'f Function);

    impl Module<'_> {
        fn issues(&self, kind: &str, value: &Object, language: Language) -> Vec<Value> {
            let json = write(&Value::Object(value.clone()));
            // It never throws: an error is thrown when Rust has returned.
            let issues = self.0.call3(&JsValue::NULL, &kind.into(), &json.into(), &words(language).into());
            match issues.ok().and_then(|issues| issues.as_string()).map(|issues| parsed(&issues)) {
                Some(Value::Array(issues)) => issues,
                _ => Vec::new(),
            }
        }
    }

    impl Rules for Module<'_> {
        fn of_request(&self, kind: Kind, request: &Object, language: Language) -> Vec<Value> {
            self.issues(kind.word(), request, language)
        }

        fn of_tenant(&self, tenant: &Object, language: Language) -> Vec<Value> {
            self.issues("tenant", tenant, language)
        }
    }

    /// JavaScript has the tables for this.
    fn use_own_fold() {
        FOLD.set(|name| String::from(JsString::from(name).to_lower_case()));
    }

    /// Calls one of the functions that pages see.
    #[wasm_bindgen(js_name = planJson, skip_typescript)]
    pub fn plan_json(function: &str, first: &str, second: &str, options: &str, rules: &Function) -> String {
        use_own_fold();
        let (first, options) = (parsed(first), parsed(options));
        answer(match function {
            "diff" => diff(&first, &parsed(second), &options),
            "plan" => plan(&first, &parsed(second), &options, &Module(rules)),
            _ => {
                let language = if second == "vi" { Language::Vietnamese } else { Language::English };
                Ok(describe(&first, language).into())
            }
        })
    }

    /// A plan that is being applied. It is not exported to pages: `apply` drives it.
    #[wasm_bindgen(skip_typescript)]
    #[derive(Debug)]
    pub struct PlanApply(RefCell<Result<Apply, ArgumentError>>);

    #[wasm_bindgen]
    impl PlanApply {
        /// Starts to apply a plan. An argument that is not a plan is an error of the first `next`.
        #[wasm_bindgen(constructor, skip_typescript)]
        pub fn new(plan: &str, options: &str) -> Self {
            use_own_fold();
            PlanApply(RefCell::new(Apply::new(&parsed(plan), &parsed(options))))
        }

        /// Takes an event, and returns the next action.
        #[wasm_bindgen(skip_typescript)]
        pub fn next(&self, event: &str) -> String {
            answer(match &mut *self.0.borrow_mut() {
                Ok(apply) => Ok(apply.next(&parsed(event))),
                Err(error) => Err(error.clone()),
            })
        }
    }
}
