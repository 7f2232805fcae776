"""The Merkle tree of RFC 6962, §2.1: hashes, and the two proofs with their checks. It stores and reads nothing.

A proof is made from complete subtrees alone, which never change once they are there; who stores them answers
`Complete`: the hash of the subtree that covers 2**level leaves, the `index`th of its kind from the left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_BYTES = 32
EMPTY = hashlib.sha256(b"").digest()
Complete = Callable[[int, int], bytes]


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Peaks:
    """A tree that leaves are added to from the left: keeps only the complete subtrees that make up its root."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Adds one leaf hash; returns (level, index, hash) of each subtree that it completes."""
        index, level, completed = self.size, 0, []
        while self._peaks and self._peaks[-1][0] == level:
            _level, left = self._peaks.pop()
            leaf, level, index = node_hash(left, leaf), level + 1, index >> 1
            completed.append((level, index, leaf))
        self._peaks.append((level, leaf))
        self.size += 1
        return completed

    def root(self) -> bytes:
        return _join([peak for _level, peak in self._peaks])


def root_of(size: int, complete: Complete) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _subtree(0, size, complete) if size else EMPTY


def inclusion(index: int, size: int, complete: Complete) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (§2.1.1), from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            path.append(_subtree(middle, end, complete))
            end = middle
        else:
            path.append(_subtree(start, middle, complete))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, complete: Complete) -> list[bytes]:
    """The proof that the first `old` leaves of the tree of `new` leaves are the tree of `old` leaves (§2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError("the old tree is the smaller one")
    if old in {0, new}:
        return []
    path, start, end, is_whole = [], 0, new, True
    while old != end:
        middle = start + _largest_power_below(end - start)
        if old <= middle:
            path.append(_subtree(middle, end, complete))
            end = middle
        else:
            path.append(_subtree(start, middle, complete))
            start, is_whole = middle, False
    if not is_whole:
        path.append(_subtree(start, end, complete))
    return path[::-1]


def includes(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf hash to the root (RFC 9162, §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(step, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def extends(*, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the new tree begins with the old one (RFC 9162, §2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not path and (old_root == new_root if old else old_root == EMPTY)
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _subtree(start: int, end: int, complete: Complete) -> bytes:
    """The hash over leaves `start` to `end`, of which every left part is complete."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(complete(level, start >> level))
        start += 1 << level
    return _join(parts)


def _join(parts: Iterable[bytes]) -> bytes:
    """One hash of complete subtrees that stand beside each other, the largest on the left."""
    found = b""
    for part in reversed(list(parts)):
        found = node_hash(part, found) if found else part
    return found or EMPTY


def _largest_power_below(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
