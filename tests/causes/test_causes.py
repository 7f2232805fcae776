"""The register: who keeps it, what it counts, and that its history stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from lapor.causes import counting, keeping, register
from lapor.causes.models import Candidate, Cause
from lapor.causes.models import Stage as How
from lapor.reports import actions
from lapor.reports.access import NotFound
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned
from tests.desk.office import signed_in

SAID: dict[str, Any] = {
    "title": "Lubang di depan pasar",
    "cause": "Truk di atas batas beban lewat setiap malam dan aspalnya tipis.",
    "measure": "",
    "owner": "Kepala Bidang Bina Marga",
    "due_on": date(2026, 12, 31),
    "measured_on": None,
}


def opened(stage: Stage) -> Cause:
    return keeping.open_entry(
        agency_id=stage.roads.pk, region_code="64.72", category_slug=stage.category.pk, fields=SAID,
        actor=stage.officer("liaison"), now=MONDAY,
    )  # fmt: skip


def test_before_and_after_leave_out_the_month_of_the_measure_and_the_running_one() -> None:
    counts = {date(2026, month, 1): month for month in range(1, 10)}
    found = counting.effect(counts, measured_on=date(2026, 5, 20), first=date(2026, 2, 1), on=date(2026, 9, 3))
    assert found == counting.Effect(before=3.0, after=7.0, months_before=3, months_after=3)
    early = counting.effect(counts, measured_on=date(2026, 8, 1), first=date(2026, 2, 1), on=date(2026, 9, 3))
    assert early is not None and (early.after, early.months_after) == (None, 0)


def test_an_entry_counts_the_open_reports_it_is_about_and_no_secret_one(stage: Stage) -> None:
    reports = [to_assigned(stage, file_report()[0]) for _ in range(3)]
    Report.objects.update(category=stage.category)
    actions.ask_secrecy(
        report_id=reports[0].pk, is_anonymous=False, is_confidential=True, actor=reporter(reports[0]), now=MONDAY
    )
    months = dict(opened(stage).months.values_list("month", "n"))
    assert months[date(2026, 10, 1)] == 2 and months[date(2026, 9, 1)] == 0


def test_what_comes_often_is_a_candidate_until_it_is_an_entry(stage: Stage) -> None:
    for _ in range(counting.LEAST):
        to_assigned(stage, file_report()[0])
    Report.objects.update(category=stage.category)
    assert counting.find_candidates(now=MONDAY) == 1
    one = Candidate.objects.get()
    assert (one.agency, one.n) == (stage.roads, counting.LEAST)
    assert keeping.candidates(stage.officer("stranger")) == []
    cause = opened(stage)
    Cause.objects.filter(pk=cause.pk).update(region=one.region)
    assert counting.find_candidates(now=MONDAY) == 0


def test_only_who_answers_for_a_body_or_guards_it_keeps_its_entries(stage: Stage) -> None:
    cause = opened(stage)
    for who in ("liaison", "admin", "national"):
        assert keeping.find(stage.officer(who), cause.pk) == cause
    for who in ("stranger", "operator", "overseer"):
        with pytest.raises(NotFound):
            keeping.find(stage.officer(who), cause.pk)


def test_a_change_leaves_a_line_of_history_and_nothing_goes_through_over_another(stage: Stage) -> None:
    cause, admin = opened(stage), stage.officer("admin")
    later = {**SAID, "due_on": date(2027, 1, 31), "stage": How.OPEN}
    keeping.change(key=cause.pk, version=1, fields=later, actor=admin, now=MONDAY)
    with pytest.raises(keeping.ChangedMeanwhile):
        keeping.change(key=cause.pk, version=1, fields=later, actor=admin, now=MONDAY)
    entry = register.entry(cause.pk, now=MONDAY)
    assert entry is not None and entry.changes[-1].fields == {"due_on": ["2026-12-31", "2027-01-31"]}
    assert entry.changes[-1].agency == stage.city_inspectorate


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"cause": "Hubungi 081234567890 untuk melihat aspalnya."}, "cause", "personal_data"),
    ({"stage": How.DONE}, "measure", "too_short"),
    ({"stage": How.DONE, "measure": "Aspal ditebalkan dan jembatan timbang dijaga."}, "measured_on", "missing"),
]


def test_what_does_not_do_is_refused_with_its_field(stage: Stage) -> None:
    cause = opened(stage)
    for fields, field, reason in WRONG:
        said = {**SAID, "stage": How.OPEN, **fields}
        with pytest.raises(keeping.Refused) as no:
            keeping.change(key=cause.pk, version=1, fields=said, actor=stage.officer("admin"), now=MONDAY)
        assert (no.value.field, no.value.reason) == (field, reason)


@time_machine.travel(MONDAY, tick=False)
def test_the_pages_open_an_entry_keep_what_was_typed_and_show_it_to_everybody(stage: Stage) -> None:
    client = signed_in(stage.people["liaison"])
    typed = {**SAID, "measured_on": "", "agency": stage.roads.pk, "category": stage.category.pk}
    wrong = client.post("/meja/akar/baru/", {**typed, "due_on": "2026-02-31"})
    assert wrong.status_code == 422 and SAID["cause"] in wrong.content.decode()
    page = client.post("/meja/akar/baru/", typed)["Location"]
    cause = Cause.objects.get()
    done = {**typed, "stage": "done", "version": 1, "measure": "Jembatan timbang dijaga sejak awal bulan."}
    assert client.post(page, {**done, "measured_on": "2026-10-01"}).status_code == 302
    shown = Client().get(f"/akar-masalah/{cause.pk}/").content.decode()
    assert "Jembatan timbang" in shown and "Kepala Bidang Bina Marga" in shown
    assert SAID["title"] in Client().get("/akar-masalah/").content.decode()
