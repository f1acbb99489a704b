//! Values by name.

/// Values by name. All tables share the code of `Index`: a hash map for each would be kilobytes more for visitors of a page.
#[derive(Debug)]
pub struct Table<T> {
    index: Index,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { index: Index::default(), values: Vec::new() }
    }
}

/// Names without values.
pub type Names = Table<()>;

impl<T> Table<T> {
    /// Whether there is a value of this name.
    pub fn has(&self, name: &str) -> bool {
        self.index.get(name).is_some()
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.values.get(self.index.get(name)?)
    }

    /// Adds a value, or puts it in place of the one that there is.
    pub fn insert(&mut self, name: &str, value: T) {
        let place = self.index.place(name);
        match self.values.get_mut(place) {
            Some(known) => *known = value,
            None => self.values.push(value),
        }
    }

    /// The value of a name, after a default one was added if there was none.
    pub fn entry(&mut self, name: &str) -> Option<&mut T>
    where
        T: Default,
    {
        let place = self.index.place(name);
        if place == self.values.len() {
            self.values.push(T::default());
        }
        self.values.get_mut(place)
    }

    /// All names that were added, in that order.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.index.names.iter()
    }

    /// Takes a value out.
    pub fn remove(&mut self, name: &str) -> Option<T>
    where
        T: Default,
    {
        let place = self.index.remove(name)?;
        self.values.get_mut(place).map(std::mem::take)
    }

    /// All values, in the order in which their names were added.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }
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

/// Places by name.
#[derive(Debug, Default)]
struct Index {
    /// The name of each place.
    names: Vec<String>,
    /// The places, in the order of their names.
    sorted: Vec<usize>,
}

impl Index {
    /// Where the place of a name is in `sorted`, or has to be put.
    fn search(&self, name: &str) -> Result<usize, usize> {
        self.sorted.binary_search_by(|place| {
            self.names.get(*place).map(String::as_str).unwrap_or_default().cmp(name)
        })
    }

    fn get(&self, name: &str) -> Option<usize> {
        self.sorted.get(self.search(name).ok()?).copied()
    }

    /// The place of a name, which gets the next one if it has none.
    fn place(&mut self, name: &str) -> usize {
        let next = self.names.len();
        match self.search(name) {
            Ok(at) => self.sorted.get(at).copied().unwrap_or(next),
            Err(at) => {
                self.names.push(name.into());
                self.sorted.insert(at, next);
                next
            }
        }
    }

    fn remove(&mut self, name: &str) -> Option<usize> {
        let at = self.search(name).ok()?;
        Some(self.sorted.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn values_are_found_by_name_and_stay_in_order() {
        let mut table: Table<usize> = [("b", 1), ("c", 2), ("a", 3), ("c", 4)].into_iter().collect();
        assert_eq!(table.values().copied().collect::<Vec<_>>(), [1, 4, 3]);
        assert_eq!(table.names().collect::<Vec<_>>(), ["b", "c", "a"]);
        assert_eq!((table.get("a"), table.get("c"), table.get("d")), (Some(&3), Some(&4), None));
        assert_eq!((table.remove("c"), table.remove("c")), (Some(4), None));
        assert_eq!((table.has("c"), table.get("a"), table.get("b")), (false, Some(&3), Some(&1)));
        assert_eq!(table.entry("c").copied(), Some(0));
        table.insert("c", 5);
        assert_eq!((table.get("c"), table.get("b")), (Some(&5), Some(&1)));
    }
}
