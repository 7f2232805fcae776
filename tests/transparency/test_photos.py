"""Photos beside a public copy: none without a person who looked, and gone with the copy or the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError
from PIL import Image

from lapor.audit.models import Entry
from lapor.reports import actions
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Report, Scan, State
from lapor.transparency import photos
from lapor.transparency.models import Decision, Photo, PublicReport
from lapor.transparency.publish import publish
from tests.cast import MONDAY, Stage, file_report, reporter


def with_photo(report: Report) -> Attachment:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "orange").save(out, "JPEG")
    photo = keep(out, name="foto.jpg", pending=uuid4(), now=MONDAY)
    Attachment.objects.filter(pk=photo.pk).update(report=report, pending=None)
    return photo


@pytest.fixture
def report(stage: Stage) -> Report:
    report = file_report()[0]
    with_photo(report)
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    publish([report.pk])
    return report


def shown(report: Report) -> list[Photo]:
    return list(photos.shown(PublicReport.objects.get(pk=report.pk)))


def decided(stage: Stage, report: Report, decision: Decision = Decision.PUBLISH) -> Photo:
    (asked,) = photos.of_report(report)
    by = stage.people["admin"]
    photos.decide(report.pk, asked.file.key, decision, hidden=[3, 1], by=by, now=MONDAY)
    return Photo.objects.get(report_id=report.pk)


def test_none_is_published_until_somebody_says_so_and_who_said_so_is_on_record(stage: Stage, report: Report) -> None:
    report.refresh_from_db()
    assert shown(report) == []
    photo = decided(stage, report)
    assert [one.key for one in shown(report)] == [photo.key]
    assert Image.open(io.BytesIO(photos.picture(report.code, photo.key))).size == (60, 40)
    entry = Entry.objects.get(act="photo.publish")
    assert (entry.user_id, entry.subject, entry.data["hidden"]) == (
        stage.people["admin"].pk, f"report:{report.code}", 2,
    )  # fmt: skip


def test_a_later_decision_takes_it_back_and_its_address_leads_nowhere(stage: Stage, report: Report) -> None:
    report.refresh_from_db()
    before = decided(stage, report)
    assert bytes(decided(stage, report, Decision.KEEP).picture or b"") == b""
    assert shown(report) == []
    with pytest.raises(photos.NoPhoto):
        photos.picture(report.code, before.key)


def _confidential(stage: Stage, report: Report) -> None:
    who = reporter(report)
    actions.ask_secrecy(report_id=report.pk, is_anonymous=False, is_confidential=True, actor=who, now=MONDAY)


def _withdrawn(stage: Stage, report: Report) -> None:
    actions.withdraw(report_id=report.pk, reason="Sudah beres.", actor=reporter(report), now=MONDAY)
    publish([report.pk])


def _archived(stage: Stage, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(state=State.ARCHIVED, archive_reason="spam")
    publish([report.pk])


def _erased(stage: Stage, report: Report) -> None:
    Attachment.objects.filter(report=report).delete()


def _infected(stage: Stage, report: Report) -> None:
    Attachment.objects.filter(report=report).update(scan=Scan.INFECTED)


@pytest.mark.parametrize(
    "ends", [_confidential, _withdrawn, _archived, _erased, _infected], ids=lambda one: one.__name__
)
def test_it_goes_with_the_copy_or_the_file(stage: Stage, report: Report, ends: Callable[[Stage, Report], None]) -> None:
    report.refresh_from_db()
    photo = decided(stage, report)
    ends(stage, report)
    assert not Photo.objects.exists(), "the bytes too"
    with pytest.raises(photos.NoPhoto):
        photos.picture(report.code, photo.key)


def test_a_hidden_report_has_none_to_decide_on_and_the_database_takes_none(stage: Stage) -> None:
    report = file_report(is_confidential=True)[0]
    file = with_photo(report)
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    report.refresh_from_db()
    with pytest.raises(photos.NotForPublic):
        photos.of_report(report)
    by = stage.people["admin"]
    with pytest.raises(photos.NotForPublic):
        photos.decide(report.pk, file.key, Decision.PUBLISH, hidden=[], by=by, now=MONDAY)
    with pytest.raises(IntegrityError, match="not public"):
        Photo.objects.create(
            attachment_id=file.pk, report_id=report.pk, key=uuid4(), decision="publish", picture=b"x", by=by,
            decided_at=MONDAY,
        )  # fmt: skip


def test_photos_of_another_report_cannot_be_decided_through_this_one(stage: Stage, report: Report) -> None:
    other = with_photo(file_report(text="Lampu jalan mati di depan pasar.")[0])
    with pytest.raises(photos.NotForPublic):
        photos.decide(report.pk, other.key, Decision.PUBLISH, hidden=[], by=stage.people["admin"], now=MONDAY)
