//! A page of a list, and which page comes next.

/// The name of the schema of [`Page`], whose own fields are always validated, whatever `responseValidation` says.
pub const SCHEMA_NAME: &str = "Page";

omicall_schema::record! {
    /// One page of a list, as the server sends it.
    ///
    /// Only `has_next` tells whether there is another page: on the last page, `next_page` is the number of that page itself, and
    /// `total_pages` does not always agree with `total_items`.
    pub struct Page<T> {
        /// The records of this page.
        items: Vec<T>,
        /// The number of this page, from 1.
        page_number: f64,
        /// The maximum number of records per page.
        page_size: f64,
        /// The total number of records.
        total_items: f64,
        /// The total number of pages, as the server counts them.
        total_pages: f64,
        /// Whether there is a next page.
        has_next: bool,
        /// The number of the next page; on the last page, this page's own number.
        next_page: f64,
        /// Whether there is a previous page.
        has_previous: bool,
        /// The number of the previous page; `1` on the first page.
        previous_page: f64,
    }
    sometimes {
        /// Some lists send `null`; its meaning is unknown.
        extension: Option<String>,
    }
}

/// Decides which list page to fetch next.
#[derive(Debug, Clone)]
pub struct Paginator {
    next: Option<u32>,
    last: Option<PageIdentity>,
}

/// What identifies a page that was fetched.
#[derive(Debug, Clone)]
struct PageIdentity {
    page_number: f64,
    fingerprint: Option<String>,
}

/// What the paginator needs of a fetched page.
#[derive(Debug)]
pub struct ReceivedPage {
    /// Its `page_number`.
    pub page_number: f64,
    /// Its `has_next`.
    pub has_next: bool,
    /// The number of its items.
    pub item_count: u32,
    /// A string that differs if the items differ; `None` if it could not be made.
    pub fingerprint: Option<String>,
}

impl Paginator {
    /// Starts at the page with this number.
    pub fn new(first: u32) -> Self {
        Paginator { next: Some(first), last: None }
    }

    /// The number of the page to fetch; `None` after the last one.
    pub fn next(&self) -> Option<u32> {
        self.next
    }

    /// Records the fetched page. Returns whether it is new: with a server that repeats a page or goes back to an earlier one,
    /// iteration would never end.
    pub fn receive(&mut self, page: ReceivedPage) -> bool {
        let ReceivedPage { page_number, has_next, item_count, fingerprint } = page;
        let repeats = self
            .last
            .as_ref()
            .is_some_and(|last| page_number <= last.page_number || fingerprint == last.fingerprint);
        let continues = has_next && !repeats && item_count > 0;
        self.next = self.next.filter(|_| continues).and_then(|page| page.checked_add(1));
        self.last = Some(PageIdentity { page_number, fingerprint });
        !repeats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(page_number: f64, has_next: bool, items: &str) -> ReceivedPage {
        ReceivedPage {
            page_number,
            has_next,
            item_count: items.len() as u32,
            fingerprint: Some(items.to_owned()),
        }
    }

    #[test]
    fn pages_are_fetched_until_has_next_is_false() {
        let mut paginator = Paginator::new(3);
        assert_eq!(paginator.next(), Some(3));
        assert!(paginator.receive(page(3.0, true, "ab")));
        assert_eq!(paginator.next(), Some(4));
        assert!(paginator.receive(page(4.0, false, "cd")));
        assert_eq!(paginator.next(), None);
    }

    #[test]
    fn a_repeated_page_ends_the_list_and_is_dropped() {
        for second in [page(1.0, true, "cd"), page(2.0, true, "ab"), page(0.0, true, "x")] {
            let mut paginator = Paginator::new(1);
            assert!(paginator.receive(page(1.0, true, "ab")));
            assert!(!paginator.receive(second));
            assert_eq!(paginator.next(), None);
        }
    }

    #[test]
    fn an_empty_page_ends_the_list_and_is_kept() {
        let mut paginator = Paginator::new(1);
        assert!(paginator.receive(page(1.0, true, "")));
        assert_eq!(paginator.next(), None);
    }

    #[test]
    fn the_largest_page_number_ends_the_list() {
        let mut paginator = Paginator::new(u32::MAX);
        assert!(paginator.receive(page(1.0, true, "ab")));
        assert_eq!(paginator.next(), None);
    }
}
