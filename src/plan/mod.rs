//! Snapshots, differences and plans as web pages call them. Documents cross as JSON text, whose strings JavaScript has composed (NFC)
//! before. Around this is the JavaScript of `pkg-template/bundled/` (`plan-*.js`), which reads lists and sends steps.

pub mod declarations;

#[cfg(feature = "plan")]
mod exports {
    use omicall_issues::Language;
    use omicall_plan::{
        calls,
        json::{Object, Value, write_members},
        kind::Kind,
        matching::FOLD,
        rules::Rules,
    };
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// The rules of the checks' module, as `plan-checks.js` hands them in.
        pub type Module;

        /// The issues as JSON. It never throws: an error is thrown when Rust has returned.
        #[wasm_bindgen(method)]
        fn issues(this: &Module, kind: &str, json: &str, language: &str) -> String;

        /// JavaScript has the tables for this.
        #[wasm_bindgen(js_namespace = ["String", "prototype", "toLowerCase"], js_name = call)]
        fn lower_case(text: &str) -> String;
    }

    impl Module {
        fn list(&self, kind: &str, value: &Object, language: Language) -> Vec<Value> {
            let language = if language == Language::Vietnamese { "vi" } else { "en" };
            calls::issues(&self.issues(kind, &write_members(value), language))
        }
    }

    impl Rules for Module {
        fn of_request(&self, kind: Kind, request: &Object, language: Language) -> Vec<Value> {
            self.list(kind.word(), request, language)
        }

        fn of_tenant(&self, tenant: &Object, language: Language) -> Vec<Value> {
            self.list("tenant", tenant, language)
        }
    }

    /// Calls one of the functions that pages see, or one of those with which `plan-apply.js` applies a plan.
    #[wasm_bindgen(js_name = planJson, skip_typescript)]
    pub fn plan_json(function: &str, first: &str, second: &str, options: &str, rules: &Module) -> String {
        FOLD.set(lower_case);
        calls::call(function, first, second, options, rules)
    }
}
