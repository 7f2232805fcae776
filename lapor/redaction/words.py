"""What the lists say of a word: whether it is a name, an ordinary word, a place, or a cue for what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lapor.lib.text import stop_words

_DATA = Path(__file__).parent / "data"
# One list of the country's places for the whole system, each with its level; a second copy would part from it.
_REGIONS = Path(__file__).parent.parent / "agencies" / "data" / "regions.tsv"
_KIND_OF_PLACE = re.compile(r"^(?:kabupaten|kota|provinsi|daerah istimewa|daerah khusus ibukota)\s+")
_LEVELS = {2: 4, 5: 4, 8: 3}  # length of a code: weight of a name at that level; villages weigh 1

_PARTS = frozenset(["ending", "prefix", "suffix", "spelling", "plate"])  # of words, not words
_NO_KINDS: frozenset[str] = frozenset()
_DOUBLED = re.compile(r"([a-z])\1")


@dataclass(frozen=True, slots=True)
class Word:
    """What the lists say of one word in small letters."""

    is_name: bool  # a known name of persons
    is_plain: bool  # an ordinary word, whether or not it is a name besides
    is_listed: bool  # in the lists as such an ordinary word, not only after its affixes are taken off
    place: int  # 0 or the weight of a region that is called so
    has_shape: bool  # ends as names do
    kinds: frozenset[str]  # the kinds of cues it is


@lru_cache(maxsize=20_000)
def look_up(word: str) -> Word:
    """What the lists say of a word, given in small letters."""
    names, also, plain = _names(), _list("also_words"), _vocabulary()
    is_name = word in names or (word not in plain and any(spelled in names for spelled in _spellings(word)))
    is_listed = word in also or word in plain
    is_plain = is_listed or (not is_name and _has_plain_root(word, plain))
    return Word(
        is_name=is_name,
        is_plain=is_plain,
        is_listed=is_listed,
        place=places().get(word, 0),
        has_shape=len(word) >= 6 and word.endswith(_parts("ending")),
        kinds=_kinds().get(word, _NO_KINDS),
    )


@cache
def _names() -> frozenset[str]:
    return _list("given") | _list("family")


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """The kinds of cues that each word is."""
    found: dict[str, set[str]] = {}
    for kind, words in cues().items():
        for word in words if kind not in _PARTS else ():
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def cues() -> dict[str, frozenset[str]]:
    """The words around names by kind; a phrase has blanks."""
    found: dict[str, frozenset[str]] = {}
    for line in (_DATA / "cues.txt").read_text(encoding="utf-8").splitlines():
        kind, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            found[kind] = frozenset(word.replace("_", " ") for word in words.split())
    return found


@cache
def places() -> dict[str, int]:
    """Every name of a region in small letters: 4 for provinces, regencies and cities, 3 districts, 1 villages."""
    found: dict[str, int] = {}
    for line in _REGIONS.read_text(encoding="utf-8").splitlines()[1:]:
        code, name, *_kind = line.split("\t")
        plain = _KIND_OF_PLACE.sub("", name.lower())
        level = _LEVELS.get(len(code), 1)
        for said in {plain, plain.replace(" ", "")} if level == 4 else {plain}:  # "Tanjungpinang"
            found[said] = max(level, found.get(said, 0))
    return found


@cache
def _parts(kind: str) -> tuple[str, ...]:
    """The lines of cues that are parts of words, in a fixed order: the longest first."""
    return tuple(sorted(cues()[kind], key=lambda part: (-len(part), part)))


def _spellings(word: str) -> Iterator[str]:
    """A name in the spelling of today and without the doubled and silent letters that people like."""
    for rule in _parts("spelling"):
        old, _equals, new = rule.partition("=")
        if old in word:
            word = word.replace(old, new)
            yield word
    single = _DOUBLED.sub(r"\1", word)
    yield single
    if len(single) > 4:
        yield single.replace("y", "i")
        yield single.replace("h", "") if single[0] != "h" else single[1:]


def _has_plain_root(word: str, plain: frozenset[str]) -> bool:
    """Whether it is an ordinary word with affixes: "pipanya", "dibongkar", "pengukurannya"."""
    ends = [""] + [end for end in _parts("suffix") if word.endswith(end)]
    starts = [""] + [start for start in _parts("prefix") if word.startswith(start)]
    for end in ends:
        stem = word[: len(word) - len(end)]
        for start in starts:
            root = stem[len(start) :]
            if len(root) >= 3 and (start or end) and root in plain and len(root) + 2 >= len(start) + len(end):
                return True
    if word[-1:] in ("e", "o") and word[:-1] + "a" in plain:  # Malay, Javanese: "saye", "bahayo"
        return True
    half = len(word) // 2
    return word[:half] == word[half:]


@cache
def _vocabulary() -> frozenset[str]:
    cue = frozenset(word for kind in ("role", "thing", "place", "does", "kin", "names") for word in cues()[kind])
    return _list("vocabulary") | stop_words() | cue


@cache
def _list(name: str) -> frozenset[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
