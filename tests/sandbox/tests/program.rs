//! The program itself: what it says, and when and how it ends.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

mod common;

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Command, ExitStatus},
    time::{Duration, Instant},
};

use common::{Sandbox, program};

/// Waits for the end, which must come soon.
fn end(sandbox: &mut Sandbox) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = sandbox.child.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "it goes on");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn it_listens_on_this_machine_only() {
    let sandbox = Sandbox::start(&[]);
    let address: SocketAddr = sandbox.address.parse().unwrap();
    assert!(address.ip().is_loopback() && address.port() > 0);
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program().args(["--port", &port]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("port {port} is already in use")) && said.lines().count() == 1, "{said}");
}

#[test]
fn arguments_without_sense_are_refused() {
    for arguments in [&["--port"][..], &["--port", "70000"], &["--www"], &["--verbose"]] {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let output = program().args(["--www", "/nowhere/at/all"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/nowhere/at/all"));
}

#[test]
fn it_stops_when_its_input_is_closed() {
    let mut sandbox = Sandbox::start(&[]);
    sandbox.child.stdin.as_mut().unwrap().write_all(b"anything\n").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    assert!(sandbox.child.try_wait().unwrap().is_none());
    drop(sandbox.child.stdin.take());
    assert!(end(&mut sandbox).success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_cleanly_even_while_a_client_waits() {
    for signal in ["-INT", "-TERM"] {
        let mut sandbox = Sandbox::start(&[]);
        sandbox.post("/__sandbox/faults", r#"[{"fault":{"kind":"delay","ms":60000}}]"#);
        let mut waiting = TcpStream::connect(&sandbox.address).unwrap();
        write!(waiting, "GET /api/auth HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        while sandbox.requests("").is_empty() {}
        Command::new("kill").args([signal, &sandbox.child.id().to_string()]).status().unwrap();
        assert_eq!(end(&mut sandbox).code(), Some(0), "{signal}");
        let _ = waiting.read(&mut [0]);
    }
}
