"""Reading answers of a sample: who may read which, each reading once and for good, and the end of a sample.

Nobody scores what they wrote, sent or worked on themselves. The second reader is another person and does not see the
first reading. Only reports that the reader may see now are read (`access`); those that somebody may not know of by now
are waited for no longer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from lapor.lib.agreement import weighted_kappa
from lapor.lib.intervals import Stratum as Part
from lapor.lib.intervals import stratified_mean
from lapor.reports import access
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move
from lapor.reports.models import Event, EventKind

from .drawing import bodies_of
from .models import Item, Reading, Sample, Score, Stratum
from .rubric import HIGHEST, ON_TIME, most, rubrics, total

WROTE: Final = (EventKind.DRAFTED, EventKind.ANSWERED, EventKind.FOLLOWED_UP, EventKind.DRAFT_RETURNED)


class OwnAnswer(Exception):
    """The reader had a hand in this answer."""


class AlreadyRead(Exception):
    """By this reader, or by as many as are to read it."""


class NotComplete(Exception):
    """A point of the rubric is missing or has no such level; or answers of the sample are still unread."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the reading of a sample is."""

    answers: int
    read: int
    seconds: int
    second_read: int

    @property
    def is_complete(self) -> bool:
        return self.read >= self.answers


def sample_of(actor: Officer, key: int) -> Sample:
    """A sample of a body in whose name the actor guards the quality, or `NotFound`."""
    found = Sample.objects.select_related("agency").filter(pk=key, agency__in=bodies_of(actor)).first()
    if found is None:
        raise access.NotFound(key)
    return found


def items_of(actor: Officer, sample: Sample) -> QuerySet[Item]:
    """What the actor may see of it, in an order that says nothing of the body."""
    may = access.visible(actor).values("pk")
    rows = Item.objects.filter(stratum__sample=sample, report__in=may)
    return rows.select_related("report", "stratum__agency", "message").prefetch_related("readings").order_by("pk")


def item_of(actor: Officer, sample: Sample, key: int) -> Item:
    found = items_of(actor, sample).filter(pk=key).first()
    if found is None:
        raise access.NotFound(key)
    return found


def may_read(actor: Officer, item: Item) -> bool:
    """Whether the actor is the next reader of this answer, and had no hand in it."""
    readings = list(item.readings.all())
    wanted = 2 if item.wants_second else 1
    if len(readings) >= wanted or any(one.reader_id == actor.user_id for one in readings):
        return False
    return not Event.objects.filter(report=item.report_id, kind__in=WROTE, user=actor.user_id).exists()


def may_send_back(actor: Officer, item: Item) -> bool:
    """Whether the actor may send this answer back now."""
    return access.may(actor, Move.SEND_BACK, item.report)


@transaction.atomic
def read(*, sample: Sample, item_id: int, points: Mapping[str, int], actor: Officer, now: datetime) -> Reading:
    """Keeps what the actor gave this answer. Refuses with `NotComplete`, `AlreadyRead`, `OwnAnswer`, `NotFound`."""
    item = item_of(actor, sample, item_id)
    asked = {point.key for point in rubrics()[sample.rubric] if point.by_reader}
    if set(points) != asked or any(value not in range(HIGHEST + 1) for value in points.values()):
        raise NotComplete
    if sample.closed_at is not None or not may_read(actor, item):
        if Event.objects.filter(report=item.report_id, kind__in=WROTE, user=actor.user_id).exists():
            raise OwnAnswer
        raise AlreadyRead
    try:
        with transaction.atomic():
            return Reading.objects.create(
                item=item,
                reader_id=actor.user_id,
                points={**points, ON_TIME: item.on_time},
                is_second=bool(item.readings.all()),
                read_at=now,
            )
    except IntegrityError:
        raise AlreadyRead from None


def progress(sample: Sample) -> Progress:
    rows = Item.objects.filter(stratum__sample=sample, report__is_shielded=False).aggregate(
        answers=Count("pk", distinct=True),
        read=Count("readings", filter=Q(readings__is_second=False)),
        second_read=Count("readings", filter=Q(readings__is_second=True)),
    )
    seconds = Item.objects.filter(stratum__sample=sample, report__is_shielded=False, wants_second=True).count()
    return Progress(seconds=seconds, **rows)


def agreement(sample: Sample) -> tuple[int, float | None]:
    """How many answers two have read, and their weighted kappa over all points that readers give."""
    pairs: list[tuple[int, int]] = []
    both = Item.objects.filter(stratum__sample=sample, readings__is_second=True).prefetch_related("readings")
    keys = [point.key for point in rubrics()[sample.rubric] if point.by_reader]
    for item in both:
        first, second = sorted(item.readings.all(), key=lambda one: one.is_second)
        pairs += [(first.points[key], second.points[key]) for key in keys]
    return len(both), weighted_kappa(pairs, levels=HIGHEST + 1)


@transaction.atomic
def close(*, sample: Sample, actor: Officer, now: datetime) -> list[Score]:
    """Ends the reading and writes the score of every body. Refuses with `NotComplete` while an answer is unread."""
    sample = Sample.objects.select_for_update().get(pk=sample_of(actor, sample.pk).pk)
    if sample.closed_at is not None:
        raise AlreadyRead
    if not progress(sample).is_complete:
        raise NotComplete
    sample.closed_at = now
    sample.save(update_fields=["closed_at"])
    return Score.objects.bulk_create(_scores(sample))


def _scores(sample: Sample) -> list[Score]:
    bodies: dict[int, list[Stratum]] = {}
    for stratum in sample.strata.prefetch_related("items__readings"):
        bodies.setdefault(stratum.agency_id, []).append(stratum)
    found = []
    for agency_id, strata in bodies.items():
        parts = [Part(one.size, tuple(map(total, _given(one)))) for one in strata]
        if not any(part.values for part in parts):
            continue
        mean = stratified_mean(parts, least=0, most=most(sample.rubric))
        found.append(
            Score(
                sample=sample, agency_id=agency_id, answers=sum(one.size for one in strata),
                read=sum(len(part.values) for part in parts), mean=mean.value, low=mean.low, high=mean.high,
                points=_means(strata, sample.rubric),
            )
        )  # fmt: skip
    return found


def _given(stratum: Stratum) -> list[Mapping[str, int]]:
    """The points of each answer that was read: those of the first reader, who was not told of any other."""
    return [one.points for item in stratum.items.all() for one in item.readings.all() if not one.is_second]


def _means(strata: Sequence[Stratum], rubric: str) -> dict[str, float]:
    return {
        point.key: stratified_mean(
            [Part(one.size, tuple(float(given[point.key]) for given in _given(one))) for one in strata],
            least=0,
            most=HIGHEST,
        ).value
        for point in rubrics()[rubric]
    }
