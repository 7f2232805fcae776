"""What was suggested and what officers decided: remembered by the consumer, counted for the page of honest numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lapor.audit.models import Entry
from lapor.reports.models import Event
from lapor.routing import numbers, thresholds
from lapor.routing.combine import USUAL_THRESHOLD
from lapor.routing.models import Suggestion
from lapor.routing.remembering import consume
from tests.cast import MONDAY, Stage, file_report, to_assigned

TODAY = date(2026, 10, 5)


def read_all() -> None:
    consume(list(Event.objects.select_related("report").order_by("id")))


def test_a_new_report_is_remembered_without_its_text(stage: Stage) -> None:
    report, _ = file_report(proposed_agency_id=stage.roads.pk)
    read_all()
    row = Suggestion.objects.get()
    assert (row.report_id, row.category, row.agency_id) == (report.pk, "jalan_jembatan", stage.roads.pk)
    assert row.decided_at is None
    assert not any("berlubang" in str(value) for value in vars(row).values())


def test_reading_the_same_events_twice_changes_nothing(stage: Stage) -> None:
    report, _ = file_report()
    read_all()
    to_assigned(stage, report)
    read_all()
    before = list(Suggestion.objects.values())
    read_all()
    assert list(Suggestion.objects.values()) == before
    assert before[0]["decided_agency_id"] == stage.roads.pk
    assert before[0]["decided_level"] == "regency"


def test_a_sealed_report_is_not_remembered(stage: Stage) -> None:
    file_report(kind="whistleblowing", category="pungli_korupsi", name="", phone="", is_anonymous=True)
    assert Event.objects.exists()
    read_all()
    assert not Suggestion.objects.exists()


def _decided(number: int, **changes: object) -> Suggestion:
    fields: dict[str, object] = {
        "report_id": number,
        "suggested_on": TODAY,
        "channel": "web",
        "language": "id",
        "kind": "complaint",
        "category": "listrik",
        "sureness": 0.9,
        "abstained": False,
        "agency_id": 1,
        "decided_at": MONDAY,
        "decided_category": "listrik",
        "decided_agency_id": 1,
    }
    return Suggestion(**(fields | changes))


@pytest.mark.django_db
def test_the_figures_count_kept_changed_and_unsure_ones() -> None:
    Suggestion.objects.bulk_create(
        [
            _decided(1),
            _decided(2, decided_agency_id=2),
            _decided(3, agency_id=None),
            _decided(4, channel="sms"),
            _decided(5, decided_at=None),
            _decided(6, suggested_on=TODAY - timedelta(days=30)),
        ]
    )
    rows = numbers.summary(TODAY - timedelta(days=6), TODAY, "channel")
    assert [(row.key, row.n, row.covered, row.right, row.overridden) for row in rows] == [
        ("web", 3, 2, 1, 1),
        ("sms", 1, 1, 1, 0),
    ]
    assert rows[0].low < 0.5 < rows[0].high
    assert rows[0].drift is None


@pytest.mark.django_db
def test_drift_is_the_change_against_the_period_before() -> None:
    before = TODAY - timedelta(days=7)
    Suggestion.objects.bulk_create(
        [_decided(n) for n in range(10)]
        + [_decided(100 + n, suggested_on=before, decided_agency_id=1 if n % 2 else 2) for n in range(40)]
    )
    (row,) = numbers.summary(TODAY - timedelta(days=6), TODAY, "language")
    assert row.drift == pytest.approx(0.5)


@pytest.mark.django_db
def test_by_category_the_category_counts() -> None:
    Suggestion.objects.bulk_create([_decided(1, decided_agency_id=9), _decided(2, decided_category="desa")])
    rows = {row.key: row for row in numbers.summary(TODAY, TODAY, "category")}
    assert (rows["listrik"].right, rows["desa"].overridden) == (1, 1)


@pytest.mark.django_db
def test_the_costliest_confusion_comes_first() -> None:
    Suggestion.objects.bulk_create(
        [
            _decided(1, decided_agency_id=2),
            _decided(2, decided_agency_id=2),
            _decided(3, decided_agency_id=3),
            _decided(4),
        ]
    )
    first, second = numbers.costliest_confusions(TODAY, TODAY, 5)
    assert (first.decided, first.n) == ("2", 2)
    assert first.share == pytest.approx(2 / 3)
    assert second.decided == "3"


def test_an_administrator_sets_the_threshold_on_record(stage: Stage) -> None:
    assert numbers.threshold() == USUAL_THRESHOLD
    numbers.set_threshold(0.75, stage.people["national"], MONDAY)
    assert numbers.threshold() == 0.75
    assert Entry.objects.get(act="routing.threshold").data == {"percent": 75}
    with pytest.raises(thresholds.ThresholdRefused):
        numbers.set_threshold(1.5, stage.people["national"], MONDAY)
    assert numbers.threshold() == 0.75
