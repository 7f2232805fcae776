"""Who may open a report by today's posts gets an envelope from a colleague who can; nobody else does."""

from __future__ import annotations

import pytest

from lapor.agencies.models import Role
from lapor.audit.models import Entry
from lapor.custody import newcomers
from lapor.reports import case
from lapor.reports.actors import officer
from lapor.reports.models import Report
from lapor.vault.models import Envelope
from tests.cast import MONDAY, Stage, file_report, person


@pytest.fixture
def reports(stage: Stage) -> list[Report]:
    """Three sealed reports, filed before the newcomer came."""
    found = [file_report(kind="whistleblowing", text=f"Pungutan di loket {number}.")[0] for number in range(3)]
    stage.people["newcomer"] = person("newcomer", stage.city_inspectorate, Role.INVESTIGATOR)
    return found


def _locked(stage: Stage, report: Report, name: str = "newcomer") -> bool:
    return case.open_case(stage.officer(name), report.code, now=MONDAY).is_locked


def test_a_newcomer_reads_earlier_reports_after_a_colleague_handed_them_on(stage: Stage, reports: list[Report]) -> None:
    assert all(_locked(stage, report) for report in reports)
    assert len(list(newcomers.waiting(stage.officer("investigator"), on=MONDAY.date()))) == 3
    done = newcomers.hand_on(stage.officer("investigator"), now=MONDAY)
    assert (done.reports, done.envelopes) == (3, 3)
    assert not any(_locked(stage, report) for report in reports)
    assert not list(newcomers.waiting(stage.officer("investigator"), on=MONDAY.date()))


def test_handing_on_goes_on_where_it_stopped_and_twice_changes_nothing(stage: Stage, reports: list[Report]) -> None:
    actor = stage.officer("investigator")
    assert newcomers.hand_on(actor, now=MONDAY, limit=2).reports == 2
    assert newcomers.hand_on(actor, now=MONDAY, limit=2).reports == 1
    assert newcomers.hand_on(actor, now=MONDAY, limit=2).reports == 0
    entries = Entry.objects.filter(act="sealing.handed_on").order_by("id")
    assert [entry.data["reports"] for entry in entries] == [2, 1]


def test_nobody_hands_on_while_locked_and_a_newcomer_has_nothing_to_hand(stage: Stage, reports: list[Report]) -> None:
    locked = officer(stage.people["investigator"], on=MONDAY.date())
    assert newcomers.hand_on(locked, now=MONDAY).envelopes == 0
    assert newcomers.hand_on(stage.officer("newcomer"), now=MONDAY).envelopes == 0
    assert newcomers.hand_on(stage.officer("first"), now=MONDAY).envelopes == 0, "a custodian opens no report"
    assert not Envelope.objects.filter(key__owner_id=stage.people["newcomer"].pk).exists()


def test_an_investigator_of_another_body_gets_nothing(stage: Stage, reports: list[Report]) -> None:
    stage.people["elsewhere"] = person("elsewhere", stage.regency_inspectorate, Role.INVESTIGATOR)
    newcomers.hand_on(stage.officer("investigator"), now=MONDAY)
    assert not Envelope.objects.filter(key__owner_id=stage.people["elsewhere"].pk).exists()
