"""Small numbers: which cells of a table may be shown when its total is shown too."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def shown(counts: Mapping[Key, int], *, least: int) -> frozenset[Key]:
    """The cells that may be shown beside their total: none below `least`, and enough hidden ones besides (smallest
    first) that what the total leaves for all hidden ones is nothing or at least `least`, and more than one cell.
    """
    by_size = sorted(counts, key=lambda key: (counts[key], str(key)))
    hidden = [key for key in by_size if counts[key] < least]
    rest = [key for key in by_size if counts[key] >= least]
    while rest and any(counts[key] for key in hidden):
        several = sum(1 for key in hidden if counts[key]) > 1
        if several and sum(counts[key] for key in hidden) >= least:
            break
        hidden.append(rest.pop(0))
    return frozenset(rest)
