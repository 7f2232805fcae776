"""The reporter's voice: asked once, answered freely, shown only where nobody can be picked out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lapor.lib.codes import show_pin
from lapor.notify import queue
from lapor.notify.models import VOICE, Notice
from lapor.notify.send import deliver
from lapor.reports import actions
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Event, Report
from lapor.voice import answering, asking, counting, results
from lapor.voice.models import Answer, Asked, Result
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered

CLOSED = MONDAY + timedelta(days=2)
NEXT_DAY = CLOSED + timedelta(days=1)
LONG_AFTER = MONDAY + timedelta(days=150)


def read_all() -> None:
    events = list(Event.objects.select_related("report__responsible").order_by("id"))
    asking.consume(events)
    queue.consume(events)


def closed(stage: Stage, **given: Any) -> Report:
    report = to_answered(stage, file_report(**given)[0])
    actions.agree(report_id=report.pk, actor=reporter(report), now=CLOSED)
    report.refresh_from_db()
    return report


def test_a_reporter_is_asked_once_a_day_later_and_counts_as_reached_when_the_mail_went_out(stage: Stage) -> None:
    report = closed(stage, email="pelapor@uji.invalid")
    read_all()
    assert asking.ask_due(now=CLOSED) == 0
    for _twice in range(2):
        asking.ask_due(now=NEXT_DAY)
        read_all()
    assert Notice.objects.filter(template=VOICE).count() == 1
    deliver(now=NEXT_DAY)
    asked = Asked.objects.get(pk=report.pk)
    assert (asked.is_told, asked.is_reached, asked.agency) == (True, True, stage.roads)


def test_who_answered_already_is_not_asked(stage: Stage) -> None:
    report = closed(stage)
    actions.rate(report_id=report.pk, stars=4, dealt_with=True, actor=reporter(report), now=CLOSED)
    read_all()
    asking.ask_due(now=NEXT_DAY)
    assert not Event.objects.filter(kind="voice_asked").exists()
    assert answering.given(report.pk) == {"answer": 4}


def test_an_answer_is_kept_once_and_may_be_changed_until_the_thirty_days_are_over(stage: Stage) -> None:
    report, actor = (one := closed(stage)), reporter(one)
    for value in (2, 5):
        answering.give(report_id=report.pk, answers={"reliable": value}, actor=actor, now=NEXT_DAY)
    assert answering.given(report.pk) == {"reliable": 5}
    with pytest.raises(answering.NoSuchAnswer):
        answering.give(report_id=report.pk, answers={"reliable": 6}, actor=actor, now=NEXT_DAY)
    with pytest.raises(answering.SurveyOver):
        answering.give(report_id=report.pk, answers={"reliable": 1}, actor=actor, now=CLOSED + timedelta(days=31))
    assert Answer.objects.count() == 1


def test_a_sealed_report_is_neither_asked_about_nor_counted(stage: Stage) -> None:
    report = closed(stage)
    answering.give(report_id=report.pk, answers={"reliable": 5}, actor=reporter(report), now=CLOSED)
    actions.seal(report_id=report.pk, actor=reporter(report), now=CLOSED)
    read_all()
    assert not Asked.objects.exists() and not Answer.objects.exists()
    with pytest.raises(MoveRefused):
        answering.give(report_id=report.pk, answers={"reliable": 5}, actor=reporter(report), now=CLOSED)


def _result(agency_id: int, n: int, **counts: dict[str, int]) -> Result:
    return Result(
        quarter=counting.quarter_of(MONDAY.date()), agency_id=agency_id, version="2026-1", asked=n * 4, told=n * 3,
        reached=n * 2, answered=n, counts=counts, counted_at=LONG_AFTER,
    )  # fmt: skip


def test_nothing_is_shown_of_few_answers_nor_told_by_the_total(stage: Stage) -> None:
    few, some, many = stage.power.pk, stage.health.pk, stage.roads.pk
    Result.objects.bulk_create(
        [
            _result(0, 63, reliable={"5": 63}),
            _result(few, 3, reliable={"5": 3}),
            _result(some, 20, reliable={"5": 20}),
            _result(many, 40, reliable={"5": 40}),
        ]
    )
    shown = results.bodies(counting.quarter_of(MONDAY.date()))
    assert [one.agency for one in shown] == [stage.roads]  # 63 - 40 - 20 would tell what three said
    (line,) = [line for line in shown[0].lines if line.question.key == "reliable"]
    assert line.n == 40 and line.good is not None and 0.9 < line.good.low < 1 == line.good.high


def test_counts_are_those_of_the_surveys_and_a_running_quarter_is_not_shown(stage: Stage) -> None:
    for value in (5, 5, 1):
        report = closed(stage)
        answering.give(report_id=report.pk, answers={"reliable": value}, actor=reporter(report), now=CLOSED)
    closed(stage)
    read_all()
    counting.recount(now=NEXT_DAY)
    whole = Result.objects.get(agency_id=counting.ALL)
    assert (whole.asked, whole.answered, whole.counts) == (4, 3, {"reliable": {"5": 2, "1": 1}})
    assert results.quarters(on=NEXT_DAY.date()) == []
    for _night in range(2):
        counting.recount(now=LONG_AFTER)
        assert Result.objects.get(agency_id=counting.ALL).answered == 3 and not Answer.objects.exists()
    assert results.quarters(on=LONG_AFTER.date()) == [counting.quarter_of(MONDAY.date())]


def test_the_survey_on_the_own_page_keeps_what_was_chosen_and_says_what_is_wrong(stage: Stage) -> None:
    report, proof = file_report()
    to_answered(stage, report)
    client = Client()
    client.post("/lacak/", {"code": report.code, "pin": show_pin(proof.pin)})
    client.post(f"/lacak/{report.code}/agree/")
    page = client.post(f"/lacak/{report.code}/suara/", {"reliable": "9", "easy": "4"}).content.decode()
    assert "Pilih salah satu jawaban yang tersedia." in page
    assert 'value="4" id="suara_easy_3" checked' in page
    client.post(f"/lacak/{report.code}/suara/", {"answer": "4", "dealt_with": "2", "reliable": "5"})
    assert answering.given(report.pk) == {"answer": 4, "dealt_with": 2, "reliable": 5}
    assert Report.objects.get(pk=report.pk).rating.stars == 4
