//! The HTTP server around the tenant: connections, and the one thing that only they can do, hanging up.

mod app;
mod control;
mod faults;
mod log;
mod unfinished;
mod worlds;

use std::{convert::Infallible, future::Future, io, path::PathBuf, pin::pin, time::Duration};

use axum::{body::Body, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::net::{TcpListener, TcpStream};

/// Put into a response's extensions, it closes the connection instead of answering.
#[derive(Clone, Copy, Debug)]
struct HangUp;

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
    let service = service_fn(move |request| async move {
        let Ok(response) = app.call(request).await;
        match response.extensions().get::<HangUp>() {
            // An error of the service makes hyper close the connection without a word.
            Some(HangUp) => Err(io::Error::other("hung up on purpose")),
            None => Ok(response),
        }
    });
    // One request per connection: a browser silently sends a request again when a connection that it has used before
    // dies, and so a test would never see the drop, and count two requests.
    let served = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
    // It fails when a client goes away or a fault cuts it off: both belong to the day's work.
    let _ = served.await;
}
