"""The stored tree: adding leaves, and reading complete subtrees at a cost that grows with the logarithm of its size.

Of the nodes only those over 256, 256², … leaves are stored. A subtree between two stored levels is computed from at
most 256 hashes that lie side by side, so a head or a proof reads a few groups, however many leaves there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from lapor.lib import merkle

from .models import Leaf, Node
from .sources import Row

STEP = 8
GROUP = 1 << STEP
LEVELS = (STEP, 2 * STEP, 3 * STEP, 4 * STEP)


def size() -> int:
    """How many leaves there are."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def append(rows: Sequence[Row]) -> None:
    """Adds leaves and every stored subtree they complete. The caller holds the lock and the transaction."""
    old = size()
    Leaf.objects.bulk_create(row.leaf(index) for index, row in enumerate(rows, start=old))
    new = old + len(rows)
    for level in LEVELS:
        first, last = old >> level, new >> level
        if first == last:
            break
        stored = Stored()
        Node.objects.bulk_create(
            Node(level=level, index=index, hash=stored.whole_group(level - STEP, index)) for index in range(first, last)
        )


class Stored:
    """Answers for complete subtrees as `lib.merkle` asks for them; reads each group of hashes once."""

    def __init__(self) -> None:
        self._groups: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        base = level - level % STEP
        width = 1 << (level - base)
        group, place = divmod(index * width, GROUP)
        return _fold(self._group(base, group)[place : place + width])

    def whole_group(self, base: int, group: int) -> bytes:
        """The hash over all 256 of a group."""
        return _fold(self._group(base, group))

    def _group(self, base: int, group: int) -> list[bytes]:
        if (base, group) not in self._groups:
            start, end = group * GROUP, (group + 1) * GROUP
            rows = Node.objects.filter(level=base) if base else Leaf.objects.all()
            found = rows.filter(index__gte=start, index__lt=end).order_by("index").values_list("hash", flat=True)
            self._groups[base, group] = [bytes(one) for one in found]
        return self._groups[base, group]


def root(leaves: int) -> bytes:
    """The root of the tree of the first so many leaves."""
    return merkle.root_of(leaves, Stored())


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [merkle.node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]
