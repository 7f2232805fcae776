from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.accounts.models import User
from lapor.notify import queue
from lapor.notify.models import Notice
from lapor.notify.table import TABLE
from lapor.notify.texts import GUARDED, TEXTS
from lapor.reports import actions
from lapor.reports.models import Event, EventKind
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered, to_assigned


def read_all() -> None:
    queue.consume(list(Event.objects.select_related("report").order_by("id")))


def told(audience: str) -> list[tuple[str, str]]:
    """(template, who) of every notice to an audience, oldest first."""
    rows = Notice.objects.filter(audience=audience).select_related("user").order_by("pk")
    return [(row.template, row.user.name.removeprefix("Petugas Uji ") if row.user else "reporter") for row in rows]


def test_every_line_of_the_table_has_words_and_every_text_is_used() -> None:
    used = {line.template for lines in TABLE.values() for line in lines}
    assert used == set(TEXTS)
    assert {line.audience for lines in TABLE.values() for line in lines} == set(GUARDED)
    assert set(TABLE) <= set(EventKind)


def test_the_people_concerned_are_told_at_each_step(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    to_answered(stage, report)
    actions.object_to_answer(
        report_id=report.pk, text="Lubangnya masih ada.", actor=reporter(report), now=MONDAY + timedelta(days=1)
    )
    read_all()
    assert told("reporter") == [("received", "reporter"), ("assigned", "reporter"), ("answered", "reporter")]
    assert told("officers") == [
        ("to_verify", "admin"),
        ("to_handle", "liaison"),
        ("to_draft", "operator"),
        ("to_approve", "liaison"),
        ("to_decide", "admin"),
    ]


def test_reading_the_history_twice_tells_nobody_twice(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    to_answered(stage, report)
    read_all()
    first = Notice.objects.count()
    read_all()
    assert Notice.objects.count() == first > 0


def test_an_officer_hears_of_many_new_reports_once_an_hour(stage: Stage) -> None:
    for minutes in (0, 10, 50, 61, 90):
        file_report(now=MONDAY + timedelta(minutes=minutes))
        read_all()
    assert told("officers") == [("to_verify", "admin")] * 2


def test_a_reporter_without_mail_is_not_lost(stage: Stage) -> None:
    file_report(phone="081234567890", email="")
    read_all()
    notice = Notice.objects.get(audience="reporter")
    assert (notice.state, notice.channel, notice.next_try_at) == ("no_channel", "sms", None)


def test_a_reporter_who_left_no_contact_is_not_told_and_nothing_breaks(stage: Stage) -> None:
    file_report(name="", phone="", email="")
    read_all()
    assert told("reporter") == []


def test_an_account_is_told_when_the_report_has_no_mail_of_its_own(stage: Stage) -> None:
    account = User.objects.create_user("akun@uji.invalid", name="Akun Uji")
    file_report(email="", account_id=account.pk)
    read_all()
    assert Notice.objects.get(audience="reporter").user == account


def test_only_investigators_hear_of_a_sealed_report(stage: Stage) -> None:
    file_report(kind="whistleblowing")
    read_all()
    assert told("officers") == [("to_verify", "investigator")]


def test_nobody_is_told_of_what_they_did_themselves(stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    to_assigned(stage, report)
    actions.assign_unit(
        report_id=report.pk,
        unit=None,
        officer_id=stage.people["liaison"].pk,
        actor=stage.officer("liaison"),
        now=MONDAY,
    )
    actions.withdraw(report_id=report.pk, reason="", actor=reporter(report), now=MONDAY)
    read_all()
    assert "to_draft" not in dict(told("officers"))
    assert "expired" not in dict(told("reporter"))


def test_an_escalation_reaches_the_person_named_in_it(stage: Stage) -> None:
    report, _ = file_report()
    person = stage.people["province_admin"]
    Event.objects.create(
        report=report,
        kind=EventKind.ESCALATED,
        at=MONDAY,
        actor="clock",
        from_state="received",
        to_state="received",
        data={"to": stage.province_inspectorate.pk, "person": person.pk, "office": "inspectorate"},
    )
    read_all()
    assert told("named") == [("late_inspectorate", "province_admin")]


@pytest.mark.parametrize("away", [True, False])
def test_an_escalation_without_a_person_reaches_the_administrators(stage: Stage, away: bool) -> None:
    report, _ = file_report()
    data = {"to": stage.province_inspectorate.pk, "why": "second_hand_back"} | ({"person": None} if away else {})
    Event.objects.create(
        report=report,
        kind=EventKind.ESCALATED,
        at=MONDAY,
        actor="officer",
        from_state="",
        to_state="verified",
        data=data,
    )
    read_all()
    assert told("named") == [("escalated", "province_admin")]
