//! Where things stand in an SVG.
//!
//! The picture is a forest that reads like an outline: each script is drawn once, its exits one below the other to its
//! right, and a line never crosses a box or another line. A way to a script that is drawn elsewhere (a loop, or a second
//! way to the same menu) ends in a small box that names it. So a picture of 200 scripts is as plain as one of five, only longer.
#![allow(clippy::arithmetic_side_effects, reason = "pixels, far from the end of an i32")]
#![allow(
    clippy::indexing_slicing,
    reason = "a box knows its tree and the one that it hangs on, which comes before it"
)]

use std::collections::VecDeque;

use crate::ivr::diagram::{
    labels::{self, Label},
    model::{Exit, Menu, To, View},
};

/// Pixels.
pub type Px = i32;

/// How wide every box is.
pub const BOX: Px = 236;
/// Between a box and its exits; keys stand there.
pub const GAP: Px = 120;
/// Between one box and the next below it.
const BELOW: Px = 10;
/// Between one tree and the next.
const APART: Px = 36;
/// Around everything.
pub const MARGIN: Px = 16;
/// How high a box with one line of text is, and each further line.
pub const ONE_LINE: Px = 28;
/// Of each further line.
pub const LINE: Px = 17;

/// A box.
#[derive(Debug)]
pub struct Item<'v, 't> {
    /// What it shows.
    pub shows: Shows<'v, 't>,
    /// What stands in it.
    pub labels: Vec<Label>,
    /// The box that it hangs on, and by which exit.
    pub from: Option<(usize, &'v Exit<'t>)>,
    /// Its left side.
    pub x: Px,
    /// Its upper side.
    pub y: Px,
    /// How high it is.
    pub height: Px,
    /// How much room it and all that hangs on it take, from `y` down.
    room: Px,
    /// Where the next thing that hangs on it goes.
    next: Px,
}

/// What a box shows.
#[derive(Debug, Clone, Copy)]
pub enum Shows<'v, 't> {
    /// A script.
    Menu(&'v Menu<'t>),
    /// The name of a script that is drawn elsewhere.
    Reference(&'v Menu<'t>),
    /// What is no script.
    Other(To<'t>),
}

/// All boxes, each after the one that it hangs on, and how large the picture is.
#[derive(Debug)]
pub struct Layout<'v, 't> {
    /// The boxes.
    pub items: Vec<Item<'v, 't>>,
    /// How wide the picture is.
    pub width: Px,
    /// How high it is.
    pub height: Px,
}

/// Lays a view out.
pub fn of<'v, 't>(view: &'v View<'t>) -> Layout<'v, 't> {
    let drawn_from = drawn_from(view);
    let mut layout = Layout { items: Vec::new(), width: 0, height: 0 };
    let mut trees = Vec::new();
    for root in &view.roots {
        let begin = layout.items.len();
        layout.add_tree(view, &drawn_from, *root);
        trees.push((begin, layout.stack(begin)));
    }
    layout.arrange(&trees);
    layout
}

/// From which exit of which menu each menu is drawn: that of the shortest way from the roots.
fn drawn_from(view: &View<'_>) -> Vec<Option<(usize, usize)>> {
    let mut seen = vec![false; view.menus.len()];
    let mut from = vec![None; view.menus.len()];
    let mut queue: VecDeque<usize> = view.roots.iter().copied().collect();
    for root in &view.roots {
        if let Some(seen) = seen.get_mut(*root) {
            *seen = true;
        }
    }
    while let Some(at) = queue.pop_front() {
        let exits = view.menus.get(at).map(|menu| menu.exits.as_slice()).unwrap_or_default();
        for (number, exit) in exits.iter().enumerate() {
            let Some(inner) = exit.to.menu() else { continue };
            if let Some(seen) = seen.get_mut(inner).filter(|seen| !**seen) {
                *seen = true;
                queue.push_back(inner);
                if let Some(from) = from.get_mut(inner) {
                    *from = Some((at, number));
                }
            }
        }
    }
    from
}

impl<'v, 't> Layout<'v, 't> {
    /// Adds a menu and all that hangs on it, in the order in which a reader comes to it.
    fn add_tree(&mut self, view: &'v View<'t>, drawn_from: &[Option<(usize, usize)>], root: usize) {
        let mut open = vec![(To::Menu(root), None, MARGIN, true)];
        while let Some((to, from, x, is_drawn)) = open.pop() {
            let menu = to.menu().and_then(|menu| view.menus.get(menu));
            let shows = match menu {
                Some(menu) if is_drawn => Shows::Menu(menu),
                Some(menu) => Shows::Reference(menu),
                None => Shows::Other(to),
            };
            let item = self.add(view, shows, from, x);
            let (Shows::Menu(menu), To::Menu(at)) = (shows, to) else { continue };
            // The last one put there is the first one taken.
            for (number, exit) in menu.exits.iter().enumerate().rev() {
                let is_drawn =
                    exit.to.menu().is_some_and(|inner| drawn_from.get(inner) == Some(&Some((at, number))));
                open.push((exit.to, Some((item, exit)), x + BOX + GAP, is_drawn));
            }
        }
    }

    fn add(
        &mut self,
        view: &View<'t>,
        shows: Shows<'v, 't>,
        from: Option<(usize, &'v Exit<'t>)>,
        x: Px,
    ) -> usize {
        let labels = labels::of(view, shows, from.map(|(_, exit)| exit));
        let lines = Px::try_from(labels.len()).unwrap_or(1);
        let height = ONE_LINE + LINE * (lines - 1);
        self.items.push(Item { shows, labels, from, x, y: 0, height, room: height, next: 0 });
        self.items.len() - 1
    }

    /// Puts the boxes of a tree below one another, from 0 down; gives how wide and how high it is.
    fn stack(&mut self, begin: usize) -> (Px, Px) {
        let mut width = 0;
        for at in (begin..self.items.len()).rev() {
            let item = &mut self.items[at];
            // What hangs on it has been added up by now, with one space too much.
            item.room = item.height.max(item.next - BELOW);
            item.next = 0;
            width = width.max(item.x + BOX - MARGIN);
            let room = item.room;
            if let Some((parent, _)) = item.from {
                self.items[parent].next += room + BELOW;
            }
        }
        for at in begin..self.items.len() {
            let room = self.items[at].room;
            let y = match self.items[at].from {
                Some((parent, _)) => {
                    let y = self.items[parent].next;
                    self.items[parent].next += room + BELOW;
                    y
                }
                None => 0,
            };
            self.items[at].y = y;
            self.items[at].next = y;
        }
        (width, self.items.get(begin).map_or(0, |root| root.room))
    }

    /// Puts the trees beside one another, in rows that together are about as wide as high.
    fn arrange(&mut self, trees: &[(usize, (Px, Px))]) {
        let area: i64 = trees
            .iter()
            .map(|(_, (width, height))| i64::from(width + APART) * i64::from(height + APART))
            .sum();
        let widest = trees.iter().map(|(_, (width, _))| *width).max().unwrap_or_default();
        let row = widest.max(Px::try_from(area.isqrt()).unwrap_or(widest));
        let (mut x, mut y, mut row_height) = (0, MARGIN, 0);
        for (number, (begin, (width, height))) in trees.iter().enumerate() {
            // The first of a row always has room.
            if x + width > row {
                (x, y, row_height) = (0, y + row_height + APART, 0);
            }
            let end = trees.get(number + 1).map_or(self.items.len(), |(next, _)| *next);
            for item in &mut self.items[*begin..end] {
                item.x += x;
                item.y += y;
            }
            x += width + APART;
            row_height = row_height.max(*height);
            self.width = self.width.max(x - APART + 2 * MARGIN);
            self.height = y + row_height + MARGIN;
        }
    }
}
