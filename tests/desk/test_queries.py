"""Pages ask the database as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lapor.reports import actions
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Report
from lapor.routing.rules import in_force
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned
from tests.desk import office as lives
from tests.desk.office import Office
from tests.desk.paper import a_photo, pending_key

Exactly = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def count() -> Callable[[Callable[[], object]], int]:
    """How many questions an act asks, after a first time that warms what is held in memory."""

    def counted(do: Callable[[], object]) -> int:
        do()
        with CaptureQueriesContext(connection) as asked:
            do()
        return len(asked)

    return counted


@pytest.fixture(autouse=True)
def rules_stay_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, no page of these tests looks whether the rules changed."""
    monkeypatch.setattr(in_force, "FRESH_SECONDS", float("inf"))


def fill_queue(stage: Stage, number: int) -> None:
    """Rows of all sorts: urgent, secret, anonymous, with a unit, a person, a draft."""
    for n in range(number):
        report = file_report(is_anonymous=n % 2 == 0, is_urgent=n % 5 == 0, is_confidential=n % 7 == 0)[0]
        if n % 3 == 0:
            to_assigned(stage, report)


def fill_case(stage: Stage, report: Report, number: int) -> None:
    """Messages with files, events, holds, clocks, contributors, joined reports."""
    admin, liaison = stage.officer("admin"), stage.officer("liaison")
    for n in range(number):
        photo = keep(a_photo(), name=f"{n}.jpg", pending=pending_key(), now=MONDAY)
        actions.hold(
            report_id=report.pk, question="Di pasar yang mana?", actor=liaison, now=MONDAY, attachments=(photo.pk,)
        )
        actions.reply(report_id=report.pk, text=f"Pasar pagi, los {n}.", actor=reporter(report), now=MONDAY)
        actions.note(report_id=report.pk, text=f"Catatan {n}", actor=admin, now=MONDAY)
        actions.merge(report_id=file_report()[0].pk, into=report, actor=admin, now=MONDAY)
        file_report()
    photos = [keep(a_photo(), name="foto.jpg", pending=pending_key(), now=MONDAY).pk for _ in range(number)]
    Attachment.objects.filter(pk__in=photos).update(report=report, pending=None)


@pytest.mark.parametrize(
    ("who", "tab"), [("admin", "todo"), ("admin", "all"), ("liaison", "todo"), ("national", "all")]
)
def test_the_queue_asks_the_same_for_five_rows_and_for_twenty_five(
    office: Office, stage: Stage, count: Callable[..., int], who: str, tab: str, django_assert_num_queries: Exactly
) -> None:
    fill_queue(stage, 5)
    few = count(lambda: office(who).get("/meja/", {"tab": tab}))
    fill_queue(stage, 20 if who != "liaison" else 60)
    with django_assert_num_queries(few):
        office(who).get("/meja/", {"tab": tab})
    assert few <= 23  # one of them how many late reports await a decision


@pytest.mark.parametrize("who", ["admin", "liaison", "overseer"])
def test_the_case_asks_the_same_for_a_short_and_for_a_long_life(
    office: Office, stage: Stage, count: Callable[..., int], who: str, django_assert_num_queries: Exactly
) -> None:
    report = lives.assigned(stage)
    fill_case(stage, report, 5)
    few = count(lambda: office.case(who, report))
    fill_case(stage, report, 20)
    with django_assert_num_queries(few):
        office.case(who, report)
    assert few <= 43
