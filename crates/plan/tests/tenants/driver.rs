//! Performs the actions of `Apply`, as the package's JavaScript does, with a fault at one of the changes.

use omicall_issues::ArgumentError;
use serde_json::{Value, json};

use crate::{
    client::{Client, error},
    on_serde::Apply,
};

/// What goes wrong at one change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// The server refuses it.
    Refused,
    /// The connection breaks before the server has made it.
    LostBefore,
    /// The connection breaks after the server has made it.
    LostAfter,
    /// The token has expired for good.
    Unauthorized,
    /// The page aborts before it is made.
    AbortedBefore,
    /// The page aborts when it is made.
    AbortedAfter,
    /// The page is closed before it is made.
    ClosedBefore,
    /// The page is closed when it is made.
    ClosedAfter,
}

pub const FAULTS: [Fault; 8] = [
    Fault::Refused,
    Fault::LostBefore,
    Fault::LostAfter,
    Fault::Unauthorized,
    Fault::AbortedBefore,
    Fault::AbortedAfter,
    Fault::ClosedBefore,
    Fault::ClosedAfter,
];

/// Applies a plan.
pub fn apply(client: &mut Client, plan: &Value) -> Value {
    run(client, plan, &json!({}), None)
}

/// Applies a plan, with a fault at the change with this number. Returns the result; what was told until then if the page was closed.
pub fn run(client: &mut Client, plan: &Value, options: &Value, fault: Option<(usize, Fault)>) -> Value {
    try_run(client, plan, options, fault).unwrap()
}

/// The same, or why nothing was sent.
pub fn try_run(
    client: &mut Client,
    plan: &Value,
    options: &Value,
    fault: Option<(usize, Fault)>,
) -> Result<Value, ArgumentError> {
    let mut machine = Apply::new(plan, options)?;
    let count = plan["steps"].as_array().unwrap().len();
    let mut told: Vec<Value> =
        (1..=count).map(|step| json!({ "step": step, "status": "not-tried" })).collect();
    if let Some(saved) = options["resumeFrom"]["steps"].as_array() {
        told = saved.clone();
    }
    let mut sent = 0;
    let mut event = json!({});
    loop {
        let action = machine.next(&event)?;
        for tell in action["tell"].as_array().into_iter().flatten() {
            told[tell["index"].as_u64().unwrap() as usize] = tell["entry"].clone();
        }
        let tenant_id = &action["tenantId"];
        let so_far =
            || json!({ "format": "omicall-result", "version": 1, "tenantId": tenant_id, "steps": told });
        event = match action["do"].as_str().unwrap() {
            "read" => {
                json!({ "read": client.list(action["list"].as_str().unwrap(), action["keyword"].as_str().unwrap_or_default()) })
            }
            "send" => {
                let fault = fault.filter(|(at, _)| *at == sent).map(|(_, fault)| fault);
                sent += 1;
                let mut call =
                    || client.call(action["call"].as_str().unwrap(), action["arguments"].as_array().unwrap());
                match fault {
                    None => match call() {
                        Ok(payload) => json!({ "done": payload }),
                        Err(error) => json!({ "failed": error }),
                    },
                    Some(Fault::Refused) => json!({ "failed": error("api") }),
                    Some(Fault::LostBefore) => json!({ "failed": error("network") }),
                    Some(Fault::LostAfter) => {
                        call().unwrap();
                        json!({ "failed": error("timeout") })
                    }
                    Some(Fault::Unauthorized) => json!({ "failed": error("auth") }),
                    Some(Fault::AbortedBefore) => json!({ "failed": error("aborted") }),
                    Some(Fault::AbortedAfter) => {
                        call().unwrap();
                        json!({ "failed": error("aborted") })
                    }
                    Some(Fault::ClosedBefore) => return Ok(so_far()),
                    Some(Fault::ClosedAfter) => {
                        call().unwrap();
                        return Ok(so_far());
                    }
                }
            }
            "finish" => return Ok(action["result"].clone()),
            other => panic!("{other} is not an action"),
        };
    }
}
