"""What a person who decides on a held copy sees of its words, and the stretches that this person masks besides.

Such stretches are kept as places in the text, never as words, and hold only for the text that was looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.crypto import salted_hmac

from lapor.redaction.masks import MASKS
from lapor.redaction.redact import Redacted, redact
from lapor.reports.models import Report

FIELDS = ("title", "text", "place")
LONGEST, MOST_WORDS = 100, 30  # of what an officer types to have masked

Stretches = Mapping[str, Sequence[Sequence[int]]]  # field → places, each start and end


@dataclass(frozen=True)
class Part:
    """A piece of one field: plain, masked (`text` is the mask) or doubtful; `key` names the place of a doubtful one."""

    field: str
    text: str
    kind: str = ""  # "", "masked", "doubtful"
    key: str = ""

    def changed(self, change: Callable[[str], str]) -> Part:
        """The same piece with its words changed."""
        return replace(self, text=change(self.text))


class NotThere(ValueError):
    """Words to mask that do not stand in the text, or places that are none."""


def is_doubtful(report: Report, names: Sequence[str]) -> bool:
    """Whether the rules leave something in its words that may be a name and may not."""
    return any(redacted.is_doubtful for _field, redacted in _redacted(report, names))


def seen_as(report: Report) -> str:
    """A mark of the words as they stand now; another one when any of them changes."""
    said = "\x1f".join(getattr(report, field) for field in FIELDS)
    return salted_hmac("lapor.transparency.doubts", said, algorithm="sha256").hexdigest()


def parts_of(report: Report, names: Sequence[str]) -> list[Part]:
    """The words in order, as they would be published, with what is doubtful marked. Empty fields are left out."""
    return [part for field, redacted in _redacted(report, names) for part in _parts(field, report, redacted)]


def stretches(report: Report, *, keys: Iterable[str] = (), words: str = "") -> dict[str, list[list[int]]]:
    """The places of ticked doubts and of words that were typed, one or several in a line or between commas.

    Refuses with `NotThere` words that do not occur, so that nobody believes something masked that is not.
    """
    found: dict[str, list[list[int]]] = {}
    for field, start, end in [*_placed(report, keys), *_typed(report, words)]:
        found.setdefault(field, []).append([start, end])
    return {field: _joined(places) for field, places in found.items()}


def without(text: str, places: Sequence[Sequence[int]]) -> str:
    """The text with these places masked."""
    for start, end in sorted(map(tuple, places), reverse=True):
        text = f"{text[:start]}{MASKS['hidden']}{text[end:]}"
    return text


def _joined(places: list[list[int]]) -> list[list[int]]:
    """In order, those that overlap as one."""
    kept: list[list[int]] = []
    for start, end in sorted(places):
        if kept and start <= kept[-1][1]:
            kept[-1][1] = max(kept[-1][1], end)
        else:
            kept.append([start, end])
    return kept


def _redacted(report: Report, names: Sequence[str]) -> Iterator[tuple[str, Redacted]]:
    for field in FIELDS:
        if said := getattr(report, field):
            yield field, redact(said, names=names)


def _parts(field: str, report: Report, redacted: Redacted) -> Iterator[Part]:
    said, at = getattr(report, field), 0
    marked = [(span, "masked") for span in redacted.found] + [(span, "doubtful") for span in redacted.doubts]
    for span, kind in sorted(marked, key=lambda one: one[0].start):
        if span.start > at:
            yield Part(field, said[at : span.start])
        if kind == "masked":
            yield Part(field, MASKS[span.kind], kind)
        else:
            yield Part(field, said[span.start : span.end], kind, f"{field}:{span.start}:{span.end}")
        at = span.end
    if at < len(said):
        yield Part(field, said[at:])


def _placed(report: Report, keys: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    for key in keys:
        match = re.fullmatch(r"(title|text|place):(\d{1,7}):(\d{1,7})", key)
        if match is None or not int(match[2]) < int(match[3]) <= len(getattr(report, match[1])):
            raise NotThere
        yield match[1], int(match[2]), int(match[3])


def _typed(report: Report, words: str) -> Iterator[tuple[str, int, int]]:
    asked = [" ".join(one.split()) for one in re.split(r"[,;\n]", words)]
    asked = [one for one in asked if one]
    if len(asked) > MOST_WORDS or any(len(one) > LONGEST for one in asked):
        raise NotThere
    for one in asked:
        loose = r"\s+".join(map(re.escape, one.split()))
        pattern = re.compile(rf"(?<!\w){loose}(?!\w)", re.IGNORECASE)
        places = [(field, *match.span()) for field in FIELDS for match in pattern.finditer(getattr(report, field))]
        if not places:
            raise NotThere
        yield from places
