"""Silence is an alarm once, clears itself, and is told to whoever can do something about it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from lapor.accounts.models import User
from lapor.agencies.models import Agency
from lapor.alarms import signs, thresholds, watch
from lapor.alarms.models import Alarm, Kind
from lapor.notify.models import Notice, NoticeState
from lapor.pulse.models import Beat
from lapor.reports import events
from lapor.reports.models import Cursor, Report
from tests.cast import MONDAY, Stage, file_report, set_stage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ringing(kind: Kind) -> set[tuple[str, int | None]]:
    return set(Alarm.objects.filter(kind=kind, cleared_at=None).values_list("subject", "agency"))


@pytest.fixture
def awake(stage: Stage) -> Stage:
    """Everybody signed in this morning."""
    User.objects.update(last_login=MONDAY)
    return stage


def test_every_kind_has_a_threshold_and_every_threshold_a_kind() -> None:
    assert set(thresholds.table()) == {kind.value for kind in Kind} | {"channel_habit"}


def test_a_channel_rings_when_it_is_silent_for_longer_than_its_habit(awake: Stage) -> None:
    for step in range(signs.LEAST):  # by the web every hour, by letter every second day
        for channel, pause in (("web", HOUR), ("letter", 2 * DAY)):
            file_report(now=MONDAY - pause * (signs.LEAST - step), channel=channel, phone=f"0812345678{step:02}")
    watch.watch(now=MONDAY + 20 * HOUR)
    assert ringing(Kind.CHANNEL_SILENT) == set()
    watch.watch(now=MONDAY + 30 * HOUR)
    assert ringing(Kind.CHANNEL_SILENT) == {("web", None)}
    Report.objects.filter(channel="web").update(channel="opendata")  # others have filled the sample
    watch.watch(now=MONDAY + 30 * HOUR)
    assert ringing(Kind.CHANNEL_SILENT) == {("web", None)}, "until a report comes"
    file_report(now=MONDAY + 31 * HOUR)
    watch.watch(now=MONDAY + 31 * HOUR)
    assert ringing(Kind.CHANNEL_SILENT) == set()
    assert Alarm.objects.get(kind=Kind.CHANNEL_SILENT).cleared_at == MONDAY + 31 * HOUR


def test_a_body_where_nobody_signs_in_rings_at_its_inspectorate_once(awake: Stage) -> None:
    User.objects.filter(pk=awake.people["liaison"].pk).update(last_login=MONDAY - 9 * DAY)
    User.objects.filter(email__startswith="operator").update(last_login=None)
    User.objects.filter(email__startswith="other_operator").update(last_login=None)
    Agency.objects.filter(pk=awake.city.pk).update(connected_on=None)  # it has no officers in this cast
    assert watch.watch(now=MONDAY) == 1
    assert watch.watch(now=MONDAY + HOUR / 4) == 0
    assert ringing(Kind.AGENCY_AWAY) == {("", awake.roads.pk)}
    assert set(Notice.objects.filter(template="alarm").values_list("user", flat=True)) == {awake.people["admin"].pk}
    every = Agency.objects.all()
    assert [one.agency for one in watch.raised(bodies=every.filter(pk=awake.roads.pk), with_service=False)] == [
        awake.roads
    ]
    assert watch.raised(bodies=every.filter(pk=awake.health.pk), with_service=True) == []


def test_an_unread_queue_rings_and_a_sealed_report_is_not_pointed_at(awake: Stage) -> None:
    file_report(kind="whistleblowing")
    late = MONDAY + 14 * DAY
    User.objects.update(last_login=late)
    watch.watch(now=late)
    assert ringing(Kind.QUEUE_UNREAD) == set()
    file_report()
    watch.watch(now=late)
    assert ringing(Kind.QUEUE_UNREAD) == {("", awake.city_inspectorate.pk)}
    Report.objects.update(is_shielded=True)
    watch.watch(now=late)
    assert ringing(Kind.QUEUE_UNREAD) == set()


def test_consumers_jobs_and_notices_that_stand_still_ring(awake: Stage) -> None:
    now = timezone.now()
    Beat.objects.create(name="deliver", at=now - DAY, failures=thresholds.amount("job_failing"))
    Notice.objects.create(
        user=awake.people["admin"], audience="named", template="invitation", next_try_at=now - HOUR, made_at=now - HOUR
    )
    silent = {(one.kind, one.subject) for one in signs.silences(now=now)}
    assert {(Kind.JOB_FAILING, "deliver"), (Kind.NOTICES_LATE, "")} <= silent
    Notice.objects.update(state=NoticeState.SENT, next_try_at=None)
    Beat.objects.update(failures=0)
    silent = {(one.kind, one.subject) for one in signs.silences(now=now)}
    assert not {(Kind.JOB_FAILING, "deliver"), (Kind.NOTICES_LATE, "")} & silent


@pytest.mark.django_db(transaction=True)
def test_a_consumer_that_reads_no_events_rings() -> None:
    set_stage()
    now: datetime = timezone.now()
    file_report(now=now - HOUR)
    Cursor.objects.create(consumer="notify", moved_at=now - DAY)
    events.settle()
    found = [one.subject for one in signs._consumers(now)]
    assert found == ["notify"]


def test_what_was_cleared_is_history(awake: Stage) -> None:
    row = Alarm.objects.create(kind=Kind.JOB_FAILING, subject="deliver", raised_at=MONDAY, cleared_at=MONDAY)
    for change in (lambda: Alarm.objects.filter(pk=row.pk).update(cleared_at=None), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
