//! The sandbox server as a child process: built, started, and ended when it is dropped.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    children::Running,
    project::{Project, read},
    run::{Logs, command},
};

const READY: &str = "listening on ";

/// A server that answers at `address`.
pub struct Sandbox {
    pub address: String,
    pub server: Running,
}

/// Whether somebody listens on this port already. 0 means any free one and is never taken.
pub fn is_taken(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_err()
}

impl Sandbox {
    /// Starts the server, which also hands out the files of `www-example/`.
    pub fn start(project: &Project, logs: &Logs, port: u16) -> Result<Self> {
        let mut build = command("cargo");
        build.current_dir(&project.root).args(["build", "--package", "omicall-sandbox"]);
        logs.must("sandbox-build", &mut build)?;

        let log = logs.path("sandbox");
        let mut said = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let mut start = command(project.target.join("debug/omicall-sandbox"));
        start
            .current_dir(&project.root)
            .args(["--port", &port.to_string(), "--www", "www-example"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(said.try_clone().context("could not share the log file")?);
        let mut server = Running::start(&mut start)?;
        let output = server.child.stdout.take().context("the sandbox has no output")?;

        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            // Reading on after the first line keeps the server from blocking on a full pipe.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = writeln!(said, "{line}");
                if let Some(address) = line.strip_prefix(READY) {
                    let _ = sender.send(address.trim().trim_end_matches('/').to_owned());
                }
            }
        });
        let Ok(address) = receiver.recv_timeout(Duration::from_secs(20)) else {
            drop(server);
            bail!("the sandbox did not start; it said:\n{}", read(&log)?);
        };
        Ok(Self { address, server })
    }
}
