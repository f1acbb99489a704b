//! What everything that checks reports with: issues, reports, the language of their sentences, and the catalogue of rules.
//!
//! A rule's code, severity, path and both sentences live in [`rules`]; the function that looks for it lives beside the
//! thing that it looks at, in `omicall-checks` or `omicall-softphone`.

mod argument_error;
mod report;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod severity;

pub use argument_error::{ArgumentError, field_name};
pub use report::{Issue, Param, Params, Report};
pub use rules::IssueCode;
pub use severity::{Language, Severity};
