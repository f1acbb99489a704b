//! A server as a child process: it prints the address that it listens on, and is ended when it is dropped.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{command::Logs, process_group::ProcessGroup, project::read};

const READY: &str = "listening on ";

/// A server that answers at `address`.
pub struct Server {
    pub address: String,
    pub process: ProcessGroup,
}

impl Server {
    /// Starts it and waits until it prints its address; its output goes to the log `name`.
    pub fn start(logs: &Logs, name: &str, command: &mut Command) -> Result<Self> {
        let log = logs.path(name);
        let mut said = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let errors = said.try_clone().context("could not share the log file")?;
        let mut process =
            ProcessGroup::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors))?;
        let output = process.child.stdout.take().with_context(|| format!("{name} has no output"))?;

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
            drop(process);
            bail!("{name} did not start; its output:\n{}", read(&log)?);
        };
        Ok(Self { address, process })
    }
}
