"""Hints for readers, found by the service: never a judgement, never shown to the public for one report.

`same` another answer of the same body says nearly the same; `template` it is nearly a template; `no_action` nobody did
anything by it; `promise` it promises and does nothing else; `denied` the reporter says that it is not done.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from lapor.deadlines.models import Step
from lapor.lib.text import words
from lapor.reports.models import AnswerTemplate, Clock, Event, EventKind, Message, Rating, Report

ALIKE: Final = 0.8  # the share of three-word runs that two answers have in common
SHORT: Final = 60  # words: a promise among more than so many is not all that an answer says
LOW_STARS: Final = 2
_PHRASES: Final = Path(__file__).parent / "data" / "promises.csv"


def of_answers(answers: Mapping[int, Message]) -> dict[int, list[str]]:
    """The hints of each answer, by the key of its report; compared within each body among these answers."""
    found: dict[int, list[str]] = {key: [] for key in answers}
    runs = {key: _runs(message.text) for key, message in answers.items()}
    for keys in _by_body(answers).values():
        for key in _alike(keys, runs):
            found[key].append("same")
    templates = [_runs(text) for text in AnswerTemplate.objects.filter(is_active=True).values_list("text", flat=True)]
    denied = _denied(answers)
    for key, message in answers.items():
        if any(_likeness(runs[key], template) >= ALIKE for template in templates):
            found[key].append("template")
        if not message.done_by.strip() or message.done_on is None:
            found[key].append("no_action")
        elif _only_promises(message.text):
            found[key].append("promise")
        if key in denied:
            found[key].append("denied")
    return found


def punctuality(report_ids: Iterable[int]) -> dict[int, int]:
    """2 for on time, 1 for within an extended deadline, 0 for late: by the clocks of first word and answer."""
    keys = list(report_ids)
    late = set(
        Clock.objects.filter(
            report__in=keys, step__in=[Step.RESPOND, Step.RESOLVE], missed_at__isnull=False
        ).values_list("report_id", flat=True)
    )
    extended = set(Report.objects.filter(pk__in=keys, is_extended=True).values_list("pk", flat=True))
    return {key: 0 if key in late else 1 if key in extended else 2 for key in keys}


def _denied(report_ids: Iterable[int]) -> set[int]:
    keys = list(report_ids)
    objected = Event.objects.filter(report__in=keys, kind=EventKind.OBJECTED).values_list("report_id", flat=True)
    low = Rating.objects.filter(report__in=keys, stars__lte=LOW_STARS).values_list("report_id", flat=True)
    undone = Rating.objects.filter(report__in=keys, dealt_with=False).values_list("report_id", flat=True)
    return {*objected, *low, *undone}


def _by_body(answers: Mapping[int, Message]) -> Mapping[int | None, list[int]]:
    found: dict[int | None, list[int]] = defaultdict(list)
    for key, message in answers.items():
        found[message.agency_id].append(key)
    return found


def _alike(keys: list[int], runs: Mapping[int, frozenset[str]]) -> set[int]:
    """Those that have a near twin: only answers that share a run are compared, by an index of runs."""
    holders: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        for run in runs[key]:
            holders[run].append(key)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for ones in holders.values():
        for place, one in enumerate(ones):
            for other in ones[place + 1 :]:
                shared[one, other] += 1
    return {
        key
        for (one, other), n in shared.items()
        if n / (len(runs[one]) + len(runs[other]) - n) >= ALIKE
        for key in (one, other)
    }


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _runs(text: str) -> frozenset[str]:
    """All runs of three words; numbers are one word, so that a template filled with other numbers stays the same."""
    said = ["#" if any(letter.isdigit() for letter in word) else word for word in words(text)]
    return frozenset(" ".join(said[place : place + 3]) for place in range(len(said) - 2))


def _only_promises(text: str) -> bool:
    said = words(text)
    return len(said) <= SHORT and any(phrase in " ".join(said) for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    with _PHRASES.open(encoding="utf-8", newline="") as rows:
        return tuple(row["phrase"] for row in csv.DictReader(rows))
