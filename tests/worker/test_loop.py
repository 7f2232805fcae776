from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from lapor.pulse.models import Beat
from lapor.reports import events
from lapor.reports.models import Pending, PinAttempts
from lapor.statistics.figures import figures
from lapor.worker import daily
from lapor.worker.jobs import JOBS, Job
from lapor.worker.loop import Loop, drain
from tests.cast import MONDAY, Stage, file_report


def test_one_command_does_everything_that_is_due(stage: Stage) -> None:
    file_report()
    events.settle()
    call_command("worker", "--once", verbosity=0)
    assert figures().total == 1
    assert Beat.objects.get(name="worker").at is not None


def test_a_drained_worker_finds_nothing_to_do(stage: Stage) -> None:
    file_report()
    events.settle()
    assert drain() > 0
    assert drain() == 0


def test_a_job_that_fails_does_not_stop_the_others_and_is_logged_without_its_text(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(now: datetime) -> int:
        raise ValueError("RAHASIA")

    ran: list[datetime] = []

    def work(now: datetime) -> int:
        ran.append(now)
        return 0

    loop = Loop([Job("bad", timedelta(seconds=1), fail), Job("good", timedelta(seconds=1), work)])
    caplog.set_level(logging.DEBUG)
    loop.round(timezone.now())
    assert ran
    assert "RAHASIA" not in caplog.text
    assert "ValueError" in caplog.text
    bad = Beat.objects.get(name="bad")
    assert (bad.failures, bad.last_error_class, bad.at) == (1, "ValueError", None)


@time_machine.travel(MONDAY, tick=False)
def test_a_failing_job_is_put_off_longer_each_time_and_recovers(stage: Stage) -> None:
    fails = [True, True, False]

    def work(now: datetime) -> int:
        if fails.pop(0):
            raise OSError
        return 0

    loop = Loop([Job("shaky", timedelta(seconds=1), work)])
    assert loop.round(timezone.now()) == timedelta(seconds=2)
    assert loop.round(timezone.now() + timedelta(seconds=5)) == timedelta(seconds=4)
    loop.round(timezone.now() + timedelta(seconds=30))
    shaky = Beat.objects.get(name="shaky")
    assert (shaky.failures, shaky.last_error_class) == (0, "")


@time_machine.travel(MONDAY, tick=False)
def test_a_busy_job_is_run_again_at_once_and_an_idle_one_later(stage: Stage) -> None:
    left = [2, 1, 0]
    loop = Loop([Job("busy", timedelta(minutes=1), lambda now: left.pop(0))])
    assert loop.round(timezone.now()) == timedelta(0)
    assert loop.round(timezone.now()) == timedelta(0)
    assert loop.round(timezone.now()) == timedelta(minutes=1)


def test_a_lost_database_connection_is_opened_again(stage: Stage) -> None:
    ran: list[int] = []

    def work(now: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ran.append(1)
        return 0

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    other = threading.Thread(target=_end_connection, args=[pid])
    other.start()
    other.join(20)
    loop = Loop([Job("needs the database", timedelta(0), work)])
    loop.round(timezone.now())
    loop.round(timezone.now() + timedelta(seconds=10))
    assert ran == [1]


def _end_connection(pid: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        connection.close()


def test_a_stopped_loop_ends_after_the_job_in_hand(stage: Stage) -> None:
    ran: list[str] = []

    def first(now: datetime) -> int:
        ran.append("first")
        loop.stop()
        return 1

    def second(now: datetime) -> int:
        ran.append("second")
        return 1

    loop = Loop([Job("first", timedelta(0), first), Job("second", timedelta(0), second)])
    loop.run()
    assert ran == ["first"]


def test_housekeeping_runs_once_a_day_whoever_comes(stage: Stage) -> None:
    ran: list[datetime] = []

    def task(now: datetime) -> int:
        ran.append(now)
        return 5

    for hours in (0, 1, 22, 24, 25):
        assert daily.once_a_day("probe", task, MONDAY + timedelta(hours=hours)) == 0
    assert ran == [MONDAY, MONDAY + timedelta(hours=24)]


def test_housekeeping_drops_what_was_not_sent_and_old_counts_of_wrong_pins(stage: Stage) -> None:
    PinAttempts.objects.create(code_digest=b"x" * 32, wrong=3, since=MONDAY - timedelta(hours=2))
    PinAttempts.objects.create(code_digest=b"y" * 32, wrong=3, since=MONDAY)
    Pending.objects.create(sealed=b"x", made_at=MONDAY - timedelta(days=2))
    Pending.objects.create(sealed=b"y", made_at=MONDAY)
    for task in daily.TASKS.values():
        task(MONDAY + timedelta(minutes=1))
    assert [bytes(row.code_digest) for row in PinAttempts.objects.all()] == [b"y" * 32]
    assert [bytes(row.sealed) for row in Pending.objects.all()] == [b"y"]


def test_every_job_has_its_own_name() -> None:
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))


def test_the_command_stops_on_a_signal(stage: Stage) -> None:
    """A process of its own on the database of the test: it works within a second and ends cleanly on SIGTERM."""
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    if settings["PORT"]:
        url += f"&port={settings['PORT']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "worker"],
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    try:
        file_report()
        deadline = time.monotonic() + 30
        while not figures().total and time.monotonic() < deadline:
            time.sleep(0.1)
        assert figures().total == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
