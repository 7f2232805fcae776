"""The reporter is told who asked, on which ground, and what came of it; later only where an order says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from lapor.disclosure import clock, deciding, telling
from lapor.disclosure.deciding import DecisionRefused
from lapor.disclosure.models import Request
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, to_assigned
from tests.desk.office import words_of
from tests.disclosure.acts import EMAIL, NAME, PHONE, allow, ask, decide, ground, kinds, send_all

UNTIL = date(2026, 10, 20)


def silence(stage: Stage, request: Request, *, until: date = UNTIL) -> None:
    deciding.delay(
        key=request.pk, number="R-12/2026", authority="Pengadilan Uji", until=until,
        actor=stage.officer("keeper_one"), now=MONDAY,
    )  # fmt: skip


def test_on_a_ground_without_silence_the_reporter_hears_at_once(stage: Stage, report: Report) -> None:
    ask(stage, report, ground=ground("life_in_danger"))
    (line,) = telling.lines(report.pk)
    assert (line.body, line.ground, line.outcome) == (str(stage.roads), str(ground("life_in_danger")), "")


def test_on_a_ground_with_silence_they_hear_once_a_custodian_has_looked(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    assert telling.lines(report.pk) == []
    decide(stage, request, "keeper_one")
    (line,) = telling.lines(report.pk)
    assert line.outcome == ""
    decide(stage, request, "keeper_two")
    (line,) = telling.lines(report.pk)
    assert line.outcome == "allowed"


def test_a_refusal_is_told_too(stage: Stage, report: Report) -> None:
    decide(stage, ask(stage, report), "keeper_one", allows=False)
    (line,) = telling.lines(report.pk)
    assert line.outcome == "refused"


def test_an_order_delays_the_telling_and_time_breaks_it(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    silence(stage, request)
    request = allow(stage, request)
    assert telling.lines(report.pk) == []
    assert "told" not in kinds(report)
    last_minute = request.wake_at
    assert last_minute is not None
    assert last_minute.isoformat() == "2026-10-21T00:00:00+08:00"
    assert clock.sweep(now=last_minute - timedelta(minutes=1)) == 0
    assert clock.sweep(now=last_minute) == 1
    (line,) = telling.lines(report.pk)
    assert line.outcome == "allowed"
    assert kinds(report)[-2:] == ["told", "told"]
    assert clock.sweep(now=last_minute + timedelta(days=9)) == 0


def test_a_longer_order_reaches_further_and_the_first_date_breaks_nothing(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    silence(stage, request)
    silence(stage, request, until=date(2026, 11, 3))
    allow(stage, request)
    clock.sweep(now=MONDAY + timedelta(days=20))
    assert telling.lines(report.pk) == []
    clock.sweep(now=MONDAY + timedelta(days=31))
    assert len(telling.lines(report.pk)) == 1


def test_an_order_does_not_stop_the_clock_of_the_request(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    silence(stage, request, until=date(2027, 1, 5))
    clock.sweep(now=request.lapses_at + timedelta(minutes=1))
    clock.sweep(now=request.lapses_at + timedelta(minutes=2))
    request.refresh_from_db()
    assert request.outcome == "lapsed"
    assert telling.lines(report.pk) == []


def test_silence_needs_a_ground_that_knows_it_a_day_to_come_and_something_untold(stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    for until in (MONDAY.date(), MONDAY.date() + timedelta(days=400)):
        with pytest.raises(DecisionRefused) as refused:
            silence(stage, request, until=until)
        assert refused.value.reason == "impossible_date"
    decide(stage, request, "keeper_one", allows=False)
    with pytest.raises(DecisionRefused) as refused:
        silence(stage, request)
    assert refused.value.reason == "told_already"
    other = ask(stage, report, ground=ground("consent"))
    with pytest.raises(DecisionRefused) as refused:
        silence(stage, other)
    assert refused.value.reason == "no_delay_on_this_ground"


def test_the_own_page_names_the_body_and_the_ground_and_never_the_officer(stage: Stage) -> None:
    report, receipt = file_report(is_anonymous=True, name=NAME, phone=PHONE, email=EMAIL)
    to_assigned(stage, report)
    browser = Client()
    browser.post("/lacak/", {"code": receipt.code, "pin": receipt.pin})
    assert "Permintaan atas identitas" not in words_of(browser.get(f"/lacak/{report.code}/"))
    allow(stage, ask(stage, report))
    said = words_of(browser.get(f"/lacak/{report.code}/"))
    for words in (
        "Permintaan atas identitas Anda", str(stage.roads), "Penetapan atau putusan pengadilan", "UU 27/2022",
        "Diizinkan", "Belum pernah dibuka", "5 Oktober 2026",
    ):  # fmt: skip
        assert words in said
    assert "Petugas Uji" not in said
    assert "Penyidik perlu" not in said, "what the officer wrote is for the custodians"


def test_the_mail_to_the_reporter_says_only_that_there_is_news(stage: Stage, report: Report) -> None:
    decide(stage, ask(stage, report), "keeper_one", allows=False)
    letters = [letter for letter in send_all() if letter.to == [EMAIL]]
    assert letters
    for letter in letters:
        assert "identitas" not in f"{letter.subject} {letter.body}".lower()
        assert str(stage.roads) not in letter.body
