//! Short words for what is done with JSON here all the time.

mod text;

use serde_json::{Map, Value};
pub use text::{parse, write};

/// The members of a JSON object, in their order.
pub type Object = Map<String, Value>;

/// A string member; `""` if it is missing or something else.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A string member of an object's members; `""` if it is missing or something else.
pub fn member_text<'v>(members: &'v Object, name: &str) -> &'v str {
    members.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The items of an array member; none if it is missing or something else.
pub fn items<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Whether a member is `true`.
pub fn is_true(value: &Value, name: &str) -> bool {
    value.get(name) == Some(&Value::Bool(true))
}

/// An object with these members.
pub fn object<const COUNT: usize>(members: [(&str, Value); COUNT]) -> Object {
    let mut object = Object::new();
    for (name, value) in members {
        object.insert(name.into(), value);
    }
    object
}

/// An array of strings.
pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Value {
    texts.into_iter().map(Value::from).collect()
}

/// Whether a value says nothing: the server has several words for that.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "false",
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) => false,
    }
}

/// Values by name. All tables share the code of one map, that of JSON objects: each further kind of map would be kilobytes more
/// for visitors of a page.
#[derive(Debug)]
pub struct Table<T> {
    places: Object,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { places: Object::new(), values: Vec::new() }
    }
}

/// Names without values.
pub type Names = Table<()>;

impl<T> Table<T> {
    fn place(&self, name: &str) -> Option<usize> {
        place_in(&self.places, name)
    }

    /// Whether there is a value of this name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.values.get(self.place(name)?)
    }

    /// Adds a value, or puts it in place of the one that there is.
    pub fn insert(&mut self, name: &str, value: T) {
        match self.place(name).and_then(|place| self.values.get_mut(place)) {
            Some(place) => *place = value,
            None => {
                self.places.insert(name.into(), self.values.len().into());
                self.values.push(value);
            }
        }
    }

    /// The value of a name, after a default one was added if there was none.
    pub fn entry(&mut self, name: &str) -> Option<&mut T>
    where
        T: Default,
    {
        if !self.has(name) {
            self.insert(name, T::default());
        }
        let place = self.place(name)?;
        self.values.get_mut(place)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.places.keys()
    }

    /// Takes a value out.
    pub fn remove(&mut self, name: &str) -> Option<T>
    where
        T: Default,
    {
        let place = self.place(name)?;
        self.places.swap_remove(name);
        self.values.get_mut(place).map(std::mem::take)
    }

    /// All values, in the order in which their names were added.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }
}

fn place_in(places: &Object, name: &str) -> Option<usize> {
    places.get(name)?.as_u64().and_then(|place| usize::try_from(place).ok())
}

impl<T, N: AsRef<str>> FromIterator<(N, T)> for Table<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(values: I) -> Self {
        let mut table = Table::default();
        for (name, value) in values {
            table.insert(name.as_ref(), value);
        }
        table
    }
}
