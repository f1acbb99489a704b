//! JSON values as JavaScript has them. serde_json's are three times as large, with a hash map in each object: moving them about, and
//! the code of the map, was a tenth of what visitors of a page with plans downloaded.

/// A JSON value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; JavaScript has only this kind.
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

impl Value {
    /// The member of an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// The item of an array.
    pub fn item(&self, place: usize) -> Option<&Value> {
        self.as_array()?.get(place)
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        self.as_object().is_some()
    }

    /// Whether it is an array.
    pub fn is_array(&self) -> bool {
        self.as_array().is_some()
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&Vec<Value>> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The items of an array, to be changed.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The members of an object, one after the other; none of anything else.
    pub fn members(&self) -> Members<'_> {
        self.as_object().map_or(Members([].iter()), Object::iter)
    }

    /// The items of an array; none of anything else.
    pub fn items(&self) -> &[Value] {
        self.as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// The members of an object, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value::Number(number as f64)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(text)
    }
}

impl From<Object> for Value {
    fn from(members: Object) -> Self {
        Value::Object(members)
    }
}

impl From<&[Value]> for Value {
    fn from(items: &[Value]) -> Self {
        Value::Array(items.into())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Value::Array(items.into_iter().map(T::into).collect())
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Value::Array(items.into_iter().map(T::into).collect())
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

/// The members of a JSON object, in their order. They are few, and so searched one after the other.
#[derive(Debug, Clone, Default)]
pub struct Object {
    members: Vec<(String, Value)>,
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Object::default()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The value of a member, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.members.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether there is such a member.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a member, or puts the value in place of the one that there is.
    pub fn insert(&mut self, name: String, value: Value) {
        match self.get_mut(&name) {
            Some(place) => *place = value,
            None => self.members.push((name, value)),
        }
    }

    /// Adds a member, or puts the value in place of the one that there is.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.put(name, value.into());
    }

    #[inline(never)]
    fn put(&mut self, name: &str, value: Value) {
        self.insert(name.into(), value);
    }

    /// Keeps only those members.
    pub fn retain(&mut self, is_kept: &dyn Fn(&str, &Value) -> bool) {
        self.members.retain(|(name, value)| is_kept(name, value));
    }

    /// The names.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.members.iter().map(|(name, _)| name)
    }

    /// The members.
    pub fn iter(&self) -> Members<'_> {
        Members(self.members.iter())
    }
}

/// The order of members says nothing.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

/// The members of an object, one after the other.
#[derive(Debug)]
pub struct Members<'m>(std::slice::Iter<'m, (String, Value)>);

impl<'m> Iterator for Members<'m> {
    type Item = (&'m String, &'m Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, value))
    }
}

impl<'m> IntoIterator for &'m Object {
    type Item = (&'m String, &'m Value);
    type IntoIter = Members<'m>;

    fn into_iter(self) -> Members<'m> {
        self.iter()
    }
}

impl FromIterator<(String, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        let mut object = Object::new();
        for (name, value) in members {
            object.insert(name, value);
        }
        object
    }
}

/// For what is linked in natively: the rules, and the tests.
#[cfg(any(feature = "checks", test))]
mod serde {
    use serde_json::{Number, Value as Serde};

    use super::Value;

    impl From<&Serde> for Value {
        fn from(value: &Serde) -> Self {
            match value {
                Serde::Null => Value::Null,
                Serde::Bool(value) => Value::Bool(*value),
                Serde::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
                Serde::String(text) => Value::String(text.clone()),
                Serde::Array(items) => items.iter().map(Value::from).collect(),
                Serde::Object(members) => {
                    let members = members.iter().map(|(name, value)| (name.clone(), value.into()));
                    Value::Object(members.collect())
                }
            }
        }
    }

    impl From<&Value> for Serde {
        fn from(value: &Value) -> Self {
            match value {
                Value::Null => Serde::Null,
                Value::Bool(value) => Serde::Bool(*value),
                Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                    Serde::from(*number as i64)
                }
                Value::Number(number) => Number::from_f64(*number).map_or(Serde::Null, Serde::Number),
                Value::String(text) => Serde::String(text.clone()),
                Value::Array(items) => items.iter().map(Serde::from).collect(),
                Value::Object(members) => {
                    members.iter().map(|(name, value)| (name.clone(), Serde::from(value))).collect()
                }
            }
        }
    }
}
