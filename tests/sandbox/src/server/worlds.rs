//! Worlds: independent tenants under one server, so that tests that run at the same time do not affect each other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{StatusCode, request::Parts},
};

use super::log::Log;
use omicall_sandbox::{DAY_MS, Options, Tenant, faults::Faults};

/// One tenant, with its log and its faults.
#[derive(Debug)]
pub(super) struct World {
    pub(super) tenant: Tenant,
    pub(super) faults: Faults,
    pub(super) log: Log,
}

impl World {
    fn new(name: &InWorld, token_life_ms: u64) -> Self {
        let tenant = Tenant::new(Options {
            name: format!("sandbox{}", name.prefix()),
            token_life_ms,
            ..Options::default()
        });
        Self { tenant, faults: Faults::default(), log: Log::default() }
    }

    /// Restores the initial state; open requests go on.
    pub(super) fn reset(&mut self, name: &InWorld, token_life_ms: u64) {
        let mut log = std::mem::take(&mut self.log);
        log.clear();
        *self = Self { log, ..Self::new(name, token_life_ms) };
    }
}

/// All worlds of a server, each created when it is first used.
#[derive(Clone, Debug, Default)]
pub(super) struct Worlds(Arc<Mutex<HashMap<InWorld, World>>>);

impl Worlds {
    /// Does something with a world. All worlds are locked meanwhile, which is short, because `act` cannot await.
    pub(super) fn with<Outcome>(&self, name: &InWorld, act: impl FnOnce(&mut World) -> Outcome) -> Outcome {
        let mut worlds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(worlds.entry(name.clone()).or_insert_with(|| World::new(name, DAY_MS)))
    }
}

/// The world of a request: the name after `/w/`; `None` for the default world.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct InWorld(Option<String>);

impl InWorld {
    /// The path prefix of requests to this world.
    pub(super) fn prefix(&self) -> String {
        self.0.as_ref().map(|name| format!("/w/{name}")).unwrap_or_default()
    }
}

impl<State: Send + Sync> FromRequestParts<State> for InWorld {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        // Without path parameters: a fallback outside of `/w/`.
        let Ok(params) = RawPathParams::from_request_parts(parts, state).await else { return Ok(Self(None)) };
        match params.iter().find(|(key, _)| *key == "world") {
            None => Ok(Self(None)),
            Some((_, name)) if is_name(name) => Ok(Self(Some(name.to_owned()))),
            Some(_) => Err((StatusCode::NOT_FOUND, "sandbox: a world's name is 1 to 64 of A-Z a-z 0-9 _ -")),
        }
    }
}

fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}
