//! A tenant as data: what changed between two snapshots of it, a plan that leads from one to the other, and the course of
//! applying that plan. Values are JSON as users keep it in files; nothing here sends or reads anything.
//!
//! | module | what it holds |
//! |---|---|
//! | [`snapshot`] | the document with all records of a tenant |
//! | [`content`] | what can be sent of a record: its request, with the ids of its own tenant |
//! | [`matching`] | which record of one snapshot is which of the other |
//! | [`diff`] | the changes between two snapshots, by record and field |
//! | [`plan`] | the steps from one snapshot to the other, and what they cannot do |
//! | [`rules`] | the checks of what is sent, which a plan is given |
//! | [`apply`] | a state machine that performs a plan: an event goes in, an action comes out |
//! | [`describe`] | changes, steps and limits as sentences |
//! | [`calls`] | all of this with JSON text, as the package calls it |
//!
//! A reference to a record that a plan creates is `{"$ref": "group-1"}` until its id is known.

pub mod apply;
pub mod calls;
pub mod content;
pub mod describe;
pub mod diff;
pub mod json;
pub mod kind;
pub mod matching;
pub mod plan;
pub mod rules;
pub mod snapshot;
