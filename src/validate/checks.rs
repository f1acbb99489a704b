//! The checks of what JavaScript passes in: for the functions that pages call, and for the methods that send.

use wasm_bindgen::JsValue;

use super::{
    context::Context,
    group::{self, MembersChange},
    ivr_script,
    lookup::Index,
    read::{parse, text_of},
    speech::{self, Speech},
};
use crate::{
    client::error::Failure,
    ivr::{
        self,
        model::{Group, Script},
    },
};
use omicall_issues::Report;

/// Checks an argument, within what is known beside it.
pub type Check = fn(&JsValue, &Context<'_>) -> Result<Report, Failure>;

/// An IVR script.
pub fn script(value: &JsValue, context: &Context<'_>) -> Result<Report, Failure> {
    let text = text_of::<Script<'_>>("script", value)?;
    let script = parse(&text);
    let mut report = context.report();
    let index = Index::new(context);
    ivr_script::check_fields(&script, &index, "", &mut report);
    ivr::checks::check_one(&script, &index, &mut report);
    Ok(report)
}

/// A ring group.
pub fn group(value: &JsValue, context: &Context<'_>) -> Result<Report, Failure> {
    let text = text_of::<Group<'_>>("group", value)?;
    let group = parse(&text);
    let mut report = context.report();
    group::check_group(&group, &Index::new(context), &mut report);
    Ok(report)
}

/// A change of the members of a ring group.
pub fn members(value: &JsValue, context: &Context<'_>) -> Result<Report, Failure> {
    let text = text_of::<MembersChange<'_>>("change", value)?;
    let change = parse(&text);
    let mut report = context.report();
    group::check_members(&change, &Index::new(context), &mut report);
    Ok(report)
}

/// A text to be read out.
pub fn speech(value: &JsValue, context: &Context<'_>) -> Result<Report, Failure> {
    let text = text_of::<Speech<'_>>("request", value)?;
    let speech = parse(&text);
    let mut report = context.report();
    speech::check(&speech, &mut report);
    Ok(report)
}
