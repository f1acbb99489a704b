//! The TypeScript of `omicall-call-center/plan`. What it declares is JavaScript in `pkg-template/bundled/` (`plan-*.js`). Without the
//! code, for the module that all declarations are made from: the classic script is made from it too.

mod apply;
mod diff;
mod plan;
mod snapshot;
