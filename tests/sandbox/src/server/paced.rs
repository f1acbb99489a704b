//! A body that comes to its end in its own time: a byte now and then, or far more than anybody wants to hold.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Bytes;
use hyper::body::{Body, Frame};
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

/// How much of a huge body is in memory.
const PIECE: usize = 64 * 1024;
const BEGIN: &[u8] = br#"{"status_code":9999,"payload":""#;
const END: &[u8] = br#""}"#;

/// A success whose payload is one string without end, or which is this long as a whole.
#[derive(Debug)]
pub(super) struct Huge {
    begun: bool,
    /// How many letters are still to come before the end; endless where there is none.
    letters: Option<u64>,
    ended: bool,
    piece: Bytes,
}

impl Huge {
    /// What the envelope around the string takes, and so the least that a body can have.
    pub(super) const LEAST: u64 = (BEGIN.len() + END.len()) as u64;

    pub(super) fn new(bytes: Option<u64>) -> Self {
        let letters = bytes.map(|bytes| bytes.saturating_sub(Self::LEAST));
        Self { begun: false, letters, ended: false, piece: vec![b'x'; PIECE].into() }
    }

    fn next(&mut self) -> Option<Bytes> {
        if !self.begun {
            self.begun = true;
            return Some(Bytes::from_static(BEGIN));
        }
        match &mut self.letters {
            None => Some(self.piece.clone()),
            Some(0) if self.ended => None,
            Some(0) => {
                self.ended = true;
                Some(Bytes::from_static(END))
            }
            Some(letters) => {
                let count = usize::try_from(*letters).map_or(PIECE, |letters| letters.min(PIECE));
                *letters -= count as u64;
                Some(self.piece.slice(..count))
            }
        }
    }
}

impl Body for Huge {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(self.next().map(|bytes| Ok(Frame::data(bytes))))
    }
}
