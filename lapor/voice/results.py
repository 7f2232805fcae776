"""What is shown of the answers: quarters that are over, shares with their intervals, and nothing of small numbers.

A running quarter is not shown: its figures of two days would tell what one reporter said in between. Of a body nothing
is shown below `LEAST` answers, nor where the nation's total less all other bodies would tell it (`lib.small`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from lapor.agencies.models import Agency
from lapor.lib.intervals import Estimate, share
from lapor.lib.small import shown

from .counting import ALL, is_over
from .models import Result
from .questions import Question, questions

LEAST: Final = 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question: how many answered it, and the share of good answers; None for fewer than may be shown."""

    question: Question
    n: int | None
    good: Estimate | None
    shares: Mapping[int, float]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the reporters of one quarter said, about one body or (`agency` None) about all."""

    quarter: date
    version: str
    agency: Agency | None
    asked: int
    told: int
    reached: int
    answered: int
    lines: tuple[Line, ...]

    @property
    def response(self) -> Estimate | None:
        """The share of those asked who answered."""
        return share(self.answered, self.asked) if self.asked else None


def quarters(*, on: date) -> list[date]:
    """The quarters that may be shown, newest first."""
    every = Result.objects.filter(agency_id=ALL).order_by("-quarter").values_list("quarter", flat=True).distinct()
    return [quarter for quarter in every if is_over(quarter, on=on)]


def nation(quarter: date) -> list[Figures]:
    """What all reporters said, one set for each version of the questions; none below `LEAST`."""
    rows = Result.objects.filter(quarter=quarter, agency_id=ALL, answered__gte=LEAST).order_by("version")
    return [_figures(row, None, {key for key, n in _answers(row).items() if n >= LEAST}) for row in rows]


def bodies(quarter: date) -> list[Figures]:
    """What may be shown of bodies, by name."""
    found: list[Figures] = []
    for version in questions():
        found += _of_version(quarter, version)
    return sorted(found, key=lambda one: (one.agency.name if one.agency else "", one.version))


def of_body(agency_id: int, *, on: date) -> list[Figures]:
    """What may be shown of one body, newest quarter first."""
    mine = Result.objects.filter(agency_id=agency_id).order_by("-quarter").values_list("quarter", flat=True).distinct()
    over = [quarter for quarter in mine[:12] if is_over(quarter, on=on)]
    return [one for quarter in over for one in bodies(quarter) if one.agency and one.agency.pk == agency_id]


def _of_version(quarter: date, version: str) -> list[Figures]:
    rows = {row.agency_id: row for row in Result.objects.filter(quarter=quarter, version=version)}
    whole = rows.pop(ALL, None)
    if whole is None:
        return []
    may = shown(_with_rest({key: row.answered for key, row in rows.items()}, whole.answered), least=LEAST)
    by_question: dict[int, set[str]] = {key: set() for key in rows}
    for question in questions()[version]:
        counts = {key: _answers(row).get(question.key, 0) if key in may else 0 for key, row in rows.items()}
        for key in shown(_with_rest(counts, _answers(whole).get(question.key, 0)), least=LEAST):
            by_question.get(key, set()).add(question.key)
    agencies = Agency.objects.in_bulk([key for key in rows if key in may])
    return [_figures(rows[key], agencies[key], by_question[key]) for key in rows if key in may and key in agencies]


def _with_rest(counts: dict[int, int], total: int) -> dict[int, int]:
    """With what is in none of the cells, as one more: the total tells it."""
    rest = total - sum(counts.values())
    return {**counts, ALL: rest} if rest > 0 else counts


def _answers(row: Result) -> dict[str, int]:
    return {question: sum(values.values()) for question, values in row.counts.items()}


def _figures(row: Result, agency: Agency | None, may: set[str]) -> Figures:
    return Figures(
        quarter=row.quarter,
        version=row.version,
        agency=agency,
        asked=row.asked,
        told=row.told,
        reached=row.reached,
        answered=row.answered,
        lines=tuple(_line(question, row.counts.get(question.key, {}), may) for question in questions()[row.version]),
    )


def _line(question: Question, counts: dict[str, int], may: set[str]) -> Line:
    n = sum(counts.values())
    if question.key not in may or n < LEAST:
        return Line(question=question, n=None, good=None, shares={})
    good = sum(count for value, count in counts.items() if question.is_good(int(value)))
    shares = {value: counts.get(str(value), 0) / n for value in question.choices}
    return Line(question=question, n=n, good=share(good, n), shares=shares)
