"""Finds the phrases of our tables in a text, all in one pass, and tells whether a condition made of them holds.

A phrase is one or more words in a row; `tambal*` stands for every word that starts so. A condition lists alternatives
with `|`, each of one or more phrases joined by ` & `, all of which must be there. `@provinsi`, `@kota`, `@64.72` are
not words of the text but facts about the place (see `competence.place_tags`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lapor.routing.words import words_of

Condition = tuple[frozenset[str], ...]


def parse(condition: str) -> Condition:
    """The alternatives of a condition, each the set of phrases it needs; empty for an empty condition."""
    return tuple(
        frozenset(plain_phrase(part) for part in alternative.split("&"))
        for alternative in condition.split("|")
        if alternative.strip()
    )


def plain_phrase(phrase: str) -> str:
    """A phrase in the same plain words as a text that was read, so that the two can be compared."""
    phrase = phrase.strip()
    return phrase if phrase.startswith("@") else " ".join(words_of(phrase))


def holds(condition: Condition, found: frozenset[str]) -> bool:
    """Whether one of the alternatives is wholly there; never for an empty condition."""
    return any(map(found.issuperset, condition))  # asked some hundred times of each text


class Phrasebook:
    """All phrases of the tables, by their first word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._exact: dict[str, list[tuple[str, list[str]]]] = {}
        self._prefix: dict[str, list[tuple[str, list[str]]]] = {}
        for phrase in sorted({phrase for phrase in phrases if phrase and not phrase.startswith("@")}):
            first, *rest = phrase.split()
            index = self._prefix if first.endswith("*") else self._exact
            index.setdefault(first.rstrip("*"), []).append((phrase, rest))
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._starting = lru_cache(maxsize=20_000)(self._look_up)  # the same words come again and again

    def found(self, words: Sequence[str]) -> frozenset[str]:
        """The phrases that occur in these words."""
        return frozenset(phrase for phrase, _start, _end in self.placed(words))

    def placed(self, words: Sequence[str]) -> list[tuple[str, int, int]]:
        """The same, each time with the place of its first word and the place after its last."""
        hits: list[tuple[str, int, int]] = []
        for at, word in enumerate(words):
            begun = self._starting(word)
            if begun is None:
                continue
            hits += [(phrase, at, at + 1) for phrase in begun.whole]
            second = words[at + 1] if at + 1 < len(words) else ""
            for phrase, rest in (*begun.by_second.get(second, ()), *begun.loose):
                if _goes_on(rest, words, at + 1):
                    hits.append((phrase, at, at + 1 + len(rest)))
        return hits

    def _look_up(self, word: str) -> _Begun | None:
        phrases = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            phrases.extend(self._prefix.get(word[:length], ()))
        return _Begun.of(phrases) if phrases else None


@dataclass(frozen=True)
class _Begun:
    """The phrases that a word may begin: those that it is, those by their second word, and those with a `*` there."""

    whole: tuple[str, ...]
    by_second: dict[str, tuple[tuple[str, list[str]], ...]]
    loose: tuple[tuple[str, list[str]], ...]

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, list[str]]]) -> _Begun:
        whole: list[str] = []
        loose: list[tuple[str, list[str]]] = []
        by_second: dict[str, tuple[tuple[str, list[str]], ...]] = {}
        for phrase, rest in phrases:
            if not rest:
                whole.append(phrase)
            elif rest[0].endswith("*"):
                loose.append((phrase, rest))
            else:
                by_second[rest[0]] = (*by_second.get(rest[0], ()), (phrase, rest))
        return cls(tuple(whole), by_second, tuple(loose))


def _goes_on(rest: list[str], words: Sequence[str], at: int) -> bool:
    if len(words) < at + len(rest):
        return False
    for offset, part in enumerate(rest, at):
        word = words[offset]
        if word != part and not (part.endswith("*") and word.startswith(part[:-1])):
            return False
    return True
