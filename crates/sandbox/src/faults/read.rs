//! Reads planned faults from JSON. By hand, because a derived `Deserialize` of so many kinds is a third of the module that a page
//! loads.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Fault, Match, PlannedFault};

impl PlannedFault {
    /// Reads a plan `{ match: { method, path, call }, times, fault: { kind, … } }`, of which only `fault` is required. A mistake is
    /// reported now and not when the fault happens.
    pub fn read(planned: &Value) -> Result<Self, String> {
        let mut members = Members::of("a plan", planned)?;
        let matches = members.value("match").map(Match::read).transpose()?.unwrap_or_default();
        let times = members.number("times")?.unwrap_or(1);
        let fault = Fault::read(members.value("fault").ok_or("fault is required")?)?;
        members.end()?;
        let times = u32::try_from(times).map_err(|_| "times is too large")?;
        let planned = Self { matches, times, fault };
        planned.check()?;
        Ok(planned)
    }
}

impl Match {
    fn read(matches: &Value) -> Result<Self, String> {
        let mut members = Members::of("match", matches)?;
        let read = Self {
            method: members.text("method")?,
            path: members.text("path")?,
            call: members.text("call")?,
        };
        members.end()?;
        Ok(read)
    }
}

impl Fault {
    fn read(fault: &Value) -> Result<Self, String> {
        let mut members = Members::of("fault", fault)?;
        let kind = members.text("kind")?.ok_or("fault.kind is required")?;
        let fault = match kind.as_str() {
            "status" => Self::Status {
                code: members.required_status("code")?,
                headers: members.headers()?,
                body: members.value("body").cloned(),
                content_type: members.text("content_type")?,
            },
            "delay" => Self::Delay { ms: members.required_number("ms")? },
            "drop" => Self::Drop {},
            "reset" => Self::Reset {},
            "cut_body" => Self::CutBody {
                bytes: members.number("bytes")?.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
            },
            "hang" => Self::Hang {},
            "drip" => Self::Drip { ms_per_byte: members.required_number("ms_per_byte")? },
            "huge" => Self::Huge { bytes: members.number("bytes")?, announced: members.flag("announced")? },
            "slow_upload" => Self::SlowUpload { ms: members.required_number("ms")? },
            "html" => Self::Html { code: members.status("code")? },
            "empty" => Self::Empty {},
            "set" | "wrong_type" => Self::Set {
                pointer: members.required_text("pointer")?,
                value: members.present("value").ok_or("value is required")?.clone(),
            },
            "remove" => Self::Remove { pointer: members.required_text("pointer")? },
            "repeat_page" => Self::RepeatPage {},
            "raw" => Self::Raw {
                body: members.text("body")?,
                body_base64: members.text("body_base64")?,
                content_type: members.text("content_type")?,
            },
            other => return Err(["there is no fault of kind ", other].concat()),
        };
        members.end()?;
        Ok(fault)
    }
}

/// The members of an object. Null counts as absent.
struct Members<'v> {
    fields: &'v Map<String, Value>,
    asked: Vec<&'static str>,
}

impl<'v> Members<'v> {
    fn of(name: &str, value: &'v Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or_else(|| [name, " must be an object"].concat())?;
        Ok(Self { fields, asked: Vec::new() })
    }

    /// Also null.
    fn present(&mut self, name: &'static str) -> Option<&'v Value> {
        self.asked.push(name);
        self.fields.get(name)
    }

    fn value(&mut self, name: &'static str) -> Option<&'v Value> {
        self.present(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &'static str) -> Result<Option<String>, String> {
        let read = |value: &Value| {
            value.as_str().map(str::to_owned).ok_or_else(|| [name, " must be a string"].concat())
        };
        self.value(name).map(read).transpose()
    }

    fn required_text(&mut self, name: &'static str) -> Result<String, String> {
        self.text(name)?.ok_or_else(|| [name, " is required"].concat())
    }

    fn number(&mut self, name: &'static str) -> Result<Option<u64>, String> {
        let read = |value: &Value| value.as_u64().ok_or_else(|| [name, " must be a whole number"].concat());
        self.value(name).map(read).transpose()
    }

    fn required_number(&mut self, name: &'static str) -> Result<u64, String> {
        self.number(name)?.ok_or_else(|| [name, " is required"].concat())
    }

    /// A number of a status. Whether there is such a status is checked later.
    fn status(&mut self, name: &'static str) -> Result<Option<u16>, String> {
        Ok(self.number(name)?.map(|number| u16::try_from(number).unwrap_or(u16::MAX)))
    }

    fn required_status(&mut self, name: &'static str) -> Result<u16, String> {
        self.status(name)?.ok_or_else(|| [name, " is required"].concat())
    }

    fn flag(&mut self, name: &'static str) -> Result<bool, String> {
        let read = |value: &Value| value.as_bool().ok_or_else(|| [name, " must be true or false"].concat());
        Ok(self.value(name).map(read).transpose()?.unwrap_or(false))
    }

    fn headers(&mut self) -> Result<BTreeMap<String, String>, String> {
        let mut headers = BTreeMap::new();
        let Some(value) = self.value("headers") else { return Ok(headers) };
        for (name, value) in value.as_object().ok_or("headers must be an object")? {
            let value = value.as_str().ok_or_else(|| ["the header ", name, " must be a string"].concat())?;
            headers.insert(name.clone(), value.to_owned());
        }
        Ok(headers)
    }

    /// Refuses members that nobody asked for.
    fn end(self) -> Result<(), String> {
        match self.fields.keys().find(|name| !self.asked.contains(&name.as_str())) {
            Some(unknown) => Err([unknown, " is not known here"].concat()),
            None => Ok(()),
        }
    }
}
