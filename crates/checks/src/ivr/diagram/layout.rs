//! The positions of boxes in an SVG.
//!
//! The picture is a forest of trees that reads like an outline: each script is drawn once, with its exits below one another
//! to its right, so lines never cross boxes or other lines. An exit to a script that is drawn elsewhere (in a loop, or by
//! a second key) ends in a small box with its name. A picture of 200 scripts is as simple as one of five, only longer.
//!
//! In a very large picture, ordinary exits are lines of text without a box: browsers draw it in a third of the time, and there
//! is less to scroll.
#![allow(clippy::arithmetic_side_effects, reason = "pixels, far from the end of an i32")]
#![allow(
    clippy::indexing_slicing,
    reason = "every index is that of a menu or a box, and parents come before their children"
)]

use crate::ivr::diagram::{
    labels::{BoxContent, Label, TextStyle, box_labels},
    model::{Destination, Diagram, Exit},
};

/// Pixels.
pub type Px = i32;

/// The width of every box.
pub const BOX_WIDTH: Px = 236;
/// The gap between a box and its exits, where the keys are written.
pub const COLUMN_GAP: Px = 120;
/// The gap between a box and the next one below it.
const ROW_GAP: Px = 10;
/// The gap between two trees.
const TREE_GAP: Px = 36;
/// The margin of the picture.
pub const MARGIN: Px = 16;
/// The height of a box with one line of text.
pub const BOX_HEIGHT: Px = 28;
/// The height of each further line.
pub const LINE_HEIGHT: Px = 17;

/// The number of boxes above which ordinary exits are lines of text.
const MANY_BOXES: usize = 4_000;
/// The gap between a box and an exit that is a line of text, which begins with the keys.
const TEXT_GAP: Px = 34;
/// The room for such a text: to where a box would end.
const TEXT_WIDTH: Px = COLUMN_GAP + BOX_WIDTH - TEXT_GAP;

/// A box.
#[derive(Debug)]
pub struct DiagramBox<'v, 't> {
    /// What it shows.
    pub content: BoxContent<'v, 't>,
    /// The text in it.
    pub labels: Vec<Label>,
    /// Whether it is a line of text without a box.
    pub is_text: bool,
    /// The index of its parent and the exit that leads here; `None` for a root.
    pub parent: Option<(usize, &'v Exit<'t>)>,
    /// Its left edge.
    pub x: Px,
    /// Its upper edge.
    pub y: Px,
    /// Its height.
    pub height: Px,
    /// The height of the box and all its descendants, from `y` down.
    subtree_height: Px,
    /// The upper edge of its next child.
    next_y: Px,
}

impl DiagramBox<'_, '_> {
    /// Returns where the line to it ends, below the upper edge.
    pub fn line_end(&self) -> Px {
        if self.is_text { LINE_HEIGHT / 2 } else { BOX_HEIGHT / 2 }
    }

    fn width(&self) -> Px {
        if self.is_text { TEXT_WIDTH } else { BOX_WIDTH }
    }
}

/// All boxes, parents before children, and the size of the picture.
#[derive(Debug)]
pub struct Layout<'v, 't> {
    /// The boxes.
    pub boxes: Vec<DiagramBox<'v, 't>>,
    /// The width of the picture.
    pub width: Px,
    /// The height of the picture.
    pub height: Px,
}

/// Computes the layout of a diagram.
pub fn layout<'v, 't>(diagram: &'v Diagram<'t>) -> Layout<'v, 't> {
    let drawing_exits = find_drawing_exits(diagram);
    let exit_count: usize = diagram.menus.iter().map(|menu| menu.exits.len()).sum();
    let is_large = exit_count > MANY_BOXES;
    let mut layout = Layout { boxes: Vec::new(), width: 0, height: 0 };
    let mut trees = Vec::new();
    for root in &diagram.roots {
        let first = layout.boxes.len();
        layout.add_tree(diagram, &drawing_exits, *root, is_large);
        trees.push((first, layout.stack_boxes(first)));
    }
    layout.arrange_trees(&trees);
    layout
}

/// Where a root is drawn.
const NO_EXIT: (usize, usize) = (usize::MAX, 0);

/// Returns for each menu the menu and the exit that it is drawn at, which is on the shortest path from a root; [`NO_EXIT`]
/// for roots.
fn find_drawing_exits(diagram: &Diagram<'_>) -> Vec<Option<(usize, usize)>> {
    let mut drawing_exits = vec![None; diagram.menus.len()];
    for root in &diagram.roots {
        drawing_exits[*root] = Some(NO_EXIT);
    }
    let mut seen = diagram.roots.clone();
    let mut position = 0;
    while let Some(&menu_index) = seen.get(position) {
        position += 1;
        for (exit_index, exit) in diagram.menus[menu_index].exits.iter().enumerate() {
            if let Some(inner) = exit.destination.menu_index()
                && drawing_exits[inner].is_none()
            {
                drawing_exits[inner] = Some((menu_index, exit_index));
                seen.push(inner);
            }
        }
    }
    drawing_exits
}

impl<'v, 't> Layout<'v, 't> {
    /// Adds a root menu and its descendants, in reading order.
    fn add_tree(
        &mut self,
        diagram: &'v Diagram<'t>,
        drawing_exits: &[Option<(usize, usize)>],
        root: usize,
        is_large: bool,
    ) {
        let mut open = vec![(Destination::Menu(root), None, MARGIN, true)];
        while let Some((destination, parent, x, is_drawn)) = open.pop() {
            let menu = destination.menu_index().and_then(|menu| diagram.menus.get(menu));
            let content = match menu {
                Some(menu) if is_drawn => BoxContent::Menu(menu),
                Some(menu) => BoxContent::Reference(menu),
                None => BoxContent::Other(destination),
            };
            let shape = self.add_box(diagram, content, parent, x, is_large);
            let (BoxContent::Menu(menu), Destination::Menu(menu_index)) = (content, destination) else {
                continue;
            };
            // In reverse: the stack returns the last one first.
            for (exit_index, exit) in menu.exits.iter().enumerate().rev() {
                let drawing_exit = exit.destination.menu_index().and_then(|inner| drawing_exits.get(inner));
                let is_drawn = drawing_exit == Some(&Some((menu_index, exit_index)));
                open.push((exit.destination, Some((shape, exit)), x + BOX_WIDTH + COLUMN_GAP, is_drawn));
            }
        }
    }

    fn add_box(
        &mut self,
        diagram: &Diagram<'t>,
        content: BoxContent<'v, 't>,
        parent: Option<(usize, &'v Exit<'t>)>,
        x: Px,
        is_large: bool,
    ) -> usize {
        let exit = parent.map(|(_, exit)| exit);
        let labels = box_labels(diagram, content, exit);
        let is_text =
            is_large && exit.is_some_and(|exit| !exit.is_highlighted) && is_ordinary(content, &labels);
        let lines = Px::try_from(labels.len()).unwrap_or(1);
        let height = if is_text { LINE_HEIGHT } else { BOX_HEIGHT + LINE_HEIGHT * (lines - 1) };
        self.boxes.push(DiagramBox {
            content,
            labels,
            is_text,
            parent,
            x: if is_text { x - COLUMN_GAP + TEXT_GAP } else { x },
            y: 0,
            height,
            subtree_height: height,
            next_y: 0,
        });
        self.boxes.len() - 1
    }

    /// Positions the boxes of the tree that starts at the box `first` below one another, from 0 down. Returns the width and
    /// the height of the tree.
    fn stack_boxes(&mut self, first: usize) -> (Px, Px) {
        let mut width = 0;
        for position in (first..self.boxes.len()).rev() {
            let shape = &mut self.boxes[position];
            // `next_y` holds the total height of the children, with one gap too many.
            shape.subtree_height = shape.height.max(shape.next_y - ROW_GAP);
            shape.next_y = 0;
            width = width.max(shape.x + shape.width() - MARGIN);
            let height = shape.subtree_height;
            if let Some((parent, _)) = shape.parent {
                self.boxes[parent].next_y += height + ROW_GAP;
            }
        }
        for position in first..self.boxes.len() {
            let height = self.boxes[position].subtree_height;
            let y = match self.boxes[position].parent {
                Some((parent, _)) => {
                    let y = self.boxes[parent].next_y;
                    self.boxes[parent].next_y += height + ROW_GAP;
                    y
                }
                None => 0,
            };
            self.boxes[position].y = y;
            self.boxes[position].next_y = y;
        }
        (width, self.boxes.get(first).map_or(0, |root| root.subtree_height))
    }

    /// Positions the trees side by side, in rows that together are about as wide as high.
    fn arrange_trees(&mut self, trees: &[(usize, (Px, Px))]) {
        let area: i64 = trees
            .iter()
            .map(|(_, (width, height))| i64::from(width + TREE_GAP) * i64::from(height + TREE_GAP))
            .sum();
        let widest = trees.iter().map(|(_, (width, _))| *width).max().unwrap_or_default();
        let row_width = widest.max(Px::try_from(area.isqrt()).unwrap_or(widest));
        let (mut x, mut y, mut row_height) = (0, MARGIN, 0);
        for (number, (first, (width, height))) in trees.iter().enumerate() {
            // The first tree of a row always fits.
            if x + width > row_width {
                (x, y, row_height) = (0, y + row_height + TREE_GAP, 0);
            }
            let end = trees.get(number + 1).map_or(self.boxes.len(), |(next, _)| *next);
            for shape in &mut self.boxes[*first..end] {
                shape.x += x;
                shape.y += y;
            }
            x += width + TREE_GAP;
            row_height = row_height.max(*height);
            self.width = self.width.max(x - TREE_GAP + 2 * MARGIN);
            self.height = y + row_height + MARGIN;
        }
    }
}

/// Whether nothing leads on from here, and there is nothing to see but the name.
fn is_ordinary(content: BoxContent<'_, '_>, labels: &[Label]) -> bool {
    let is_end = match content {
        BoxContent::Menu(_) | BoxContent::Other(Destination::Unknown { .. }) => false,
        BoxContent::Reference(_) | BoxContent::Other(_) => true,
    };
    is_end && !labels.iter().any(|label| matches!(label.style, TextStyle::ERROR | TextStyle::WARNING))
}
