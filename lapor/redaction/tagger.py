"""Finds personal data by what was learned from labelled messages: a conditional random field over words and numbers.

The rules of `names` and `numbers` know lists and shapes; this knows what stands around such data, also
around names that no list has. It needs its file alone, which `lapor routing train-tagger` makes (docs/adr/0011);
where that is missing, damaged or of other signs, nothing is found here, the log says so, and the rules go on alone.

Lafferty, McCallum, Pereira (2001), Conditional random fields; python-crfsuite.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import pycrfsuite

from .masks import Span
from .tag_signs import VERSION, Piece, pieces_of, signs_of
from .words import look_up

log = logging.getLogger(__name__)

FILE = Path(__file__).parent / "data" / "tagger.crf"
STAMP = FILE.with_suffix(".json")  # what the file was learned from, and its own digest
OTHER = "-"  # the tag of words that are no personal datum; all other tags are kinds of `MASKS`
SURE, DOUBT = 0.3, 0.15  # the probabilities from which a word is masked, and from which a person should look
CERTAIN = 0.9  # the one from which it is a name although a thing, or a place, is called so
BESIDE = 0.1  # and that of its neighbours in a name or an address, from which they belong to it
_BLOCK, _OVERLAP = 400, 10  # pieces read at once, and how many of those before and after are looked at besides
_LONGEST_GAP, _LONGEST_DEGREE = 3, 3  # characters within one datum, letters of "S.H." and the like
_NONE: frozenset[str] = frozenset()
_BEGIN = {"name": frozenset(["honour", "near_name"]), "address": frozenset(["thing", "place"])}  # words, by their kinds


@dataclass(frozen=True)
class Learned(Span):
    """A stretch, and how likely the surest word of it belongs to a datum, from 0 to 1."""

    likely: float

    @property
    def is_sure(self) -> bool:
        """Whether it is masked; otherwise a person should look."""
        return self.likely >= SURE

    @property
    def is_certain(self) -> bool:
        """Whether it is masked even where the lists know a thing or a place."""
        return self.likely >= CERTAIN


class Unusable(Exception):
    """Why the file cannot be used."""


class Tagger:
    """A tagger that is ready to be asked, by any thread."""

    def __init__(self, content: bytes) -> None:
        self._asked = pycrfsuite.Tagger()
        self._content = content  # crfsuite reads from it as long as it is asked
        self._asked.open_inmemory(self._content)
        self._kinds = [tag for tag in self._asked.labels() if tag != OTHER]
        self._lock = Lock()

    def weigh(self, text: str, pieces: Sequence[Piece]) -> list[tuple[float, str]]:
        """For each piece the probability that it belongs to a personal datum, and to which kind most likely."""
        found: list[tuple[float, str]] = []
        for first in range(0, len(pieces), _BLOCK):
            begin, end = max(0, first - _OVERLAP), first + _BLOCK + _OVERLAP
            block = pieces[begin:end]
            signs = signs_of(block, pieces[end].gap if end < len(pieces) else text[block[-1].end :])
            with self._lock:
                self._asked.set(signs)
                found += [self._kind_at(at) for at in range(first - begin, min(len(block), first - begin + _BLOCK))]
        return found

    def _kind_at(self, at: int) -> tuple[float, str]:
        likely = 1 - self._asked.marginal(OTHER, at)
        if likely < BESIDE:
            return likely, OTHER
        return likely, max(self._kinds, key=lambda kind: self._asked.marginal(kind, at))


def find_learned(text: str) -> list[Learned] | None:
    """The stretches that are personal data as far as was learned, and those that may be; None without a usable file."""
    tagger, _trouble = _shipped()
    if tagger is None:
        return None
    pieces = pieces_of(text)
    weighed = tagger.weigh(text, pieces)
    found = (_learned(pieces, weighed, run) for run in _runs(pieces, weighed))
    return [one for one in found if one.likely >= DOUBT]


def _learned(pieces: Sequence[Piece], weighed: Sequence[tuple[float, str]], run: Sequence[int]) -> Learned:
    likely = max(weighed[at][0] for at in run)
    return Learned(weighed[run[0]][1], pieces[run[0]].start, pieces[run[-1]].end, likely)


def trouble() -> str:
    """Why the shipped file cannot be used; empty when it can."""
    return _shipped()[1]


def _runs(pieces: Sequence[Piece], weighed: Sequence[tuple[float, str]]) -> list[list[int]]:
    """Pieces of one kind that follow each other and may be one datum."""
    runs: list[list[int]] = []
    for at, (piece, (likely, kind)) in enumerate(zip(pieces, weighed, strict=True)):
        if likely < (BESIDE if kind in _BEGIN else DOUBT) or piece.is_mask:
            continue
        if likely < SURE and _is_ordinary(piece, kind):
            continue
        if runs and runs[-1][-1] == at - 1 and kind == weighed[at - 1][1] and _goes_on(piece, kind):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_ordinary(piece: Piece, kind: str) -> bool:
    """A word that belongs to no datum of this kind unless it is surely so."""
    word = look_up(piece.text.lower())
    return "introduces" in word.kinds or (word.is_plain and not (word.is_name or word.kinds & _BEGIN.get(kind, _NONE)))


def _goes_on(piece: Piece, kind: str) -> bool:
    """Whether what stands before a piece lets it belong to the same datum: in a list each name is its own."""
    if len(piece.gap) > _LONGEST_GAP or "\n" in piece.gap:
        return False
    if kind not in _BEGIN:
        return "(" not in piece.gap or piece.text[0].isdigit()
    if kind == "address":
        return True
    return "@" not in piece.gap and ("," not in piece.gap or len(piece.text) <= _LONGEST_DEGREE)


@cache
def _shipped() -> tuple[Tagger | None, str]:
    try:
        return load(FILE, STAMP), ""
    except Unusable as reason:
        log.warning("the tagger of personal data is not used: %s; the rules go on alone", reason)
        return None, str(reason)


def load(file: Path, stamp: Path) -> Tagger:
    """The tagger in a file, after its stamp was compared: crfsuite reads what it is given without checking it."""
    try:
        content, said = file.read_bytes(), json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise Unusable(f"its file cannot be read ({type(reason).__name__})") from None
    if not isinstance(said, dict) or said.get("file") != hashlib.sha256(content).hexdigest():
        raise Unusable("its file is damaged")
    if said.get("signs") != VERSION:
        raise Unusable(f"it was learned from signs of version {said.get('signs')}, not {VERSION}")
    return Tagger(content)
