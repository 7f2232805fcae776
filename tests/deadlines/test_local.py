"""Days off of one region as they are typed: what is over, reversed, double or off already is named, row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.deadlines.changes import add_holiday
from lapor.deadlines.local import LONGEST_SPAN, DaysRefused, Typed, coming, read_days
from tests.cast import MONDAY, Stage

TODAY = MONDAY.date()
CITY = "64.72"
DAY = TODAY + timedelta(days=9)


def read(*rows: tuple[str, str, str]) -> list[tuple[date, str]]:
    return read_days([Typed(*row) for row in rows], region_code=CITY, today=TODAY)


def problems(*rows: tuple[str, str, str]) -> list[str]:
    with pytest.raises(DaysRefused) as refused:
        read(*rows)
    return refused.value.problems


def test_days_and_spans_are_read_in_order_and_empty_rows_left_out(stage: Stage) -> None:
    later = DAY + timedelta(days=5)
    found = read(
        (later.isoformat(), "", "Pilkada"), ("", "", ""), (str(DAY), str(DAY + timedelta(days=1)), "Hari Jadi")
    )
    assert found == [(DAY, "Hari Jadi"), (DAY + timedelta(days=1), "Hari Jadi"), (later, "Pilkada")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("kemarin", "", "Uji"), "ditulis seperti"),
        ((str(DAY), str(DAY - timedelta(days=1)), "Uji"), "mendahului"),
        ((str(TODAY - timedelta(days=1)), str(DAY), "Uji"), "sudah lewat"),
        ((str(DAY), str(DAY + timedelta(days=LONGEST_SPAN)), "Uji"), "paling lama"),
        ((f"{TODAY.year + 3}-01-02", "", "Uji"), "paling jauh"),
        ((str(DAY), "", ""), "nama hari libur"),
        ((str(DAY), "", "x" * 121), "nama hari libur"),
        (("", "", "Hanya nama"), "ditulis seperti"),
    ],
    ids=["words", "reversed", "past", "long", "far", "nameless", "long-name", "dateless"],
)
def test_a_row_in_doubt_is_named_with_its_number_and_nothing_is_read(
    stage: Stage, row: tuple[str, str, str], said: str
) -> None:
    (problem,) = problems((str(DAY + timedelta(days=30)), "", "Baik"), row)
    assert problem.startswith("Baris 2:") and said in problem


def test_a_day_that_is_off_already_or_named_twice_is_refused(stage: Stage) -> None:
    for code, kind in (("", "national"), ("64", "regional"), (CITY, "regional")):
        day = DAY + timedelta(days=len(code))
        add_holiday(day=day, name=f"Libur {code}", kind=kind, region_code=code, by=None, source="Uji")
        (problem,) = problems((str(day), "", "Uji"))
        assert f"sudah libur: Libur {code}" in problem
    add_holiday(day=DAY + timedelta(days=1), name="Lain", kind="regional", region_code="64.02", by=None, source="Uji")
    assert read((str(DAY + timedelta(days=1)), "", "Uji")), "another region's day is free here"
    free = str(DAY + timedelta(days=20))
    assert "sudah disebut" in problems((free, "", "A"), (free, "", "B"))[0]
    assert problems() and problems(("", "", ""))


def test_only_the_days_of_the_region_that_are_still_to_come_are_listed(stage: Stage) -> None:
    for day, code in ((DAY, CITY), (TODAY - timedelta(days=1), CITY), (DAY, "64")):
        add_holiday(day=day, name="Uji", kind="regional", region_code=code, by=None, source="Uji")
    assert [(one.day, one.region_code) for one in coming(CITY, today=TODAY)] == [(DAY, CITY)]


_TEXT = st.one_of(st.dates(date(2025, 1, 1), date(2030, 1, 1)).map(str), st.text(max_size=12), st.just(""))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(_TEXT, _TEXT, st.text(max_size=12)), max_size=5))
def test_what_is_read_never_lies_in_the_past_and_never_twice(stage: Stage, rows: list[tuple[str, str, str]]) -> None:
    try:
        found = read(*rows)
    except DaysRefused:
        return
    assert found == sorted(found)
    assert len({day for day, _name in found}) == len(found)
    assert all(day >= TODAY and name for day, name in found)
