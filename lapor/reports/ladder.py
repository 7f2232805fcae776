"""Lateness climbs: who stands on the next rung for one late report, and what is written down when it climbs there.

The table is `deadlines.ladder`. A late report stands on exactly one rung, which is columns of the clock that was
missed first, and always has the date of the next one. A rung without anybody is passed over at once, with the reason in
the event: when lateness climbs, and when whoever stood there is there no more (`vacancies`). Called inside the
transaction of a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership, Role, Unit
from lapor.agencies.oversight import government_of, national_admin, ombudsman
from lapor.agencies.people import held_on, present, someone_must
from lapor.deadlines import exemptions
from lapor.deadlines.ladder import Office, Rung, Skipped, climbs_at, rung_of, table, workdays_after

from . import accused, clockwork, sealing
from .models import Clock, EventKind, Report, Visibility

if TYPE_CHECKING:
    from .change import Change

OWN_TIME = 1  # working days that whoever stands on a rung has at least
REPEAT = 10  # working days after which the highest is asked again
GUARDS = (Office.INSPECTORATE, Office.NATIONAL)  # who from now on may act in the place of the body that is late


@dataclass(frozen=True)
class Place:
    """A rung that somebody stands on. Nobody only at the national administrator, who must appoint somebody then."""

    body: Agency
    unit: Unit | None
    person: User | None


@dataclass(frozen=True)
class Way:
    """Where lateness goes: a rung, who stands there, and which offices were passed over and why."""

    rung: Rung
    place: Place
    skipped: dict[str, str]


def leading(report: Report, *, but: Clock) -> Clock | None:
    """The other late step by which this report stands on the ladder already."""
    others = Clock.objects.filter(report=report, stopped_at=None, is_paused=False, rung__isnull=False)
    return others.exclude(pk=but.pk).first()


def next_rung(clock: Clock) -> Rung | None:
    """The rung above the one where the clock stands; the lowest where it stands on none."""
    rungs = table().get(clock.step, ())
    order = 0 if clock.rung is None else clock.rung + 1
    return rungs[order] if order < len(rungs) else None


def next_at(report: Report, clock: Clock) -> datetime:
    """When lateness climbs on: by the table, but never before a day of work or a date that was given."""
    assert clock.rung_at is not None
    pauses = clockwork.pauses(report, since=clock.due_at)
    above, region = next_rung(clock), report.region_id
    times = [workdays_after(clock.rung_at, OWN_TIME if above else REPEAT, region_code=region, pauses=pauses)]
    if above is not None:
        times.append(climbs_at(above, late_since=clock.due_at, region_code=region, pauses=pauses))
    if clock.ordered_until is not None:
        times.append(clock.ordered_until)
    return max(times)


def climb(change: Change, clock: Clock, *, now: datetime) -> None:
    """Puts a late clock (unsaved) on the next rung where somebody stands; on the highest, asks again."""
    report, today, skipped = change.report, clockwork.day_of(now), dict[str, str]()
    late = body_late(report, clock)
    way = seek(report, late, _above(clock), skipped, on=today)
    if way is not None and (way.place.person is not None or clock.rung is None):
        _stand(change, clock, way)
        return
    _ask_again(change, clock, skipped, now=now)


def seek(report: Report, late: Agency, rungs: Sequence[Rung], skipped: dict[str, str], *, on: date) -> Way | None:
    """The first of these rungs where somebody stands; where there is none, the national administrator's, who must
    appoint somebody. Notes in `skipped` what was passed over and why.
    """
    exempt = exemptions.in_force(late.pk, on=on)
    empty: Way | None = None
    for rung in rungs:
        found = Skipped.EXEMPT if rung.office in exempt else place_of(report, late, rung.office, on=on)
        if isinstance(found, Place):
            if found.person is not None:
                return Way(rung, found, skipped)
            empty, found = Way(rung, found, skipped), Skipped.VACANT
        skipped[rung.office] = Skipped.NOBODY if report.is_shielded else found
    if empty is not None:
        del skipped[empty.rung.office]
    return empty


def moved(report: Report, clock: Clock, *, on: date) -> Way | None:
    """Where a clock on a rung belongs instead, since whoever stood there is there no more; None where it may stay."""
    here = rung_of(clock.step, clock.office)
    return elsewhere(report, body_late(report, clock), here, clock.rung_person_id, on=on) if here else None


def elsewhere(report: Report, late: Agency, here: Rung, person_id: int | None, *, on: date) -> Way | None:
    """To somebody else in the same office, else to the next rung above where somebody stands, else to the highest below
    it; None where this person is there, or nobody is anywhere.
    """
    found = place_of(report, late, here.office, on=on)
    if isinstance(found, Place) and found.person is not None:
        return None if found.person.pk == person_id else Way(here, found, {})
    why = Skipped.VACANT if isinstance(found, Place) else found
    skipped: dict[str, str] = {here.office: Skipped.NOBODY if report.is_shielded else why}
    rungs = table()[here.step]
    way = seek(report, late, [*rungs[here.order + 1 :], *reversed(rungs[: here.order])], skipped, on=on)
    if way is None and isinstance(found, Place):
        way = Way(here, found, {})
    return way if way is not None and (way.place.person is not None or person_id is not None) else None


def move(change: Change, clock: Clock, way: Way) -> None:
    """Puts a clock (unsaved) where it belongs. A successor in the same office gets its time as it runs; another office
    gets its own.
    """
    if way.rung.office != clock.office:
        clock.rung = way.rung.order
        _stand(change, clock, way)
        return
    clock.escalated_to, clock.rung_unit, clock.rung_person = way.place.body, way.place.unit, way.place.person
    if clock.wake_at is None:
        clock.wake_at = next_at(change.report, clock)
    _say_who_waits(change, clock, {})


def settle(change: Change) -> None:
    """Moves every late clock of a report from whoever may not decide on it any more."""
    on = Clock.objects.filter(report=change.report, stopped_at=None, is_paused=False, rung__isnull=False)
    for clock in on.select_related("agency", "escalated_to"):
        way = moved(change.report, clock, on=clockwork.day_of(change.now))
        if way is not None:
            move(change, clock, way)
            clock.save()


def body_late(report: Report, clock: Clock) -> Agency:
    late = clock.agency or report.holder
    assert late is not None  # an open report has a holder: database constraint
    return late


def _above(clock: Clock) -> Sequence[Rung]:
    return table().get(clock.step, ())[0 if clock.rung is None else clock.rung + 1 :]


def _stand(change: Change, clock: Clock, way: Way) -> None:
    rung, place = way.rung, way.place
    clock.rung, clock.office, clock.escalated_to = rung.order, rung.office, place.body
    clock.rung_unit, clock.rung_person, clock.rung_at = place.unit, place.person, change.now
    clock.ordered_until, clock.decision = None, ""
    if rung.office in GUARDS:
        change.report.guardian = place.body  # sees the report and may act on it
    clock.wake_at = next_at(change.report, clock)
    change.record(
        EventKind.ESCALATED,
        step=clock.step,
        to=place.body.pk,
        person=place.person.pk if place.person else None,
        why="overdue",
        office=rung.office,
        next=clock.wake_at.isoformat(),
        skipped=way.skipped,
    )


def _ask_again(change: Change, clock: Clock, skipped: dict[str, str], *, now: datetime) -> None:
    """Nobody is above: whoever decides last is asked again, and the public sees that they were."""
    clock.wake_at = workdays_after(now, REPEAT, region_code=change.report.region_id)
    _say_who_waits(change, clock, skipped)


def _say_who_waits(change: Change, clock: Clock, skipped: dict[str, str]) -> None:
    assert clock.wake_at is not None
    change.record(
        EventKind.RUNG_WAITS,
        step=clock.step,
        to=clock.escalated_to_id,
        person=clock.rung_person_id,
        office=Office(clock.office),
        next=clock.wake_at.isoformat(),
        skipped=skipped,
    )


def place_of(report: Report, late: Agency, office: Office, *, on: date) -> Place | Skipped:
    """Who stands on a rung for this report that day, or why nobody does. The national administrator is never absent."""
    is_sealed = report.visibility == Visibility.SEALED
    if is_sealed and office not in GUARDS:
        return Skipped.NOBODY
    match office:
        case Office.UNIT_HEAD:
            return _head(report, late, report.unit, on=on) if report.unit is not None else Skipped.NONE
        case Office.SUPERIOR:
            return _head(report, late, None, on=on)
        case Office.GOVERNMENT:
            government = government_of(late)
            return _head(report, government, None, on=on) if government not in {None, late} else Skipped.NONE
        case Office.INSPECTORATE:
            above = sealing.above(report, late, on=on)
            is_there = above.pk not in {late.pk, national_admin().pk}
            roles = accused.roles_needed(is_sealed=is_sealed)
            return _one_of(report, above, roles, on=on) if is_there else Skipped.NONE
        case Office.NATIONAL:
            return _national(report, on=on)
        case Office.OMBUDSMAN:
            body = ombudsman()
            return _one_of(report, body, (Role.OVERSEER,), on=on) if body is not None else Skipped.NONE


def _head(report: Report, body: Agency | None, unit: Unit | None, *, on: date) -> Place | Skipped:
    if body is None:
        return Skipped.NONE
    return _first(report, body, unit, held_on(on).filter(agency=body, role=Role.HEAD, unit=unit), on=on)


def _one_of(report: Report, body: Agency, roles: Iterable[str], *, on: date) -> Place | Skipped:
    return _first(report, body, None, held_on(on).filter(agency=body, role__in=list(roles)), on=on)


def _first(
    report: Report, body: Agency, unit: Unit | None, posts: QuerySet[Membership], *, on: date
) -> Place | Skipped:
    people = [post.user for post in posts.select_related("user").order_by("starts_on", "id")]
    if not people:
        return Skipped.VACANT
    here = present(people, at=body, on=on)
    if not here:
        return Skipped.AWAY
    if report.is_shielded:
        absent = accused.absent_user_ids(report_id=report.pk, among=[one.pk for one in here], on=on)
        here = [one for one in here if one.pk not in absent]
    return Place(body, unit, here[0]) if here else Skipped.NOBODY


def _national(report: Report, *, on: date) -> Place:
    """Where nobody is present, whoever holds a post there is named all the same."""
    body = accused.next_able(report, national_admin(), on=on)
    if report.is_shielded or report.visibility == Visibility.SEALED:
        return Place(body, None, accused.somebody(report, body, on=on))
    return Place(body, None, someone_must(body, on=on))
