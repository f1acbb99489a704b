//! The HTTP server around the tenant: accepts connections, and closes them if a fault says so.

mod app;
mod control;
mod faults;
mod log;
mod paced;
mod unfinished;
mod worlds;

use std::{convert::Infallible, error::Error, fmt, future::Future, path::PathBuf, pin::pin, time::Duration};

use axum::{body::Body, response::Response};
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use log::ResponseLog;
use tokio::net::{TcpListener, TcpStream};

/// As an extension of a response, it closes the connection instead of sending the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HangUp {
    /// Closed normally.
    Close,
    /// Reset, which also drops data that is on its way.
    Reset,
    /// The client disconnected while it was sending.
    Left,
}

/// As an error of the service, it makes hyper close the connection without a response.
impl Error for HangUp {}

impl fmt::Display for HangUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("hung up on purpose")
    }
}

/// Serves until `stop` completes; `www` is a folder of static files to serve at `/`.
pub async fn serve(listener: TcpListener, www: Option<PathBuf>, stop: impl Future<Output = ()>) {
    let app = TowerToHyperService::new(app::router(www));
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, app.clone()));
            }
            // Usually out of file descriptors: some will be free again soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connection<App>(stream: TcpStream, app: App)
where
    App: Service<Request<Incoming>, Response = Response<Body>, Error = Infallible>,
{
    let app = &app;
    let noted = ResponseLog::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        request.extensions_mut().insert(noted.clone());
        async move {
            let Ok(response) = app.call(request).await;
            match response.extensions().get::<HangUp>() {
                Some(hang_up) => Err(*hang_up),
                None => Ok(response),
            }
        }
    });
    // One request per connection: browsers silently repeat a request when a reused connection breaks, so a test would not
    // see the drop, and would count two requests.
    let mut serving = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
    let Err(error) = (&mut serving).await else { return noted.ended(false) };
    // Fails when a client disconnects or a fault closes the connection, which both are expected.
    let hang_up = error.source().and_then(|cause| cause.downcast_ref::<HangUp>());
    noted.ended(hang_up == Some(&HangUp::Left) || !error.is_user());
    if hang_up == Some(&HangUp::Reset) {
        // If the system refuses, the client sees a closed connection, and its test fails.
        let _ = serving.into_parts().io.into_inner().set_zero_linger();
    }
}
