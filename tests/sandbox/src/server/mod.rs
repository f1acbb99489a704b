//! The HTTP server around the tenant: connections, and the one thing that only they can do, hanging up.

mod app;
mod control;
mod faults;
mod log;
mod paced;
mod unfinished;
mod worlds;

use std::{convert::Infallible, error::Error, fmt, future::Future, path::PathBuf, pin::pin, time::Duration};

use axum::{body::Body, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::net::{TcpListener, TcpStream};

use log::Noted;

/// Put into a response's extensions, it closes the connection instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HangUp {
    /// In good order, as if all had been said.
    Close,
    /// With a reset, which loses even what was on its way.
    Reset,
    /// The client went away while it was still sending.
    Left,
}

/// As an error of the service it makes hyper give up the connection without a word.
impl Error for HangUp {}

impl fmt::Display for HangUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("hung up on purpose")
    }
}

/// Serves until `stop` is done; `www` is a folder of static files to serve at `/`.
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
            // Out of file descriptors, mostly: some will be free again soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connection<App>(stream: TcpStream, app: App)
where
    App: Service<Request<Incoming>, Response = Response<Body>, Error = Infallible>,
{
    let app = &app;
    let noted = Noted::default();
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
    // One request per connection: a browser silently sends a request again when a connection that it has used before
    // dies, and so a test would never see the drop, and count two requests.
    let mut serving = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
    let Err(error) = (&mut serving).await else { return noted.ended(false) };
    // It fails when a client goes away or a fault cuts it off: both belong to the day's work.
    let hang_up = error.source().and_then(|cause| cause.downcast_ref::<HangUp>());
    noted.ended(hang_up == Some(&HangUp::Left) || !error.is_user());
    if hang_up == Some(&HangUp::Reset) {
        // Where the system will not, the client sees the connection closed, and its test tells.
        let _ = serving.into_parts().io.into_inner().set_zero_linger();
    }
}
