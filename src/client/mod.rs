//! What all families share: the client, its options, and the way of a call to the server and back.
//!
//! Everything is decided in the crate `omicall-api`; here it is performed.
//!
//! | module | what it does |
//! |---|---|
//! | [`call`] | reads the arguments of a method into a request, and starts the call |
//! | [`driver`] | performs what the state machine of a call says |
//! | [`fetch`], [`timeout`] | one HTTP round trip; the timer and the abort signal that end a call |
//! | [`sign_in`], [`token_store`] | gets tokens, one refresh at a time |
//! | [`pagination`] | the async iterator over a list |
//! | [`options`], [`events`] | what a page may set, and what it is told |
//! | [`argument`], [`from_js`], [`to_js`], [`error`] | JavaScript values in and out |

pub mod argument;
#[macro_use]
pub mod from_js;
pub mod call;
pub mod drift;
pub mod driver;
pub mod error;
pub mod events;
pub mod fetch;
pub mod options;
pub mod pagination;
pub mod promise;
pub mod sign_in;
pub mod state;
pub mod timeout;
pub mod to_js;
pub mod token_store;

pub use call::Arguments;
pub use options::CallOptions;
pub use state::Client;
