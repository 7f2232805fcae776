"""The draw: which answers are read, by a seed that is kept and shown, so that anybody with the list can repeat it.

Every answered report of the span that the drawing body gave to others is one ticket; its number is
SHA-256("seed:code"), and of each stratum the lowest numbers are drawn. So one ticket can be checked alone, and what
is sealed or changed later does not move the others. A span is drawn once: nobody draws until the result pleases.

Strata are as fine as at least two drawn answers for each allow: body, unit, category and month; else coarser
(`LEVELS`). Reports that are sealed, or that somebody may not know of, are left out.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from lapor.agencies.models import Role
from lapor.reports import access
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move
from lapor.reports.models import Channel, Message, MessageKind, Report, State, Visibility

from . import flags
from .models import Item, Sample, Stratum
from .rubric import version_on

LEVELS: Final = ("body+unit+category+month", "body+category+month", "body+month", "body")
LEAST_OF_STRATUM: Final = 2
SECOND_SHARE: Final = 5  # every fifth answer is read by two
MOST: Final = 50_000  # answers of one span; more are drawn by shorter spans
SLOWEST: Final = timedelta(days=400)  # between the coming of a report and its answer


class NothingToDraw(Exception):
    """No answer of the span can be drawn."""


class TooMany(Exception):
    """More answers than one draw takes."""


class AlreadyDrawn(Exception):
    """This span was drawn before."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One answered report as the draw sees it."""

    report_id: int
    code: str
    agency_id: int
    unit_id: int | None
    category: str
    month: str

    def stratum(self, by: str) -> str:
        parts = {
            "body": str(self.agency_id),
            "unit": str(self.unit_id or ""),
            "category": self.category,
            "month": self.month,
        }
        return "/".join(parts[name] for name in by.split("+"))


def bodies_of(actor: Officer) -> list[int]:
    """The bodies in whose name the actor guards the quality of others."""
    return sorted(post.agency_id for post in actor.posts if Move.SEND_BACK in access.TABLE[Role(post.role)].moves)


@transaction.atomic
def draw(
    *, agency_id: int, first_day: date, last_day: date, size: int, actor: Officer, now: datetime, seed: str = ""
) -> Sample:
    """Draws about `size` answers (at least two of each body) and keeps how. Refuses with `NothingToDraw`, `TooMany`,
    `AlreadyDrawn`, and with `access.NotFound` who does not guard the quality for this body.
    """
    if agency_id not in bodies_of(actor):
        raise access.NotFound(agency_id)
    tickets = population(agency_id, first_day, last_day)
    if not tickets:
        raise NothingToDraw
    seed = seed or secrets.token_hex(16)
    by = level_for(tickets, size)
    try:
        with transaction.atomic():
            sample = Sample.objects.create(
                agency_id=agency_id, first_day=first_day, last_day=last_day, seed=seed, by=by, size=size,
                rubric=version_on(timezone.localdate(now)), population=len(tickets), digest=digest(tickets),
                drawn_at=now, drawn_by_id=actor.user_id,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyDrawn from None
    _keep(sample, strata_of(tickets, by), chosen(tickets, by=by, size=size, seed=seed))
    return sample


def population(agency_id: int, first_day: date, last_day: date) -> list[Ticket]:
    """Everything that may be drawn, by code. Bounded: read by the index of who verified, and refused above `MOST`."""
    begin, end = _midnight(first_day), _midnight(last_day + timedelta(days=1))
    rows = (
        Report.objects.filter(
            verifier=agency_id,
            received_at__gte=begin - SLOWEST,
            received_at__lt=end,
            answered_at__gte=begin,
            answered_at__lt=end,
            responsible__isnull=False,
            is_shielded=False,
            state__in=[State.ANSWERED, State.CLOSED, State.OBJECTED],
        )
        .exclude(visibility=Visibility.SEALED)
        .exclude(channel=Channel.OPENDATA)
        .exclude(responsible=agency_id)
        .values_list("pk", "code", "responsible", "unit", "category", "answered_at")[: MOST + 1]
    )
    found = [
        Ticket(
            report_id=pk, code=code, agency_id=body, unit_id=unit, category=category or "",
            month=timezone.localtime(at).strftime("%Y-%m"),
        )
        for pk, code, body, unit, category, at in rows
        if body is not None and at is not None
    ]  # fmt: skip
    if len(found) > MOST:
        raise TooMany
    return sorted(found, key=lambda ticket: ticket.code)


def digest(tickets: Iterable[Ticket]) -> str:
    """What all codes together come to, so that a list can be shown to be the one that was drawn from."""
    return hashlib.sha256("\n".join(ticket.code for ticket in tickets).encode()).hexdigest()


def number(seed: str, code: str) -> str:
    """The number of one ticket."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def level_for(tickets: Sequence[Ticket], size: int) -> str:
    """The finest strata of which each can have two answers."""
    for by in LEVELS[:-1]:
        if len({ticket.stratum(by) for ticket in tickets}) * LEAST_OF_STRATUM <= size:
            return by
    return LEVELS[-1]


def strata_of(tickets: Iterable[Ticket], by: str) -> dict[str, list[Ticket]]:
    found: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        found[ticket.stratum(by)].append(ticket)
    return dict(found)


def shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: two of each (or all there are), the rest in proportion by largest remainders."""
    given = {key: min(count, LEAST_OF_STRATUM) for key, count in sizes.items()}
    left = min(size, sum(sizes.values())) - sum(given.values())
    room = {key: sizes[key] - given[key] for key in sizes}
    total = sum(room.values())
    if left <= 0 or total == 0:
        return given
    exact = {key: left * room[key] / total for key in room}
    given = {key: given[key] + int(exact[key]) for key in given}
    left -= sum(int(value) for value in exact.values())
    for key in sorted(exact, key=lambda key: (int(exact[key]) - exact[key], key))[:left]:
        given[key] += 1
    return given


def chosen(tickets: Sequence[Ticket], *, by: str, size: int, seed: str) -> list[Ticket]:
    """What this seed draws. The same tickets, strata, size and seed give the same answer, in any order."""
    strata = strata_of(tickets, by)
    counts = shares({key: len(ones) for key, ones in strata.items()}, size)
    return [
        ticket
        for key in sorted(strata)
        for ticket in sorted(strata[key], key=lambda one: number(seed, one.code))[: counts[key]]
    ]


def differences(sample: Sample) -> list[str] | None:
    """The draw again from what could be drawn today: codes that one of the two has and the other not; None when the
    list itself is another one by now (sealed, or answered anew), so that it cannot be compared whole.
    """
    tickets = population(sample.agency_id, sample.first_day, sample.last_day)
    if digest(tickets) != sample.digest:
        return None
    drawn = set(Item.objects.filter(stratum__sample=sample).values_list("report__code", flat=True))
    again = {one.code for one in chosen(tickets, by=sample.by, size=sample.size, seed=sample.seed)}
    return sorted(drawn ^ again)


def _keep(sample: Sample, strata: Mapping[str, Sequence[Ticket]], drawn: Sequence[Ticket]) -> None:
    rows = {
        key: Stratum(sample=sample, key=key, agency_id=ones[0].agency_id, size=len(ones))
        for key, ones in strata.items()
    }
    Stratum.objects.bulk_create(rows.values())
    answers = {
        message.report_id: message
        for message in Message.objects.filter(
            report__in=[one.report_id for one in drawn], kind=MessageKind.ANSWER
        ).order_by("report", "id")
    }
    hints = flags.of_answers(answers)
    late = flags.punctuality(answers)
    Item.objects.bulk_create(
        Item(
            stratum=rows[one.stratum(sample.by)],
            report_id=one.report_id,
            message=answers[one.report_id],
            wants_second=int(number(sample.seed, f"second:{one.code}"), 16) % SECOND_SHARE == 0,
            flags=hints[one.report_id],
            on_time=late[one.report_id],
        )
        for one in drawn
        if one.report_id in answers
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
