"""Accused means absent: which reports an officer may not know of, and who is left to act on one.

Whom a report names, and who stepped aside, is written on it as marks; `agencies.nearness` says who carries which. Here
the two meet: as one condition of `access` for every list, and as the choice of people and bodies for everything else.
Only reports with `is_shielded` have marks, so that all others cost nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from lapor.accounts.models import User
from lapor.agencies import nearness
from lapor.agencies.models import Agency, Role, Unit
from lapor.agencies.oversight import independent_bodies, national_admin, next_admin_above
from lapor.agencies.people import held_on, officers_of, receiver_for
from lapor.vault.investigators import holders_with_keys
from lapor.vault.pins import blind_index

from .models import Report, Shield, Visibility
from .submission import Accused

if TYPE_CHECKING:
    from .actors import Officer

TRIAGE = (Role.ADMIN, Role.NATIONAL)
ANSWERING = (Role.LIAISON, Role.PPID, *TRIAGE)
EXAMINING = (Role.INVESTIGATOR,)


def digests(marks: Iterable[str]) -> frozenset[bytes]:
    """What is stored in place of the marks."""
    return frozenset(blind_index(mark, purpose="shield") for mark in marks)


def marks_of(user_ids: Collection[int], *, on: date) -> dict[int, frozenset[bytes]]:
    """The marks that each of these people carries that day."""
    return {key: digests(marks) for key, marks in nearness.carried_by(user_ids, on=on).items()}


def marks_of_one(user_id: int, *, stands_in_for: Collection[int], on: date) -> frozenset[bytes]:
    """The marks of one person of whom it is known whom they stand in for."""
    return digests(nearness.carried_by_one(user_id, stands_in_for=stands_in_for, on=on))


def marks_against(named: Iterable[Accused], *, on: date) -> frozenset[bytes]:
    """The marks for a report that names these. Of each the nearest that is known counts; a name that officers bear
    counts for each of them, too.
    """
    marks: set[str] = set()
    for one in named:
        agency = Agency.objects.filter(pk=one.agency_id).first() if one.agency_id is not None else None
        if one.officer_id is not None:
            marks |= nearness.of_officer(User.objects.get(pk=one.officer_id), on=on)
        elif one.unit_id is not None:
            marks |= nearness.of_unit(Unit.objects.get(pk=one.unit_id))
        elif agency is not None:
            marks |= nearness.of_body(agency)
        for person in nearness.people_called(one.name, at=agency) if one.name else ():
            marks |= nearness.of_officer(person, on=on)
    return digests(marks)


def marks_aside(user_id: int) -> frozenset[bytes]:
    """The mark for a report from which this officer steps aside."""
    return digests(nearness.of_one_who_stepped_aside(user_id))


def marks_on(report_id: int) -> frozenset[bytes]:
    """The marks that a report has now."""
    return frozenset(bytes(mark) for mark in Shield.objects.filter(report=report_id).values_list("mark", flat=True))


def open_to(actor: Officer) -> Q:
    """The condition of every list: no report from which something keeps this officer.

    The few marked reports are looked up once for a statement, and only when it meets a marked one: no list loses its
    index.
    """
    kept_from = Shield.objects.filter(mark__in=sorted(actor.marks)).values("report")
    return Q(is_shielded=False) | ~Q(pk__in=kept_from)


def absent_among(user_ids: Collection[int], marks: frozenset[bytes], *, on: date) -> frozenset[int]:
    """Those of these people whom such marks keep away, also from a report that is only about to be filed."""
    if not (marks and user_ids):
        return frozenset()
    return frozenset(key for key, carried in marks_of(user_ids, on=on).items() if carried & marks)


def absent_user_ids(*, report_id: int, among: Collection[int], on: date) -> frozenset[int]:
    """Those of these people who may not know of the report: not told of it, not chosen for it, no holder of its key."""
    return absent_among(among, marks_on(report_id), on=on)


def is_absent(*, report_id: int, user_id: int, on: date) -> bool:
    """Whether something keeps this person from the report that day."""
    return bool(absent_user_ids(report_id=report_id, among=[user_id], on=on))


def people_able(body_id: int, roles: Collection[str], marks: frozenset[bytes], *, on: date) -> frozenset[int]:
    """The people of a body who hold one of the roles, can open what they must, and whom nothing keeps away."""
    held = set(held_on(on).filter(agency=body_id, role__in=roles).values_list("user_id", flat=True))
    if roles == EXAMINING:  # without a key nobody opens what is sealed
        held = set(holders_with_keys(held))
    return frozenset(held - absent_among(held, marks, on=on))


def roles_needed(*, is_sealed: bool, answers: bool = False) -> tuple[Role, ...]:
    """Who can take a report further at a body that verifies or decides, or at one that answers."""
    if is_sealed:
        return EXAMINING
    return ANSWERING if answers else TRIAGE


def can_take(report: Report, body: Agency, *, on: date, answers: bool = False) -> bool:
    """Whether somebody at this body may act on the report. Of one that names nobody that is taken for granted."""
    if not report.is_shielded:
        return True
    roles = roles_needed(is_sealed=report.visibility == Visibility.SEALED, answers=answers)
    return bool(people_able(body.pk, roles, marks_on(report.pk), on=on))


def somebody(report: Report, body: Agency, *, on: date, answers: bool = False) -> User | None:
    """A person of the body who directs the work, is there that day and whom nothing keeps from the report."""
    roles = roles_needed(is_sealed=report.visibility == Visibility.SEALED, answers=answers)
    able = people_able(body.pk, roles, marks_on(report.pk), on=on)
    return next((person for person in officers_of(body, roles, on=on) if person.pk in able), None)


def is_near(report: Report, body: Agency, *, unit: Unit | None = None) -> bool:
    """Whether the report names this body, what directs it, or this unit of it: no letter and no work goes there."""
    if not report.is_shielded:
        return False
    own = {f"body:{body.pk}", f"lead:{body.pk}"} if unit is None else {f"body:{body.pk}", f"unit:{unit.pk}"}
    return bool(digests(own) & marks_on(report.pk))


def may_answer(report: Report, body: Agency, *, through: Agency, on: date) -> bool:
    """Whether a report can be given to this body, for which `through` works here (itself when it is connected)."""
    return not is_near(report, body) and can_take(report, through, on=on, answers=True)


def receiver(
    *, region_code: str | None, category: str | None, marks: frozenset[bytes], is_sealed: bool, on: date
) -> Agency:
    """The body that examines a report which accuses somebody: the first that is independent and where somebody can.

    Where nobody in the whole country is left, the national administrator has to see to it that somebody is appointed.
    """
    return first_able(
        independent_bodies(region_code, category=category, on=on),
        roles_needed(is_sealed=is_sealed),
        marks,
        on=on,
    )


def verifier_of(
    *, region_code: str | None, category: str | None, accused: Collection[Accused], is_sealed: bool, on: date
) -> Agency:
    """The body that verifies a new report: the one of its place, or an independent one where it accuses somebody."""
    if not accused:
        return receiver_for(region_code, is_sealed=is_sealed, on=on)
    marks = marks_against(accused, on=on)
    return receiver(region_code=region_code, category=category, marks=marks, is_sealed=is_sealed, on=on)


def next_able(report: Report, body: Agency, *, on: date) -> Agency:
    """This body, or the next one above it where somebody may act on the report; at last any independent one."""
    if not report.is_shielded:
        return body
    return first_able(
        _upwards(report, body, on=on),
        roles_needed(is_sealed=report.visibility == Visibility.SEALED),
        marks_on(report.pk),
        on=on,
    )


def first_able(bodies: Iterable[Agency], roles: Collection[str], marks: frozenset[bytes], *, on: date) -> Agency:
    """The first of these bodies where somebody may act; the national administrator where nobody may anywhere."""
    return next((body for body in bodies if people_able(body.pk, roles, marks, on=on)), national_admin())


def _upwards(report: Report, body: Agency, *, on: date) -> Iterator[Agency]:
    seen = set()
    while body.pk not in seen:
        seen.add(body.pk)
        yield body
        body = next_admin_above(body, on=on)
    yield from independent_bodies(report.region_id, category=report.category_id, on=on)
