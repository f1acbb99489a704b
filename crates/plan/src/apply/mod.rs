//! Applying a plan: a state machine that gets events and says what to do next. It performs nothing itself.
//!
//! | action | what the driver does | the event that it returns |
//! |---|---|---|
//! | `read` | reads a whole list, or what a keyword finds of it | `{ read: records }` or `{ failed: error }` |
//! | `send` | calls a method of the API once | `{ done: response }` or `{ failed: error }` |
//! | `finish` | hands out the result | – |
//!
//! Each action may `tell` the status of steps, and then has the `tenantId` as far as it is known: the driver reports it before it does
//! anything else. A step is reported as `unknown` before it is sent, so that a saved report includes it even if the page is closed
//! meanwhile.

mod course;
mod digest;
mod errors;
mod lookup;
mod outcome;
mod undo;

use omicall_issues::ArgumentError;
use omicall_schema::compact::{concat, usize_to_string};

use crate::{
    json::{Names, Object, Table, Value, is_true, items, object, text},
    kind::Kind,
    plan,
    snapshot::{VERSION, check_format},
};
use course::{Course, kind_of, record_key};
use outcome::{Outcome, Status};

/// The `format` of a result.
pub const FORMAT: &str = "omicall-result";

/// What the machine waits for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Ready,
    ReadList(Kind),
    /// The record that a step changes, as it is now.
    ReadRecord {
        is_whole: bool,
    },
    Send,
    LookUp,
}

/// The course of applying one plan.
#[derive(Debug)]
pub struct Apply {
    course: Course,
    dry_run: bool,
    continue_on_error: bool,
    retry_unknown: bool,
    /// Whether a list has told that this is the tenant that the plan is for, or the plan does not know its tenant.
    is_own_tenant: bool,
    is_other_tenant: bool,
    at: usize,
    state: State,
    has_failed: bool,
    is_aborted: bool,
    told: Vec<Value>,
}

impl Apply {
    /// Starts to apply a plan. `options` may have `dryRun`, `continueOnError`, `retryUnknown` and `resumeFrom`, what was told or
    /// returned before.
    pub fn new(plan: &Value, options: &Value) -> Result<Self, ArgumentError> {
        check_format(plan, "plan", plan::FORMAT)?;
        let steps = match plan.get("steps") {
            Some(Value::Array(steps)) => steps.clone(),
            _ => return Err(ArgumentError::new("plan", "/steps".into(), &["must be the steps of a plan."])),
        };
        let mut chains: Table<Vec<usize>> = Table::default();
        for (place, step) in steps.iter().enumerate() {
            let is_known = Kind::PLANNED.iter().any(|kind| kind.word() == text(step, "kind"))
                && ["create", "update", "delete"].contains(&text(step, "action"));
            if !is_known {
                let words = "is not a step that this package knows.";
                return Err(ArgumentError::new(
                    "plan",
                    concat(&["/steps/", &usize_to_string(place)]),
                    &[words],
                ));
            }
            if let Some(chain) = chains.entry(&record_key(step)) {
                chain.push(place);
            }
        }
        let tenant_id = text(plan.get("current").unwrap_or(&Value::Null), "tenantId");
        let mut apply = Apply {
            course: Course {
                plan: plan.clone(),
                tenant_id: tenant_id.into(),
                outcomes: steps.iter().map(|_| Outcome::default()).collect(),
                steps,
                ids: Table::default(),
                touched: Names::default(),
                chains,
                lists: Table::default(),
            },
            dry_run: is_true(options, "dryRun"),
            continue_on_error: is_true(options, "continueOnError"),
            retry_unknown: is_true(options, "retryUnknown"),
            is_own_tenant: tenant_id.is_empty(),
            is_other_tenant: false,
            at: 0,
            state: State::Ready,
            has_failed: false,
            is_aborted: false,
            told: Vec::new(),
        };
        apply.resume(options.get("resumeFrom").unwrap_or(&Value::Null))?;
        Ok(apply)
    }

    /// What was done before is not done again, and what may have been done stays unknown until a list tells. All else is tried: each
    /// step looks first whether it was done.
    fn resume(&mut self, from: &Value) -> Result<(), ArgumentError> {
        if *from == Value::Null {
            return Ok(());
        }
        check_format(from, "resumeFrom", FORMAT)?;
        // It does not say any more what was sent before.
        if is_true(from, "dryRun") {
            let words = "is the result of a dry run: pass what was saved when the plan was applied.";
            return Err(ArgumentError::new("resumeFrom", "/dryRun".into(), &[words]));
        }
        let saved = items(from, "steps");
        if saved.len() != self.course.steps.len() {
            let words = "is the result of another plan: it has another number of steps.";
            return Err(ArgumentError::new("resumeFrom", "/steps".into(), &[words]));
        }
        // That of a plan for an empty tenant is known since something was done.
        if self.is_own_tenant {
            self.course.tenant_id = text(from, "tenantId").into();
            self.is_own_tenant = self.course.tenant_id.is_empty();
        }
        for (place, saved) in saved.iter().enumerate() {
            let is_done = text(saved, "status") == "done";
            if !is_done && text(saved, "status") != Status::Unknown.word() {
                continue;
            }
            if saved.get("digest") != Some(&self.course.digest(place).into()) {
                let path = concat(&["/steps/", &usize_to_string(place)]);
                let words = "is of another plan, or the plan was changed since.";
                return Err(ArgumentError::new("resumeFrom", path, &[words]));
            }
            if is_done {
                let id = Some(text(saved, "id")).filter(|id| !id.is_empty()).map(str::to_owned);
                self.course.note_done(place, id, is_true(saved, "already"));
            } else if let Some(outcome) = self.course.outcomes.get_mut(place) {
                outcome.status = Status::Unknown;
                outcome.error = saved.get("error").cloned();
            }
        }
        Ok(())
    }

    /// Takes the event that the last action led to, and returns the next action. It is an error if the plan is for another tenant;
    /// nothing has been sent then.
    pub fn next(&mut self, event: &Value) -> Result<Value, ArgumentError> {
        let state = std::mem::replace(&mut self.state, State::Ready);
        let failed = event.get("failed");
        let records = items(event, "read");
        self.check_tenant(records);
        let mut action = match (state, failed) {
            (State::Ready, _) => None,
            (State::ReadList(_) | State::ReadRecord { .. }, Some(error)) => {
                self.not_read(error);
                None
            }
            (State::ReadList(kind), None) => {
                self.course.lists.insert(kind.list(), records.to_vec());
                None
            }
            (State::ReadRecord { is_whole }, None) => self.record_read(records, is_whole),
            (State::Send, Some(error)) => self.not_sent(error),
            (State::Send, None) => self.sent(event.get("done").unwrap_or(&Value::Null)),
            (State::LookUp, failed) => {
                self.looked_up(records, failed.is_none());
                None
            }
        };
        while action.is_none() && !self.is_other_tenant {
            action = self.proceed();
        }
        if self.is_other_tenant {
            let words = "is not that of `callCenter`: take a snapshot of this tenant, and plan again.";
            return Err(ArgumentError::new("plan", "/current/tenantId".into(), &[words]));
        }
        let mut action = action.unwrap_or_default();
        if !self.told.is_empty() {
            action.set("tell", std::mem::take(&mut self.told));
            action.set("tenantId", self.course.tenant_id.as_str());
        }
        Ok(action.into())
    }

    /// Takes from the records of a list whether they are of the tenant that the plan is for.
    fn check_tenant(&mut self, records: &[Value]) {
        for id in records.iter().map(|record| text(record, "tenant_id")).filter(|id| !id.is_empty()) {
            if self.course.tenant_id.is_empty() {
                self.course.tenant_id = id.into();
            }
            self.is_own_tenant |= id == self.course.tenant_id;
            self.is_other_tenant = !self.is_own_tenant;
        }
    }

    /// Begins the step whose turn it is; `None` if the next one can begin at once.
    fn proceed(&mut self) -> Option<Object> {
        let place = self.at;
        let Some(step) = self.course.steps.get(place) else { return Some(self.finish()) };
        let is_over = self.is_aborted || (self.has_failed && !self.continue_on_error);
        let status = self.course.status(place);
        // After something went wrong, nobody knows what still needs a record.
        let is_risky = self.has_failed && text(step, "action") == "delete";
        if is_over || status == Status::Done || is_risky || !self.course.is_in_turn(place) {
            self.at = place.saturating_add(1);
            return None;
        }
        let kind = kind_of(step);
        let target = self.course.resolve_step(step);
        let Some(target) = target.filter(|target| self.dry_run || !target.lacks_records) else {
            // It needs a record that was not created.
            self.at = place.saturating_add(1);
            return None;
        };
        if kind == Kind::Group && !self.course.lists.has(Kind::Phone.list()) {
            return Some(self.read_list(Kind::Phone));
        }
        let is_create = text(step, "action") == "create";
        if (is_create || kind == Kind::Greeting) && !self.course.lists.has(kind.list()) {
            return Some(self.read_list(kind));
        }
        if is_create {
            let verdict = self.course.judge_create(
                step,
                &target,
                self.course.lists.get(kind.list()).map(Vec::as_slice).unwrap_or_default(),
            );
            return self.act_on(verdict);
        }
        if kind == Kind::Greeting {
            let list = self.course.lists.get(kind.list()).map(Vec::as_slice).unwrap_or_default();
            let verdict = self.course.judge_change(step, &target, find(list, &target.id));
            return self.act_on(verdict);
        }
        self.state = State::ReadRecord { is_whole: false };
        let keyword = text(step.get("before").unwrap_or(&Value::Null), kind.name_field()).to_owned();
        Some(read(kind, &keyword))
    }

    fn read_list(&mut self, kind: Kind) -> Object {
        self.state = State::ReadList(kind);
        read(kind, "")
    }

    fn record_read(&mut self, records: &[Value], is_whole: bool) -> Option<Object> {
        let step = self.course.steps.get(self.at)?;
        let kind = kind_of(step);
        let target = self.course.resolve_step(step)?;
        let record = find(records, &target.id);
        if record.is_none() && !is_whole {
            // It may have another name by now.
            self.state = State::ReadRecord { is_whole: true };
            return Some(read(kind, ""));
        }
        let verdict = self.course.judge_change(step, &target, record);
        self.act_on(verdict)
    }

    fn act_on(&mut self, verdict: lookup::Verdict) -> Option<Object> {
        let is_unknown = self.course.status(self.at) == Status::Unknown;
        if !self.is_own_tenant {
            // What another tenant does not have is not done.
            let unread = Kind::PLANNED.into_iter().find(|kind| !self.course.lists.has(kind.list()));
            if let Some(kind) = unread {
                return Some(self.read_list(kind));
            }
            // All lists are empty, and so must this tenant be: this plan, or the one that is taken back, has deleted everything.
            self.is_other_tenant = self.course.records_left() != Some(0);
            if self.is_other_tenant {
                return None;
            }
        }
        match verdict {
            lookup::Verdict::Done(id) => {
                // What was sent before counts as made by this plan.
                self.course.note_done(self.at, id, !is_unknown);
                self.tell(self.at, None);
                self.at = self.at.saturating_add(1);
                None
            }
            lookup::Verdict::Conflict(error) => {
                self.fail(Status::Failed, error.into());
                None
            }
            lookup::Verdict::Todo if is_unknown && !self.retry_unknown => {
                let message = "It was sent before, and is not there so far. `retryUnknown` sends it again.";
                let error = object([
                    ("kind", "network".into()),
                    ("code", "sent-before".into()),
                    ("message", message.into()),
                ]);
                self.fail(Status::Unknown, error.into());
                None
            }
            lookup::Verdict::Todo if self.dry_run => {
                // What was sent before would be sent again, too.
                if let Some(outcome) = self.course.outcomes.get_mut(self.at) {
                    *outcome = Outcome::default();
                }
                self.at = self.at.saturating_add(1);
                None
            }
            lookup::Verdict::Todo => self.send(),
        }
    }

    fn send(&mut self) -> Option<Object> {
        let step = self.course.steps.get(self.at)?;
        let target = self.course.resolve_step(step)?;
        let mut arguments = Vec::new();
        if text(step, "action") != "create" {
            arguments.push(target.id.into());
        }
        if let Some(request) = target.sent.filter(|_| text(step, "action") != "delete") {
            arguments.push(request);
        }
        // Not what the file says: it may be from anywhere.
        let call = plan::call_of(text(step, "action"), kind_of(step));
        self.state = State::Send;
        // Nothing is refused any more after something was sent.
        self.is_own_tenant = true;
        self.tell(self.at, Some("sending"));
        Some(object([
            ("do", "send".into()),
            ("step", self.at.into()),
            ("call", call.into()),
            ("arguments", arguments.into()),
        ]))
    }

    fn sent(&mut self, response: &Value) -> Option<Object> {
        let step = self.course.steps.get(self.at)?;
        let record = response.get("file").unwrap_or(response);
        let id = Some(text(record, "_id").to_owned()).filter(|_| text(step, "action") == "create");
        self.check_tenant(std::slice::from_ref(record));
        if id.as_deref() == Some("") {
            // It was made, but the response does not say which one it is.
            return self.look_up(
                &object([("kind", "decode".into()), ("message", "the response has no id.".into())]).into(),
            );
        }
        self.course.note_done(self.at, id, false);
        self.tell(self.at, None);
        self.at = self.at.saturating_add(1);
        None
    }

    /// A list could not be read, so that the step was not sent.
    fn not_read(&mut self, error: &Value) {
        self.has_failed = true;
        self.is_aborted |= text(error, "kind") == "aborted";
        let status = if self.is_aborted { Status::NotTried } else { Status::Failed };
        self.fail(status, error.clone());
    }

    fn not_sent(&mut self, error: &Value) -> Option<Object> {
        self.is_aborted |= text(error, "kind") == "aborted";
        // If it was sent before, the server may refuse it because it is there by now.
        let is_unknown = self.course.status(self.at) == Status::Unknown;
        if !is_unknown && !errors::may_have_been_made(error) {
            let status = if self.is_aborted { Status::NotTried } else { Status::Failed };
            self.fail(status, error.clone());
        } else if self.is_aborted {
            self.fail(Status::Unknown, error.clone());
        } else {
            return self.look_up(error);
        }
        None
    }

    /// Reads what became of a step whose response was lost.
    fn look_up(&mut self, error: &Value) -> Option<Object> {
        let kind = kind_of(self.course.steps.get(self.at)?);
        if let Some(outcome) = self.course.outcomes.get_mut(self.at) {
            outcome.error = Some(error.clone());
        }
        self.state = State::LookUp;
        Some(read(kind, ""))
    }

    fn looked_up(&mut self, records: &[Value], was_read: bool) {
        let Some(step) = self.course.steps.get(self.at) else { return };
        let error =
            self.course.outcomes.get(self.at).and_then(|outcome| outcome.error.clone()).unwrap_or_default();
        let verdict =
            self.course.resolve_step(step).filter(|_| was_read).map(|target| match text(step, "action") {
                "create" => self.course.judge_create(step, &target, records),
                _ => self.course.judge_change(step, &target, find(records, &target.id)),
            });
        match verdict {
            Some(lookup::Verdict::Done(id)) => {
                self.course.note_done(self.at, id, false);
                self.tell(self.at, None);
                self.at = self.at.saturating_add(1);
            }
            // It is as it was before. But what timed out here or in a gateway may still be at work.
            Some(lookup::Verdict::Todo) => {
                let status = error.get("status").and_then(Value::as_f64).unwrap_or_default();
                let is_late = text(&error, "kind") == "timeout" || status >= 500.0;
                self.fail(if is_late { Status::Unknown } else { Status::Failed }, error);
            }
            Some(lookup::Verdict::Conflict(_)) | None => self.fail(Status::Unknown, error),
        }
    }

    fn fail(&mut self, status: Status, error: Value) {
        // A dry run names all steps that would fail.
        self.has_failed |= !self.dry_run;
        if let Some(outcome) = self.course.outcomes.get_mut(self.at) {
            // What was sent before and is not known stays so.
            let status = if outcome.status == Status::Unknown { Status::Unknown } else { status };
            *outcome = Outcome { status, id: None, already: false, error: Some(error) };
        }
        self.tell(self.at, None);
        self.at = self.at.saturating_add(1);
    }

    fn tell(&mut self, place: usize, phase: Option<&str>) {
        let Some(mut entry) = self.course.entry(place) else { return };
        if phase.is_some() {
            entry.set("status", Status::Unknown.word());
        }
        let phase = phase.unwrap_or(self.course.status(place).word());
        self.told
            .push(object([("index", place.into()), ("phase", phase.into()), ("entry", entry.into())]).into());
    }

    fn finish(&mut self) -> Object {
        let would_be_made =
            |outcome: &Outcome| self.dry_run && outcome.status == Status::NotTried && outcome.error.is_none();
        let mut outcomes = self.course.outcomes.iter();
        let is_ok = outcomes.all(|outcome| outcome.status == Status::Done || would_be_made(outcome));
        let entries: Value =
            (0..self.course.steps.len()).filter_map(|place| self.course.entry(place)).collect();
        let mut result = object([
            ("format", FORMAT.into()),
            ("version", VERSION.into()),
            ("ok", is_ok.into()),
            ("tenantId", self.course.tenant_id.as_str().into()),
            ("steps", entries),
        ]);
        if self.dry_run {
            result.set("dryRun", true);
        } else {
            result.set("undo", undo::undo(&self.course));
        }
        object([("do", "finish".into()), ("result", result.into())])
    }
}

fn read(kind: Kind, keyword: &str) -> Object {
    let mut action = object([("do", "read".into()), ("list", kind.list().into())]);
    if !keyword.is_empty() {
        action.set("keyword", keyword);
    }
    action
}

fn find<'r>(records: &'r [Value], id: &str) -> Option<&'r Value> {
    records.iter().find(|record| text(record, "_id") == id && !is_true(record, "is_deleted"))
}
