"""What a text is probably about, and whether somebody may be in danger: two readable tables of words, no model."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from lapor.routing.phrases import Condition, holds, parse, plain_phrase
from lapor.routing.words import read_table

ENOUGH = 2  # below this many points a text says too little
CLOSE = 0.75  # another category with this share of the best one's points is just as likely


@dataclass(frozen=True)
class Danger:
    """A kind of danger, the condition that tells it, and the number to ring."""

    name: str
    when: Condition
    unless: Condition
    number: str


GENERAL = Danger(name="darurat", when=(), unless=(), number="112")
"""A danger of no kind that the table tells."""


@lru_cache(maxsize=1)
def category_words() -> dict[str, list[tuple[str, int]]]:
    """phrase → (category, points)."""
    return _points_table("category_words.csv", "category")


@lru_cache(maxsize=1)
def kind_words() -> dict[str, list[tuple[str, int]]]:
    """phrase → (kind of message, points)."""
    return _points_table("kind_words.csv", "kind")


def _points_table(name: str, column: str) -> dict[str, list[tuple[str, int]]]:
    table: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in read_table(name):
        table[plain_phrase(row["phrase"])].append((row[column], int(row["weight"])))
    return dict(table)


@lru_cache(maxsize=1)
def dangers() -> tuple[Danger, ...]:
    """The table of dangers, in its order."""
    return tuple(
        Danger(name=row["danger"], when=parse(row["when"]), unless=parse(row["unless"]), number=row["number"])
        for row in read_table("urgent_words.csv")
    )


def points_of(found: frozenset[str]) -> dict[str, int]:
    """How many points each category has; those without any are left out."""
    return _sum(found, category_words())


def kinds_of(found: frozenset[str]) -> dict[str, int]:
    """How many points each kind of message has; those without any are left out."""
    return _sum(found, kind_words())


def _sum(found: frozenset[str], table: dict[str, list[tuple[str, int]]]) -> dict[str, int]:
    points: dict[str, int] = defaultdict(int)
    for phrase in found:
        for name, weight in table.get(phrase, ()):
            points[name] += weight
    return dict(points)


def likely_categories(found: frozenset[str]) -> list[str]:
    """The categories that fit, best first: one when clear, several when they are close, none when unclear."""
    ranked = sorted(points_of(found).items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < ENOUGH:
        return []
    best = ranked[0][1]
    return [category for category, score in ranked if score >= CLOSE * best and score >= ENOUGH]


def danger_in(found: frozenset[str]) -> Danger | None:
    """The first danger whose words are there."""
    for danger in dangers():
        if holds(danger.when, found) and not holds(danger.unless, found):
            return danger
    return None
