"""A new limit comes with its source and a day still to come; what runs already keeps its date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lapor.deadlines import changes
from lapor.deadlines.due import due_at, promise_for
from lapor.deadlines.models import CalendarChange
from lapor.deadlines.promises import PromiseRefused, add_promise, promises_on

pytestmark = pytest.mark.usefixtures("loaded")
TODAY = date(2026, 10, 5)
SOON = TODAY + timedelta(days=30)


def make(**changed: Any) -> object:
    fields: dict[str, Any] = {
        "step": "verify", "kind": "", "has_oversight": None, "days": 2, "unit": "working", "warn_days": 1,
        "extension_days": 0, "holds_from": SOON, "source": "Peraturan Uji 1/2026", "today": TODAY,
    }  # fmt: skip
    return add_promise(**(fields | changed))


def standing(step: str, on: date) -> list[tuple[int, str]]:
    return [(row.days, how) for row, how in promises_on(on) if row.step == step]


def test_a_new_limit_holds_for_what_starts_from_its_day_on(django_capture_on_commit_callbacks: Any) -> None:
    def days(on: date) -> int:
        return promise_for(kind="complaint", has_oversight=None, step="verify", on=on).days

    assert days(TODAY) == 3
    with django_capture_on_commit_callbacks(execute=True):
        make()
    assert [days(SOON - timedelta(days=1)), days(SOON)] == [3, 2]
    assert standing("verify", TODAY) == [(3, "now"), (2, "later")]
    assert standing("verify", SOON) == [(3, "past"), (2, "now")]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"holds_from": TODAY}, "not_in_future"),
        ({"holds_from": TODAY - timedelta(days=1)}, "not_in_future"),
        ({"days": 0, "warn_days": 0}, "days_do_not_fit"),
        ({"warn_days": 2}, "days_do_not_fit"),
        ({"source": "  "}, "no_source"),
    ],
)
def test_what_a_limit_may_not_be(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(PromiseRefused) as refused:
        make(**changed)
    assert refused.value.reason == reason


def test_one_day_has_one_limit_for_one_kind() -> None:
    make()
    make(kind="complaint")
    with pytest.raises(PromiseRefused) as refused:
        make(days=1, warn_days=0)
    assert refused.value.reason == "exists_already"


def test_the_oldest_change_that_waits_is_known_until_it_was_applied() -> None:
    assert changes.waiting_since() is None
    added = changes.add_holiday(
        day=date(2026, 10, 7), name="Hari jadi (uji)", kind="regional", region_code="64.72", by=None, source="Uji"
    )
    assert changes.waiting_since() == CalendarChange.objects.get(pk=added.id).made_at
    changes.applied(added, now=datetime(2026, 10, 5, tzinfo=UTC))
    assert changes.waiting_since() is None


def test_a_decree_that_only_calls_a_day_by_another_name_moves_no_deadline() -> None:
    terms = promise_for(kind="complaint", has_oversight=None, step="resolve", on=TODAY)
    start = datetime(2026, 12, 20, 3, tzinfo=UTC)
    before = due_at(started_at=start, terms=terms, region_code=None)
    assert changes.difference([(date(2026, 12, 25), "Natal (uji)", "national")], year=2026)[0][0] == "-"
    assert not any(
        day == date(2026, 12, 25)
        for _sign, day, _name in changes.difference([(date(2026, 12, 25), "Natal (uji)", "national")], year=2026)
    )
    assert due_at(started_at=start, terms=terms, region_code=None) == before, "comparing changes nothing"
