//! What the package's JavaScript calls, with documents as JSON text. All of it is here and not in the bindings: generic code would be
//! compiled again for their crate.

use std::cell::{Cell, RefCell};

use omicall_issues::{ArgumentError, Language};

use crate::{
    apply::Apply,
    describe::describe,
    diff::diff,
    json::{Value, object, parse, write},
    plan::plan,
    rules::Rules,
};

thread_local! {
    /// The plans that are being applied, by number. A class of JavaScript for them would be 1 KB more. No number is used twice.
    static APPLYING: RefCell<Vec<(usize, Box<Apply>)>> = const { RefCell::new(Vec::new()) };
    /// How many plans have been applied.
    static STARTED: Cell<usize> = const { Cell::new(0) };
}

/// Calls a function with its arguments as JSON. Returns `{ value }`, or `{ error: { message, path } }` as JSON.
///
/// `start` begins to apply the plan `first` and returns a number; `next` passes the event `first` to the plan with the number
/// `second`, and returns the next action; `end` forgets the plan.
pub fn call(function: &str, first: &str, second: &str, options: &str, rules: &dyn Rules) -> String {
    let [first, second, options] = [first, second, options].map(|json| parse(json).unwrap_or_default());
    let result = match function {
        "diff" => diff(&first, &second, &options),
        "plan" => plan(&first, &second, &options, rules),
        "start" => Apply::new(&first, &options).map(|apply| start(apply).into()),
        "next" => next(&second, &first),
        "end" => {
            take(&second);
            Ok(Value::Null)
        }
        _ => {
            let language = if second == *"vi" { Language::Vietnamese } else { Language::English };
            Ok(describe(&first, language).into())
        }
    };
    let answer = match result {
        Ok(value) => object([("value", value)]),
        Err(ArgumentError { message, path }) => {
            object([("error", object([("message", message.into()), ("path", path.into())]).into())])
        }
    };
    write(&answer.into())
}

/// The issues in the JSON that the checks' module returns.
pub fn issues(json: &str) -> Vec<Value> {
    match parse(json) {
        Some(Value::Array(issues)) => issues,
        _ => Vec::new(),
    }
}

fn start(apply: Apply) -> usize {
    let number = STARTED.get();
    STARTED.set(number.wrapping_add(1));
    put(number, Box::new(apply));
    number
}

/// The plan is taken out meanwhile: nothing that JavaScript does during it finds it half done.
fn next(number: &Value, event: &Value) -> Result<Value, ArgumentError> {
    let Some(mut apply) = take(number) else { return Ok(Value::Null) };
    let action = apply.next(event);
    put(place(number), apply);
    action
}

fn take(number: &Value) -> Option<Box<Apply>> {
    let number = place(number);
    APPLYING.with_borrow_mut(|plans| {
        let place = plans.iter().position(|(other, _)| *other == number)?;
        Some(plans.swap_remove(place).1)
    })
}

fn put(number: usize, apply: Box<Apply>) {
    APPLYING.with_borrow_mut(|plans| plans.push((number, apply)));
}

fn place(number: &Value) -> usize {
    number.as_f64().map_or(usize::MAX, |number| number as usize)
}

#[cfg(test)]
mod tests {
    use super::{APPLYING, call};
    use crate::rules::Checks;

    const PLAN: &str = r#"{ "format": "omicall-plan", "steps": [] }"#;

    fn called(function: &str, first: &str, second: &str) -> String {
        call(function, first, second, "", &Checks)
    }

    #[test]
    fn plans_are_applied_side_by_side() {
        let numbers = [called("start", PLAN, ""), called("start", PLAN, "")];
        assert_ne!(numbers[0], numbers[1]);
        let numbers = numbers.map(|answer| answer.replace(r#"{"value":"#, "").replace('}', ""));
        let finish = r#"{"value":{"do":"finish""#;
        assert!(called("next", "{}", &numbers[0]).starts_with(finish));
        called("end", "", &numbers[0]);
        assert_eq!(called("next", "{}", &numbers[0]), r#"{"value":null}"#);
        assert!(called("next", "{}", &numbers[1]).starts_with(finish));
        let third = called("start", PLAN, "");
        assert_ne!(third, format!(r#"{{"value":{}}}"#, numbers[0]), "no number is used twice");
        called("end", "", &numbers[1]);
        called("end", "", &third.replace(r#"{"value":"#, "").replace('}', ""));
        APPLYING.with_borrow(|plans| assert!(plans.is_empty(), "{plans:?}"));
    }

    #[test]
    fn what_is_wrong_with_an_argument_is_said() {
        let error = r#"{"error":{"message":"`plan.steps` must be the steps of a plan.","path":"/steps"}}"#;
        assert_eq!(called("start", "{}", ""), error);
        assert_eq!(called("describe", r#"{ "status": "done" }"#, r#""vi""#), r#"{"value":"Xong."}"#);
    }
}
