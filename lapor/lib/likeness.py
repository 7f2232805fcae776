"""Which of the earlier messages tell the same matter as one, told by another person in other words.

It ranks and never decides: whoever reads the first few sees at once. What is rare counts most, so the name of a street
says more than the word "jalan": rare in reports at large (`data/usual_terms.csv`: in which share of the invented sample
a term occurs) and rare in the messages at hand. Shorthand, dialect and other names of one thing are read as one word
(`data/same_words.csv`). It holds no text beyond the call and learns nothing.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nlargest
from math import log, sqrt
from pathlib import Path

from .text import search_text, stop_words, words

READ = 2_000  # characters; the matter and its place are told in the first lines
_DATA = Path(__file__).parent / "data"
AT_LARGE = 200  # how many messages the shares at large count as, beside those at hand
RARE = 0.004  # the share of a term that is in no table
_DOUBLED = re.compile(r"^([a-z]{2,})2(?:nya|an)?$")
_NYA = re.compile(r"^([a-z]{4,})nya$")


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is known of one message. Places are Kemendagri codes; empty or None where something is not known."""

    text: str
    title: str = ""
    region_code: str = ""
    category: str = ""
    received_on: date | None = None


@dataclass(frozen=True)
class Weights:
    """How much each kind of agreement counts. Set by hand and checked on labelled messages (docs/routing.md)."""

    words: float = 1.0
    pieces: float = 0.6
    place: tuple[float, ...] = (0.0, 0.02, 0.12, 0.18, 0.22)  # by the levels of the code that are the same
    elsewhere: float = 0.25  # taken off where both places are known and not even the regency is the same
    category: float = 0.10
    days: float = 0.05
    days_half: float = 30.0


WEIGHTS = Weights()


@dataclass(frozen=True)
class _Read:
    """A message as it is compared: its terms and the pieces of four letters of its words."""

    message: Message
    terms: frozenset[str]
    pieces: frozenset[str]


def rank(messages: Sequence[Message], index: int, k: int) -> list[int]:
    """The positions of at most `k` earlier messages most likely to tell what `messages[index]` tells, likest first.

    Leaves out those that share nothing with it. Reads at most 2,000 characters of each.
    """
    return [at for at, _likeness in Ranking(messages).best(index, range(index), k)]


class Ranking:
    """Messages that are compared with each other often: each is read once."""

    def __init__(self, messages: Sequence[Message], weights: Weights = WEIGHTS) -> None:
        self._all = [_read(message) for message in messages]
        self._weights = weights
        self._term_weight = _rarity((one.terms for one in self._all), _usual_terms())
        self._piece_weight = _rarity((one.pieces for one in self._all), {})
        self._term_length = [_length(one.terms, self._term_weight) for one in self._all]
        self._piece_length = [_length(one.pieces, self._piece_weight) for one in self._all]

    def best(self, index: int, among: Iterable[int], k: int) -> list[tuple[int, float]]:
        """The `k` likest of the positions in `among` with their likeness; the earlier one first where they tie."""
        rated = ((at, self.likeness(index, at)) for at in among if at != index)
        return nlargest(
            k, ((at, likeness) for at, likeness in rated if likeness > 0), key=lambda one: (one[1], -one[0])
        )

    def likeness(self, one: int, other: int) -> float:
        """How alike two are: 0 where they have no word in common, about 1 where they are the same."""
        said = self.said(one, other)
        if said == 0:
            return 0.0
        return max(said + _around(self._all[one].message, self._all[other].message, self._weights), 1e-9)

    def said(self, one: int, other: int) -> float:
        """The part of it that is in the words, whatever is known besides."""
        a, b, weights = self._all[one], self._all[other], self._weights
        in_words = _cosine(a.terms & b.terms, self._term_weight, self._term_length[one] * self._term_length[other])
        in_pieces = _cosine(
            a.pieces & b.pieces, self._piece_weight, self._piece_length[one] * self._piece_length[other]
        )
        return weights.words * in_words + weights.pieces * in_pieces


def _around(one: Message, other: Message, weights: Weights) -> float:
    """What place, category and time say; nothing where one of the two does not know them."""
    found = 0.0
    if one.region_code and other.region_code:
        same = _levels_in_common(one.region_code, other.region_code)
        shorter = min(one.region_code.count("."), other.region_code.count(".")) + 1
        found += weights.place[min(same, 4)] - (weights.elsewhere if same < min(shorter, 2) else 0.0)
    if one.category and one.category == other.category:
        found += weights.category
    if one.received_on and other.received_on:
        apart = abs((one.received_on - other.received_on).days)
        found += weights.days * 0.5 ** (apart / weights.days_half)
    return found


def _levels_in_common(one: str, other: str) -> int:
    levels = 0
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        levels += 1
    return levels


def _rarity(sets: Iterable[frozenset[str]], usual: Mapping[str, float]) -> Mapping[str, float]:
    counted: Counter[str] = Counter()
    total = AT_LARGE
    for one in sets:
        counted.update(one)
        total += 1
    return {term: log(total / (n + AT_LARGE * usual.get(term, RARE))) ** 2 for term, n in counted.items()}


def _length(terms: frozenset[str], weight: Mapping[str, float]) -> float:
    return sqrt(sum(weight[term] for term in terms))


def _cosine(shared: frozenset[str], weight: Mapping[str, float], lengths: float) -> float:
    return sum(weight[term] for term in shared) / lengths if lengths else 0.0


def _read(message: Message) -> _Read:
    plain = plain_words(_said(message))
    return _Read(message, terms_of(plain), frozenset().union(*map(_pieces, plain)))


def _said(message: Message) -> str:
    return f"{message.title[:READ]} {message.text[:READ]}"[:READ]


def plain_words(text: str) -> list[str]:
    """The words of a text without shorthand, doubling ("ibu2") and the possessive; in lower case."""
    return [_plain(word) for word in words(text)]


def terms_of(plain: Sequence[str]) -> frozenset[str]:
    """Stems that carry meaning, and in place of several names of one thing the one that stands for all."""
    return frozenset(_in_order(plain))


def key_terms(message: Message, most: int, *, rarer_than: float = 1.0) -> list[str]:
    """At most so many terms by which the message can be looked up, those that are rarest in reports at large first."""
    usual = _usual_terms()
    found = _in_order(plain_words(_said(message)))
    return sorted((term for term in found if usual.get(term, 0.0) < rarer_than), key=lambda term: usual.get(term, 0.0))[
        :most
    ]


def _in_order(plain: Sequence[str]) -> list[str]:
    """Each term once, in the order in which they are said."""
    same, phrases = _same_words(), _phrases()
    found = []
    for at, word in enumerate(plain):
        found.append(same.get(word) or _stem(word))
        for length in phrases.get(word, ()):
            if concept := same.get(" ".join(plain[at : at + length])):
                found.append(concept)
    stop = stop_words()
    return [term for term in dict.fromkeys(found) if term and term not in stop]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Empty for a word that says nothing."""
    return search_text(word)


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    same = _same_words()
    if word in same:
        return word
    for shape in (_DOUBLED, _NYA):
        if match := shape.match(word):
            return match.group(1)
    return word


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> frozenset[str]:
    """Every four letters in a row, with the edges of the word as letters; so a misspelt word still shares most."""
    if word in stop_words() or len(word) < 3:
        return frozenset()
    edged = f" {word} "
    return frozenset(edged[at : at + 4] for at in range(len(edged) - 3))


@lru_cache(maxsize=1)
def _same_words() -> dict[str, str]:
    """word or phrase → the one that stands for it and its like."""
    return {word: row["same_as"] for row in _table("same_words") for word in (row["same_as"], *row["words"].split("|"))}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[int, ...]]:
    """first word → how many words the phrases have that begin with it."""
    found: dict[str, set[int]] = {}
    for phrase in _same_words():
        first, *rest = phrase.split()
        if rest:
            found.setdefault(first, set()).add(1 + len(rest))
    return {first: tuple(lengths) for first, lengths in found.items()}


@lru_cache(maxsize=1)
def _usual_terms() -> dict[str, float]:
    """term → in which share of reports it occurs."""
    return {row["term"]: float(row["share"]) for row in _table("usual_terms")}


def _table(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
