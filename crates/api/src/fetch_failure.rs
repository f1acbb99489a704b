//! The ways in which one HTTP round trip can end without a response, and the errors that they become.

use crate::error::{Cause, Error, ErrorKind};

/// Why there is no complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFailure {
    /// The request could not be built, so nothing was sent.
    NotBuilt,
    /// No response: the server was not reached, or the browser withholds the response.
    NoResponse(Option<Box<Cause>>),
    /// The connection broke while the body was read.
    CutOff(Option<Box<Cause>>),
    /// The page's own `fetch` returned something that is not a Response.
    NotAResponse,
    /// The body is longer than what is read.
    TooLong {
        /// The HTTP status.
        status: u16,
    },
    /// A change was redirected.
    Redirected {
        /// The address, without query and fragment, its secrets masked.
        address: String,
    },
}

impl FetchFailure {
    /// Whether the request may have been lost on the way, so that a request that only reads is sent again.
    pub fn is_network(&self) -> bool {
        matches!(self, FetchFailure::NoResponse(_) | FetchFailure::CutOff(_))
    }

    /// The error that a page sees.
    pub fn into_error(self) -> Error {
        match self {
            FetchFailure::NotBuilt => Error::usage("the request could not be built: check `options.baseUrl`.")
                .with_fields(|fields| fields.path = Some("/baseUrl".into())),
            FetchFailure::NotAResponse => Error::usage("`options.fetch` must return a promise of a Response.")
                .with_fields(|fields| fields.path = Some("/fetch".into())),
            FetchFailure::NoResponse(cause) => Error::new(
                ErrorKind::Network,
                "no answer. Either the server could not be reached (check the address and the connection), or the browser \
                 kept the answer back because the server does not allow this page's origin (CORS: it must allow the origin, \
                 and in its preflight the headers that were sent). The page is not told which; the browser's network panel \
                 is.",
            )
            .with_cause(cause)
            .with_fields(|fields| fields.retryable = true),
            FetchFailure::CutOff(cause) => {
                Error::new(ErrorKind::Network, "the connection broke before the whole answer was here.")
                    .with_cause(cause)
                    .with_fields(|fields| fields.retryable = true)
            }
            FetchFailure::TooLong { status } => Error::new(
                ErrorKind::Decode,
                "the answer is longer than 64 MiB, so it was not read to its end. Ask for smaller pages with `size`; where \
                 that is no list, check `baseUrl`.",
            )
            .with_fields(|fields| fields.status = Some(status)),
            // Without the status of the response: it is that of another request, and its 401 must not send the change again.
            FetchFailure::Redirected { address } => Error::new(
                ErrorKind::Http,
                [
                    "the change was redirected to ",
                    &address,
                    ". Most redirects make a request of it that changes nothing; 307 and 308 repeat it there, so it may have \
                     been made: look before you repeat it. Then pass the `baseUrl` that needs no redirect.",
                ]
                .concat(),
            ),
        }
    }
}
