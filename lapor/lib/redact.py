"""Masking of personal data in texts that leave for the public: by rule, with the same result every time.

Officials named by their function stay; names of private persons and of people who are accused go. What the rules cannot
decide is left for a person to look at: `is_doubtful`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .redact_names import find_names
from .redact_numbers import Span, find_home_after, find_numbers
from .strike import finder

MASKS = {
    "email": "[e-mail]",
    "nik": "[NIK]",
    "card": "[nomor kartu]",
    "account": "[nomor rekening]",
    "phone": "[nomor telepon]",
    "plate": "[pelat nomor]",
    "address": "[alamat]",
    "name": "[nama]",
    "hidden": "[disamarkan]",  # by a person who looked
    "held": "[ditahan untuk diperiksa]",
}
_LEAST_SURE = 8  # letters of a name that do not follow each other by chance
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


def redact(text: str, names: Sequence[str] = ()) -> Redacted:
    """Masks personal data; `names` are the reporter's own, masked in every spelling that `lib.strike` knows."""
    named = find_names(text)
    sure = [Span("name", one.start, one.end) for one in named if one.is_sure]
    homes = (home for one in sure for home in find_home_after(text, one.end))
    spans = _settle([*find_numbers(text), *homes, *_own_names(text, names), *sure])
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], MASKS[span.kind]]
        at = span.end
    doubts = [Span("name", one.start, one.end) for one in named if not one.is_sure]
    left = _settle([*spans, *doubts])
    taken = set(spans)
    return Redacted("".join([*parts, text[at:]]), tuple(spans), tuple(span for span in left if span not in taken))


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


def _settle(spans: Iterable[Span]) -> list[Span]:
    """Spans in order without overlap: the more certain kind wins, then the longer one."""
    starts: list[int] = []
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda found: (_ORDER.index(found.kind), found.start - found.end, found.start)):
        at = bisect_left(starts, span.end)  # those before begin before this one ends
        if span.end > span.start and (at == 0 or chosen[at - 1].end <= span.start):
            starts.insert(at, span.start)
            chosen.insert(at, span)
    return chosen
