"""The identity is for the requester alone, for a day, while handling the report; and it is nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from lapor.agencies.models import Membership
from lapor.audit.models import Entry
from lapor.disclosure.models import Request, Viewing
from lapor.notify.models import Notice
from lapor.reports import actions
from lapor.reports.models import Event, Report
from lapor.vault import identities
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned
from tests.desk.office import Office, text_of, words_of
from tests.disclosure.acts import EMAIL, NAME, PHONE, allow, ask, kinds, send_all

MARKS = (NAME, "Kenari", "Sunyi", PHONE, EMAIL)


@pytest.fixture
def allowed(stage: Stage, report: Report) -> Request:
    return allow(stage, ask(stage, report))


def address(request: Request) -> str:
    return f"/meja/identitas/{request.pk}/buka/"


def test_the_requester_sees_it_after_a_deed_and_each_time_counts(
    office: Office, report: Report, allowed: Request
) -> None:
    before = office("liaison").get(address(allowed))
    assert not any(mark in text_of(before) for mark in MARKS), "a look is a deed, never a preview"
    for times in (1, 2):
        page = office("liaison").post(address(allowed))
        assert all(mark in text_of(page) for mark in (NAME, PHONE, EMAIL))
        assert page["Cache-Control"] == "private, no-store"
        assert Viewing.objects.count() == times
        assert kinds(report).count("viewed") == times
        assert Entry.objects.filter(act="identity.viewed", user=office.stage.people["liaison"]).count() == times


@pytest.mark.parametrize(
    "who", ["admin", "operator", "national", "keeper_one", "keeper_two", "keeper_roads", "overseer", "stranger"]
)
def test_the_link_is_nothing_to_anybody_else(office: Office, allowed: Request, who: str) -> None:
    assert office(who).get(address(allowed)).status_code == 404
    assert office(who).post(address(allowed)).status_code == 404
    assert not Viewing.objects.exists()


def test_a_colleague_of_the_same_unit_gets_404(office: Office, stage: Stage, report: Report) -> None:
    actions.assign_unit(
        report_id=report.pk, unit=stage.roads_unit, officer_id=stage.people["operator"].pk,
        actor=stage.officer("liaison"), now=MONDAY,
    )  # fmt: skip
    request = allow(stage, ask(stage, report, by="operator"))
    assert NAME in text_of(office("operator").post(address(request)))
    assert office("liaison").post(address(request)).status_code == 404
    assert office("other_operator").post(address(request)).status_code == 404


def test_after_a_day_it_is_closed(office: Office, allowed: Request) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=23, minutes=59), tick=False):
        assert office("liaison").post(address(allowed)).status_code == 200
    with time_machine.travel(MONDAY + timedelta(hours=24), tick=False):
        assert office("liaison").get(address(allowed)).status_code == 404
        assert office("liaison").post(address(allowed)).status_code == 404


def test_a_requester_whose_post_ended_gets_404(office: Office, stage: Stage, allowed: Request) -> None:
    Membership.objects.filter(user=stage.people["liaison"]).update(ends_on=MONDAY.date())
    assert office("liaison").post(address(allowed)).status_code == 404


def test_a_requester_who_lost_the_report_gets_404(office: Office, stage: Stage, allowed: Request) -> None:
    actions.assign(report_id=allowed.report_id, to=stage.health, actor=stage.officer("admin"), now=MONDAY)
    assert office("liaison").post(address(allowed)).status_code == 404


def test_a_report_sealed_meanwhile_shows_nothing(office: Office, stage: Stage, allowed: Request) -> None:
    actions.seal(report_id=allowed.report_id, actor=reporter(allowed.report), now=MONDAY)
    assert office("liaison").post(address(allowed)).status_code == 404


def test_an_identity_that_never_was_or_is_erased_is_told_in_the_same_words(
    office: Office, stage: Stage, report: Report, allowed: Request
) -> None:
    assert report.identity_id is not None
    identities.erase(report.identity_id, now=MONDAY)
    nameless, _receipt = file_report(is_anonymous=True, name="", phone="", email="")
    other = allow(stage, ask(stage, to_assigned(stage, nameless)))
    for request in (allowed, other):
        assert "Tidak ada identitas" in words_of(office("liaison").post(address(request)))


def test_waiting_refused_and_lapsed_requests_show_nothing(office: Office, stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    assert office("liaison").get(address(request)).status_code == 404
    assert office("liaison").post(address(request)).status_code == 404


def test_the_identity_is_in_no_row_no_mail_and_no_page_besides(office: Office, stage: Stage, report: Report) -> None:
    """After the whole life of a request: every column of every table, every mail, the pages of everybody."""
    request = ask(stage, report)
    letters = send_all()
    allow(stage, request)
    office("liaison").post(address(request))
    letters += send_all()
    assert {notice.template for notice in Notice.objects.all()} >= {
        "identity_asked", "identity_decided", "identity_told",
    }  # fmt: skip
    assert len(letters) > 4
    for letter in letters:
        assert not any(mark in f"{letter.subject} {letter.body}" for mark in MARKS)
    to_custodians = [letter for letter in letters if letter.to[0].startswith("keeper")]
    assert to_custodians
    assert all(report.code not in f"{letter.subject} {letter.body}" for letter in to_custodians)
    with connection.cursor() as cursor:
        for table in ("disclosure_request", "disclosure_decision", "reports_event", "audit_entry", "notify_notice",
                      "django_session", "accounts_cache", "disclosure_told", "disclosure_viewing"):  # fmt: skip
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            rows = " ".join(row[0] for row in cursor.fetchall())
            assert not any(mark in rows for mark in MARKS), table
    for who in ("liaison", "admin", "national", "overseer"):
        assert not any(mark in text_of(office.case(who, report)) for mark in MARKS)
    for who in ("keeper_one", "keeper_two"):
        assert not any(mark in text_of(office(who).get("/meja/identitas/")) for mark in MARKS)
    assert not any(NAME in str(event.data) for event in Event.objects.all())


def test_history_says_what_happened_to_who_handles_the_report(office: Office, report: Report, allowed: Request) -> None:
    office("liaison").post(address(allowed))
    said = words_of(office.case("admin", report))
    for words in ("Identitas pelapor diminta", "diizinkan dua penjaga identitas", "Identitas pelapor dibuka"):
        assert words in said
    assert "Petugas Uji keeper_one" not in said, "who decided is in the audit trail"
    assert actions.reply(report_id=report.pk, text="Baik.", actor=reporter(report), now=MONDAY)


def test_asking_leaves_no_mark_on_the_liveliness_that_others_see(stage: Stage, report: Report) -> None:
    report.refresh_from_db()
    before = report.active_at
    allow(stage, ask(stage, report, now=MONDAY + timedelta(hours=2)), now=MONDAY + timedelta(hours=3))
    report.refresh_from_db()
    assert report.active_at == before
