"""Figures on a file of labelled messages: what routing says of each, against its labels. No database, no learning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from lapor.lib.likeness import Message, Ranking
from lapor.routing.combine import USUAL_THRESHOLD, Suggestion, place_of, suggest
from lapor.routing.learning.examples import Example, examples_of
from lapor.routing.learning.model import Asker
from lapor.routing.learning.tagging import learned_digests
from lapor.routing.scoring.figures import Figure, found, rounded, share
from lapor.routing.scoring.spans import pii_figures

NEAR = 5  # of how many earlier messages one must be the right one
COVERAGE = 0.7


@dataclass
class Said:
    """What was said of one message, and how long that took."""

    row: dict[str, Any]
    example: Example
    suggestion: Suggestion
    region: str | None
    seconds: float


@dataclass
class Report:
    """All figures of one file, by name; `notes` says what was left out and what the figures rest on."""

    metrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)


def evaluate(rows: Sequence[dict[str, Any]], asker_for: Callable[[Example], Asker | None]) -> Report:
    """Says of every message what routing would, and counts. `asker_for` names the model that may judge a message."""
    examples = list(examples_of(rows))
    said = [_say(row, example, asker_for(example)) for row, example in zip(rows, examples, strict=True)]
    report = Report()
    report.metrics.update(_answers(said))
    report.metrics["region"] = _region(said)
    report.metrics.update(_urgency(said))
    report.metrics.update(_spam(said))
    learned = learned_digests()  # the tagger of personal data is not made anew for a figure
    unseen = [row for row, example in zip(rows, examples, strict=True) if example.digest not in learned]
    report.metrics.update(pii_figures(unseen))
    report.metrics["duplicates_recall_at_5"] = _duplicates(rows)
    milliseconds = rounded(1000 * median([one.seconds for one in said])) if said else None
    report.metrics["milliseconds"] = {"value": milliseconds, "n": len(said)}
    report.notes["rows"] = len(rows)
    report.notes["left_out_for_personal_data"] = len(rows) - len(unseen)
    report.notes["fillers"] = sum(one.example.is_spam is True for one in said)
    return report


def _say(row: dict[str, Any], example: Example, asker: Asker | None) -> Said:
    start = perf_counter()
    place = place_of(example.text, title=example.title)
    suggestion = suggest(
        text=example.text,
        title=example.title,
        channel=example.channel,
        kind=None,
        region_code=place.code,
        asker=asker,
        threshold=USUAL_THRESHOLD,
        on=date.today(),
    )
    return Said(row, example, suggestion, place.code, perf_counter() - start)


def _answers(said: Sequence[Said]) -> Iterator[tuple[str, Figure]]:
    kinds = [(one.suggestion.kind == one.example.kind, 1.0) for one in said if one.example.kind]
    yield "kind", share([right for right, _sure in kinds])
    judged = [
        (_category(one.suggestion) == one.example.category, _sureness(one.suggestion))
        for one in said
        if one.example.category
    ]
    yield "category", share([right for right, _sure in judged])
    surest = sorted(judged, key=lambda one: -one[1])[: round(COVERAGE * len(judged))]
    yield "category_at_70", share([right for right, _sure in surest]) | {"coverage": COVERAGE}
    offered = [right for right, sure in judged if sure >= USUAL_THRESHOLD]
    yield (
        "category_at_threshold",
        share(offered) | {"coverage": rounded(len(offered) / len(judged)) if judged else None},
    )
    levels = [one.suggestion.level == one.example.level for one in said if one.example.level]
    yield "level", share(levels)


def _category(suggestion: Suggestion) -> str | None:
    return suggestion.alternatives[0][0] if suggestion.alternatives else suggestion.category


def _sureness(suggestion: Suggestion) -> float:
    return suggestion.alternatives[0][1] if suggestion.alternatives else float(suggestion.category is not None)


def _region(said: Sequence[Said]) -> Figure:
    """Whether the place was read exactly, None where the text settles none; fillers have no place to read."""
    judged = [one for one in said if "region_code" in one.row and not one.example.is_spam]
    figure = share([one.region == one.example.region_code for one in judged])
    named = sum(one.region is not None for one in judged)
    return figure | {"coverage": rounded(named / len(judged)) if judged else None}


def _urgency(said: Sequence[Said]) -> Iterator[tuple[str, Figure]]:
    judged = [one for one in said if one.example.is_urgent is not None]
    yield from found(
        "urgency",
        [(one.suggestion.danger is not None, bool(one.example.is_urgent)) for one in judged],
    )


def _spam(said: Sequence[Said]) -> Iterator[tuple[str, Figure]]:
    judged = [one for one in said if one.example.is_spam is not None]
    yield from found("spam", [(one.suggestion.is_spam, bool(one.example.is_spam)) for one in judged])


def _duplicates(rows: Sequence[dict[str, Any]]) -> Figure:
    """Of the messages that repeat an earlier one of the file, those for which it is among the five likeliest."""
    place = {row.get("id"): at for at, row in enumerate(rows) if row.get("id")}
    messages = [_message(row) for row in rows]
    leads = {at: place[row["duplicate_of"]] for at, row in enumerate(rows) if row.get("duplicate_of") in place}
    ranking = Ranking(messages)
    near = {at: [other for other, _likeness in ranking.best(at, range(at), NEAR)] for at in leads if leads[at] < at}
    return share([_same(leads, at, others) for at, others in near.items()])


def _message(row: dict[str, Any]) -> Message:
    title = row["title"] if isinstance(row.get("title"), str) else ""
    return Message(text=row["text"], title=title, region_code=place_of(row["text"], title=title).code or "")


def _same(leads: dict[int, int], at: int, near: Sequence[int]) -> bool:
    """A message of the same matter counts, whichever of them it is."""
    first = _first(leads, at)
    return any(_first(leads, other) == first for other in near if other != at)


def _first(leads: dict[int, int], at: int) -> int:
    seen = set()
    while at in leads and at not in seen:
        seen.add(at)
        at = leads[at]
    return at
