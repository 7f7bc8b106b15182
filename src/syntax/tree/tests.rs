//! Tests of the tree and its builder.

use super::*;

/// `{a: [x, y], b: z}` with a comment after.
fn tree() -> Tree {
    let mut builder = TreeBuilder::new(NodeKind::Mapping);
    let key = |name: &str| Step::Key(name.to_owned());
    builder.open(NodeKind::Sequence, key("a"), Some(1..2), 4);
    builder.scalar(Step::Item(0), None, 5..6);
    builder.scalar(Step::Item(1), None, 8..9);
    builder.close(10);
    builder.scalar(key("b"), Some(12..13), 15..16);
    builder.comment(18..25);
    builder.finish(25)
}

#[test]
fn values_keys_and_comments_are_found_by_their_bytes() {
    let tree = tree();
    assert_eq!(tree.value_at(&(8..9)), Some(3));
    assert_eq!(tree.value_at(&(15..16)), Some(4));
    assert_eq!(tree.value_at(&(6..7)), None);
    assert_eq!(tree.key_at(&(1..2)), Some(1));
    assert_eq!(tree.key_at(&(12..13)), Some(4));
    assert_eq!(tree.key_at(&(15..16)), None);
    assert!(tree.is_comment(20));
    assert!(!tree.is_comment(25));
}

#[test]
fn members_and_groups_follow_the_nesting() {
    let tree = tree();
    assert_eq!(tree.members(0).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(tree.members(1).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(tree.groups(3).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn groups_past_the_depth_limit_are_left_out_and_said() {
    let mut builder = TreeBuilder::new(NodeKind::Sequence);
    for at in 0..1000 {
        builder.open(NodeKind::Sequence, Step::Item(0), None, at);
    }
    builder.scalar(Step::Item(0), None, 1000..1001);
    for at in 0..1000 {
        builder.close(1001 + at);
    }
    builder.scalar(Step::Item(1), None, 3000..3001);
    let tree = builder.finish(3001);
    assert!(tree.problem().is_some());
    assert_eq!(tree.members(0).count(), 2);
    assert!(tree.value_at(&(1000..1001)).is_none());
}
