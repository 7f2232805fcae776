from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from lapor.reports import actions, events
from lapor.reports.models import Event, Report
from lapor.transparency import publish
from lapor.transparency.models import PublicReport
from lapor.worker.loop import drain
from tests.cast import MONDAY, Stage, file_report, reporter


@contextmanager
def meanwhile(act: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Runs `act` in a transaction of another connection that ends only when the yielded function is called."""
    acted, may_end = threading.Event(), threading.Event()

    def run() -> None:
        try:
            with transaction.atomic():
                act()
                acted.set()
                may_end.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert acted.wait(20)

    def end() -> None:
        may_end.set()
        thread.join(20)

    try:
        yield end
    finally:
        end()


def test_an_event_that_commits_late_with_a_lower_number_is_not_skipped(stage: Stage) -> None:
    seen: list[int] = []

    def consume(batch: object) -> None:
        seen.extend(event.pk for event in batch)  # type: ignore[attr-defined]

    slow: list[int] = []

    def file_slowly() -> None:
        report, _ = file_report(title="lambat")
        slow.extend(Event.objects.filter(report=report).values_list("pk", flat=True))

    with meanwhile(file_slowly) as end:
        quick, _ = file_report(title="cepat")
        later = Event.objects.get(report=quick).pk
        assert slow[0] < later, "the slow transaction drew its number first"
        events.read("probe", consume, now=MONDAY)
        assert later not in seen, "an event newer than a running transaction is not settled"
        end()
    events.settle()
    events.read("probe", consume, now=MONDAY)
    assert seen == [slow[0], later]
    assert events.read("probe", consume, now=MONDAY) == 0


def test_two_consumers_of_one_name_share_the_work_without_doing_it_twice(stage: Stage) -> None:
    for _ in range(6):
        file_report()
    events.settle()
    seen: list[int] = []
    started = threading.Barrier(2)

    def work() -> None:
        try:
            started.wait(20)
            while events.read("probe", lambda batch: seen.extend(e.pk for e in batch), now=MONDAY, limit=2):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert seen == list(Event.objects.order_by("xid", "pk").values_list("pk", flat=True))


def test_a_first_copy_and_a_wish_for_secrecy_do_not_pass_each_other_unseen(stage: Stage) -> None:
    """The consumer has read the report as public and is about to commit its first copy: secrecy waits, then removes it."""
    report, _ = file_report()
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    done = threading.Event()

    def hide() -> None:
        try:
            actions.ask_secrecy(
                report_id=report.pk,
                is_anonymous=False,
                is_confidential=True,
                actor=reporter(report),
                now=MONDAY + timedelta(hours=1),
            )
        finally:
            done.set()
            connection.close()

    with meanwhile(lambda: publish.publish({report.pk})) as end:
        thread = threading.Thread(target=hide)
        thread.start()
        assert not done.wait(0.5), "secrecy waits for the copy that is being made"
        end()
        thread.join(20)
    assert Report.objects.get(pk=report.pk).visibility == "confidential"
    assert not PublicReport.objects.exists()


@pytest.mark.parametrize("workers", [2])
def test_two_workers_at_once_give_what_one_gives(stage: Stage, workers: int) -> None:
    for _ in range(4):
        report, _ = file_report(email="pelapor@uji.invalid")
        actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    events.settle()
    problems: list[BaseException] = []

    def work() -> None:
        try:
            drain()
        except BaseException as problem:
            problems.append(problem)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert PublicReport.objects.count() == 4
