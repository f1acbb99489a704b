//! Slow and long bodies: one byte at a time, or far more than a client should hold.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use omicall_sandbox::faults::PADDING_END;
use tokio::time::{Instant, Sleep, sleep};

/// One byte at a time, with a pause before each.
#[derive(Debug)]
pub(super) struct Drip {
    rest: Bytes,
    pause: Duration,
    next: Pin<Box<Sleep>>,
}

impl Drip {
    pub(super) fn new(body: Vec<u8>, pause: Duration) -> Self {
        Self { rest: body.into(), pause, next: Box::pin(sleep(pause)) }
    }
}

impl Body for Drip {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.next.as_mut().poll(context));
        let pause = self.pause;
        self.next.as_mut().reset(Instant::now() + pause);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(1)))))
    }
}

/// How much of a long body is in memory at once.
const CHUNK: usize = 64 * 1024;

/// A body that goes on with many letters: see [`Delivery::Padded`](omicall_sandbox::faults::Delivery).
#[derive(Debug)]
pub(super) struct Padded {
    begin: Option<Bytes>,
    /// How many letters are left; `None` if endless.
    letters: Option<u64>,
    ended: bool,
    piece: Bytes,
}

impl Padded {
    pub(super) fn new(begin: Vec<u8>, letters: Option<u64>) -> Self {
        Self { begin: Some(begin.into()), letters, ended: false, piece: vec![b'x'; CHUNK].into() }
    }

    fn next(&mut self) -> Option<Bytes> {
        if let Some(begin) = self.begin.take() {
            return Some(begin);
        }
        match &mut self.letters {
            None => Some(self.piece.clone()),
            Some(0) if self.ended => None,
            Some(0) => {
                self.ended = true;
                Some(Bytes::from_static(PADDING_END))
            }
            Some(letters) => {
                let count = usize::try_from(*letters).map_or(CHUNK, |letters| letters.min(CHUNK));
                *letters -= count as u64;
                Some(self.piece.slice(..count))
            }
        }
    }
}

impl Body for Padded {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(self.next().map(|bytes| Ok(Frame::data(bytes))))
    }
}
