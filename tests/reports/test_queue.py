"""The lists of the desk: most urgent first, each row exactly once, and numbers that are the lengths of the lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.lib.codes import new_code
from lapor.reports import access, actions, queue
from lapor.reports.actors import Officer
from lapor.reports.models import Report
from lapor.reports.queue import LATENESS, PAGE, TABS, WORK, Filters
from tests.cast import ANSWER, MONDAY, Stage, file_report, reporter, to_answered, to_assigned

DAY = timedelta(days=1)


def copies(report: Report, changes: Iterable[dict[str, Any]]) -> list[Report]:
    """Rows like this one, each changed in its own way. Their clocks and history are left out."""
    columns = {field.attname: getattr(report, field.attname) for field in Report._meta.concrete_fields}
    del columns["id"]
    rows = [Report(**columns | {"code": new_code(), "identity_id": None} | change) for change in changes]
    return Report.objects.bulk_create(rows)


def walk(actor: Officer, filters: Filters, *, now: datetime = MONDAY) -> list[Report]:
    """All rows of a list, page after page, as somebody meets them who follows every link."""
    rows: list[Report] = []
    cursor = ""
    for _page in range(100):
        got = queue.page(actor, filters, now=now, cursor=cursor)
        assert len(got.rows) <= PAGE
        rows += got.rows
        cursor = got.next_cursor
        if not cursor:
            return rows
    raise AssertionError("the list never ended")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.booleans(), st.none() | st.integers(-2, 2), st.integers(0, 2)), min_size=1, max_size=3 * PAGE
    )
)
def test_paging_meets_every_row_once_and_in_order(stage: Stage, rows: list[tuple[bool, int | None, int]]) -> None:
    """Most due dates are equal, some are missing: only the key tells those rows apart."""
    Report.objects.all().delete()
    example = Report(
        code=new_code(), channel="web", kind="complaint", text="x" * 30, state="received",
        verifier=stage.city_inspectorate, holder=stage.city_inspectorate, guardian=stage.city_inspectorate,
        received_at=MONDAY, active_at=MONDAY,
    )  # fmt: skip
    made = copies(
        example,
        (
            {
                "is_urgent": urgent,
                "due_at": None if due is None else MONDAY + due * DAY,
                "received_at": MONDAY - age * DAY,
            }
            for urgent, due, age in rows
        ),
    )
    admin = stage.officer("admin")
    last = MONDAY + 99 * DAY
    work = sorted(made, key=lambda row: (not row.is_urgent, row.due_at or last, row.pk))
    assert walk(admin, Filters(tab="todo")) == work
    newest = sorted(made, key=lambda row: (row.received_at, row.pk), reverse=True)
    assert walk(admin, Filters(tab="all")) == newest
    assert walk(stage.officer("national"), Filters(tab="all")) == newest


def many_lives(stage: Stage) -> None:
    """Reports in every state, with every kind of secrecy, in several hands."""
    admin, liaison, operator = (stage.officer(who) for who in ("admin", "liaison", "operator"))
    file_report(is_urgent=True)
    file_report(is_confidential=True)
    file_report(kind="whistleblowing")
    file_report(region_code=None)
    held, verified, archived, objected, withdrawn = (file_report()[0] for _ in range(5))
    actions.hold(report_id=held.pk, question="Di pasar yang mana?", actor=admin, now=MONDAY)
    actions.verify(report_id=verified.pk, actor=admin, now=MONDAY)
    actions.archive(
        report_id=archived.pk, reason="spam", explanation="Bukan laporan layanan publik.", actor=admin, now=MONDAY
    )
    to_answered(stage, objected)
    actions.object_to_answer(report_id=objected.pk, text="Lubangnya masih ada.", actor=reporter(objected), now=MONDAY)
    actions.withdraw(report_id=withdrawn.pk, reason="", actor=reporter(withdrawn), now=MONDAY)
    to_answered(stage, file_report()[0])
    for is_ready in (False, True):
        drafted = to_assigned(stage, file_report()[0])
        actions.assign_unit(report_id=drafted.pk, unit=stage.roads_unit, officer_id=None, actor=liaison, now=MONDAY)
        actions.draft(
            report_id=drafted.pk, text=ANSWER, done_by="Bina Marga", done_on=MONDAY.date(), is_ready=is_ready,
            actor=operator, now=MONDAY,
        )  # fmt: skip
    helped = to_assigned(stage, file_report()[0])
    actions.add_contributor(report_id=helped.pk, agency=stage.health, actor=admin, now=MONDAY)
    lead, joined = file_report()[0], file_report()[0]
    actions.merge(report_id=joined.pk, into=lead, actor=admin, now=MONDAY)


PEOPLE = ("admin", "province_admin", "national", "liaison", "operator", "other_operator", "stranger", "investigator", "overseer")  # fmt: skip


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=4), timedelta(days=30)])
def test_every_number_is_the_length_of_its_list(stage: Stage, after: timedelta) -> None:
    many_lives(stage)
    now = MONDAY + after
    for who in PEOPLE:
        actor = stage.officer(who)
        numbers = queue.counts(actor, now=now)
        for tab in WORK:
            assert numbers[tab] == len(walk(actor, Filters(tab=tab), now=now)), (who, tab)
        for lateness in LATENESS:
            listed = walk(actor, Filters(tab="todo", lateness=lateness), now=now)
            assert numbers[lateness] == len(listed), (who, lateness)
        for state, number in numbers["by_state"].items():
            tab = "waiting" if state in queue.WAITING else "todo"
            assert number == len(walk(actor, Filters(tab=tab, state=state), now=now)), (who, state)


def test_the_lists_hold_what_the_rule_table_shows_and_nothing_else(stage: Stage) -> None:
    many_lives(stage)
    for who in PEOPLE:
        actor = stage.officer(who)
        reach = set(access.visible(actor))
        assert set(walk(actor, Filters(tab="all"))) == reach, who
        assert set(walk(actor, Filters(tab="ended"))) == {row for row in reach if not row.is_open}, who
        for tab in WORK:
            assert set(walk(actor, Filters(tab=tab))) <= reach, (who, tab)


def test_one_who_only_looks_on_has_no_work(stage: Stage) -> None:
    """The overseer of the cast sits in the very body that holds reports without a place."""
    file_report(region_code=None)
    assert queue.counts(stage.officer("national"), now=MONDAY)["todo"] == 1
    assert queue.counts(stage.officer("overseer"), now=MONDAY)["todo"] == 0
    assert len(walk(stage.officer("overseer"), Filters(tab="all"))) == 1


def test_a_ready_draft_is_work_of_who_may_send_it_and_no_longer_of_its_writer(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    liaison, operator = stage.officer("liaison"), stage.officer("operator")
    actions.assign_unit(report_id=report.pk, unit=stage.roads_unit, officer_id=None, actor=liaison, now=MONDAY)
    assert walk(operator, Filters(tab="todo")) == [report]
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Bina Marga", done_on=MONDAY.date(), is_ready=True,
        actor=operator, now=MONDAY,
    )  # fmt: skip
    assert walk(operator, Filters(tab="todo")) == []
    assert walk(operator, Filters(tab="ready")) == [report]
    assert walk(liaison, Filters(tab="todo")) == walk(liaison, Filters(tab="ready")) == [report]
    assert queue.page(liaison, Filters(), now=MONDAY).ready == {report.pk}


def test_a_draft_left_behind_by_a_body_that_handed_back_waits_for_nobody(stage: Stage) -> None:
    report = to_assigned(stage, file_report()[0])
    liaison, admin = stage.officer("liaison"), stage.officer("admin")
    actions.draft(
        report_id=report.pk, text=ANSWER, done_by="Bina Marga", done_on=MONDAY.date(), is_ready=True,
        actor=liaison, now=MONDAY,
    )  # fmt: skip
    actions.hand_back(
        report_id=report.pk, reason="Bukan kewenangan kami: ini jalan nasional.", actor=liaison, now=MONDAY
    )
    actions.assign(report_id=report.pk, to=stage.health, actor=admin, now=MONDAY)
    actions.start(report_id=report.pk, actor=stage.officer("stranger"), now=MONDAY)
    for who in ("liaison", "stranger", "admin"):
        assert walk(stage.officer(who), Filters(tab="ready")) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"state": "received"}, {"early", "late", "secret"}),
        ({"kind": "aspiration"}, {"late"}),
        ({"category": "jalan_jembatan"}, {"early", "late", "secret", "given"}),
        ({"region": "64.72"}, {"early", "late", "secret", "given"}),
        ({"region": "64.72.05"}, {"early", "secret", "given"}),
        ({"region": "64.7"}, set()),
        ({"agency": "dinas-pupr-kota-samarinda"}, {"given"}),
        ({"q": "PASAR"}, {"early", "late", "given"}),
        ({"q": "kolam"}, {"secret"}),
        ({"q": "50%"}, set()),
        ({"mine": True}, set()),
        ({"state": "received", "kind": "complaint", "q": "kolam"}, {"secret"}),
    ],
)
def test_filters_narrow_and_add_up(stage: Stage, filters: dict[str, Any], found: set[str]) -> None:
    made = {
        "early": file_report()[0],
        "late": file_report(kind="aspiration", region_code="64.72")[0],
        "secret": file_report(is_confidential=True, title="", text="Air di kolam renang kota berbau sejak Senin lalu.")[
            0
        ],
        "given": to_assigned(stage, file_report()[0]),
    }
    names = {report.pk: name for name, report in made.items()}
    got = walk(stage.officer("admin"), Filters(tab="all", **filters))
    assert {names[row.pk] for row in got} == found


def test_a_number_finds_its_report_however_it_is_typed(stage: Stage) -> None:
    report = file_report()[0]
    file_report()
    typed = f"{report.code[:4]} {report.code[4:7]}-{report.code[7:]}"
    assert walk(stage.officer("admin"), Filters(tab="all", q=typed)) == [report]


def test_a_search_where_everything_is_in_reach_reads_on_page_by_page(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One search reads a bounded number of reports; what lies further back is found by going on."""
    monkeypatch.setattr(queue, "SEARCHED", 40)
    report = file_report()[0]
    made = copies(
        report,
        ({"title": f"Kata {n % 7}", "text": "y" * 30, "received_at": MONDAY - (n // 3) * DAY} for n in range(150)),
    )
    wanted = {row.pk for row in made if row.title == "Kata 3"}
    national = stage.officer("national")
    first = queue.page(national, Filters(tab="all", q="kata 3"), now=MONDAY)
    assert len(first.rows) < PAGE
    assert first.next_cursor
    got = [row.pk for row in walk(national, Filters(tab="all", q="kata 3"))]
    assert sorted(got) == sorted(wanted)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "~",
        "1~~",
        "1~~²",
        "0~2026-10-05~1",
        "0~2026-10-05T00:00:00+00:00~",
        "0~gestern~4",
        "0~~" + "9" * 30,
        "\x00",
    ],
)
def test_a_cursor_that_says_nothing_starts_at_the_beginning(stage: Stage, cursor: str) -> None:
    report = file_report()[0]
    for tab in TABS:
        shown = queue.page(stage.officer("admin"), Filters(tab=tab), now=MONDAY, cursor=cursor).rows
        assert shown == ([report] if tab in {"todo", "all"} else [])
