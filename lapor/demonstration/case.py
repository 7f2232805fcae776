"""One sample report on its way: who acts on it, and when the next office hour is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from lapor.accounts.models import User
from lapor.agencies.models import Membership, Role
from lapor.agencies.places import timezone_of
from lapor.deadlines.calendar import calendar_for
from lapor.lib.workdays import add_workdays
from lapor.reports.actors import Officer, Reporter, officer
from lapor.reports.models import Report, Visibility
from lapor.vault.sealing import Private

from .people import SINCE, unlocked
from .samples import Sample

_OPENS = time(8, 30)
_OFFICE_MINUTES = 7 * 60
_MORNING, _NIGHT = 6, 22


class NobodyThere(Exception):
    """The body has nobody with such a role: the demonstration's people do not fit its bodies."""


class Case:
    """A report of the demonstration while its life is played. `now` is moved by `play`."""

    def __init__(self, sample: Sample, *, now: datetime) -> None:
        self.sample = sample
        self.now = now
        self.dice = sample.dice("case")
        self.report: Report
        self.lead: Case | None = None

    def do(self, action: Callable[..., Any], *, by: Officer | Reporter, **words: Any) -> Any:
        """Runs one action of the core on this report, now."""
        result = action(report_id=self.report.pk, actor=by, now=self.now, **words)
        if isinstance(result, Report) and result.pk == self.report.pk:
            self.report = result
        return result

    @property
    def today(self) -> date:
        return self.now.astimezone(timezone_of(self.sample.region_code)).date()

    @property
    def is_filed(self) -> bool:
        return hasattr(self, "report")

    @property
    def reporter(self) -> Reporter:
        return Reporter(report_id=self.report.pk, user_id=self.report.account_id)

    @property
    def admin(self) -> Officer:
        """Who verifies or decides at the body that holds the report."""
        return self._at(self.report.holder_id, Role.ADMIN, Role.NATIONAL)

    @property
    def liaison(self) -> Officer:
        """Who answers for the body that is responsible."""
        return self.liaison_of(self.report.responsible_id)

    def liaison_of(self, agency_id: int | None) -> Officer:
        """Who answers for this body: where nobody else does, its administrator."""
        return self._at(agency_id, Role.LIAISON, Role.PPID, Role.ADMIN, Role.NATIONAL)

    @property
    def operator(self) -> Officer:
        """Who drafts: an operator of the unit that has the report, else the liaison officer."""
        mine = [person for person, unit in self.operators if unit == self.report.unit_id]
        return mine[0] if mine else self.liaison

    @property
    def operators(self) -> list[tuple[Officer, int | None]]:
        """The operators of the body that is responsible, each with their unit; nobody for a sealed report."""
        if self.report.visibility == Visibility.SEALED:
            return []
        return staff().get(self.report.responsible_id or 0, {}).get(Role.OPERATOR, [])

    def _at(self, agency_id: int | None, *roles: Role) -> Officer:
        is_sealed = self.report.visibility == Visibility.SEALED
        found = staff().get(agency_id or 0, {})
        for role in (Role.INVESTIGATOR,) if is_sealed else roles:
            if role in found:
                person = found[role][0][0]
                return replace(person, keys=_keys(person.user_id)) if is_sealed else person
        raise NobodyThere(f"{agency_id} {roles}")

    def workdays(self, least: int, most: int) -> datetime:
        """A moment in office hours, so many working days from now by the calendar of the place."""
        zone = timezone_of(self.sample.region_code)
        calendar = calendar_for(self.sample.region_code)
        day = add_workdays(self.now.astimezone(zone).date(), self.dice.randint(least, most), calendar)
        minutes = timedelta(minutes=self.dice.randint(0, _OFFICE_MINUTES))
        moment = datetime.combine(day, _OPENS, tzinfo=zone) + minutes
        if moment > self.now:
            return moment
        return datetime.combine(add_workdays(day, 1, calendar), _OPENS, tzinfo=zone) + minutes

    def minutes(self, least: int, most: int) -> datetime:
        """Soon, on the same desk."""
        return self.now + timedelta(minutes=self.dice.randint(least, most))

    def days(self, least: float, most: float) -> datetime:
        """A moment that a citizen might choose, so many days from now: in the morning, not at night."""
        return by_day(self.now + timedelta(days=self.dice.uniform(least, most)), self.sample.region_code)


def by_day(moment: datetime, region_code: str | None) -> datetime:
    """The moment itself when the place is awake then, else some hours later."""
    local = moment.astimezone(timezone_of(region_code))
    return local if _MORNING <= local.hour < _NIGHT else local + timedelta(hours=24 - _NIGHT + _MORNING)


@cache
def staff() -> dict[int, dict[str, list[tuple[Officer, int | None]]]]:
    """The demonstration's officers by body and role, each with their unit; read once per load."""
    found: dict[int, dict[str, list[tuple[Officer, int | None]]]] = {}
    posts = Membership.objects.filter(user__is_demonstration=True, ends_on=None).select_related("user")
    for post in posts.order_by("pk"):
        found.setdefault(post.agency_id, {}).setdefault(post.role, []).append((_officer(post.user), post.unit_id))
    return found


@cache
def _officer(user: User) -> Officer:
    return officer(user, on=SINCE)


@cache
def _keys(user_id: int) -> Private | None:
    return unlocked(user_id)


def forget() -> None:
    """Drops what was read, for the next load in the same process."""
    staff.cache_clear()
    _officer.cache_clear()
    _keys.cache_clear()
