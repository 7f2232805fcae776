"""One officer before one case at one moment: what every form of the page is built from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from lapor.reports.actors import Officer
from lapor.reports.case import Case

from . import choices


@dataclass(kw_only=True)
class Sitting:
    """`looked_for` are the words of an agency that the officer searched without JavaScript."""

    actor: Officer
    case: Case
    now: datetime
    looked_for: str = ""
    template: str = ""

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def agencies(self) -> list[choices.Group]:
        report = self.case.report
        near = choices.agencies_near(report.region_id, on=self.today, proposed=report.proposed_agency)
        return self.found + near

    @cached_property
    def found(self) -> list[choices.Group]:
        """Bodies that the officer searched for by name."""
        if not self.looked_for:
            return []
        rows = [(agency.slug, choices.name_of(agency, on=self.today)) for agency in choices.search(self.looked_for)]
        return [(self.looked_for, rows)] if rows else []

    @cached_property
    def admins(self) -> list[choices.Choice]:
        return choices.admins_near(self.case.report.region_id, on=self.today)

    @property
    def leads(self) -> bool:
        """Whether the officer sits in the agency that must answer."""
        return self.case.report.responsible_id in self.actor.agency_ids
