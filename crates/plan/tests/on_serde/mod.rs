//! What the crate does, with the values of serde_json, for which there is `json!`.

#![allow(dead_code, reason = "each test uses some of it")]

use omicall_issues::{ArgumentError, Language};
use omicall_plan::rules::Checks;
use serde_json::Value;

pub fn plan(current: &Value, desired: &Value, options: &Value) -> Result<Value, ArgumentError> {
    let plan = omicall_plan::plan::plan(&current.into(), &desired.into(), &options.into(), &Checks)?;
    Ok((&plan).into())
}

pub fn diff(before: &Value, after: &Value, options: &Value) -> Result<Value, ArgumentError> {
    let diff = omicall_plan::diff::diff(&before.into(), &after.into(), &options.into())?;
    Ok((&diff).into())
}

pub fn describe(what: &Value, language: Language) -> String {
    omicall_plan::describe::describe(&what.into(), language)
}

pub struct Apply(omicall_plan::apply::Apply);

impl Apply {
    pub fn new(plan: &Value, options: &Value) -> Result<Self, ArgumentError> {
        Ok(Apply(omicall_plan::apply::Apply::new(&plan.into(), &options.into())?))
    }

    pub fn next(&mut self, event: &Value) -> Result<Value, ArgumentError> {
        Ok((&self.0.next(&event.into())?).into())
    }
}
