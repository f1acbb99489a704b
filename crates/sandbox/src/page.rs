//! List pages as the vendor numbers them: on the last one, `next_page` is the current page.

use serde_json::{Value, json};

use crate::{call::Call, envelope::Failure};

/// The requested list page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageQuery {
    number: usize,
    size: usize,
}

impl PageQuery {
    /// Reads `page` (default 1) and `size`.
    pub(crate) fn read(call: &Call, default_size: usize) -> Result<Self, Failure> {
        Ok(Self {
            number: positive(call, "page")?.unwrap_or(1),
            size: positive(call, "size")?.unwrap_or(default_size),
        })
    }

    /// Reads `page` and `size` of a list that is documented to need both.
    pub(crate) fn read_required(call: &Call) -> Result<Self, Failure> {
        call.required_query("page")?;
        call.required_query("size")?;
        Self::read(call, 1)
    }

    /// The page object with `extension: null`, which all lists but that of the phones have.
    pub(crate) fn page_with_extension<'a>(self, all: impl IntoIterator<Item = &'a Value>) -> Value {
        let mut page = self.page(all);
        if let Some(fields) = page.as_object_mut() {
            fields.insert("extension".to_owned(), Value::Null);
        }
        page
    }

    /// The page object with its items.
    pub(crate) fn page<'a>(self, all: impl IntoIterator<Item = &'a Value>) -> Value {
        let all: Vec<&Value> = all.into_iter().collect();
        let total_pages = all.len().div_ceil(self.size);
        // A page far beyond the end saturates, and stays beyond the end.
        let first = (self.number - 1).saturating_mul(self.size);
        let items: Vec<&Value> = all.iter().skip(first).take(self.size).copied().collect();
        let has_next = self.number < total_pages;
        json!({
            "items": items,
            "page_number": self.number,
            "page_size": self.size,
            "total_items": all.len(),
            "total_pages": total_pages,
            "has_next": has_next,
            "next_page": if has_next { self.number + 1 } else { self.number },
            "has_previous": self.number > 1,
            "previous_page": (self.number - 1).max(1),
        })
    }
}

/// A whole number of at least 1 and at most the largest Java `int`, because the vendor's server is in Java.
fn positive(call: &Call, name: &str) -> Result<Option<usize>, Failure> {
    let Some(text) = call.query(name) else { return Ok(None) };
    match text.parse::<i32>().map(usize::try_from) {
        Ok(Ok(number)) if number >= 1 => Ok(Some(number)),
        _ => Err(Failure::data(format!("{name} must be a whole number of at least 1"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Request;

    fn request(query: &[(&str, &str)]) -> Request {
        let query = query.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Request { query, ..Request::default() }
    }

    fn read(request: &Request) -> Result<PageQuery, Failure> {
        PageQuery::read(&Call { request, id: "", now_ms: 0 }, 50)
    }

    fn page(total: usize, number: usize, size: usize) -> Value {
        let all: Vec<Value> = (0..total).map(Value::from).collect();
        PageQuery { number, size }.page(&all)
    }

    #[test]
    fn middle_page_has_next_and_previous() {
        assert_eq!(
            page(137, 2, 50),
            json!({
                "items": (50..100).collect::<Vec<_>>(),
                "page_number": 2, "page_size": 50, "total_items": 137, "total_pages": 3,
                "has_next": true, "next_page": 3, "has_previous": true, "previous_page": 1,
            })
        );
    }

    #[test]
    fn last_page_is_its_own_next_page() {
        let last = page(137, 3, 50);
        assert_eq!(last["items"].as_array().map(Vec::len), Some(37));
        assert_eq!((&last["has_next"], &last["next_page"]), (&json!(false), &json!(3)));
        // After an exact multiple there is no empty page.
        let exact = page(100, 2, 50);
        assert_eq!((&exact["has_next"], &exact["total_pages"]), (&json!(false), &json!(2)));
    }

    #[test]
    fn first_page_is_its_own_previous_page() {
        let first = page(137, 1, 50);
        assert_eq!((&first["has_previous"], &first["previous_page"]), (&json!(false), &json!(1)));
    }

    #[test]
    fn page_beyond_the_end_is_empty_without_next() {
        for (empty, number) in [
            (page(137, 4, 50), 4),
            (page(137, i32::MAX as usize, i32::MAX as usize), i32::MAX),
            (page(0, 1, 50), 1),
        ] {
            assert_eq!(empty["items"], json!([]));
            assert_eq!((&empty["has_next"], &empty["next_page"]), (&json!(false), &json!(number)));
        }
    }

    #[test]
    fn page_and_size_must_be_positive_integers() {
        for text in ["0", "-1", "1.5", "", " ", "two", "2147483648", "99999999999999999999", "1e3", "NaN"] {
            assert!(read(&request(&[("page", text)])).is_err(), "page {text:?}");
            assert!(read(&request(&[("size", text)])).is_err(), "size {text:?}");
        }
        let read = read(&request(&[("page", "3")])).ok();
        assert_eq!(read.map(|page| (page.number, page.size)), Some((3, 50)));
    }
}
