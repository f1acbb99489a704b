//! Bodies that never end properly: truncated, or silent forever.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use tokio::time::{Instant, Sleep, sleep};

/// Long enough to send what was written before, so that the client sees headers and half a body.
const FLUSH: Duration = Duration::from_millis(20);

#[derive(Debug)]
pub(super) struct Unfinished {
    sent: Option<Bytes>,
    /// When the connection is closed; `None` for never.
    cut: Option<Pin<Box<Sleep>>>,
}

impl Unfinished {
    pub(super) fn cut_after(sent: Vec<u8>) -> Self {
        Self { sent: Some(sent.into()), cut: Some(Box::pin(sleep(FLUSH))) }
    }

    pub(super) fn silent() -> Self {
        Self { sent: None, cut: None }
    }
}

impl Body for Unfinished {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(sent) = self.sent.take() {
            if let Some(cut) = &mut self.cut {
                cut.as_mut().reset(Instant::now() + FLUSH);
            }
            return Poll::Ready(Some(Ok(Frame::data(sent))));
        }
        match &mut self.cut {
            // Only the client's disconnecting wakes this task.
            None => Poll::Pending,
            Some(cut) => {
                ready!(cut.as_mut().poll(context));
                Poll::Ready(Some(Err(io::Error::other("cut off on purpose"))))
            }
        }
    }
}
