//! The greetings of a tenant.

use serde_json::{Value, json};

use super::{New, Records, payload, set};
use crate::text::Forms;

pub(crate) const LIST: &str = include_str!("../../../../tests/samples/greeting_list.json");
pub(crate) const TEXT_TO_SPEECH: &str =
    include_str!("../../../../tests/samples/greeting_upload_text_to_speech.json");

/// Greetings after the three recorded ones, so that there are thirteen, the total of the recorded list page. The first two
/// are those that the recorded scripts and groups refer to.
const OLDER: [(&str, &str); 10] = [
    ("62da34652a310904dfbbf13b", "Hộp thư thoại"),
    ("6209c99b067f745da47367f3", "Lời chào mặc định"),
    ("6209c99b067f745da47367e1", "Ngoài giờ làm việc"),
    ("6209c99b067f745da47367e2", "Sai phím"),
    ("6209c99b067f745da47367e3", "Chào buổi sáng"),
    ("6209c99b067f745da47367e4", "Chúc mừng năm mới"),
    ("6209c99b067f745da47367e5", "Khảo sát sau cuộc gọi"),
    ("6209c99b067f745da47367e6", "Xin vui lòng chờ máy"),
    ("6209c99b067f745da47367e7", "Đường dây bận"),
    ("6209c99b067f745da47367e8", "Cảm ơn quý khách"),
];
/// 14 February 2022, when the tenant was created.
const OLDEST_MS: u64 = 1_644_808_603_212;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// The three recorded greetings, and the older ones.
pub(crate) fn recorded(forms: Forms) -> Records {
    let mut greetings = Records::recorded(LIST);
    let template = template();
    for (age, (id, name)) in (0_u64..).zip(OLDER) {
        let mut greeting = template.clone();
        set(
            &mut greeting,
            [
                ("_id", json!(id)),
                // Older unaccented names are in lower case, newer ones are not.
                ("greeting_name_unsigned", json!(forms.unaccent(name))),
                ("greeting_name", json!(name)),
                ("recording_file", json!(format!("6209c99b-067f-445d-a473-{age:012x}.mp3"))),
                ("content", json!(name)),
            ],
        );
        set_dates(&mut greeting, OLDEST_MS + (9 - age.min(9)) * DAY_MS);
        greetings.add_older(greeting);
    }
    greetings
}

/// The recorded greeting, as a template for new ones.
pub(crate) fn template() -> Value {
    payload(TEXT_TO_SPEECH).get_mut("file").map(Value::take).unwrap_or_default()
}

fn set_dates(greeting: &mut Value, at_ms: u64) {
    set(greeting, [("created_date", json!(at_ms)), ("last_updated_date", json!(at_ms))]);
}

/// A new greeting.
pub(crate) fn new_greeting(new: New, name: &str, tenant_id: &Value, now_ms: u64, forms: Forms) -> Value {
    let mut greeting = template();
    set(
        &mut greeting,
        [
            ("_id", json!(new.id())),
            ("tenant_id", tenant_id.clone()),
            ("greeting_name", json!(name)),
            ("greeting_name_unsigned", json!(forms.unsigned(name))),
            ("recording_file", json!(new.recording_file())),
        ],
    );
    set_dates(&mut greeting, now_ms);
    greeting
}
