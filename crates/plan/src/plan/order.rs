//! An order in which each thing comes after what it needs.

/// Returns the order, and the needs that it cannot meet because they go in a circle: `(who, what)`. Takes linear time, and no
/// stack, however long the chains are.
pub fn after_needs(count: usize, needs: &dyn Fn(usize) -> Vec<usize>) -> (Vec<usize>, Vec<(usize, usize)>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; count];
    let mut order = Vec::with_capacity(count);
    let mut circular = Vec::new();
    let mut open: Vec<(usize, std::vec::IntoIter<usize>)> = Vec::new();
    for first in 0..count {
        let mut next = Some(first);
        loop {
            if let Some(one) = next.take()
                && let Some(state) = states.get_mut(one)
            {
                match *state {
                    State::New => {
                        *state = State::Open;
                        open.push((one, needs(one).into_iter()));
                    }
                    State::Open => circular.extend(open.last().map(|(who, _)| (*who, one))),
                    State::Done => {}
                }
            }
            let Some((one, rest)) = open.last_mut() else { break };
            next = rest.next();
            if next.is_none() {
                if let Some(state) = states.get_mut(*one) {
                    *state = State::Done;
                }
                order.push(*one);
                open.pop();
            }
        }
    }
    (order, circular)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_after_its_needs() {
        let needs = [vec![1, 2], vec![2], vec![], vec![0, 9]];
        let (order, circular) = after_needs(4, &|one| needs.get(one).cloned().unwrap_or_default());
        assert_eq!(order, [2, 1, 0, 3]);
        assert_eq!(circular, []);
    }

    #[test]
    fn circles_are_cut_and_named() {
        let needs = [vec![1], vec![0, 1], vec![0]];
        let (order, circular) = after_needs(3, &|one| needs.get(one).cloned().unwrap_or_default());
        assert_eq!(order, [1, 0, 2]);
        assert_eq!(circular, [(1, 0), (1, 1)]);
    }

    #[test]
    fn long_chains_need_no_stack() {
        let count = 200_000;
        let (order, _) = after_needs(count, &|one| if one + 1 < count { vec![one + 1] } else { Vec::new() });
        assert_eq!(order.first(), Some(&(count - 1)));
    }
}
