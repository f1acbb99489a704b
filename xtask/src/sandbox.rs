//! The sandbox server and, for the softphone, a SIP server for its extensions, as child processes.

use std::net::TcpListener;

use anyhow::Result;

use crate::{
    command::{Logs, command},
    project::Project,
    server::Server,
};

/// Whether another process listens on this port. 0 means any free port and is never taken.
pub fn is_taken(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_err()
}

/// Starts the sandbox, which also serves the files of `www-example/`.
pub fn start(project: &Project, logs: &Logs, port: u16) -> Result<Server> {
    let mut build = command("cargo");
    build.current_dir(&project.root).args(["build", "--package", "omicall-sandbox-server"]);
    logs.must("sandbox-build", &mut build)?;

    let mut start = command(project.target.join("debug/omicall-sandbox-server"));
    start.current_dir(&project.root).args(["--port", &port.to_string(), "--www", "www-example"]);
    Server::start(logs, "sandbox", &mut start)
}

/// Starts Kamailio for the extensions of that sandbox, which then returns its address for them.
pub fn start_sip_server(project: &Project, logs: &Logs, sandbox: &str) -> Result<Server> {
    let mut start = command("node");
    start
        .current_dir(&project.root)
        .args(["tests/kamailio/start.mjs", sandbox])
        .arg(project.target.join("kamailio/demo"));
    Server::start(logs, "kamailio", &mut start)
}
