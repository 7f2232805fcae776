"""An identity goes at once and for good where the law lets it; the report goes on without it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from lapor.notify import queue, send
from lapor.privacy import correcting, erasing, holds
from lapor.privacy.erasing import ErasureRefused
from lapor.reports import actions
from lapor.reports.change import Incomplete
from lapor.reports.models import Event, Message, Report
from lapor.transparency import publish
from lapor.transparency.models import PublicReport
from lapor.vault import identities
from lapor.vault.models import Identity
from tests.cast import MONDAY, Stage, reporter
from tests.privacy.lives import EMAIL, MARKS, NAME, PHONE, closed, filed, files, kinds


def test_an_open_report_goes_on_as_an_anonymous_one_and_keeps_its_files(stage: Stage) -> None:
    report, _receipt = filed(shows_name=True)
    key = report.identity_id
    assert key is not None
    assert erasing.outlook(report, now=MONDAY).goes_on
    assert erasing.erase(reporter(report), now=MONDAY) == 1
    report.refresh_from_db()
    assert (report.identity_id, report.is_anonymous, report.shows_name) == (None, True, False)
    assert report.is_open and files(report) == 1
    assert identities.reveal(key) is None
    assert Identity.objects.get(pk=key).sealed is None, "the row stays as a tombstone, without its content"
    assert kinds(report)[-1] == "identity_erased"


def test_the_name_leaves_every_text_with_the_identity(stage: Stage) -> None:
    report, _receipt = closed(stage)
    erasing.erase(reporter(report), now=MONDAY)
    report.refresh_from_db()
    said = " ".join([report.title, report.text, report.place, *Message.objects.values_list("text", flat=True)])
    assert "Lampu jalan di depan rumah" in said, "the content stays"
    assert not any(mark in said for mark in MARKS)


def test_the_published_copy_stays_without_the_name(stage: Stage) -> None:
    report, _receipt = closed(stage, shows_name=True)
    publish.consume(list(Event.objects.order_by("id")))
    before = PublicReport.objects.get(code=report.code)
    erasing.erase(reporter(report), now=MONDAY)
    publish.consume(list(Event.objects.order_by("id")))
    after = PublicReport.objects.get(code=report.code)
    assert "Lampu jalan" in after.text and "Lampu jalan" in before.text
    assert not any(mark in str(vars(after)) for mark in MARKS)


def test_an_ended_report_loses_its_files_too(stage: Stage) -> None:
    report, _receipt = closed(stage)
    erasing.erase(reporter(report), now=MONDAY)
    assert files(report) == 0
    gone = Event.objects.get(report=report, kind="files_erased")
    assert gone.data == {"n": 1, "why": "request"}


def test_an_information_request_must_wait_for_its_end_and_says_which_law(stage: Stage) -> None:
    report, _receipt = filed(kind="information_request")
    with pytest.raises(ErasureRefused) as refused:
        erasing.erase(reporter(report), now=MONDAY)
    assert refused.value.reason == "must_wait"
    assert "UU 14/2008" in refused.value.basis
    report.refresh_from_db()
    assert report.identity_id is not None
    actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    assert erasing.erase(reporter(report), now=MONDAY) == 1


def test_a_legal_hold_stops_it_until_it_ends(stage: Stage) -> None:
    report, _receipt = filed()
    hold = holds.place(
        report, reason="Perkara berjalan.", reference="12/Pid/2026", until=(MONDAY + timedelta(days=9)).date(),
        by=stage.people["national"], now=MONDAY, today=MONDAY.date(),
    )  # fmt: skip
    with pytest.raises(ErasureRefused) as refused:
        erasing.erase(reporter(report), now=MONDAY)
    assert refused.value.reason == "legal_hold"
    assert erasing.outlook(report, now=MONDAY + timedelta(days=10)).may
    holds.lift(hold, by=stage.people["national"], now=MONDAY)
    assert erasing.erase(reporter(report), now=MONDAY) == 1


def test_two_reports_of_one_person_lose_it_together(stage: Stage) -> None:
    report, _receipt = filed()
    actions.split(
        report_id=report.pk, title="Trotoar", text="Trotoar di depan pasar juga rusak berat.",
        actor=stage.officer("admin"), now=MONDAY,
    )  # fmt: skip
    assert erasing.erase(reporter(report), now=MONDAY) == 2
    assert not Report.objects.exclude(identity=None).exists()
    assert Identity.objects.get().erased_at == MONDAY


def test_one_that_lets_go_by_time_leaves_the_identity_to_the_other(stage: Stage) -> None:
    report, _receipt = filed()
    part = actions.split(
        report_id=report.pk, title="Trotoar", text="Trotoar di depan pasar juga rusak berat.",
        actor=stage.officer("admin"), now=MONDAY,
    )  # fmt: skip
    other = Report.objects.exclude(pk=report.pk).get()
    assert part is not None
    actions.erase_identity(report_id=report.pk, why="time", actor=reporter(report), now=MONDAY)
    assert other.identity_id is not None
    person = identities.reveal(other.identity_id)
    assert person is not None and person.name == NAME


def test_nobody_is_written_to_after_it(stage: Stage) -> None:
    report, _receipt = filed()
    queue.consume(list(Event.objects.select_related("report")))
    erasing.erase(reporter(report), now=MONDAY)
    queue.consume(list(Event.objects.select_related("report")))
    while send.deliver(now=MONDAY):
        pass
    assert not any(EMAIL in letter.to for letter in mail.outbox)


def test_correcting_replaces_what_is_kept_and_history_says_only_that(stage: Stage) -> None:
    report, _receipt = filed()
    correcting.correct(reporter(report), name="Nuri Uji", phone="+6281300001111", email="", now=MONDAY)
    report.refresh_from_db()
    person = correcting.known(report)
    assert (person.name, person.phone, person.email) == ("Nuri Uji", "+6281300001111", "")
    event = Event.objects.get(report=report, kind="identity_corrected")
    assert event.data == {}
    with pytest.raises(Incomplete):
        correcting.correct(reporter(report), name=" ", phone="", email="", now=MONDAY)


def test_who_left_no_name_may_give_one_later_also_after_erasing(stage: Stage) -> None:
    report, _receipt = filed()
    erasing.erase(reporter(report), now=MONDAY)
    correcting.correct(reporter(report), name=NAME, phone=PHONE, email="", now=MONDAY)
    report.refresh_from_db()
    assert correcting.known(report).name == NAME
    assert report.is_anonymous, "the name given later stays hidden"
