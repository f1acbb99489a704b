//! The catalogue of rules: code, severity, path, and the sentence in English and Vietnamese.
//!
//! [`IssueCode`], its TypeScript union and the published table of codes (`pkg-template/docs/rules.md`) all come from here.
//! The function that checks a rule is in the module of what it checks.

use std::fmt;

use omicall_schema::{
    compact::split_once_at,
    output::{OutputWriter, ToOutput},
};

use crate::severity::Severity::{self, Error, Hint, Warning};

/// A rule as the checks use it.
#[derive(Debug)]
pub struct Rule {
    /// The usual severity of its issues.
    pub severity: Severity,
    /// Whether its issues are only warnings if the tenant says `complete: false`: what is not found may exist.
    pub needs_complete_tenant: bool,
    /// The sentence in English.
    pub english: &'static str,
    /// The sentence in Vietnamese.
    pub vietnamese: &'static str,
}

/// The code of a rule. It has the rule within it, so that a WebAssembly module only contains the sentences of rules that it uses: the
/// letter of the severity, in upper case for a rule that needs the complete tenant, the code, and both sentences, with NUL between
/// them. As a struct of four texts, the rules take 1 KB more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IssueCode(&'static str);

impl IssueCode {
    /// Returns the rule with this code.
    pub fn rule(self) -> Rule {
        let letter = self.0.bytes().next().unwrap_or_default();
        let severity = match letter.to_ascii_lowercase() {
            b'e' => Error,
            b'w' => Warning,
            _ => Hint,
        };
        Rule {
            severity,
            needs_complete_tenant: letter.is_ascii_uppercase(),
            english: self.text(1),
            vietnamese: self.text(2),
        }
    }

    /// Returns the code as pages see it, e.g. `"ivr-key-duplicate"`.
    pub fn as_str(self) -> &'static str {
        self.text(0)
    }

    /// Returns the text at this place: the code, the English or the Vietnamese sentence.
    fn text(self, place: usize) -> &'static str {
        let mut rest = self.0.get(1..).unwrap_or_default();
        for _ in 0..place {
            rest = split_once_at(rest, 0).unwrap_or_default().1;
        }
        split_once_at(rest, 0).map_or(rest, |(text, _)| text)
    }
}

impl fmt::Debug for IssueCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl ToOutput for IssueCode {
    fn write(&self, name: &str, out: &mut dyn OutputWriter) {
        out.string(name, self.as_str());
    }
}

/// What the published table says about a rule; not compiled into the wasm.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub struct Description {
    /// The code.
    pub code: IssueCode,
    /// When an issue has another severity, in words.
    pub other_severity: &'static str,
    /// The path of its issues.
    pub path: &'static str,
    /// The tenant data that the rule requires; without it the rule is skipped.
    pub needs: &'static str,
}

macro_rules! rules {
    ($(
        $variant:ident = $code:literal, $severity:ident $(or $other_severity:literal)? $(if $needs_complete_tenant:ident)?, at $path:literal $(, needs $needs:literal)?:
        $english:literal / $vietnamese:literal;
    )*) => {
        #[allow(non_upper_case_globals, reason = "they read like the variants of an enum")]
        impl IssueCode { $(
            #[doc = concat!("`", $english, "`")]
            pub const $variant: Self = Self(concat!(
                rules!(@letter $severity $($needs_complete_tenant)?), $code, "\0", $english, "\0", $vietnamese
            ));
        )* }

        /// Declares the codes for TypeScript.
        #[cfg(feature = "typescript")]
        mod typescript {
            /// The code of a rule. A code never changes its meaning.
            #[derive(Debug, tsify::Tsify)]
            #[allow(dead_code, reason = "declares the TypeScript")]
            pub enum IssueCode { $( #[doc = concat!("`", $english, "`")] #[serde(rename = $code)] $variant, )* }
        }

        /// The description of each rule, in the order of the catalogue.
        #[cfg(not(target_arch = "wasm32"))]
        pub const DESCRIPTIONS: &[Description] = &[$( Description {
            code: IssueCode::$variant,
            other_severity: concat!($($other_severity)?),
            path: $path,
            needs: concat!($($needs)?),
        }, )*];
    };
    (@letter Error complete) => { "E" };
    (@letter Error) => { "e" };
    (@letter Warning) => { "w" };
    (@letter Hint) => { "h" };
}

rules! {
    ListPageInvalid = "list-page-invalid", Error, at "/page, /size":
        "A whole number of at least 1" / "Số nguyên từ 1 trở lên";

    IvrNameRequired = "ivr-name-required", Error, at "/script_name":
        "Script name is required" / "Cần nhập tên kịch bản";
    IvrNameTaken = "ivr-name-taken", Error, at "/script_name", needs "scripts":
        "The name \"{name}\" is already used by script {number}" / "Tên \"{name}\" đã được kịch bản {number} sử dụng";
    IvrGreetingRequired = "ivr-greeting-required", Error, at "/greeting_id":
        "Choose a greeting" / "Hãy chọn lời chào";
    IvrSoundUnknown = "ivr-sound-unknown", Error if complete, at "/greeting_id, /greeting_short_id, /invalid_sound_id", needs "greetings":
        "Greeting {id} does not exist" / "Không tìm thấy lời chào {id}";
    IvrMaxFailureInvalid = "ivr-max-failure-invalid", Error, at "/max_failure":
        "Wrong presses allowed must be a whole number of at least 1" / "Số lần nhấn sai phải là số nguyên từ 1 trở lên";
    IvrMaxFailureUnusual = "ivr-max-failure-unusual", Hint, at "/max_failure":
        "{count} wrong presses keep callers long" / "Cho bấm sai {count} lần khiến khách chờ lâu";
    IvrTimeoutInvalid = "ivr-timeout-invalid", Error, at "/time_out":
        "Waiting time must be a whole number of seconds, at least 1" / "Thời gian chờ phải là số nguyên từ 1 giây trở lên";
    IvrTimeoutUnusual = "ivr-timeout-unusual", Warning, at "/time_out":
        "{seconds} s is outside 3–30 s; milliseconds meant?" / "{seconds} giây nằm ngoài 3–30 giây; có nhầm sang mili giây?";
    IvrNoOptions = "ivr-no-options", Warning or "hint with a fallback", at "/scripts":
        "No key leads anywhere" / "Chưa phím nào có đích";
    IvrKeyInvalid = "ivr-key-invalid", Error, at "/scripts/i/ivr":
        "\"{key}\" is not a key: use 0–9, * or #" / "\"{key}\" không phải phím: chỉ dùng 0–9, * hoặc #";
    IvrKeyMultiDigit = "ivr-key-multi-digit", Warning, at "/scripts/i/ivr":
        "\"{key}\" has more than one digit" / "\"{key}\" có nhiều hơn một chữ số";
    IvrKeyPrefix = "ivr-key-prefix", Warning, at "/scripts/i/ivr":
        "{key} answers before {longer} can be dialled" / "{key} được nhận trước khi bấm xong {longer}";
    IvrKeyDuplicate = "ivr-key-duplicate", Error, at "/scripts/i/ivr":
        "Key {key} is used twice" / "Phím {key} bị trùng";
    IvrKeyHash = "ivr-key-hash", Warning, at "/scripts/i/ivr":
        "# often ends an entry and may never arrive" / "# thường là phím kết thúc, có thể không nhận được";
    IvrKeyGap = "ivr-key-gap", Hint, at "/scripts":
        "Keys skip {missing}" / "Các phím bỏ qua {missing}";
    IvrManyOptions = "ivr-many-options", Hint, at "/scripts":
        "{count} options are hard to remember" / "{count} lựa chọn thì khó nhớ";
    IvrOptionUnassigned = "ivr-option-unassigned", Hint, at "/scripts/i":
        "Key {key} does nothing" / "Phím {key} chưa có đích";
    IvrActionTypeUnknown = "ivr-action-type-unknown", Warning, at "/scripts/i/action_type":
        "\"{type}\" is not a documented action type" / "Loại hành động \"{type}\" không có trong tài liệu";
    IvrActionMissing = "ivr-action-missing", Error, at "/scripts/i/action":
        "Choose where key {key} leads" / "Hãy chọn đích cho phím {key}";
    IvrActionOrphan = "ivr-action-orphan", Warning, at "/scripts/i/action_type":
        "Key {key} has a destination but no type" / "Phím {key} có đích nhưng thiếu loại";
    IvrActionIdFormat = "ivr-action-id-format", Error, at "/scripts/i/action":
        "An id has 24 hexadecimal digits" / "Id phải gồm 24 ký tự hex";
    IvrTargetUnknown = "ivr-target-unknown", Error if complete, at "/scripts/i/action, /action", needs "scripts and groups; for `Recording`, greetings":
        "Destination {id} does not exist" / "Không tìm thấy đích {id}";
    IvrTargetTypeMismatch = "ivr-target-type-mismatch", Error if complete, at "/scripts/i/action_type, /action_type", needs "scripts and groups; for `Recording`, scripts and groups, or greetings":
        "{id} is a {actual}, not a {expected}" / "{id} là {actual}, không phải {expected}";
    IvrFallbackMissing = "ivr-fallback-missing", Warning, at "/action_type":
        "A caller who presses nothing has nowhere to go" / "Khách không bấm phím sẽ không có đích";
    IvrInvalidSoundMissing = "ivr-invalid-sound-missing", Hint, at "/invalid_sound_id":
        "No sound for a wrong key" / "Chưa có âm báo sai phím";
    IvrDirectDialValue = "ivr-direct-dial-value", Error, at "/ivr_direct_menu_dial":
        "Use \"true\" or \"false\"" / "Dùng \"true\" hoặc \"false\"";
    IvrSelfLoop = "ivr-self-loop", Hint or "warning on the fallback", at "/scripts/i/action, /action", needs "the script's own id":
        "Returns to itself" / "Quay lại chính nó";
    IvrCycle = "ivr-cycle", Hint, at "/scripts/i/action, /action, /groups/i/target_timeout", needs "scripts":
        "Menus form a loop: {names}" / "Các menu tạo vòng lặp: {names}";
    IvrTrap = "ivr-trap", Error, at "/scripts", needs "scripts and groups":
        "No key sequence ever reaches anybody" / "Không có cách bấm nào tới được người nghe";
    IvrTooDeep = "ivr-too-deep", Hint or "above 3; warning from 12", at "/scripts/i/action", needs "scripts":
        "{levels} levels deep" / "Sâu {levels} cấp";
    IvrUnreachable = "ivr-unreachable", Hint, at "the script itself (\"\")", needs "scripts and startScripts":
        "Nothing leads here" / "Không có đường dẫn tới đây";
    IvrGroupEmpty = "ivr-group-empty", Warning, at "/scripts/i/action, /action", needs "groups":
        "Group \"{name}\" has no members" / "Nhóm \"{name}\" chưa có thành viên";
    IvrDirectDialDelay = "ivr-direct-dial-delay", Hint, at "/scripts/i/ivr", needs "phones, and direct dialling switched on":
        "Key {key} starts extension {extension}: callers wait longer" / "Phím {key} trùng đầu số {extension}: khách phải chờ lâu hơn";
    IvrDirectDialShadow = "ivr-direct-dial-shadow", Warning, at "/scripts/i/ivr", needs "phones, and direct dialling switched on":
        "Key {key} hides extension {extension}" / "Phím {key} che số nội bộ {extension}";

    GroupNameRequired = "group-name-required", Error, at "/group_name":
        "Group name is required" / "Cần nhập tên nhóm";
    GroupStrategyUnknown = "group-strategy-unknown", Error, at "/strategy":
        "Ring all at once, in order or at random (enterprise, rollover, random)" / "Đổ chuông đồng thời, tuần tự hoặc ngẫu nhiên (enterprise, rollover, random)";
    GroupTimeoutInvalid = "group-timeout-invalid", Error or "below 1; warning above 60", at "/timeout":
        "Ring each member 1–60 s" / "Đổ chuông mỗi thành viên 1–60 giây";
    GroupTotalRingLong = "group-total-ring-long", Hint or "above 60; warning above 180", at "/timeout":
        "Callers may hear {seconds} s of ringing" / "Khách có thể nghe chuông tới {seconds} giây";
    GroupMembersEmpty = "group-members-empty", Warning, at "/sip_members, /sip_users":
        "No members" / "Chưa có thành viên";
    GroupMemberFormat = "group-member-format", Error, at "/sip_members/i, /sip_users/i":
        "\"{extension}\" is not an extension: text of 1–15 digits" / "\"{extension}\" không phải số nội bộ: chuỗi 1–15 chữ số";
    GroupMemberDuplicate = "group-member-duplicate", Warning, at "/sip_members/i, /sip_users/i":
        "{extension} is listed twice" / "{extension} bị trùng";
    GroupMemberUnknown = "group-member-unknown", Error if complete, at "/sip_members/i, /sip_users/i", needs "phones":
        "Extension {extension} does not exist" / "Không tìm thấy số nội bộ {extension}";
    GroupMemberIsGroup = "group-member-is-group", Hint, at "/sip_members/i, /sip_users/i", needs "groups":
        "{extension} is the number of group \"{name}\"" / "{extension} là số của nhóm \"{name}\"";
    GroupIdFormat = "group-id-format", Error, at "/group_id":
        "An id has 24 hexadecimal digits" / "Id phải gồm 24 ký tự hex";
    MembersNoop = "members-noop", Hint, at "/sip_users/i", needs "groups":
        "{extension} is already in, or not in, the group" / "{extension} đã có, hoặc không có, trong nhóm";
    MembersLost = "members-lost", Warning, at "/sip_members", needs "groups, phones, and the group's own id":
        "{count} of {total} members would leave the group" / "{count} trong {total} thành viên sẽ bị đưa ra khỏi nhóm";
    GroupOverflowLost = "group-overflow-lost", Warning, at "the group itself (\"\")", needs "groups, and the group's own id":
        "Where calls go when nobody answers (\"{name}\") may be reset" / "Đích khi không ai nghe máy (\"{name}\") có thể bị xoá";
    GroupOverflowIncomplete = "group-overflow-incomplete", Error, at "/target_timeout, /target_timeout_type":
        "Choose both where the call goes and what kind it is" / "Chọn cả đích và loại đích";
    GroupOverflowTypeUnknown = "group-overflow-type-unknown", Warning, at "/target_timeout_type":
        "\"{type}\" is not a documented kind of destination" / "Loại đích \"{type}\" không có trong tài liệu";
    GroupOverflowUnknown = "group-overflow-unknown", Error if complete, at "/target_timeout", needs "scripts, groups or greetings, by its type":
        "Destination {id} does not exist" / "Không tìm thấy đích {id}";
    GroupOverflowSelf = "group-overflow-self", Hint, at "/target_timeout", needs "the group's own id":
        "The call comes back to this group" / "Cuộc gọi quay lại chính nhóm này";

    ChangedMeanwhile = "changed-meanwhile", Error, at "each field of the record that changed; the record itself (\"\") if none is known":
        "Changed by {by}, {at}, after it was read" / "{by} đã sửa lúc {at}, sau khi dữ liệu được đọc";
    RecordMissing = "record-missing", Error, at "the record itself (\"\")":
        "There is no record with this id: it may have been deleted" / "Không có bản ghi với id này: có thể đã bị xoá";
    MembersUnresolved = "members-unresolved", Error, at "/sip_members":
        "Members would leave the group, because no phone has their agent: {names}" /
        "Có thành viên sẽ bị đưa ra khỏi nhóm, vì không có số máy nào của họ: {names}";

    GreetingNotMp3 = "greeting-not-mp3", Error, at "/file":
        "Not an MP3 file: {found}" / "Không phải tệp MP3: {found}";
    GreetingTruncated = "greeting-truncated", Warning, at "/file":
        "The recording is cut off at the end" / "Tệp ghi âm bị cắt ở cuối";
    GreetingEmpty = "greeting-empty", Error, at "/file":
        "The file is empty" / "Tệp rỗng";
    GreetingNameRequired = "greeting-name-required", Error, at "/greeting_name":
        "Greeting name is required" / "Cần nhập tên lời chào";
    TtsTextLength = "tts-text-length", Error, at "/text":
        "1–300 characters, not {length}" / "1–300 ký tự, không phải {length}";
    TtsTextBlank = "tts-text-blank", Error, at "/text":
        "There is nothing to read out" / "Không có nội dung để đọc";
    TtsSpeedRange = "tts-speed-range", Error, at "/speed":
        "Speed is a whole number from -3 to 3, as number or text" / "Tốc độ là số nguyên từ -3 đến 3";
    TtsVoiceUnknown = "tts-voice-unknown", Warning, at "/voice":
        "\"{voice}\" is not a documented voice (banmai, leminh, lannhi)" / "Giọng \"{voice}\" không có trong tài liệu (banmai, leminh, lannhi)";

    StillUsed = "still-used", Error or "warning with `force: true`", at "the record itself (\"\")", needs "scripts or groups":
        "Still used by \"{name}\" ({path})" / "Vẫn đang được \"{name}\" sử dụng ({path})";

    TextControlCharacter = "text-control-character", Error, at "/script_name, /group_name, /greeting_name, /text":
        "A character that cannot be shown" / "Có ký tự không hiển thị được";

    SipWsUrlInvalid = "sip-ws-url-invalid", Error, at "/pbx_account/sip_web_socket_server":
        "Needs wss://host[:port][/path]" / "Cần dạng wss://host[:port][/path]";
    SipWsUrlInsecure = "sip-ws-url-insecure", Warning, at "/pbx_account/sip_web_socket_server":
        "ws:// sends the password's digest in the clear" / "ws:// không mã hoá";
    SipRealmInvalid = "sip-realm-invalid", Error or "warning for \"_\"", at "/pbx_account/sip_realm":
        "\"{realm}\" is not a SIP host name" / "\"{realm}\" không phải tên miền SIP";
    SipUserInvalid = "sip-user-invalid", Error, at "/pbx_account/sip_user":
        "\"{user}\" cannot be a SIP user" / "\"{user}\" không dùng làm số SIP được";
    SipPasswordMissing = "sip-password-missing", Error, at "/pbx_account/sip_password":
        "The password is missing" / "Thiếu mật khẩu";
    SipPasswordMasked = "sip-password-masked", Error, at "/pbx_account/sip_password":
        "The password is masked: take the account from extensions.detail, or call phones.list with includePasswords: true" /
        "Mật khẩu đã bị che: hãy lấy tài khoản từ extensions.detail, hoặc gọi phones.list với includePasswords: true";
    SipStunInvalid = "sip-stun-invalid", Warning, at "/pbx_account/stun_servers/i":
        "\"{server}\" is not a STUN address" / "\"{server}\" không phải địa chỉ STUN";
    SipTransportNoWs = "sip-transport-no-ws", Warning, at "/pbx_account/transport":
        "No ws or wss transport" / "Không có ws hoặc wss";
}
