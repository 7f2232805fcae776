"""Plain words out of what people really type: SMS shorthand, doubled words ("ibu2"). It knows no meaning."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
MAX_READ = 4_000  # the matter is said in the first lines; the rest of a very long text is not looked at

BESIDE = frozenset({"depan", "dekat", "samping", "sebelah", "belakang", "seberang"})
NO_MARK = frozenset({"jalan", "rumah"})  # "depan rumah sakit" would leave "sakit"; a road is the matter itself

_WORD = re.compile(r"[a-z0-9]+\*?")
_DOUBLED = re.compile(r"^([a-z]{2,})2(?:nya|an)?$")
_NYA = re.compile(r"^([a-z]{4,})nya$")


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one of this room's tables."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, list[str]]:
    return {row["short"]: row["long"].split() for row in read_table("abbreviations.csv")}


def words_of(text: str) -> list[str]:
    """Lower-case words with shorthand written out; empty for a text in another script. Keeps a trailing `*`."""
    said: list[str] = _WORD.findall(unicodedata.normalize("NFKD", text[:MAX_READ]).casefold())
    doubtful = _by_neighbour()
    if doubtful.keys().isdisjoint(said):
        return [written for word in said for written in _written_out(word)]
    return [
        written
        for at, word in enumerate(said)
        for written in (_meant(said, at) if word in doubtful else _written_out(word))
    ]


@dataclass(frozen=True)
class _Meaning:
    """One line of data/shorthand_by_neighbour.csv; a side without words fits any neighbour, `#` any number."""

    written: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]

    def fits(self, before: str, after: str) -> bool:
        return _is_among(before, self.before) and _is_among(after, self.after)


def _is_among(word: str, neighbours: frozenset[str]) -> bool:
    return not neighbours or word in neighbours or ("#" in neighbours and word.isdigit())


@lru_cache(maxsize=1)
def _by_neighbour() -> dict[str, list[_Meaning]]:
    """Shorthand that means one thing or another: "smp" is a school in "smp negeri", and "sampai" in "smp skrg"."""
    found: dict[str, list[_Meaning]] = {}
    for row in read_table("shorthand_by_neighbour.csv"):
        sides = (frozenset(filter(None, row[side].split("|"))) for side in ("before", "after"))
        found.setdefault(row["short"], []).append(_Meaning(tuple(row["long"].split()), *sides))
    return found


def _meant(said: list[str], at: int) -> tuple[str, ...]:
    """What such a word is written out as, by the first line that fits; one that stands alone stays as it is."""
    word = said[at]
    if len(said) == 1:
        return (word,)
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    return next((one.written for one in _by_neighbour()[word] if one.fits(before, after)), (word,))


def without_landmarks(words: list[str]) -> list[str]:
    """Leaves out what only says where: in "jalan di depan pasar berlubang" the market is not the matter."""
    return [word for before, word in zip(["", *words], words, strict=False) if before not in BESIDE or word in NO_MARK]


@lru_cache(maxsize=20_000)
def _written_out(word: str) -> tuple[str, ...]:
    known = _abbreviations()
    doubled = _DOUBLED.match(word)
    once = doubled.group(1) if doubled else word
    written = known.get(once) or _without_nya(once, known)
    return tuple(written * 2 if doubled else written)


def _without_nya(word: str, known: dict[str, list[str]]) -> list[str]:
    """ "sampahnya" is said of "sampah"; the possessive never changes the matter."""
    match = _NYA.match(word)
    if match is None:
        return [word]
    return known.get(match.group(1), [match.group(1)])
