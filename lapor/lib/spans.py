"""Compares stretches of text that were found with those that a person labelled: counts by type, strict and lenient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Stretch = tuple[str, int, int]  # type, start, end


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one type: labelled stretches and how many of them were found; found stretches and how many are none."""

    gold: int = 0
    covered: int = 0  # labelled, and nothing of it left unmasked
    exact: int = 0  # labelled, and one found stretch has the same ends
    touched: int = 0  # labelled, and at least a letter masked
    found: int = 0
    false: int = 0  # found, and touching no label of any type

    @property
    def recall(self) -> float:
        """Of what was labelled, the share that is wholly covered; 1 where nothing was."""
        return self.covered / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """Of what was found, the share that touches a label; 1 where nothing was found."""
        return 1 - self.false / self.found if self.found else 1.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def locate(text: str, labels: Iterable[tuple[str, str]]) -> list[Stretch]:
    """Every place of each labelled (type, words) in the text, as words of their own; the longest label wins."""
    found: list[Stretch] = []
    for kind, said in sorted(set(labels), key=lambda label: (-len(label[1]), label)):
        if not said:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", text):
            if all(match.end() <= start or match.start() >= end for _kind, start, end in found):
                found.append((kind, match.start(), match.end()))
    return sorted(found, key=lambda one: one[1:])


def score(gold: Sequence[Stretch], found: Sequence[Stretch]) -> dict[str, Counts]:
    """Counts by type: of the label for what was labelled, of the find for what was found.

    A label counts as covered whatever type covers it, by one found stretch or several side by side.
    """
    counts: dict[str, Counts] = {}
    for kind, start, end in gold:
        near = sorted((a, b) for _kind, a, b in found if a < end and start < b)
        counts[kind] = counts.get(kind, Counts()) + Counts(
            gold=1,
            covered=_covers(near, start, end),
            exact=int((start, end) in near),
            touched=int(bool(near)),
        )
    for kind, start, end in found:
        is_false = not any(a < end and start < b for _kind, a, b in gold)
        counts[kind] = counts.get(kind, Counts()) + Counts(found=1, false=int(is_false))
    return counts


def _covers(near: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """1 where these stretches, in order, leave nothing between both ends."""
    for first, last in near:
        if first <= start:
            start = max(start, last)
    return int(start >= end)
