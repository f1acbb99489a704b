//! Why an HTTP round trip can end without a usable response, and the error for each case.

use crate::error::{Cause, Error, ErrorKind};

/// Why there is no complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFailure {
    /// The request could not be built: nothing was sent.
    NotBuilt,
    /// There is no `fetch`: nothing was sent.
    NoFetch,
    /// No response: the server was not reached, or the browser withheld the response.
    NoResponse(Option<Cause>),
    /// No response, and the browser says that the device is offline.
    Offline(Option<Cause>),
    /// The page's Content-Security-Policy blocked the request: nothing was sent.
    Blocked,
    /// The connection broke while the body was read.
    CutOff(Option<Cause>),
    /// The page's own `fetch` returned something that is not a Response, or whose body cannot be read.
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
        matches!(self, FetchFailure::NoResponse(_) | FetchFailure::Offline(_) | FetchFailure::CutOff(_))
    }

    /// The error for the page.
    pub fn into_error(self) -> Error {
        let transient = |message: &str, cause| {
            Error::new(ErrorKind::Network, message)
                .with_cause(cause)
                .with_fields(|fields| fields.retryable = true)
        };
        let usage = |message: &str, path: &str| {
            Error::usage(message).with_fields(|fields| fields.path = Some(path.into()))
        };
        match self {
            FetchFailure::NotBuilt => {
                usage("the request could not be built: check `options.baseUrl`.", "/baseUrl")
            }
            FetchFailure::NoFetch => usage("there is no `fetch` here: pass one as `options.fetch`.", "/fetch"),
            FetchFailure::NotAResponse => usage(
                "`options.fetch`, or what replaces the global `fetch`, must return a promise of a Response: with a `status`, with \
                 `headers.get`, and with a body of bytes that nobody has read before.",
                "/fetch",
            ),
            FetchFailure::NoResponse(cause) => transient(
                "no response. Either the server could not be reached (check the connection and `baseUrl`), or the browser \
                 withheld the response; then its console says why. If it is CORS, serve the API below a path of the page's own \
                 origin and pass that: `baseUrl: \"/omicall\"`. If it is the Content-Security-Policy, add the origin of \
                 `baseUrl` to connect-src.",
                cause,
            ),
            FetchFailure::Offline(cause) => {
                transient("no response, because this device is offline. Try again when it is connected.", cause)
            }
            FetchFailure::Blocked => Error::new(
                ErrorKind::Network,
                "the page's Content-Security-Policy blocked the request: add the origin of `baseUrl` to its connect-src.",
            ),
            FetchFailure::CutOff(cause) => {
                transient("the connection broke before the complete response arrived.", cause)
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
            )
            .with_fields(|fields| fields.outcomeUnknown = Some(true)),
        }
    }
}
