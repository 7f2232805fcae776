"""Grows the tree anew from its stored leaves, and compares it with stored subtrees and heads, here and outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from lapor.lib.merkle import Peaks

from . import heads, keys
from .findings import Finding, Found, Tally
from .models import Head, Leaf, Node
from .tree import LEVELS

_BATCH = 1_000


class Growth:
    """A tree under construction. `signed_at` is when the last good head was signed that the next leaf is not in."""

    def __init__(self, tally: Tally, outside: Sequence[dict[str, Any]]) -> None:
        self.tally = tally
        self.signed_at: datetime | None = None
        self._peaks = Peaks()
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._counts: dict[int, int] = dict.fromkeys(LEVELS, 0)
        self._publics: dict[str, bytes | None] = {}
        self._heads = _heads()
        self._head = next(self._heads, None)
        self._gap_end = 0
        self._outside = sorted(outside, key=lambda one: int(one["statement"]["size"]))
        self.tally.outside = len(outside)

    def missing_before(self, leaf: Leaf) -> Iterator[Finding]:
        """Leaves that are not there; the tree goes on without them, so that its heads cannot fit any more."""
        gap, self._gap_end = range(self._gap_end, leaf.index), leaf.index
        if gap:
            yield Finding(Found.LEAF_GONE, "leaf", f"{gap[0]}–{gap[-1]}" if len(gap) > 1 else str(gap[0]))

    def add(self, leaf: Leaf) -> Iterator[Finding]:
        """The next leaf; then the heads over just so many."""
        self._gap_end = leaf.index + 1
        for level, index, found in self._peaks.add(bytes(leaf.hash)):
            if level in self._counts:
                self._nodes[level, index] = found
        yield from self._heads_here()

    def stored_nodes(self) -> Iterator[Finding]:
        """Compares the subtrees that were completed since the last time with those that are stored."""
        for level in LEVELS:
            mine = {index: found for (own, index), found in self._nodes.items() if own == level}
            stored = dict(Node.objects.filter(level=level, index__in=mine).values_list("index", "hash"))
            self._counts[level] += len(mine)
            for index, found in mine.items():
                if bytes(stored.get(index, b"")) != found:
                    yield Finding(Found.NODE_WRONG, "node", f"{level}/{index}")
        self._nodes.clear()

    def end(self) -> Iterator[Finding]:
        """What speaks of more leaves than there are."""
        for level, count in self._counts.items():
            for index in Node.objects.filter(level=level, index__gte=count).values_list("index", flat=True)[:100]:
                yield Finding(Found.NODE_WRONG, "node", f"{level}/{index}", note="it has no leaves")
        while self._head is not None:
            yield from self._judge(self._head, self._head.size <= self._peaks.size)
            yield Finding(
                Found.TREE_CUT, "head", f"of size {self._head.size}", note=f"there are {self._peaks.size} leaves"
            )
            self._head = next(self._heads, None)
        for one in self._outside:
            note = f"kept outside; there are {self._peaks.size} leaves"
            yield Finding(Found.TREE_CUT, "head", f"of size {one['statement']['size']}", note=note)

    def _heads_here(self) -> Iterator[Finding]:
        while self._head is not None and self._head.size <= self._peaks.size:
            yield from self._judge(self._head, is_due=True)
            self._head = next(self._heads, None)
        while self._outside and int(self._outside[0]["statement"]["size"]) <= self._peaks.size:
            yield from self._judge_outside(self._outside.pop(0))

    def _judge(self, head: Head, is_due: bool) -> Iterator[Finding]:
        self.tally.heads += 1
        name = f"of size {head.size}, {head.at:%Y-%m-%d %H:%M}"
        if not self._is_signed(heads.shown(head)):
            yield Finding(Found.HEAD_FORGED, "head", name)
        elif is_due and bytes(head.root) != self._peaks.root():
            yield Finding(Found.TREE_DIFFERS, "head", name)
        elif is_due:
            self.signed_at = max(self.signed_at or head.at, head.at)
            self.tally.last_head = self.signed_at

    def _judge_outside(self, shown: dict[str, Any]) -> Iterator[Finding]:
        said = shown["statement"]
        name = f"of size {said['size']}, {said['at']}"
        if not self._is_signed(shown):
            yield Finding(Found.HEAD_FORGED, "head", name, note="kept outside")
        elif said["root"] != self._peaks.root().hex():
            yield Finding(Found.TREE_DIFFERS, "head", name, note="kept outside")
        elif not Head.objects.filter(size=said["size"], root=bytes.fromhex(said["root"])).exists():
            yield Finding(Found.HEAD_GONE, "head", name, note="kept outside")

    def _is_signed(self, shown: dict[str, Any]) -> bool:
        key_id = shown["key"]
        if key_id not in self._publics:
            self._publics[key_id] = keys.public_of(key_id)
        public = self._publics[key_id]
        return public is not None and heads.is_signed(shown, public)


def _heads() -> Iterator[Head]:
    """All heads by size, read in batches."""
    last = (0, 0)
    while True:
        found = list(
            Head.objects.extra(where=["(size, id) > (%s, %s)"], params=list(last)).order_by("size", "pk")[:_BATCH]
        )
        if not found:
            return
        yield from found
        last = (found[-1].size, found[-1].pk)
