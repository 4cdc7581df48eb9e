"""Path patterns into a state: `members.*.name`, where `*` stands for every list element or key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

EVERY = "*"


@dataclass(slots=True)
class Node:
    """What the patterns say about one place in a state."""

    named: dict[str, Node] = field(default_factory=dict)
    every: Node | None = None
    encrypted: bool = False
    public: bool = False

    def at(self, key: str) -> Node:
        """Return what is said about the value under `key` (an empty node when nothing is)."""
        return self.named.get(key) or self.every or NOTHING

    def element(self) -> Node:
        """Return what is said about the elements of a list."""
        return self.every or NOTHING


NOTHING = Node()


def compile_patterns(encrypted: Sequence[str], public: Sequence[str]) -> Node:
    """Return the tree of all patterns; a named key also follows the `*` beside it."""
    root = Node()
    for pattern in encrypted:
        _leaf(root, pattern).encrypted = True
    for pattern in public:
        _leaf(root, pattern).public = True
    return _merged(root)


def values_at(value: Any, parts: Sequence[str]) -> Iterator[Any]:
    """Yield every value that a split pattern reaches; unknown (None) ones are left out."""
    if not parts:
        if value is not None:
            yield value
        return
    for child in _children(value, parts[0]):
        yield from values_at(child, parts[1:])


def _children(value: Any, part: str) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value if part == EVERY else ()
    elif isinstance(value, dict):
        yield from value.values() if part == EVERY else (value[part],) if part in value else ()


def _leaf(node: Node, pattern: str) -> Node:
    for part in pattern.split("."):
        if part == EVERY:
            node.every = node.every or Node()
            node = node.every
        else:
            node = node.named.setdefault(part, Node())
    return node


def _merged(node: Node) -> Node:
    if node.every is not None:
        node.named = {key: _union(child, node.every) for key, child in node.named.items()}
        node.every = _merged(node.every)
    node.named = {key: _merged(child) for key, child in node.named.items()}
    return node


def _union(one: Node, other: Node) -> Node:
    keys = [*one.named, *(key for key in other.named if key not in one.named)]
    every = [node for node in (one.every, other.every) if node is not None]
    return Node(
        {key: _union(one.named.get(key, NOTHING), other.named.get(key, NOTHING)) for key in keys},
        (_union(*every) if len(every) == 2 else every[0]) if every else None,
        one.encrypted or other.encrypted,
        one.public or other.public,
    )
