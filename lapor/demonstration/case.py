"""One sample report on its way: who acts on it, and when the next office hour is."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership, Role
from lapor.agencies.places import timezone_of
from lapor.deadlines.calendar import calendar_for
from lapor.lib.workdays import add_workdays
from lapor.reports.actors import Officer, Reporter, officer
from lapor.reports.models import Report, Visibility

from .people import SINCE
from .samples import Sample

_ORDER = (Role.ADMIN, Role.NATIONAL, Role.LIAISON, Role.PPID, Role.OPERATOR)


class NobodyThere(Exception):
    """The body has nobody with such a role: the demonstration's people do not fit its bodies."""


class Case:
    """A report of the demonstration while its life is played. `now` is moved by `play`."""

    def __init__(self, sample: Sample, *, now: datetime) -> None:
        self.sample = sample
        self.now = now
        self.dice = random.Random(sample.id)  # noqa: S311 -- the same life at every load
        self.report: Report

    def do(self, action: Callable[..., Any], *, by: Officer | Reporter, **words: Any) -> Any:
        """Runs one action of the core on this report, now."""
        result = action(report_id=self.report.pk, actor=by, now=self.now, **words)
        self.report = result if isinstance(result, Report) else Report.objects.get(pk=self.report.pk)
        return result

    @property
    def reporter(self) -> Reporter:
        return Reporter(report_id=self.report.pk, user_id=self.report.account_id)

    @property
    def admin(self) -> Officer:
        """Who verifies or decides at the body that holds the report."""
        sealed = self.report.visibility == Visibility.SEALED
        return self._at(self.report.holder_id, (Role.INVESTIGATOR,) if sealed else _ORDER)

    @property
    def liaison(self) -> Officer:
        """Who answers for the body that is responsible."""
        if self.report.visibility == Visibility.SEALED:
            return self._at(self.report.responsible_id, (Role.INVESTIGATOR,))
        return self._at(self.report.responsible_id, (Role.LIAISON, Role.PPID, Role.ADMIN, Role.NATIONAL))

    @property
    def operator(self) -> Officer:
        """Who drafts: an operator of the unit that has the report, else the liaison officer."""
        operators = staff().get(self.report.responsible_id or 0, {}).get(Role.OPERATOR, [])
        mine = [person for person, unit in operators if unit == self.report.unit_id]
        return mine[0] if mine and self.report.visibility != Visibility.SEALED else self.liaison

    def _at(self, agency_id: int | None, roles: tuple[Role, ...]) -> Officer:
        found = staff().get(agency_id or 0, {})
        for role in roles:
            if role in found:
                return found[role][0][0]
        raise NobodyThere(f"{agency_id} {roles}")

    def workdays(self, least: int, most: int) -> datetime:
        """A moment in office hours, so many working days from now by the calendar of the place."""
        zone = timezone_of(self.sample.region_code)
        calendar = calendar_for(self.sample.region_code)
        day = add_workdays(self.now.astimezone(zone).date(), self.dice.randint(least, most), calendar)
        moment = datetime.combine(day, time(8, 30), tzinfo=zone) + timedelta(minutes=self.dice.randint(0, 420))
        if moment <= self.now:
            day = add_workdays(day, 1, calendar)
            moment = datetime.combine(day, time(8, 30), tzinfo=zone) + timedelta(minutes=self.dice.randint(0, 420))
        return moment

    def days(self, least: float, most: float) -> datetime:
        """A moment that a citizen might choose, so many days from now, by daylight or in the evening."""
        zone = timezone_of(self.sample.region_code)
        moment = (self.now + timedelta(days=self.dice.uniform(least, most))).astimezone(zone)
        if 6 <= moment.hour < 22:
            return moment
        return moment + timedelta(hours=9)


@lru_cache(maxsize=1)
def staff() -> dict[int, dict[str, list[tuple[Officer, int | None]]]]:
    """The demonstration's officers by body and role, each with their unit; read once per load."""
    found: dict[int, dict[str, list[tuple[Officer, int | None]]]] = {}
    for post in Membership.objects.filter(user__is_demonstration=True, ends_on=None).select_related("user"):
        person = _officer(post.user)
        found.setdefault(post.agency_id, {}).setdefault(post.role, []).append((person, post.unit_id))
    return found


@cache
def _officer(user: User) -> Officer:
    return officer(user, on=SINCE)


@lru_cache(maxsize=1)
def bodies() -> dict[str, Agency]:
    """Every body by its name and by its abbreviation."""
    found: dict[str, Agency] = {}
    for agency in Agency.objects.filter(is_active=True).select_related("region", "parent"):
        found[agency.name] = agency
        found.setdefault(agency.short, agency)
    return found


def forget() -> None:
    """Drops what was read, for the next load in the same process."""
    for held in (staff, _officer, bodies):
        held.cache_clear()
