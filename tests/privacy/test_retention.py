"""Time takes what was kept long enough, in batches, the same again and again; a legal hold stops it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, transaction

from lapor.notify import queue
from lapor.notify.models import Notice
from lapor.privacy import holds, retention, terms
from lapor.privacy.models import Erasure, Hold, Term
from lapor.privacy.terms import TermRefused
from lapor.reports.models import Event, Report
from lapor.vault.models import Identity
from lapor.worker import keeping
from tests.cast import MONDAY, Stage
from tests.privacy.lives import closed, filed, files, kinds

LATER = MONDAY + timedelta(days=731)


def test_nothing_goes_before_its_time_and_nothing_of_an_open_report_ever(stage: Stage) -> None:
    report, _receipt = closed(stage)
    still_open, _other = filed()
    assert keeping.sweep(now=MONDAY + timedelta(days=729)) == 0
    assert keeping.sweep(now=LATER) > 0
    report.refresh_from_db()
    still_open.refresh_from_db()
    assert report.identity_id is None and files(report) == 0
    assert still_open.identity_id is not None and files(still_open) == 1
    assert kinds(report)[-2:] == ["identity_erased", "files_erased"]


def test_a_second_round_finds_nothing_and_the_log_holds_numbers_and_codes(stage: Stage) -> None:
    report, _receipt = closed(stage)
    while keeping.sweep(now=LATER):
        pass
    before = list(Erasure.objects.order_by("pk").values_list("n", "codes"))
    assert (1, [report.code]) in before
    assert keeping.sweep(now=LATER) == 0
    assert list(Erasure.objects.order_by("pk").values_list("n", "codes")) == before


def test_batches_end_at_their_size_and_go_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for _report in range(3):
        closed(stage)
    rounds = 0
    while retention.sweep({}, now=LATER, limit=2):
        rounds += 1
    assert rounds == 2
    assert not Report.objects.exclude(identity=None).exists()
    assert not Identity.objects.filter(erased_at=None).exists()


def test_a_legal_hold_stops_it(stage: Stage) -> None:
    report, _receipt = closed(stage)
    hold = holds.place(
        report, reason="Perkara berjalan.", reference="12/Pid/2026", until=(LATER + timedelta(days=1)).date(),
        by=stage.people["national"], now=MONDAY, today=MONDAY.date(),
    )  # fmt: skip
    keeping.sweep(now=LATER)
    report.refresh_from_db()
    assert report.identity_id is not None and files(report) == 1
    holds.lift(hold, by=stage.people["national"], now=LATER)
    keeping.sweep(now=LATER)
    report.refresh_from_db()
    assert report.identity_id is None


def test_a_term_of_its_own_kind_goes_before_that_of_any_kind(stage: Stage) -> None:
    terms.add(
        data="identity", kind="complaint", days=3000, must_wait=False, basis="Uji", holds_from=MONDAY.date() + timedelta(1),
        by=stage.people["national"], now=MONDAY, today=MONDAY.date(),
    )  # fmt: skip
    report, _receipt = closed(stage)
    keeping.sweep(now=LATER)
    report.refresh_from_db()
    assert report.identity_id is not None
    keeping.sweep(now=MONDAY + timedelta(days=3001))
    report.refresh_from_db()
    assert report.identity_id is None


def test_a_dry_run_counts_and_changes_nothing(stage: Stage) -> None:
    report, _receipt = closed(stage)
    Report.objects.filter(pk=report.pk).update(closed_at=MONDAY - timedelta(days=800))
    said = io.StringIO()
    call_command("retention", "--dry-run", stdout=said)
    assert "identity: 1, kept 730 days" in said.getvalue()
    assert "nothing was changed" in said.getvalue()
    report.refresh_from_db()
    assert report.identity_id is not None
    call_command("retention", stdout=io.StringIO())
    report.refresh_from_db()
    assert report.identity_id is None


def test_notices_and_sessions_go_by_their_terms(stage: Stage) -> None:
    filed()
    queue.consume(list(Event.objects.select_related("report")))
    Notice.objects.update(state="sent", next_try_at=None)
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=MONDAY - timedelta(days=2))
    Session.objects.create(session_key="y" * 32, session_data="", expire_date=MONDAY + timedelta(hours=1))
    keeping.sweep(now=MONDAY)
    assert Session.objects.get().session_key == "y" * 32
    assert Notice.objects.exists()
    keeping.sweep(now=MONDAY + timedelta(days=366))
    assert not Notice.objects.exists()


def test_a_term_comes_from_a_day_to_come_once_and_with_its_law(stage: Stage) -> None:
    given: dict[str, Any] = {
        "data": "files", "kind": "", "days": 365, "must_wait": False, "basis": "Jadwal retensi uji", "now": MONDAY,
        "holds_from": MONDAY.date() + timedelta(days=7), "by": stage.people["national"], "today": MONDAY.date(),
    }  # fmt: skip
    for wrong, reason in (({"holds_from": MONDAY.date()}, "not_in_future"), ({"basis": " "}, "no_source")):
        with pytest.raises(TermRefused) as refused:
            terms.add(**(given | wrong))
        assert refused.value.reason == reason
    terms.add(**given)
    with pytest.raises(TermRefused) as refused:
        terms.add(**given)
    assert refused.value.reason == "exists_already"
    days = {row.days for row in terms.in_force(on=MONDAY.date()) if row.data == "files"}
    later = {row.days for row in terms.in_force(on=MONDAY.date() + timedelta(days=7)) if row.data == "files"}
    assert (days, later) == ({730}, {365})


def test_terms_holds_and_the_log_cannot_be_rewritten(stage: Stage) -> None:
    report, _receipt = closed(stage)
    holds.place(
        report, reason="x", reference="y", until=MONDAY.date(), by=stage.people["national"], now=MONDAY,
        today=MONDAY.date(),
    )  # fmt: skip
    Erasure.objects.create(term=Term.objects.all()[0], at=MONDAY, cutoff=MONDAY, n=1)
    for model, change in ((Term, {"days": 1}), (Hold, {"reason": "z"}), (Erasure, {"n": 0})):
        rows = model._default_manager.all()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
