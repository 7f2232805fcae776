"""Whatever happens, in whatever order it is read: the counts are what counting the reports gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lapor.deadlines import calendar, changes
from lapor.lib.durations import BINS
from lapor.reports import actions, overdue
from lapor.reports.access import NotFound
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Channel, Event, Kind, Outcome, Report, State
from lapor.statistics import count
from lapor.statistics.buckets import bucket_of
from lapor.statistics.measures import PLACE, TIMES
from lapor.statistics.models import Cell, Due, Fact, Tally
from lapor.statistics.rebuild import rebuild, recount, verify
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered, to_assigned

SECRETS: list[dict[str, Any]] = [
    {},
    {"is_confidential": True},
    {"kind": "whistleblowing"},
    {"region_code": "64", "category": None},
]
DAY = timedelta(days=1)


def _moves(stage: Stage) -> list[Callable[[Report, int], object]]:
    """What may happen to a report, so many days after Monday; what is not legal then is refused."""
    text = "Alasan uji yang cukup panjang untuk dibaca."
    admin, liaison = stage.officer("admin"), stage.officer("liaison")
    return [
        lambda report, n: actions.verify(report_id=report.pk, actor=admin, now=MONDAY + DAY * n),
        lambda report, n: to_assigned(stage, report, now=MONDAY + DAY * n),
        lambda report, n: to_answered(stage, report, now=MONDAY + DAY * n),
        lambda report, n: actions.hand_back(report_id=report.pk, reason=text, actor=liaison, now=MONDAY + DAY * n),
        lambda report, n: actions.agree(report_id=report.pk, actor=reporter(report), now=MONDAY + DAY * n),
        lambda report, n: actions.object_to_answer(
            report_id=report.pk, text=text, actor=reporter(report), now=MONDAY + DAY * n
        ),
        lambda report, n: actions.rate(
            report_id=report.pk, stars=2, dealt_with=False, actor=reporter(report), now=MONDAY + DAY * n
        ),
        lambda report, n: actions.withdraw(
            report_id=report.pk, reason="", actor=reporter(report), now=MONDAY + DAY * n
        ),
        lambda report, n: actions.reopen(report_id=report.pk, text="", actor=reporter(report), now=MONDAY + DAY * n),
        lambda report, n: actions.raise_secrecy(report_id=report.pk, actor=admin, now=MONDAY + DAY * n),
    ]


@settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_life_read_in_any_order_counts_like_the_reports(stage: Stage, data: st.DataObject) -> None:
    moves = _moves(stage)
    with transaction.atomic():
        reports = [
            file_report(**changes)[0]
            for changes in data.draw(st.lists(st.sampled_from(SECRETS), min_size=1, max_size=3))
        ]
        steps = st.tuples(st.sampled_from(reports), st.integers(0, len(moves) - 1))
        for n, (report, move) in enumerate(data.draw(st.lists(steps, max_size=10))):
            try:
                with transaction.atomic():
                    moves[move](report, n * 3)
            except (MoveRefused, NotFound):
                continue
            events = list(Event.objects.select_related("report").order_by("id"))
            if data.draw(st.booleans()):
                count.consume(data.draw(st.permutations(events))[: data.draw(st.integers(0, len(events)))])
            if data.draw(st.integers(0, 9)) == 0:
                rebuild()
        count.consume(list(Event.objects.select_related("report").order_by("-id")))
        assert verify() == []
        transaction.set_rollback(True)


def facts() -> st.SearchStrategy[Fact]:
    days = st.none() | st.integers(-3, 500)

    def build(number: int, state: State, outcome: str, place: str, **given: Any) -> Fact:
        first = date(2026, 1, 15)
        on = {f"{step}_on": first + timedelta(days=n) if (n := given.pop(step)) is not None else None for step in TIMES}
        bucket = bucket_of(state=state)
        ended = bucket == "selesai"
        return Fact(
            report_id=number, bucket=bucket, state=state, outcome=outcome if ended else "", received_on=first,
            province=place[:2], regency=place[:5], district=place[:8], village=place, category="jalan", holder_id=3,
            **(on | {"ended_on": on["ended_on"] if ended else None}), **given,
        )  # fmt: skip

    return st.builds(
        build,
        number=st.integers(1, 6),
        state=st.sampled_from([state for state in State if state != State.ON_HOLD]),
        outcome=st.sampled_from(Outcome.values),
        place=st.sampled_from(["", "64.72.05.1001", "11.01.01.2001"]),
        kind=st.sampled_from(Kind.values),
        channel=st.sampled_from(Channel.values),
        visibility=st.sampled_from(["public", "confidential", "sealed"]),
        agency_id=st.none() | st.integers(1, 2),
        stars=st.none() | st.integers(1, 5),
        hand_backs=st.integers(0, 3),
        resolve_late=days.filter(lambda n: n is None or n >= 0),
        **dict.fromkeys(TIMES, days),
    )


@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(batches=st.lists(st.lists(facts(), max_size=6, unique_by=lambda fact: fact.pk), max_size=5))
def test_moving_counts_by_the_difference_gives_what_counting_all_facts_gives(batches: list[list[Fact]]) -> None:
    with transaction.atomic():
        for batch in batches:
            count.put(batch)
            count.put(batch)
        moved = _counts()
        recount()
        assert _counts() == moved
        transaction.set_rollback(True)


def _counts() -> list[object]:
    """Every count that is not zero."""
    cells = [row for row in Cell.objects.order_by(*_names(Cell)).values_list(*_names(Cell), "n") if any(row[-1])]
    return [
        cells,
        list(Due.objects.exclude(n=0).order_by(*_names(Due)).values_list(*_names(Due), "n")),
        list(Tally.objects.exclude(n=0).order_by(*_names(Tally)).values_list(*_names(Tally), "n")),
    ]


def _names(model: type[Cell | Due | Tally]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "n"}]


def test_an_answer_that_came_late_counts_as_late_and_by_the_first_time(stage: Stage) -> None:
    report, _ = file_report()
    to_answered(stage, report, now=MONDAY + DAY * 40)
    count.consume(list(Event.objects.select_related("report")))
    fact = Fact.objects.get(pk=report.pk)
    assert (fact.answered_on, fact.verify_late) == (date(2026, 11, 14), 37)
    cell = Cell.objects.get(scope="regency", key="64.72", facet="all")
    assert cell.n[PLACE[f"answered_bin_{BINS.index(31)}"]] == 1
    assert cell.month == date(2026, 10, 1)


def test_a_confidential_report_is_not_in_what_points_at_it(stage: Stage) -> None:
    file_report(is_confidential=True)
    count.consume(list(Event.objects.select_related("report")))
    found = set(Cell.objects.values_list("scope", "facet"))
    assert found == {
        ("all", "all"), ("all", "kind"), ("all", "channel"), ("all", "category"), ("province", "all"), ("regency", "all"),
    }  # fmt: skip


def test_verify_names_every_field_that_differs(stage: Stage) -> None:
    report, _ = file_report()
    count.consume(list(Event.objects.select_related("report")))
    Fact.objects.filter(pk=report.pk).update(received_on=date(2026, 1, 1))
    assert f"report {report.pk}: received_on counted as 2026-01-01, is 2026-10-05" in verify()
    Fact.objects.all().delete()
    assert f"report {report.pk}: not counted" in verify()


def test_a_holiday_entered_afterwards_moves_running_limits_and_leaves_what_has_passed(stage: Stage) -> None:
    late, _ = file_report()
    to_answered(stage, late, now=MONDAY + DAY * 40)
    runs, _ = file_report()
    count.consume(list(Event.objects.select_related("report")))
    before = {fact.pk: fact for fact in Fact.objects.all()}
    due = before[runs.pk].due_on
    assert due is not None
    changed = changes.add_holiday(day=due, name="Hari uji", kind="national", by=stage.people["national"], source="uji")
    calendar.forget()
    overdue.recompute(changed, now=MONDAY)
    count.consume(list(Event.objects.select_related("report")))
    assert verify() == []
    after = {fact.pk: fact for fact in Fact.objects.all()}
    assert after[runs.pk].due_on == due + DAY
    assert after[late.pk].verify_late == before[late.pk].verify_late
    assert after[late.pk].resolve_late == before[late.pk].resolve_late
