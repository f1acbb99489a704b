//! One page of a list, and the decision whether there is another one.

/// The name of the table of [`Page`]; its numbers are checked whatever `responseValidation` says.
pub const NAME: &str = "Page";

omicall_schema::record! {
    /// One page of a list, as the server sends it.
    ///
    /// Only `has_next` says whether there is more: on the last page `next_page` repeats the page itself, and
    /// `total_pages` does not always agree with `total_items`.
    pub struct Page<T> {
        /// The records of this page.
        items: Vec<T>,
        /// The number of this page, from 1.
        page_number: f64,
        /// How many records a page holds.
        page_size: f64,
        /// How many records there are in all.
        total_items: f64,
        /// How many pages there are, as the server counts them.
        total_pages: f64,
        /// Whether there is a page after this one.
        has_next: bool,
        /// The page after this one; on the last page, this page's own number.
        next_page: f64,
        /// Whether there is a page before this one.
        has_previous: bool,
        /// The page before this one; on the first page, `1`.
        previous_page: f64,
    }
    sometimes {
        /// Sent as `null` by some lists; what it means is unknown.
        extension: Option<String>,
    }
}

/// Which list page to fetch next.
#[derive(Debug, Clone)]
pub struct Paginator {
    next: Option<u32>,
    last: Option<Seen>,
}

/// What a list page looked like.
#[derive(Debug, Clone)]
struct Seen {
    page_number: f64,
    fingerprint: Option<String>,
}

/// What a list page tells, as it came.
#[derive(Debug)]
pub struct ReceivedPage {
    /// Its `page_number`.
    pub page_number: f64,
    /// Its `has_next`.
    pub has_next: bool,
    /// How many items it has.
    pub item_count: u32,
    /// A text that differs if the items differ; `None` if it cannot be made.
    pub fingerprint: Option<String>,
}

impl Paginator {
    /// Starts at this page.
    pub fn new(first: u32) -> Self {
        Paginator { next: Some(first), last: None }
    }

    /// The page to fetch; `None` after the last one.
    pub fn next(&self) -> Option<u32> {
        self.next
    }

    /// Takes in the page that was fetched. Returns whether it is a new one: a server that sends the same records again,
    /// or goes back to an earlier page, would be fetched from for ever.
    pub fn receive(&mut self, page: ReceivedPage) -> bool {
        let ReceivedPage { page_number, has_next, item_count, fingerprint } = page;
        let repeats = self
            .last
            .as_ref()
            .is_some_and(|last| page_number <= last.page_number || fingerprint == last.fingerprint);
        let goes_on = has_next && !repeats && item_count > 0;
        self.next = self.next.filter(|_| goes_on).and_then(|page| page.checked_add(1));
        self.last = Some(Seen { page_number, fingerprint });
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
    fn pages_follow_until_has_next_is_false() {
        let mut paginator = Paginator::new(3);
        assert_eq!(paginator.next(), Some(3));
        assert!(paginator.receive(page(3.0, true, "ab")));
        assert_eq!(paginator.next(), Some(4));
        assert!(paginator.receive(page(4.0, false, "cd")));
        assert_eq!(paginator.next(), None);
    }

    #[test]
    fn a_page_that_repeats_ends_the_list_and_is_dropped() {
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
    fn the_last_page_number_there_is_ends_the_list() {
        let mut paginator = Paginator::new(u32::MAX);
        assert!(paginator.receive(page(1.0, true, "ab")));
        assert_eq!(paginator.next(), None);
    }
}
