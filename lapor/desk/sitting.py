"""One officer before one case at one moment: what every form of the page is built from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from lapor.agencies.models import Agency
from lapor.disclosure import asking
from lapor.disclosure.models import Request
from lapor.reports.accused import absent_user_ids
from lapor.reports.actors import Officer
from lapor.reports.case import Case
from lapor.reports.lifecycle import Move
from lapor.routing.explain import Suggestion, suggest

from . import choices


@dataclass(kw_only=True)
class Sitting:
    """`looked_for` are the words of an agency that the officer searched without JavaScript."""

    actor: Officer
    case: Case
    now: datetime
    looked_for: str = ""
    template: str = ""
    chosen: str = ""  # the slug of a body picked from the suggestion, without JavaScript

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def agencies(self) -> list[choices.Group]:
        report = self.case.report
        near = choices.agencies_near(report.region_id, on=self.today, proposed=self.proposed)
        return self.found + near

    @property
    def proposed(self) -> list[Agency]:
        """Bodies to choose from first: what is suggested now, and what was when the report came in."""
        now = self.suggestion
        before = self.case.report.proposed_agency
        found = [now.agency if now else None, before, *(now.alternatives if now else ())]
        return list({agency.pk: agency for agency in found if agency is not None}.values())

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """Who should answer, for one who verifies or disposes now; never of a sealed report."""
        report = self.case.report
        is_asked = {Move.VERIFY, Move.ASSIGN} & self.case.moves and report.agency_id is None
        if not is_asked or report.visibility == "sealed" or report.sealed_id is not None:
            return None
        return suggest(
            text=report.text,
            title=report.title,
            kind=report.kind,
            category=report.category_id,
            region_code=report.region_id,
            accused=[one.agency_id for one in self.case.named if one.agency_id is not None],
            returned_by=[one.agency_id for one in self.case.assignments if one.is_lead and one.ended_at],
            named=report.proposed_agency,
            on=self.today,
        )

    @property
    def independent(self) -> list[choices.Group]:
        """The same without bodies that the report names: no work goes there."""
        keys = [one.agency_id for one in self.case.named if one.agency_id is not None]
        named = set(Agency.objects.filter(pk__in=keys).values_list("slug", flat=True)) if keys else set()
        return [(label, [row for row in rows if row[0] not in named]) for label, rows in self.agencies]

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

    @cached_property
    def asked(self) -> Request | None:
        """The officer's own latest request to know an anonymous reporter."""
        return asking.mine(self.actor, self.case.report) if self.case.report.is_anonymous else None

    def people_of(self, agency: Agency) -> list[choices.Choice]:
        """Those of a body who may be given the report: nobody whom something keeps from it."""
        people = choices.people_of(agency, on=self.today)
        report = self.case.report
        if not report.is_shielded:
            return people
        absent = absent_user_ids(report_id=report.pk, among=[int(key) for key, _name in people], on=self.today)
        return [(key, name) for key, name in people if int(key) not in absent]

    @property
    def leads(self) -> bool:
        """Whether the officer sits in the agency that must answer."""
        return self.case.report.responsible_id in self.actor.agency_ids
