"""Masking of personal data in texts that leave for the public: by rule, with the same result every time.

Officials named by their function stay; names of private persons and of people who are accused go. What the rules cannot
decide is left for a person to look at: `is_doubtful`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from .masks import MASKS, Span
from .names import find_names
from .numbers import find_home_after, find_numbers, is_of_office, kind_of_number
from .strike import finder
from .tagger import Learned, find_learned

_LEAST_SURE = 8  # letters of a name that do not follow each other by chance
_NUMBERS = frozenset(["nik", "card", "account", "phone"])
_ORDER = tuple(MASKS)  # where two spans overlap, the earlier kind wins


@dataclass(frozen=True)
class Redacted:
    """The text fit for the public, what was masked where in the original, and what a person should look at."""

    text: str
    found: tuple[Span, ...]
    doubts: tuple[Span, ...] = ()  # not masked, in the original

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look before it is published."""
        return bool(self.doubts)


def redact(text: str, names: Sequence[str] = (), *, is_by_rules: bool = False) -> Redacted:
    """Masks personal data; `names` are the reporter's own, masked in every spelling that `redaction.strike` knows.

    `is_by_rules` leaves out what was learned: less is found, more surely, in half of the time. Nothing that the public
    reads may be made so.
    """
    learned = None if is_by_rules else find_learned(text)
    names_learned = None if learned is None else [one for one in learned if one.kind == "name"]
    others = [one for one in learned or () if one.kind != "name" and not is_of_office(text, one.start, one.end)]
    named = find_names(text, learned=names_learned)
    sure = [Span("name", one.start, one.end) for one in named if one.is_sure]
    homes = (home for one in sure for home in find_home_after(text, one.end))
    told = (_told(text, one) for one in others if one.is_sure)
    spans = _settle(text, [*find_numbers(text), *told, *homes, *_own_names(text, names), *sure])
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], MASKS[span.kind]]
        at = span.end
    doubts = [Span("name", one.start, one.end) for one in named if not one.is_sure]
    doubts += [_told(text, one) for one in others if not one.is_sure]
    return Redacted("".join([*parts, text[at:]]), tuple(spans), tuple(_settle(text, doubts, beside=spans)))


def _told(text: str, one: Learned) -> Span:
    """What the tagger found; which number it is, the rules know better."""
    kind = kind_of_number(text, one.start, one.end) if one.kind in _NUMBERS else None
    return Span(kind or one.kind, one.start, one.end)


def still_tells(text: str, names: Iterable[str]) -> bool:
    """Whether the letters of a whole name follow each other even after masking, whatever stands between them: written
    down the page, say. Then nothing of the text is safe to show before a person has looked.
    """
    letters = _LETTERS.sub("", text).casefold()
    said = (_LETTERS.sub("", name).casefold() for name in names)
    return any(len(name) >= _LEAST_SURE and name in letters for name in said)


_LETTERS = re.compile(r"[\W\d_]+")


def _own_names(text: str, names: Iterable[str]) -> Iterator[Span]:
    for name in names:
        for one in finder(name=name)(text):
            yield Span("name", one.start, one.end)


def _settle(text: str, spans: Iterable[Span], *, beside: Sequence[Span] = ()) -> list[Span]:
    """Spans in order without overlap, also with those `beside`, which are left out.

    The more certain kind wins, then the longer one; of the other is kept what is said outside.
    """
    chosen = list(beside)
    for span in sorted(spans, key=lambda found: (_ORDER.index(found.kind), found.start - found.end, found.start)):
        first = bisect_right(chosen, span.start, key=_end)
        last = bisect_left(chosen, span.end, lo=first, key=_start)
        edges = [span.start, *(edge for one in chosen[first:last] for edge in (one.start, one.end)), span.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            said = _SAID.search(text, start, end)
            if said is not None:
                insort(chosen, Span(span.kind, *(said.span() if first < last else (start, end))), key=_start)
    taken = set(beside)
    return [one for one in chosen if one not in taken]


_SAID = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_start, _end = attrgetter("start"), attrgetter("end")
