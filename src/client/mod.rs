//! What all methods share: the client, its options, and performing API calls.
//!
//! The crate `omicall-api` makes the decisions; this module carries them out.
//!
//! | module | what it does |
//! |---|---|
//! | [`methods`] | the methods of the handles, as data |
//! | [`call`] | reads the arguments of a method, builds the request, and starts the call |
//! | [`payload_check`] | checks a payload with the module of the checks |
//! | [`driver`] | performs the actions of a call's state machine |
//! | [`fetch`], [`timeout`] | one HTTP round trip; the timeout and the abort signal of a call |
//! | [`sign_in`], [`token_store`] | gets tokens, one refresh at a time |
//! | [`edits`] | the methods that make several calls |
//! | [`pagination`] | the async iterator over a list |
//! | [`options`], [`events`], [`drift`] | the options of a page, and what its callbacks receive |

pub mod call;
pub mod drift;
pub mod driver;
pub mod edits;
pub mod events;
pub mod fetch;
pub mod methods;
pub mod options;
pub mod pagination;
pub mod payload_check;
pub mod promise;
pub mod sign_in;
pub mod state;
pub mod timeout;
pub mod token_store;

pub use call::Arguments;
pub use options::CallOptions;
pub use state::Client;
