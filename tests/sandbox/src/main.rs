//! The sandbox as a program: reads its arguments, prints when it is ready, and stops on a signal.

mod server;

use std::{
    future::{Future, pending},
    io::{self, ErrorKind, Write},
    net::Ipv4Addr,
    path::PathBuf,
    process::ExitCode,
};

use server::serve;
use tokio::{net::TcpListener, sync::oneshot};

const USAGE: &str = "\
A made-up OMICall tenant, for the demo and the tests.

usage: omicall-sandbox-server [--port N] [--www DIR] [--exit-with-stdin]

  --port N           listens on 127.0.0.1:N (default 8081; 0 takes any free port)
  --www DIR          serves the static files of DIR at /, and /sandbox.json to sign in with
  --exit-with-stdin  stops when its standard input is closed";

#[derive(Debug)]
struct Arguments {
    port: u16,
    www: Option<PathBuf>,
    exit_with_stdin: bool,
}

fn main() -> ExitCode {
    let arguments = match read_arguments(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("omicall-sandbox-server: {problem}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome =
        runtime.map_err(|error| error.to_string()).and_then(|runtime| runtime.block_on(run(arguments)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("omicall-sandbox-server: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// `None` if only help is requested.
fn read_arguments(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let mut arguments = Arguments { port: 8081, www: None, exit_with_stdin: false };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--port" => {
                let port = words.next().ok_or("--port needs a number")?;
                arguments.port =
                    port.parse().map_err(|_| format!("{port:?} is not a port from 0 to 65535"))?;
            }
            "--www" => arguments.www = Some(words.next().ok_or("--www needs a folder")?.into()),
            "--exit-with-stdin" => arguments.exit_with_stdin = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("{other:?} is not one of its arguments")),
        }
    }
    Ok(Some(arguments))
}

async fn run(arguments: Arguments) -> Result<(), String> {
    if let Some(folder) = arguments.www.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(format!("--www {} is not a folder", folder.display()));
    }
    let port = arguments.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            format!("port {port} is already in use on 127.0.0.1: stop what uses it, or choose another one with --port")
        }
        _ => format!("cannot listen on 127.0.0.1:{port}: {error}"),
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    // Before the ready line, so that a signal sent in response to it is not missed.
    let signalled = stop_signal().map_err(|error| error.to_string())?;
    let orphaned = stdin_closed(arguments.exit_with_stdin);
    let stop = async {
        tokio::select! {
            () = signalled => (),
            () = orphaned => (),
        }
    };
    let mut stdout = io::stdout();
    // If nobody reads standard output, the line is lost, which is not an error.
    let _ = writeln!(stdout, "listening on http://{address}").and_then(|()| stdout.flush());
    serve(listener, arguments.www, stop).await;
    Ok(())
}

/// Completes at the first SIGINT or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
        }
    })
}

/// Completes at Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Completes when standard input is closed, if `enabled`.
async fn stdin_closed(enabled: bool) {
    if !enabled {
        return pending().await;
    }
    let (closed, told) = oneshot::channel();
    // Not a thread of the runtime, which would wait for it at the end: the read may never return.
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        let _ = closed.send(());
    });
    let _ = told.await;
}
