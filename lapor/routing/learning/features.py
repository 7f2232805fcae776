"""What the model sees of a text: hashed words, and what the tables of rules find in it.

No vocabulary is kept, so no word of a citizen stands in the model's file; names and numbers are masked before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log1p, sqrt
from zlib import crc32

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from lapor.redaction.masks import MASKS
from lapor.redaction.redact import redact
from lapor.routing.competence import place_tags, table
from lapor.routing.guess import danger_in, kinds_of, points_of
from lapor.routing.words import DATA, MAX_READ, without_landmarks, words_of

VERSION = 4  # of this way of reading; a model that was learned from another one is not used
WIDTH = 1 << 16  # places for hashed words; two that share one do little harm
OPENINGS = (12, 25)  # words; the matter is said first, what else it touches later
_LONGEST = 30  # letters of a word that are read
_LARGE, _SMALL = 1.4, 0.7  # how strongly facts count beside each other
DEMAND_WITHIN = 6  # words before a sum
_SUM = re.compile(r"(?:rp)?\d+(?:rb|ribu|rebu|rbu|jt|juta|k)|rp\d+")
_UNITS = frozenset({"ribu", "juta", "rebu", "rb", "jt"})
_MASKED = frozenset(word for mask in MASKS.values() for word in words_of(mask))
_PAIR = crc32(b"p")
_stem = snowballstemmer.stemmer("indonesian").stemWord


@dataclass(frozen=True)
class Reading:
    """One text as the model sees it: places of hashed words with their weights, and named facts of the tables."""

    places: NDArray[np.int64]
    weights: NDArray[np.float32]
    facts: dict[str, float]
    found: frozenset[str]
    """What the rules ask for."""
    points: tuple[dict[str, int], ...]
    """What the words of the tables say for each category: all of them, those of the title, the first ones, more."""
    words: tuple[str, ...]
    """Those that may be shown as reasons: no number, and nothing that was masked."""


def read(*, text: str, title: str = "", channel: str = "", region_code: str | None = None) -> Reading:
    """Reads any text; an empty one or one in another script gives a reading without words."""
    title = title[: MAX_READ // 4]
    plain_heading, plain = words_of(title), words_of(text)
    phrasebook = table().phrasebook
    all_placed = phrasebook.placed(plain_heading + plain)
    found = frozenset(phrase for phrase, _start, _end in all_placed) | place_tags(region_code)
    told_heading, told = without_landmarks(plain_heading), without_landmarks(plain)
    is_whole = len(told_heading) + len(told) == len(plain_heading) + len(plain)
    placed = all_placed if is_whole else phrasebook.placed(told_heading + told)
    matter = frozenset(phrase for phrase, _start, _end in placed)
    points = (points_of(matter), *_points_by_place(placed, len(told_heading)))
    (heading, _), (words, names) = _masked(title, plain_heading), _masked(text, plain)
    places, weights = _hashed(words, heading)
    facts = dict(_facts(found, matter, points[0]))
    facts |= dict(_money(plain_heading + plain))
    facts |= {f"says:{kind}": log1p(score) for kind, score in kinds_of(matter).items()}
    facts |= {"somebody named": _SMALL} if names else {}
    facts |= {"asks": _SMALL} if "?" in text else {}
    facts |= {"asks last": _SMALL} if text.rstrip()[-1:] == "?" else {}
    facts[f"channel:{channel}"] = _SMALL
    facts["has title"] = _SMALL if title else 0.0
    facts |= {f"words>{count}": _SMALL for count in (5, 10, 20, 40, 80, 160) if len(words) > count}
    return Reading(places, weights, facts, found, points, _shown(heading + words))


def _points_by_place(placed: list[tuple[str, int, int]], heading: int) -> Iterator[dict[str, int]]:
    """The points of the title (as many words as `heading`), of the first words after it, of the first words of all."""
    for begin, end in ((0, heading), (heading, heading + OPENINGS[0]), (0, OPENINGS[1])):
        yield points_of(frozenset(phrase for phrase, start, stop in placed if start >= begin and stop <= end))


def _shown(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(words) if word.isalpha() and word not in _MASKED and len(word) > 2)


@lru_cache(maxsize=50_000)
def word_places(word: str) -> tuple[int, int]:
    """Where the model keeps what it knows of a word and of its stem."""
    return (_place("w", word[:_LONGEST]), _place("s", _root(word)))


def _masked(text: str, plain: list[str]) -> tuple[list[str], int]:
    """The words without names and numbers, and how many names there were; `plain` are those of the whole text."""
    masked = redact(text[:MAX_READ], is_by_rules=True)
    words = words_of(masked.text) if masked.found else plain
    kept = [word if word.isalpha() else "#" * min(len(word), 6) for word in words]
    return kept, sum(span.kind == "name" for span in masked.found)


def _facts(found: frozenset[str], matter: frozenset[str], points: dict[str, int]) -> Iterator[tuple[str, float]]:
    total = sum(points.values())
    for category, score in points.items():
        yield f"points:{category}", _LARGE * score / (score + 3)
        yield f"share:{category}", _LARGE * score / total
    for phrase in matter:
        yield f"phrase:{phrase}", _SMALL
    for phrase in found:
        if phrase.startswith("@") and not phrase[1:2].isdigit():
            yield f"place:{phrase}", _SMALL
    danger = danger_in(found)
    if danger:
        yield "danger", _LARGE
        yield f"danger:{danger.name}", _SMALL


def _money(words: list[str]) -> Iterator[tuple[str, float]]:
    """Whether a sum of money is told, and whether somebody demands it: a levy has both."""
    sums = [
        at
        for at, word in enumerate(words)
        if _SUM.fullmatch(word) or (word in _UNITS and at and words[at - 1].isdigit())
    ]
    if not sums:
        return
    yield "money", _SMALL
    near = {word for at in sums for word in words[max(0, at - DEMAND_WITHIN) : at + 3]} & _demands()
    if near:
        yield "money demanded", _LARGE
    yield from ((f"money and {word}", _SMALL) for word in near)


@lru_cache(maxsize=1)
def _demands() -> frozenset[str]:
    return frozenset((DATA / "demand_words.txt").read_text(encoding="utf-8").split())


def _hashed(words: list[str], heading: list[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Each word and pair of words once, scaled so that long and short texts weigh the same."""
    all_words = [*heading, "|", *words]
    found = {crc32(f"{a} {b}".encode(), _PAIR) % WIDTH for a, b in pairwise(all_words)}
    for word in set(all_words):
        found.update(word_places(word))
    found.update(_place("t", _root(word)) for word in set(heading))
    places = np.fromiter(sorted(found), np.int64, len(found))
    return places, np.full(len(places), 1 / sqrt(len(places)), np.float32)


@lru_cache(maxsize=50_000)
def _root(word: str) -> str:
    return str(_stem(word[:_LONGEST]))


def _place(sort: str, word: str) -> int:
    return crc32(f"{sort}{word}".encode()) % WIDTH
