//! A running sandbox and a client so simple that nothing on the wire is hidden from the test.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by panicking, and not every test uses everything here"
)]

use std::{
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

/// The program, which stops when this goes away.
pub struct Sandbox {
    pub child: Child,
    pub address: String,
}

impl Sandbox {
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = program().args(["--port", "0", "--exit-with-stdin"]).args(arguments).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").expect(&line).to_owned();
        Self { child, address }
    }

    /// Sends one request and reads until the connection ends, or is silent for a while.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        Reply::read(self.begin(method, path, headers, body))
    }

    /// Sends one request, and leaves the answer to the test.
    pub fn begin(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        stream
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, body: &str) -> Reply {
        self.send("POST", path, &[], body)
    }

    /// A call with a fresh token of the world.
    pub fn call(&self, world: &str, path: &str) -> Reply {
        Reply::read(self.begin_call(world, path))
    }

    /// The same, with the answer left to the test.
    pub fn begin_call(&self, world: &str, path: &str) -> TcpStream {
        let authorization = format!("Bearer {}", self.get(&format!("{world}/__sandbox/token")).text());
        self.begin("GET", &format!("{world}{path}"), &[("Authorization", &authorization)], "")
    }

    /// Lets this happen to the next request of the world.
    pub fn plan(&self, world: &str, fault: &Value) {
        let planned = self.post(&format!("{world}/__sandbox/faults"), &format!(r#"[{{"fault":{fault}}}]"#));
        assert_eq!(planned.status, 200, "{}", planned.text());
    }

    /// How many requests of the world are still being answered.
    pub fn open(&self, world: &str) -> u64 {
        self.get(&format!("{world}/__sandbox/open")).json().as_u64().unwrap()
    }

    /// Ends it, and gives what it said on stderr: a panic would be there.
    pub fn complaints(mut self) -> String {
        let _ = self.child.kill();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }

    /// What came in to the world.
    pub fn requests(&self, world: &str) -> Vec<Value> {
        self.get(&format!("{world}/__sandbox/requests")).json().as_array().unwrap().clone()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with pipes for all that it says.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omicall-sandbox-server"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Longer than any answer takes that comes at all, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer than an answer that has begun pauses before it goes on.
const SILENCE: Duration = Duration::from_millis(1500);

/// How a connection came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Closed,
    /// Broken off, with whatever was on its way.
    Reset,
    /// Still open, but nothing more came.
    Silent,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// 0 where the connection ended before a status came.
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub end: End,
}

fn read_to_end(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    // Not `read`, which a signal interrupts.
    if stream.take(1).read_to_end(bytes)? == 1 {
        stream.set_read_timeout(Some(SILENCE))?;
        stream.read_to_end(bytes)?;
    }
    Ok(())
}

impl Reply {
    fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        let end = match read_to_end(&mut stream, &mut bytes) {
            Ok(_) => End::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => End::Reset,
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
                End::Silent
            }
        };
        let Some(split) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            assert_eq!(bytes, b"", "half a head");
            return Self { status: 0, headers: Vec::new(), body: bytes, end };
        };
        let head = String::from_utf8(bytes[..split].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Self { status, headers, body: bytes[split + 4..].to_vec(), end }
    }

    pub fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}
