"""A synthetic year in the size of the service's own figures of 2016: 62,527 reports of 22,954 users, 53 per cent done,
25 in process, 22 not yet handled (Information Commission of East Kalimantan, 18 November 2016).

Invented from one seed, report by report: each gets a row, a history and limits as real ones have, which are read and
counted by the consumer's own code, but nothing of them is saved except the fact. Facts and counts of the series
`synthetic` never meet those of reports, and every page, file and chart of them says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import TypeVar

from django.db import transaction

from lapor.agencies.models import Agency, Category, Region
from lapor.deadlines.models import Step
from lapor.reports.models import EventKind, Kind, Outcome, Report, State

from .buckets import Bucket
from .count import put
from .facts import Told, fact_of
from .models import Cell, Due, Fact, Series

REPORTS, USERS = 62_527, 22_954
PERCENT = {Bucket.SELESAI: 53, Bucket.PROSES: 25, Bucket.BELUM: 22}
SEED = 1708
CHUNK = 2_000
_T = TypeVar("_T")

_STATES = {
    Bucket.BELUM: ((State.RECEIVED, 70), (State.VERIFIED, 30)),
    Bucket.PROSES: ((State.ASSIGNED, 40), (State.IN_PROGRESS, 33), (State.ANSWERED, 22), (State.OBJECTED, 5)),
    Bucket.SELESAI: ((State.CLOSED, 88), (State.ARCHIVED, 10), (State.WITHDRAWN, 2)),
}
_OUTCOMES = {
    State.CLOSED: ((Outcome.AGREED, 30), (Outcome.SILENCE, 66), (Outcome.OBJECTION_REJECTED, 4)),
    State.ARCHIVED: ((Outcome.ARCHIVED, 1),),
    State.WITHDRAWN: ((Outcome.WITHDRAWN, 80), (Outcome.INCOMPLETE, 20)),
}
_CHANNELS = (("sms", 52), ("web", 25), ("api", 8), ("x", 6), ("facebook", 4), ("counter", 3), ("letter", 2))
_KINDS = ((Kind.COMPLAINT, 78), (Kind.ASPIRATION, 14), (Kind.INFORMATION_REQUEST, 7), (Kind.PROCUREMENT, 1))
# About how many people live there, in millions: what is reported more from where more people are.
_PEOPLE = {
    "11": 5, "12": 15, "13": 6, "14": 7, "15": 4, "16": 9, "17": 2, "18": 9, "19": 2, "21": 2, "31": 11, "32": 50,
    "33": 37, "34": 4, "35": 41, "36": 12, "51": 4, "52": 5, "53": 6, "61": 6, "62": 3, "63": 4, "64": 4, "65": 1,
    "71": 3, "72": 3, "73": 9, "74": 3, "75": 1, "76": 1, "81": 2, "82": 1, "91": 1, "92": 1, "93": 1, "94": 1, "95": 1,
    "96": 1,
}  # fmt: skip


@dataclass
class _World:
    """Where reports can come from and to whom they can go; read once."""

    places: dict[str, list[str]]
    bodies: dict[str, list[int]]
    categories: list[str]


def load(year: int, *, reports: int = REPORTS, users: int = USERS) -> int:
    """Puts the synthetic year in place of the one that is there; returns how many facts. Smaller for tests."""
    facts = _facts(year, reports=reports, users=users)
    with transaction.atomic():
        remove()
        done = 0
        while chunk := list(islice(facts, CHUNK)):
            put(chunk)
            done += len(chunk)
    return done


def remove() -> None:
    """Takes the synthetic year away, facts and counts."""
    for table in (Fact, Cell, Due):
        table._default_manager.filter(series=Series.SYNTHETIC).delete()


def shares(reports: int) -> dict[Bucket, int]:
    """How many reports are in each bucket: the percentages to the nearest report, what is left over not yet handled."""
    counts = {bucket: round(reports * percent / 100) for bucket, percent in PERCENT.items()}
    counts[Bucket.BELUM] = reports - counts[Bucket.SELESAI] - counts[Bucket.PROSES]
    return counts


def _facts(year: int, *, reports: int, users: int) -> Iterator[Fact]:
    rng = Random(f"{SEED} {year}")  # noqa: S311 -- nothing secret
    world = _read()
    buckets = [bucket for bucket, n in shares(reports).items() for _one in range(n)]
    rng.shuffle(buckets)
    new = [True] * users + [False] * (reports - users)
    rng.shuffle(new)
    for number, (bucket, is_new) in enumerate(zip(buckets, new, strict=True), start=1):
        report, told = _life(number, bucket, year, world, rng)
        fact = fact_of(report, told)
        fact.series, fact.is_new_user = Series.SYNTHETIC, is_new
        yield fact


def _life(number: int, bucket: Bucket, year: int, world: _World, rng: Random) -> tuple[Report, Told]:
    state = _one_of(_STATES[bucket], rng)
    region = rng.choice(world.places[_one_of(tuple((code, _PEOPLE.get(code, 1)) for code in world.places), rng)])
    received = _day(year, bucket, rng)
    report = Report(
        pk=-number,
        kind=_one_of(_KINDS, rng),
        channel=_one_of(_CHANNELS, rng),
        visibility="confidential" if rng.random() < 0.06 else "public",
        category_id=rng.choice(world.categories) if world.categories and rng.random() < 0.97 else None,
        region_id=region if rng.random() < 0.98 else None,
        state=state,
        received_at=received,
        active_at=received,
    )
    if state in _OUTCOMES:
        report.outcome = _one_of(_OUTCOMES[state], rng)
    told = Told()
    _steps(report, told, world, rng)
    return report, told


def _steps(report: Report, told: Told, world: _World, rng: Random) -> None:
    """What happened to it, step by step, as far as its state goes."""
    at = report.received_at
    state = State(report.state)
    if state == State.RECEIVED:
        report.holder_id, report.due_at = 1, at + timedelta(days=5)
        return
    if state in {State.ARCHIVED, State.WITHDRAWN} and rng.random() < 0.8:
        report.closed_at = report.active_at = at + _after(rng, 4)
        told.limits.append((Step.VERIFY, at + timedelta(days=5), report.closed_at))
        return
    verified = at + _after(rng, 2)
    told.events.append((EventKind.VERIFIED, verified))
    told.limits.append((Step.VERIFY, at + timedelta(days=5), verified))
    if state == State.VERIFIED:
        report.holder_id, report.due_at = 1, at + timedelta(days=20)
        return
    assigned = verified + _after(rng, 1)
    told.events.append((EventKind.ASSIGNED, assigned))
    report.agency_id = report.holder_id = _body(report.region_id, world, rng)
    if rng.random() < 0.06:
        told.events.append((EventKind.HANDED_BACK, assigned + _after(rng, 3)))
    if state == State.ASSIGNED:
        report.due_at = assigned + timedelta(days=7)
        return
    told.limits.append((Step.RESPOND, assigned + timedelta(days=7), assigned + _after(rng, 4)))
    if state == State.IN_PROGRESS:
        report.due_at = at + timedelta(days=20)
        return
    answered = assigned + _after(rng, 12)
    told.events.append((EventKind.ANSWERED, answered))
    told.limits.append((Step.RESOLVE, at + timedelta(days=20), answered))
    if state == State.OBJECTED or report.outcome == Outcome.OBJECTION_REJECTED or rng.random() < 0.05:
        told.events.append((EventKind.OBJECTED, answered + _after(rng, 4)))
    if state == State.OBJECTED:
        report.due_at = answered + timedelta(days=14)
        return
    if state in {State.CLOSED, State.ARCHIVED, State.WITHDRAWN}:
        silent = report.outcome == Outcome.SILENCE
        report.closed_at = report.active_at = answered + (timedelta(days=10) if silent else _after(rng, 4))
        if not silent and rng.random() < 0.6:
            stars = rng.choice((1, 2, 3, 4, 4, 5, 5))
            told.rating = (stars, stars > 2)


def _read() -> _World:
    places: dict[str, list[str]] = defaultdict(list)
    lowest = Region.objects.filter(level=Region.Level.VILLAGE) or Region.objects.filter(level=Region.Level.REGENCY)
    for code in lowest.order_by("code").values_list("code", flat=True):
        places[code[:2]].append(code)
    bodies: dict[str, list[int]] = defaultdict(list)
    for key, region in Agency.objects.filter(is_active=True).order_by("slug").values_list("pk", "region_id"):
        bodies[region or ""].append(key)
    return _World(dict(places), dict(bodies), list(Category.objects.order_by("slug").values_list("slug", flat=True)))


def _body(region: str | None, world: _World, rng: Random) -> int:
    """One of the regency, else the province, else the nation; the nation's sometimes anyway."""
    code = region or ""
    every = [world.bodies[key] for key in (code[:5], code[:2], "") if key in world.bodies]
    return rng.choice(every[0] if rng.random() < 0.8 else every[-1])


def _one_of(weighted: tuple[tuple[_T, int], ...], rng: Random) -> _T:
    return rng.choices([what for what, _n in weighted], [n for _what, n in weighted])[0]


def _day(year: int, bucket: Bucket, rng: Random) -> datetime:
    """More towards the end of the year, and what is not yet handled mostly came late in it."""
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    power = 0.45 if bucket == Bucket.BELUM else 0.8
    return datetime(year, 1, 1, 3, tzinfo=UTC) + timedelta(days=int(days * rng.random() ** power))


def _after(rng: Random, mean: float) -> timedelta:
    return timedelta(days=rng.expovariate(1 / mean))
