//! Issues, reports, the language of their messages, and the catalogue of rules.
//!
//! A rule's code, severity, path and both sentences are in [`rules`]; the function that checks it is in `omicall-checks` or
//! `omicall-softphone`.

mod argument_error;
#[cfg(any(feature = "typescript", test))]
mod issue_params;
mod report;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod severity;

pub use argument_error::{ArgumentError, field_name};
pub use report::{Issue, IssueParam, IssueParams, Report};
pub use rules::IssueCode;
pub use severity::{Language, Severity};
