//! Made-up agents for the list of phones: Vietnamese names, the same at each start, no real data.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::text::Forms;

/// This many were hired over about five years, and as many again over the same years.
const HIRED: usize = 134;
/// The recorded phones, which come before the made-up ones.
const RECORDED: usize = 3;
const FIRST_EXTENSION: u32 = 100;

/// Common names are listed more than once, so that they are picked more often.
const FAMILIES: [&str; 20] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Nguyễn", "Hoàng", "Huỳnh", "Phan", "Nguyễn", "Vũ", "Võ", "Đặng", "Trần",
    "Bùi", "Đỗ", "Nguyễn", "Hồ", "Ngô", "Dương", "Lý",
];
const WOMEN: ([&str; 7], [&str; 18]) = (
    ["Thị", "Ngọc", "Thu", "Thanh", "Phương", "Thị Mỹ", "Khánh"],
    [
        "Hương", "Lan", "Mai", "Hạnh", "Trang", "Thảo", "Yến", "Nhung", "Hằng", "Linh", "Quỳnh", "Vy", "Ánh",
        "Diệp", "Thủy", "Uyên", "Châu", "Nga",
    ],
);
const MEN: ([&str; 7], [&str; 18]) = (
    ["Văn", "Đức", "Minh", "Hữu", "Quốc", "Gia", "Công"],
    [
        "Hùng",
        "Dũng",
        "Tuấn",
        "Sơn",
        "Long",
        "Khoa",
        "Phúc",
        "Đạt",
        "Thắng",
        "Nghĩa",
        "Trường",
        "Bảo",
        "Kiên",
        "Việt",
        "Hưng",
        "Quân",
        "Tài",
        "Vương",
    ],
);

/// A year of 365 days.
const YEAR_MS: u64 = 365 * 24 * 60 * 60 * 1000;
/// The first of them was hired on 1 March 2019.
const FIRST_HIRED_MS: u64 = 1_551_398_400_000;

/// Makes phones of made-up agents, with extensions and e-mails that are not taken.
pub(crate) fn phones(taken: &[Value], count: usize, seed: u32, forms: Forms) -> Vec<Value> {
    let taken_values = |field: &str| -> HashSet<String> {
        taken.iter().filter_map(|phone| phone.get(field)?.as_str().map(str::to_owned)).collect()
    };
    let extensions = taken_values("sip_user");
    // The seed depends on how many there are, so that phones added later belong to other people.
    let before = taken.len().saturating_sub(RECORDED) as u64;
    let mut emails = taken_values("email");
    let free =
        (FIRST_EXTENSION..).map(|number| number.to_string()).filter(|number| !extensions.contains(number));
    let mut rng = Rng((0x0314_1592_6535_8979 + before) ^ (u64::from(seed) << 32));
    free.take(count)
        .enumerate()
        .map(|(index, extension)| phone(index, &extension, &mut emails, &mut rng, forms))
        .collect()
}

fn phone(index: usize, extension: &str, emails: &mut HashSet<String>, rng: &mut Rng, forms: Forms) -> Value {
    let full_name = full_name(rng);
    // Created one after the other over about five years, and changed at some time since.
    let created = FIRST_HIRED_MS + (index % HIRED) as u64 * YEAR_MS / 27 + rng.below(YEAR_MS / 54);
    let updated = created + rng.below(YEAR_MS);
    let agent_id = format!("{:08x}{:016x}", created / 1000, rng.next());
    json!({
        "domain": "omiteam",
        "outbound_proxy": "wss://wssvn.omicrm.com",
        "sip_user": extension,
        "password": format!("example-{extension}-{:08x}", rng.below(1 << 32)),
        "full_name": full_name,
        "agent_id": agent_id,
        "email": email(&full_name, emails, forms),
        "public_number": if index % 9 == 4 { "" } else { "84256336xxxx" },
        "last_updated_date": updated,
        "created_date": created,
    })
}

fn full_name(rng: &mut Rng) -> String {
    let (middles, givens) = if rng.below(2) == 0 { WOMEN } else { MEN };
    [rng.pick(&FAMILIES), rng.pick(&middles), rng.pick(&givens)].join(" ")
}

/// `an.nguyen@example.com`, or with a number after it if that is taken.
fn email(full_name: &str, taken: &mut HashSet<String>, forms: Forms) -> String {
    let name = forms.unaccent(full_name);
    let family = name.split(' ').next().unwrap_or_default();
    let given = name.rsplit(' ').next().unwrap_or_default();
    let mut email = format!("{given}.{family}@example.com");
    let mut namesake = 2;
    while !taken.insert(email.clone()) {
        email = format!("{given}.{family}{namesake}@example.com");
        namesake += 1;
    }
    email
}

/// SplitMix64: a random number generator that returns the same numbers each time.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick(&mut self, names: &[&'static str]) -> &'static str {
        let index = self.below(names.len() as u64) as usize;
        names.get(index).copied().unwrap_or_default()
    }
}
