//! Why an HTTP round trip can end without a usable response, and the error for each case.

use crate::error::{Cause, Error, ErrorKind};

/// Why there is no complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFailure {
    /// The request could not be built: nothing was sent.
    NotBuilt,
    /// No response: the server was not reached, or the browser withheld the response.
    NoResponse(Option<Box<Cause>>),
    /// The connection broke while the body was read.
    CutOff(Option<Box<Cause>>),
    /// The page's own `fetch` returned something that is not a Response.
    NotAResponse,
    /// The body is longer than the limit.
    TooLong {
        /// The HTTP status.
        status: u16,
    },
    /// A change was redirected.
    Redirected {
        /// The URL, without query and fragment, its secrets masked.
        url: String,
    },
}

impl FetchFailure {
    /// Whether it is a network failure, after which a GET may be retried.
    pub fn is_network(&self) -> bool {
        matches!(self, FetchFailure::NoResponse(_) | FetchFailure::CutOff(_))
    }

    /// The error for the page.
    pub fn into_error(self) -> Error {
        match self {
            FetchFailure::NotBuilt => Error::usage("the request could not be built: check `options.baseUrl`.")
                .with_fields(|fields| fields.path = Some("/baseUrl".into())),
            FetchFailure::NotAResponse => Error::usage("`options.fetch` must return a promise of a Response.")
                .with_fields(|fields| fields.path = Some("/fetch".into())),
            FetchFailure::NoResponse(cause) => Error::new(
                ErrorKind::Network,
                "no response. Either the server could not be reached (check the URL and the connection), or the browser \
                 withheld the response because the server does not allow this page's origin (CORS: it must allow the origin \
                 and, for the preflight, the request headers). A page cannot tell which; the browser's network panel shows \
                 it.",
            )
            .with_cause(cause)
            .with_fields(|fields| fields.retryable = true),
            FetchFailure::CutOff(cause) => {
                Error::new(ErrorKind::Network, "the connection broke before the complete response arrived.")
                    .with_cause(cause)
                    .with_fields(|fields| fields.retryable = true)
            }
            FetchFailure::TooLong { status } => Error::new(
                ErrorKind::Decode,
                "the response is longer than 64 MiB, so it was not read to the end. For a list, request smaller pages with \
                 `size`; otherwise check `baseUrl`.",
            )
            .with_fields(|fields| fields.status = Some(status)),
            // Without a status: it would be that of the redirected request, whose 401 must not send the change again.
            FetchFailure::Redirected { url } => Error::new(
                ErrorKind::Http,
                [
                    "the change was redirected to ",
                    &url,
                    ". Most redirects turn it into a GET, which changes nothing; 307 and 308 repeat it there, so it may have \
                     been made: check before you repeat it. Then pass a `baseUrl` that needs no redirect.",
                ]
                .concat(),
            ),
        }
    }
}
