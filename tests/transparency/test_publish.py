from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from lapor.reports import actions
from lapor.reports.models import Report
from lapor.transparency import shelf
from lapor.transparency.models import PublicEvent, PublicReport
from tests.cast import ANSWER, MONDAY, TEXT, Stage, file_report, reporter, to_answered, to_assigned
from tests.transparency.steps import copy_of, read_all


def test_a_report_is_published_only_after_an_officer_has_read_it(stage: Stage) -> None:
    report, _ = file_report()
    read_all()
    assert copy_of(report.code) is None

    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    read_all()

    copy = copy_of(report.code)
    assert copy is not None
    assert copy.text == TEXT
    assert (copy.bucket, copy.province, copy.regency) == ("belum", "64", "64.72")


def test_the_copy_shows_no_name_and_masks_it_in_the_text(stage: Stage) -> None:
    report, _ = file_report(name="Zulkarnaen Uji", text=f"Saya Zulkarnaen Uji, telepon 081299887766. {TEXT}")
    to_assigned(stage, report)
    read_all()

    copy = copy_of(report.code)
    assert copy is not None
    shown = " ".join(str(getattr(copy, field.attname)) for field in PublicReport._meta.concrete_fields)
    for secret in ("Zulkarnaen", "zulkarnaen", "081299887766", "99887766"):
        assert secret not in shown
    assert copy.reporter == "Anonim"


def test_a_reporter_who_chose_to_is_shown_by_name(stage: Stage) -> None:
    report, _ = file_report(name="Zulkarnaen Uji", shows_name=True)
    to_assigned(stage, report)
    read_all()
    assert copy_of(report.code).reporter == "Zulkarnaen Uji"  # type: ignore[union-attr]


def test_choosing_anonymity_later_takes_the_name_off_at_once(stage: Stage) -> None:
    report, _ = file_report(name="Zulkarnaen Uji", shows_name=True)
    to_assigned(stage, report)
    read_all()
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=True, is_confidential=False, actor=reporter(report), now=MONDAY
    )
    assert copy_of(report.code).reporter_label == ""  # type: ignore[union-attr]


@pytest.mark.parametrize("changes", [{"is_confidential": True}, {"kind": "whistleblowing"}])
def test_a_secret_report_is_never_published(stage: Stage, changes: dict[str, Any]) -> None:
    report, _ = file_report(**changes)
    Report.objects.filter(pk=report.pk).update(verified_at=MONDAY, state="verified")
    read_all()
    assert copy_of(report.code) is None
    assert not PublicEvent.objects.exists()


def test_asking_for_secrecy_removes_the_copy_in_the_same_transaction(stage: Stage) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    read_all()
    assert copy_of(report.code) is not None
    assert PublicEvent.objects.exists()

    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=False, is_confidential=True, actor=reporter(report), now=MONDAY
    )

    assert copy_of(report.code) is None
    assert not PublicEvent.objects.exists()
    read_all()
    assert copy_of(report.code) is None


def test_the_reporter_may_lift_the_secrecy_again(stage: Stage) -> None:
    report, _ = file_report(is_confidential=True)
    to_assigned(stage, report)
    read_all()
    actions.lift_secrecy(report_id=report.pk, actor=reporter(report), now=MONDAY)
    read_all()
    assert copy_of(report.code) is not None


def test_the_database_refuses_a_copy_of_a_secret_report(stage: Stage) -> None:
    public, _ = file_report()
    secret, _ = file_report(is_confidential=True)
    to_assigned(stage, public)
    read_all()
    copy = copy_of(public.code)
    assert copy is not None
    copy.report_id, copy.code = secret.pk, secret.code
    with pytest.raises(DatabaseError, match="not public"), transaction.atomic():
        copy.save(force_insert=True)


def test_a_withdrawn_report_is_removed(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    read_all()
    assert copy_of(report.code) is None


def test_an_archived_report_is_an_empty_page_with_its_reason(stage: Stage) -> None:
    report, _ = file_report()
    actions.archive(
        report_id=report.pk,
        reason="too_general",
        explanation="Mohon sebutkan tempat dan waktunya, lalu laporkan lagi.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    read_all()
    copy = copy_of(report.code)
    assert copy is not None
    assert (copy.title, copy.text, copy.place, copy.words) == ("", "", "", "")
    assert copy.archive_reason == "too_general"
    assert {line.text for line in shelf.timeline(copy)} == {""}


def test_the_timeline_has_the_answer_and_not_the_talk_between(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    operator = stage.officer("liaison")
    actions.note(report_id=report.pk, text="CATATANDALAM", actor=operator, now=MONDAY)
    actions.hold(report_id=report.pk, question="PERTANYAANDALAM di mana?", actor=operator, now=MONDAY)
    actions.reply(report_id=report.pk, text="BALASANDALAM", actor=reporter(report), now=MONDAY)
    read_all()
    copy = copy_of(report.code)
    assert copy is not None
    lines = shelf.timeline(copy)
    words = " ".join(line.text for line in lines)
    for inner in ("CATATANDALAM", "PERTANYAANDALAM", "BALASANDALAM"):
        assert inner not in words
    assert [line.kind for line in lines] == ["received", "verified", "assigned", "held", "replied", "resumed"]


def test_the_published_answer_says_who_did_what_when(stage: Stage) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    actions.agree(report_id=report.pk, actor=reporter(report), now=MONDAY)
    actions.rate(report_id=report.pk, stars=4, dealt_with=True, actor=reporter(report), now=MONDAY)
    read_all()
    copy = copy_of(report.code)
    assert copy is not None
    answer = next(line for line in shelf.timeline(copy) if line.kind == "answered")
    assert answer.text == ANSWER
    assert (answer.done_by, answer.done_on, answer.agency) == ("Bidang Bina Marga", MONDAY.date(), stage.roads)
    assert (copy.state, copy.bucket, copy.outcome, copy.stars) == ("closed", "selesai", "agreed", 4)


def test_no_line_of_the_timeline_names_an_officer(stage: Stage) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    read_all()
    shown = str(list(PublicEvent.objects.values()))
    assert "Petugas Uji" not in shown
    assert "uji.invalid" not in shown


def test_a_joined_report_is_counted_with_its_lead_and_not_shown(stage: Stage) -> None:
    lead, _ = file_report()
    same, _ = file_report()
    for report in (lead, same):
        actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    actions.merge(report_id=same.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    assert copy_of(same.code) is None
    assert copy_of(lead.code).similar_count == 1  # type: ignore[union-attr]


def test_reading_the_history_twice_changes_nothing(stage: Stage) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    read_all()
    first = (list(PublicReport.objects.values()), list(PublicEvent.objects.order_by("pk").values()))
    read_all()
    assert first == (list(PublicReport.objects.values()), list(PublicEvent.objects.order_by("pk").values()))


def test_supporters_are_counted_once_and_survive_a_new_copy(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    assert shelf.support(report.code, "visitor 1", now=MONDAY) == 1
    assert shelf.support(report.code, "visitor 1", now=MONDAY) == 1
    assert shelf.support(report.code, "visitor 2", now=MONDAY) == 2
    read_all()
    assert shelf.one(report.code).support_count == 2


def test_what_is_not_published_cannot_be_supported(stage: Stage) -> None:
    report, _ = file_report(is_confidential=True)
    with pytest.raises(shelf.NotPublished):
        shelf.support(report.code, "visitor", now=MONDAY)
