"""The questions of the survey as data (data/questions.csv): a version is never changed, a new one takes its place.

A report is asked by the version in force on the day it was closed, and its answers are counted with that version only:
figures of two wordings are never joined.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_FILE: Final = Path(__file__).parent / "data" / "questions.csv"
RATED: Final = "answer"  # the question that a rating answers (`reports.actions.rate`)
DEALT_WITH: Final = "dealt_with"
RELIABLE: Final = "reliable"


class Kind(StrEnum):
    """How a question is answered: always by a whole number, the better the higher."""

    STARS = "stars"
    AGREEMENT = "agreement"
    YES_NO = "yes_no"


WORDS: Final[dict[Kind, dict[int, str | Promise]]] = {
    Kind.STARS: {
        5: _("sangat baik"),
        4: _("baik"),
        3: _("cukup"),
        2: _("kurang"),
        1: _("buruk"),
    },
    Kind.AGREEMENT: {
        5: _("sangat setuju"),
        4: _("setuju"),
        3: _("biasa saja"),
        2: _("tidak setuju"),
        1: _("sangat tidak setuju"),
    },
    Kind.YES_NO: {2: _("Ya"), 1: _("Tidak")},
}
# From this value on an answer counts as a good one: the share that results show.
GOOD: Final[dict[Kind, int]] = {Kind.STARS: 4, Kind.AGREEMENT: 4, Kind.YES_NO: 2}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of one version. `by_message`: it is asked by SMS and other messages too."""

    version: str
    since: date
    key: str
    kind: Kind
    by_message: bool
    text_id: str
    text_en: str
    source: str

    @property
    def text(self) -> str:
        """In the language of the reader."""
        return self.text_en if (get_language() or "").startswith("en") else self.text_id

    @property
    def choices(self) -> dict[int, str | Promise]:
        return WORDS[self.kind]

    def is_good(self, value: int) -> bool:
        return value >= GOOD[self.kind]


@cache
def questions() -> dict[str, tuple[Question, ...]]:
    """Every version with its questions in their order, oldest first."""
    found: dict[str, list[Question]] = {}
    with _FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            question = Question(
                version=row["version"],
                since=date.fromisoformat(row["from"]),
                key=row["key"],
                kind=Kind(row["kind"]),
                by_message=row["by_message"] == "yes",
                text_id=row["text_id"],
                text_en=row["text_en"],
                source=row["source"],
            )
            found.setdefault(question.version, []).append(question)
    return {version: tuple(ones) for version, ones in sorted(found.items(), key=lambda pair: pair[1][0].since)}


def version_on(day: date) -> str:
    """The version in force on a day; the first one for days before any."""
    versions = [(ones[0].since, version) for version, ones in questions().items()]
    return max([pair for pair in versions if pair[0] <= day] or versions[:1])[1]
