"""Filing a report: one way in, durable, idempotent, always with a body and a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lapor.lib.codes import is_code
from lapor.reports import actions
from lapor.reports.change import Incomplete
from lapor.reports.models import Attachment, Clock, Event, Report
from lapor.reports.submission import IdempotencyMismatch
from lapor.vault.models import Identity
from tests.cast import MONDAY, Stage, file_report, submission


def test_a_filed_report_has_a_code_a_body_and_two_running_clocks(stage: Stage) -> None:
    report, receipt = file_report()
    assert is_code(receipt.code)
    assert len(receipt.pin) == 8
    assert report.holder == report.verifier == stage.city_inspectorate
    clocks = {clock.step: clock for clock in Clock.objects.filter(report=report)}
    assert set(clocks) == {"verify", "resolve"}
    assert clocks["verify"].due_at == receipt.verify_by == report.due_at
    assert clocks["resolve"].due_at == receipt.answer_by
    assert list(Event.objects.filter(report=report).values_list("kind", flat=True)) == ["received"]


def test_a_report_from_an_unconnected_region_goes_to_the_nearest_connected_inspectorate(stage: Stage) -> None:
    report, _receipt = file_report(region_code="64.02")
    assert report.holder == stage.province_inspectorate


def test_a_report_without_a_place_goes_to_the_national_administrator(stage: Stage) -> None:
    report, _receipt = file_report(region_code=None)
    assert report.holder == stage.national


def test_the_same_key_and_content_give_the_same_code_and_pin(stage: Stage) -> None:
    key = "kunci-uji-0123456789"
    first = actions.submit(submission(idempotency_key=key), now=MONDAY)
    again = actions.submit(submission(idempotency_key=key), now=MONDAY + timedelta(minutes=1))
    assert (again.code, again.pin, again.is_repeat) == (first.code, first.pin, True)
    assert Report.objects.count() == 1


def test_the_same_key_with_other_content_is_refused(stage: Stage) -> None:
    key = "kunci-uji-0123456789"
    actions.submit(submission(idempotency_key=key), now=MONDAY)
    with pytest.raises(IdempotencyMismatch):
        actions.submit(submission(idempotency_key=key, text="Laporan lain sama sekali, cukup panjang."), now=MONDAY)
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), ("terlalu pendek", "too_short"), ("x" * 20_001, "too_long")]
)
def test_a_report_that_says_nothing_or_too_much_is_refused(stage: Stage, text: str, reason: str) -> None:
    with pytest.raises(Incomplete) as refused:
        actions.submit(submission(text=text), now=MONDAY)
    assert (refused.value.field, refused.value.reason) == ("text", reason)


def test_whistleblowing_is_sealed_and_anonymous_whatever_was_ticked(stage: Stage) -> None:
    report, _receipt = file_report(kind="whistleblowing", is_anonymous=False)
    assert report.visibility == "sealed"
    assert report.is_anonymous


def test_identity_and_pin_are_nowhere_in_clear(stage: Stage) -> None:
    report, receipt = file_report(name="Kenari Uji Rahasia", phone="081299998888")
    row = str(Report.objects.filter(pk=report.pk).values())
    for secret in ("Kenari", "81299998888", receipt.pin):
        assert secret not in row
    assert receipt.pin not in repr(receipt)
    assert "Kenari" not in repr(submission(name="Kenari Uji Rahasia"))


def test_a_repeat_leaves_nothing_behind(stage: Stage) -> None:
    for minute in range(2):
        actions.submit(submission(idempotency_key="kunci-uji-0123456789"), now=MONDAY + timedelta(minutes=minute))
    counted = [model.objects.count() for model in (Report, Clock, Event, Identity)]
    assert counted == [1, 2, 1, 1]


def test_a_repeat_is_known_even_when_its_files_were_taken_by_the_first(stage: Stage) -> None:
    photo = Attachment.objects.create(
        key=uuid4(), pending=uuid4(), stored_as="uji", kind="image", content_type="image/jpeg", name="foto.jpg",
        size=1, added_at=MONDAY,
    )  # fmt: skip
    sent = submission(text="", idempotency_key="kunci-uji-0123456789", attachment_ids=(photo.pk,))
    first = actions.submit(sent, now=MONDAY)
    photo.refresh_from_db()
    assert (photo.report_id, photo.pending) == (Report.objects.get(code=first.code).pk, None)
    again = actions.submit(replace(sent, attachment_ids=()), now=MONDAY)
    assert (again.code, again.is_repeat) == (first.code, True)


def test_a_file_of_another_report_is_not_taken(stage: Stage) -> None:
    report, _receipt = file_report()
    theirs = Attachment.objects.create(
        key=uuid4(), report=report, stored_as="uji", kind="image", content_type="image/jpeg", name="foto.jpg",
        size=1, added_at=MONDAY,
    )  # fmt: skip
    file_report(attachment_ids=(theirs.pk,))
    theirs.refresh_from_db()
    assert theirs.report == report
