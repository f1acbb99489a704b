//! The checks that a plan makes of what it sends. They are a trait, because the package has the rules in a module of its own.

use omicall_issues::Language;

use crate::{
    json::{Object, Value},
    kind::Kind,
};

/// The rules about requests and tenants. Issues are in the form of reports: `{ code, severity, path, message, params }`.
pub trait Rules {
    /// The issues of a request, checked without a context.
    fn of_request(&self, kind: Kind, request: &Object, language: Language) -> Vec<Value>;

    /// The issues of a tenant with its lists, as `lintIvr` finds them.
    fn of_tenant(&self, tenant: &Object, language: Language) -> Vec<Value>;
}

#[cfg(feature = "checks")]
pub use native::Checks;

#[cfg(feature = "checks")]
mod native {
    use super::Rules;
    use crate::{
        json::{Object, Value},
        kind::Kind,
    };
    use omicall_checks::{
        ivr::lint::lint,
        payload,
        rules::text_to_speech::TextToSpeechDraft,
        tenant::{
            Tenant,
            drafts::{GroupDraft, ScriptDraft},
        },
    };
    use omicall_issues::{Issue, Language};
    use omicall_schema::{
        draft::{Value as Draft, parse},
        draft_json::encode,
        output::Serialized,
    };

    /// The rules of `omicall-checks`.
    #[derive(Debug, Clone, Copy)]
    pub struct Checks;

    impl Rules for Checks {
        fn of_request(&self, kind: Kind, request: &Object, language: Language) -> Vec<Value> {
            let tenant = Tenant { language: draft_of(language), ..Tenant::default() };
            let request = serde_json::Value::from(&Value::Object(request.clone()));
            let report = match kind {
                Kind::Group => payload::check_group(&parse(&encode::<GroupDraft<'_>>(&request)), &tenant),
                Kind::Script => payload::check_script(&parse(&encode::<ScriptDraft<'_>>(&request)), &tenant),
                _ => {
                    payload::check_text_to_speech(&parse(&encode::<TextToSpeechDraft<'_>>(&request)), &tenant)
                }
            };
            report.issues.iter().map(json_of).collect()
        }

        fn of_tenant(&self, tenant: &Object, language: Language) -> Vec<Value> {
            let encoded = encode::<Tenant<'_>>(&serde_json::Value::from(&Value::Object(tenant.clone())));
            let mut tenant: Tenant<'_> = parse(&encoded);
            tenant.language = draft_of(language);
            lint(&tenant).map(|report| report.issues.iter().map(json_of).collect()).unwrap_or_default()
        }
    }

    fn draft_of(language: Language) -> Draft<'static> {
        Draft::Text(if language == Language::Vietnamese { "vi" } else { "en" })
    }

    fn json_of(issue: &Issue) -> Value {
        Value::from(&serde_json::to_value(Serialized(issue)).unwrap_or_default())
    }
}
