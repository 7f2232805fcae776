"""Finds the phrases of our tables in a text, all in one pass, and tells whether a condition made of them holds.

A phrase is one or more words in a row; `tambal*` stands for every word that starts so. A condition lists alternatives
with `|`, each of one or more phrases joined by ` & `, all of which must be there. `@provinsi`, `@kota`, `@64.72` are
not words of the text but facts about the place (see `competence.place_tags`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    return any(alternative <= found for alternative in condition)


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
            for phrase, rest in self._starting(word):
                if not rest or _goes_on(rest, words, at + 1):
                    hits.append((phrase, at, at + 1 + len(rest)))
        return hits

    def _look_up(self, word: str) -> list[tuple[str, list[str]]]:
        hits = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            hits.extend(self._prefix.get(word[:length], ()))
        return hits


def _goes_on(rest: list[str], words: Sequence[str], at: int) -> bool:
    if len(words) < at + len(rest):
        return False
    for offset, part in enumerate(rest, at):
        word = words[offset]
        if word != part and not (part.endswith("*") and word.startswith(part[:-1])):
            return False
    return True
