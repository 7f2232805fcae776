"""What an officer should see at once in a message: danger, a wish for secrecy, when it was, who is accused, whether it
is spam or says nothing, and whether it tells two matters. All by readable tables; no model.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache

from lapor.routing.guess import GENERAL, Danger, category_words, danger_in, dangers, likely_categories
from lapor.routing.phrases import Condition, Phrasebook, holds, parse, plain_phrase
from lapor.routing.reading.accused import accused_in
from lapor.routing.reading.dates import DateReading, read_date
from lapor.routing.reading.matters import sentences_of
from lapor.routing.words import DATA, MAX_READ, read_table, words_of

STALE = 14  # days after which what happened is no danger any more, unless the text says that it lasts
VAGUE = 31  # days of a span that still say when it was
LITTLE = 9  # words that carry something: a message without a place or a subject and with no more says no matter
LETTERS = 3  # fewer letters are no message
ALARM = 4  # points from which signs that are harmless one by one tell a danger
_LASTING = frozenset({"now", "lasts"})
_TAGS = {
    "@telepon": re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){8,11}(?!\d)"),
    "@tautan": re.compile(
        r"https?://|www\.|\bt\.me/|wa\.me/|bit\.ly|\w\.(?:com|net|xyz|vip|club|site|online|link)\b", re.IGNORECASE
    ),
}
_MOST = {"hurt": 3, "now": 2, "plea": 1, "rescue": 1}


class Facts:
    """What one message says, each fact read when it is first asked for: most callers need two or three of them."""

    def __init__(self, whole: str, *, on: date) -> None:
        self._whole, self._on = whole, on
        self._words = words_of(whole)
        self._found = _phrasebook().found(self._words) | _tags(whole)

    @cached_property
    def urgent(self) -> Danger | None:
        """A danger that lasts: told in its own words, or by many signs together (data/urgent_signs.csv)."""
        danger = danger_in(self._found)
        if danger is None and _alarm(self._found) >= ALARM:
            danger = GENERAL
        if danger is None or any(_signs()[sign][0] in _LASTING for sign in self._found & _signs().keys()):
            return danger
        is_stale = self.occurred is not None and (self._on - self.occurred.latest).days > STALE
        return None if is_stale else danger

    @cached_property
    def occurred(self) -> DateReading | None:
        """The time that is told."""
        return read_date(self._whole, on=self._on)

    @property
    def occurred_on(self) -> date | None:
        """The first day of that time, None when it is vaguer than a month."""
        told = self.occurred
        return None if told is None or (told.latest - told.earliest).days > VAGUE else told.earliest

    @property
    def date_words(self) -> str:
        return self.occurred.words if self.occurred else ""

    @property
    def wants_secrecy(self) -> bool:
        return _says("secrecy", self._found)

    @property
    def is_spam(self) -> bool:
        return _says("spam", self._found)

    @cached_property
    def is_empty(self) -> bool:
        """Whether it says no matter at all."""
        return _is_empty(self._whole, self._words, self._found)

    @cached_property
    def two_matters(self) -> bool:
        """Whether it tells of two subjects."""
        return _two_matters(self._whole, self._found)

    @cached_property
    def names_accused(self) -> tuple[str, ...]:
        """Persons named beside what they are said to have done."""
        return accused_in(self._whole)


def read_facts(text: str, *, title: str = "", on: date) -> Facts:
    """The facts of a message that came `on` a day (1946 or later). Any text gives an answer; none fails."""
    return Facts(f"{title[:500]}\n{text[:MAX_READ]}" if title else text[:MAX_READ], on=on)


def _tags(text: str) -> frozenset[str]:
    """Facts that are no words: a number to ring (`@telepon`), an address on the net (`@tautan`)."""
    return frozenset(tag for tag, shape in _TAGS.items() if shape.search(text))


def _alarm(found: frozenset[str]) -> int:
    """Points for: hurt, now, help asked for, rescuers called; less what is past. None where nothing says it is now."""
    points: dict[str, int] = {}
    for phrase in found & _signs().keys():
        says, worth = _signs()[phrase]
        points[says] = points.get(says, 0) + worth
    if not (points.get("hurt") and points.get("now")):
        return 0
    return sum(min(points.get(says, 0), most) for says, most in _MOST.items()) - points.get("past", 0)


def _says(sign: str, found: frozenset[str]) -> bool:
    when, unless = _table()[sign]
    return holds(when, found) and not holds(unless, found)


def _is_empty(text: str, words: list[str], found: frozenset[str]) -> bool:
    if sum(letter.isalpha() for letter in text[:200]) < LETTERS:
        return True
    carrying = [word for word in words if word not in _greetings() and len(word) > 1]
    if len(carrying) < 2:
        return True
    return len(carrying) <= LITTLE and not found & category_words().keys() and danger_in(found) is None


def _two_matters(text: str, found: frozenset[str]) -> bool:
    """Said in so many words ("dua hal"), or a turn ("selain itu") between sentences of two different subjects."""
    if _says("many", found):
        return True
    if not _says("also", found):
        return False
    subjects = [likely_categories(_phrasebook().found(words_of(each))) for each in sentences_of(text)]
    clear = {each[0] for each in subjects if len(each) == 1}
    return len(clear) > 1


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Condition, Condition]]:
    return {row["sign"]: (parse(row["when"]), parse(row["unless"])) for row in read_table("message_signs.csv")}


@lru_cache(maxsize=1)
def _signs() -> dict[str, tuple[str, int]]:
    """phrase → what it is a sign of, and how many points it is worth."""
    return {plain_phrase(row["word"]): (row["says"], int(row["points"])) for row in read_table("urgent_signs.csv")}


@lru_cache(maxsize=1)
def _greetings() -> frozenset[str]:
    lines = (DATA / "greeting_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1)
def _phrasebook() -> Phrasebook:
    conditions = [each.when + each.unless for each in dangers()] + [when + unless for when, unless in _table().values()]
    phrases = {phrase for condition in conditions for part in condition for phrase in part}
    return Phrasebook(phrases | _signs().keys() | set(category_words()))
