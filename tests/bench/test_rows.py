"""The invented reports are such as the service itself would have made: no constraint is bent, no copy is better than its source."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from bench import fill, lives, tasks, world
from bench.lives import part_of
from bench.rows import COLUMNS
from lapor.lib.codes import is_code
from lapor.reports import postings
from lapor.reports.models import Clock, Posting, Report
from lapor.statistics import rebuild
from lapor.transparency.models import CopyPosting, PublicReport
from lapor.transparency.publish import publish
from tests.cast import forget, set_stage

MANY = 150


@pytest.fixture
def filled(db: None) -> None:
    """What `fill_some` made."""
    forget()


@pytest.fixture
def nobody_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts name nobody. Now and then redaction still takes an invented street for a person; rows know nothing of it."""
    monkeypatch.setattr("lapor.transparency.publish.masked", lambda text, _names: text)
    monkeypatch.setattr("lapor.transparency.doubts.is_doubtful", lambda _report, _names: False)


def fill_some() -> None:
    """Some invented reports, put in with every trigger and foreign key at work."""
    set_stage()
    now = datetime.now(UTC)
    world.build(on=now.date(), adopting=0)
    fill.fill(1, MANY, of=MANY, world=world.read(on=now.date()), now=now)
    fill.settle()


def test_every_constraint_holds_and_every_table_has_rows(filled: None) -> None:
    connection.check_constraints()
    empty = [model.__name__ for model in COLUMNS if not model._default_manager.exists()]
    assert empty == []
    assert Report.objects.count() == MANY


def test_all_codes_are_codes(filled: None) -> None:
    assert all(map(is_code, Report.objects.values_list("code", flat=True)))


def test_every_text_says_that_it_is_invented(filled: None) -> None:
    plain = Report.objects.exclude(visibility="sealed")
    assert plain.exists() and not plain.exclude(text__contains="Teks buatan untuk pengukuran").exists()


def test_the_counts_agree_with_the_reports(filled: None) -> None:
    assert rebuild.verify() == []


def test_the_copies_are_those_that_would_have_been_published(filled: None, nobody_named: None) -> None:
    invented = _copies()
    publish(list(Report.objects.values_list("pk", flat=True)))
    made = _copies()
    assert invented.keys() == made.keys()
    for code, copy in invented.items():
        assert copy == made[code]


def test_what_is_open_is_looked_for_by_the_words_that_it_has(filled: None, nobody_named: None) -> None:
    invented = [set(table._default_manager.values_list("report_id", "mark")) for table in (Posting, CopyPosting)]
    reports = Report.objects.all()
    postings.keep(
        Posting,
        {
            report.pk: postings.marks_of(postings.message_of(report))
            if postings.is_looked_for(report, leads_mass=False)
            else set()
            for report in reports
        },
    )
    publish([report.pk for report in reports])
    made = [set(table._default_manager.values_list("report_id", "mark")) for table in (Posting, CopyPosting)]
    assert invented == made
    assert all(made)


def _copies() -> dict[str, dict[str, Any]]:
    """Every column of every copy by its code; words without their order."""
    rows: list[dict[str, Any]] = [dict(row) for row in PublicReport.objects.values()]
    return {row["code"]: row | {"search": None, "words": sorted(set(row["words"].split()))} for row in rows}


def test_new_reports_do_not_take_a_key_that_is_taken(filled: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reports_report', 'id'))")
        assert cursor.fetchone() == (MANY + 1,)


def test_the_sweep_can_be_measured_again_and_again(filled: None) -> None:
    """What climbed in one round is late anew in the next."""
    assert all(tasks.sweep(due=6) > 0 for _ in range(3))
    assert Clock.objects.filter(rung__isnull=False).count() >= 3


@pytest.mark.parametrize("rows", [10_000, 100_000, 1_000_000])
def test_the_measured_officers_have_the_same_work_at_every_size(rows: int) -> None:
    step = rows // lives.CAST
    counted = Counter(part for n in range(step, rows + 1, step) if (part := part_of(n, rows)[0]))
    assert counted == {"office_open": 200, "office_ended": 600, "inspectorate": 900, "national": 300}
