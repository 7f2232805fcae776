"""What dashboards cost at ten million facts, and how many events a second the consumer counts among them.

Facts are those of synthetic years, made as the consumer makes them, and then put in many times over by
`generate_series` under other keys; the cells are those of the few, times as many, which is exactly what counting all of
them gives. So the tables are as long as those of so many reports, and the numbers in them are right.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection
from django.utils import timezone

from lapor.agencies.models import Agency, Region
from lapor.reports.models import Report
from lapor.statistics import count, facts, seed_year
from lapor.statistics.boards import asking, tables
from lapor.statistics.models import Cell, Due, Fact, Series

FEW = 20_000
AIM_DASHBOARD = 0.050
AIM_EVENTS = 200


def grow(*, rows: int) -> int:
    """Fills the fact table up to so many rows; returns how many there are. They stand as real ones."""
    few = min(FEW, rows)
    times = max(1, rows // few)
    year = timezone.localdate().year - 1
    seed_year.load(year, reports=few, users=few // 3)
    names = [field.column for field in Fact._meta.concrete_fields if field.column not in {"report_id", "series"}]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(
            f"INSERT INTO statistics_fact (report_id, series, {columns})"
            f" SELECT report_id - n * 1000000::bigint, series, {columns}"
            " FROM statistics_fact, generate_series(1, %s) AS n WHERE series = 'synthetic'",
            [times - 1],
        )
        cursor.execute(
            "UPDATE statistics_cell SET n = (SELECT array_agg(a * %s ORDER BY place) FROM unnest(n) WITH ORDINALITY"
            " AS one (a, place)) WHERE series = 'synthetic'",
            [times],
        )
        cursor.execute("UPDATE statistics_due SET n = n * %s WHERE series = 'synthetic'", [times])
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) statistics_fact, statistics_cell, statistics_due")
    return Fact.objects.count()


def sizes() -> dict[str, int]:
    return {"facts": Fact.objects.count(), "cells": Cell.objects.count(), "days of limits": Due.objects.count()}


def dashboards(*, rounds: int) -> dict[str, dict[str, float]]:
    """Of each dashboard: seconds in all, in the database, in its slowest question, and how many questions; medians."""
    return {name: _measured(made, rounds=rounds) for name, made in _boards().items()}


def _boards() -> dict[str, Callable[[], Any]]:
    today = timezone.localdate()
    span = asking.span(Series.SYNTHETIC, today=today)
    place = Region.objects.get(code="35")
    regency, body = Region.objects.get(code="35.78"), Agency.objects.filter(level="central").order_by("name").first()
    village = Region.objects.filter(code__startswith="35.78.", level=4).order_by("code").first()

    def board(**asked: Any) -> Callable[[], Any]:
        given: dict[str, Any] = {
            "period": span,
            "today": asking.today_of(Series.SYNTHETIC, today=today),
            "series": Series.SYNTHETIC,
        }
        return lambda: tables.every(asking.board(**(given | asked)), lambda _table, _key: "")

    return {
        "nation": board(),
        "province": board(region=place),
        "regency": board(region=regency),
        "village": board(region=village),
        "body": board(agency=body),
        "nation, one channel": board(channel="sms"),
        "province, one category": board(region=place, category=seed_year._read().categories[0]),
    }


def _measured(made: Callable[[], Any], *, rounds: int) -> dict[str, float]:
    spent: list[list[float]] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[-1].append(time.perf_counter() - began)

    took = []
    for _round in range(rounds + 1):
        spent.append([])
        began = time.perf_counter()
        with connection.execute_wrapper(watch):
            made()
        took.append(time.perf_counter() - began)
    kept = spent[1:] or spent
    return {
        "all": median(took[1:] or took),
        "database": median(map(sum, kept)),
        "slowest": median(map(max, kept)),
        "questions": len(kept[0]),
    }


def consumer(*, batches: int, size: int = 400) -> dict[str, float]:
    """Seconds for a batch of so many events of as many reports: facts read, counts moved, all written. Every report
    moves to another month and back, so that each batch has all of its counts to move.
    """
    keys = list(Report.objects.order_by("-pk").values_list("pk", flat=True)[:size])
    reports = list(Report.objects.filter(pk__in=keys))
    took = []
    for number in range(batches):
        began = time.perf_counter()
        made = facts.facts_of(reports)
        for fact in made:
            fact.hand_backs += number % 2 + 1
        count.put(made)
        took.append(time.perf_counter() - began)
    count.count(reports)
    return {"batch": median(took), "events": len(reports), "rate": len(reports) / median(took)}
