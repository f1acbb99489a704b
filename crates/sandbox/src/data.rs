//! All records of a tenant.

use serde_json::Value;

use crate::{
    records::{
        Records, Serial, greetings, groups, hotlines::Hotlines, ivr_scripts, lists::Lists, phones::Phones,
        text,
    },
    text::Forms,
};

/// All records of a tenant; the families read and change them.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    pub(crate) phones: Phones,
    pub(crate) hotlines: Hotlines,
    pub(crate) groups: Records,
    pub(crate) scripts: Records,
    pub(crate) greetings: Records,
    /// The `tenant_id` of new records: that of all others.
    pub(crate) tenant_id: Value,
    pub(crate) serial: Serial,
    pub(crate) forms: Forms,
}

impl Data {
    pub(crate) fn new(seed: u32, agents: Option<usize>, lists: Option<Lists>, forms: Forms) -> Self {
        let mut serial = Serial::new(seed);
        let mut data = match lists {
            None => Self {
                phones: Phones::new(seed, agents, forms),
                hotlines: Hotlines::default(),
                groups: groups::recorded(),
                scripts: ivr_scripts::recorded(),
                greetings: greetings::recorded(forms),
                tenant_id: groups::tenant_id(),
                serial,
                forms,
            },
            Some(lists) => {
                for record in [&lists.groups, &lists.scripts, &lists.greetings].into_iter().flatten() {
                    serial.skip(text(record, "_id"));
                }
                let tenant_id = lists.tenant_id();
                Self {
                    phones: Phones::from_records(lists.phones, seed, forms),
                    hotlines: Hotlines::new(lists.hotlines),
                    groups: Records::new(lists.groups),
                    scripts: Records::new(lists.scripts),
                    greetings: Records::new(lists.greetings),
                    tenant_id,
                    serial,
                    forms,
                }
            }
        };
        if let Some(agents) = agents {
            data.phones.resize(agents);
        }
        data
    }
}
