"""A decree from a file: all of it or nothing, with every doubtful line named; the command says what will change."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lapor.deadlines.calendar import calendar_for
from lapor.deadlines.decree import DecreeRefused, read_decree
from lapor.deadlines.models import CalendarChange, CalendarYear

GOOD = """day,name,kind
2027-03-09,Hari Raya Idul Fitri,national
2027-01-01,Tahun Baru Masehi,national
2027-03-08,Cuti Bersama Idul Fitri,cuti_bersama
"""


def test_days_come_in_order() -> None:
    assert [day for day, _name, _kind in read_decree(GOOD, year=2027)] == [
        date(2027, 1, 1),
        date(2027, 3, 8),
        date(2027, 3, 9),
    ]


def test_semicolons_and_other_columns_are_fine() -> None:
    assert read_decree("no;kind;name;day\n1; national ; Tahun Baru ;2027-01-01\n", year=2027) == [
        (date(2027, 1, 1), "Tahun Baru", "national")
    ]


def test_every_doubtful_line_is_named() -> None:
    bad = (
        "day,name,kind\n"
        "1 Januari 2027,Tahun Baru,national\n"
        "2026-12-25,Hari Raya Natal,national\n"
        "2027-03-09,,national\n"
        "2027-03-09,Idul Fitri,regional\n"
        "2027-05-01,Hari Buruh,national\n"
        "2027-05-01,Hari Buruh,national\n"
        "2027-06-01\n"
    )
    with pytest.raises(DecreeRefused) as refused:
        read_decree(bad, year=2027)
    lines = [problem.split(":")[0] for problem in refused.value.problems]
    assert lines == ["Baris 2", "Baris 3", "Baris 4", "Baris 5", "Baris 7", "Baris 8"]


@pytest.mark.parametrize("text", ["", "day,name,kind\n", "tanggal,nama\n2027-01-01,Tahun Baru\n"])
def test_a_file_without_days_or_columns_is_refused(text: str) -> None:
    with pytest.raises(DecreeRefused):
        read_decree(text, year=2027)


def test_two_feasts_on_one_day_are_both_kept() -> None:
    text = "day,name,kind\n2027-05-06,Kenaikan Yesus Kristus,national\n2027-05-06,Hari lain (uji),national\n"
    assert len(read_decree(text, year=2027)) == 2


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    path = tmp_path / "skb 2027.csv"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")  # as a spreadsheet saves it
    return path


def enter(*arguments: object) -> str:
    out = StringIO()
    call_command("enter_decree", *map(str, arguments), reference="SKB Uji 1/2026", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("loaded")
def test_the_command_says_what_changes_and_enters_the_decree(decree: Path) -> None:
    said = enter(2027, decree)
    assert "+ 2027-03-09 Hari Raya Idul Fitri" not in said  # the estimate had this day, under another name
    assert "- 2027-03-10 Hari Raya Idul Fitri (perkiraan)" in said
    assert calendar_for(None).is_working(date(2027, 3, 10))
    assert CalendarYear.objects.get(year=2027).reference == "SKB Uji 1/2026"
    assert CalendarChange.objects.get().first_day == date(2027, 1, 1)


@pytest.mark.usefixtures("loaded")
def test_a_dry_run_changes_nothing(decree: Path) -> None:
    assert "- 2027-03-10" in enter(2027, decree, "--dry-run")
    assert not calendar_for(None).is_working(date(2027, 3, 10))
    assert not CalendarChange.objects.exists()


@pytest.mark.usefixtures("loaded")
def test_a_file_that_is_refused_changes_nothing(decree: Path) -> None:
    with pytest.raises(CommandError, match="Baris 2"):
        enter(2028, decree)
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        enter(2027, decree.with_name("tidak ada.csv"))
    assert not CalendarChange.objects.exists()
