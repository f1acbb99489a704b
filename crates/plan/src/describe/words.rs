//! The words of sentences about changes, in English and Vietnamese.

use omicall_issues::Language;

/// A key, and its words in English and Vietnamese.
type Words = (&'static str, &'static str, &'static str);

const WORDS: &[Words] = &[
    // Kinds of records and destinations.
    ("phone", "phone", "máy nội bộ"),
    ("hotline", "hotline", "hotline"),
    ("greeting", "greeting", "lời chào"),
    ("group", "group", "nhóm"),
    ("script", "script", "kịch bản"),
    ("Recording", "greeting", "lời chào"),
    ("Ring_group", "group", "nhóm"),
    ("Ivr_menu", "script", "kịch bản"),
    // Changes.
    ("added", "{kind} “{name}” is new", "{kind} “{name}” được thêm"),
    ("removed", "{kind} “{name}” is gone", "{kind} “{name}” đã bị xoá"),
    ("changed", "{kind} “{name}”", "{kind} “{name}”"),
    // Steps.
    ("create", "Create {kind} “{name}”", "Tạo {kind} “{name}”"),
    ("update", "Change {kind} “{name}”", "Sửa {kind} “{name}”"),
    ("delete", "Delete {kind} “{name}”", "Xoá {kind} “{name}”"),
    ("frees-name", "another script needs its name first", "kịch bản khác cần tên của nó trước"),
    ("completes", "now that what it leads to exists", "khi các đích của nó đã có"),
    ("detaches", "so that what it leads to can be deleted", "để có thể xoá các đích của nó"),
    (
        "loses",
        "It loses {loses}, which no request takes",
        "Bước này làm mất {loses}, vì không yêu cầu nào nhận",
    ),
    ("isFinal", "The recording cannot be brought back", "Không thể khôi phục tệp ghi âm"),
    // Fields.
    ("greeting_name", "name", "tên"),
    ("group_name", "name", "tên"),
    ("script_name", "name", "tên"),
    ("full_name", "name", "tên"),
    ("text", "text", "nội dung"),
    ("voice", "voice", "giọng"),
    ("speed", "speed", "tốc độ"),
    ("strategy", "strategy", "cách đổ chuông"),
    ("sip_members", "members", "thành viên"),
    ("timeout", "seconds for each member", "số giây mỗi thành viên"),
    ("members/timeout", "seconds by member", "số giây theo thành viên"),
    ("members/hold_music_id", "hold music by member", "nhạc chờ theo thành viên"),
    ("target_timeout", "when nobody answers", "khi không ai nghe máy"),
    ("greeting_id", "greeting", "lời chào"),
    ("greeting_short_id", "greeting for callers who come back", "lời chào khi quay lại"),
    ("invalid_sound_id", "sound for a wrong key", "âm báo sai phím"),
    ("max_failure", "wrong presses allowed", "số lần nhấn sai"),
    ("time_out", "seconds to wait for a key", "số giây chờ phím"),
    ("action", "fallback", "đích khi không bấm phím"),
    ("ivr_direct_menu_dial", "direct dialling", "bấm thẳng số nội bộ"),
    ("scripts", "key {key}", "phím {key}"),
    ("none", "none", "không có"),
    // What a plan cannot do.
    (
        "ambiguous",
        "Several are called “{name}”: say with `mapping` which {kind} is meant",
        "Có nhiều {kind} tên “{name}”: hãy chỉ rõ bằng `mapping`",
    ),
    (
        "recording",
        "The recording of {kind} “{name}” cannot be read",
        "Không đọc được tệp ghi âm của {kind} “{name}”",
    ),
    ("recording-file", ": upload its file {file} by hand", ": hãy tải lên tệp {file}"),
    (
        "greeting-update",
        "The {kind} “{name}” cannot be changed, only replaced: allow deleting",
        "Không sửa được {kind} “{name}”, chỉ thay được: hãy cho phép xoá",
    ),
    (
        "members-unknown",
        "The {kind} “{name}” needs extensions that do not exist: {names}",
        "{kind} “{name}” cần số nội bộ không tồn tại: {names}",
    ),
    (
        "members-unresolved",
        "Who is in {kind} “{name}” is not known: its members have no phone",
        "Không rõ ai thuộc {kind} “{name}”: thành viên không có máy nội bộ",
    ),
    (
        "needs",
        "The {kind} “{name}” needs what is not there: {names}",
        "{kind} “{name}” cần những mục chưa có: {names}",
    ),
    ("refused", "The {kind} “{name}” breaks a rule: {issues}", "{kind} “{name}” vi phạm quy tắc: {issues}"),
    (
        "in-use",
        "The {kind} “{name}” stays, for {names} leads to it",
        "{kind} “{name}” được giữ lại vì {names} dẫn tới nó",
    ),
    (
        "list-incomplete",
        "The list with {kind} “{name}” could not be read whole",
        "Không đọc được trọn danh sách có {kind} “{name}”",
    ),
    (
        "name-taken",
        "Another script keeps the name of {kind} “{name}”",
        "Kịch bản khác đang giữ tên của {kind} “{name}”",
    ),
    (
        "not-sent",
        "Of {kind} “{name}”, the API does not take {fields}",
        "Với {kind} “{name}”, API không nhận {fields}",
    ),
    ("not-planned", "No plan makes a {kind}: {names}", "Kế hoạch không tạo được {kind}: {names}"),
    ("kept", "Not deleted, {kind}: {names}", "Không xoá, {kind}: {names}"),
    // How steps ended.
    ("done", "done", "xong"),
    ("failed", "failed", "thất bại"),
    ("not-tried", "not tried", "chưa thử"),
    ("unknown", "sent, but nobody knows whether it was made", "đã gửi nhưng không rõ kết quả"),
    ("sent-before", "it was sent before, and is not there so far", "đã gửi trước đó nhưng chưa thấy kết quả"),
    ("changed-meanwhile", "somebody else has changed it meanwhile", "người khác đã thay đổi trong lúc đó"),
];

/// The words of a key; the key itself if it has none, such as the name of a field that nobody listed.
pub fn words(language: Language, key: &str) -> &str {
    match WORDS.iter().find(|(known, ..)| *known == key) {
        Some((_, english, vietnamese)) => match language {
            Language::English => english,
            Language::Vietnamese => vietnamese,
        },
        None => key,
    }
}

/// The capital of the letter that a sentence begins with. Unicode's table of capitals would be 5 KB for visitors.
pub fn capital(letter: char) -> char {
    match letter {
        'â' => 'Â',
        'đ' => 'Đ',
        _ => letter.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{WORDS, capital};

    #[test]
    fn all_words_have_a_capital() {
        for (_, english, vietnamese) in WORDS {
            for first in [english, vietnamese].into_iter().filter_map(|words| words.chars().next()) {
                assert!(first.to_uppercase().eq([capital(first)]), "{first}");
            }
        }
    }
}
