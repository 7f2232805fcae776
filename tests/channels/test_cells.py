from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.channels.opendata import cells
from lapor.channels.opendata.cells import Unreadable
from lapor.channels.opendata.columns import harmless, original
from lapor.lib.text import normalise
from lapor.reports.taken import Stage

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "12/03/2015 14:05",
        "12/3/2015 14:05:00",
        "12-03-2015 14.05",
        "12.03.2015, 14:05",
        "12/03/2015 14:05 WIB",
        "2015-03-12 14:05",
        "2015-03-12T14:05:00",
        "2015-03-12 14:05:00.000000",
        "2015/03/12 14:05",
        "2015-03-12T14:05:00+07:00",
        "2015-03-12T07:05:00Z",
        "2015-03-12T16:05:00+0900",
        " 12/03/2015 14:05 ",
    ],
)
def test_a_time_is_read_by_the_clock_of_the_service_unless_it_names_another(written: str) -> None:
    assert cells.moment(written, now=NOW) == datetime(2015, 3, 12, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize("written", ["12/03/2015", "2015-03-12"])
def test_a_day_without_an_hour_begins_at_midnight(written: str) -> None:
    assert cells.moment(written, now=NOW) == datetime(2015, 3, 11, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2015",
        "29/02/2015 10:00",
        "2015-13-01",
        "12/31/2015",
        "12/03/2015 25:00",
        "12/03/2015 10:75",
        "12/03/15",
        "kemarin",
        "42075",
        "01/01/1970 07:00",
        "12/03/2051",
        "2015-03-12T14:05:00+99:00",
        "0001-01-01",
        "٢٠١٥-٠٣-١٢",
    ],
)
def test_a_day_that_cannot_be_is_broken(written: str) -> None:
    with pytest.raises(Unreadable):
        cells.moment(written, now=NOW)


@pytest.mark.parametrize("written", ["", " ", "-", "NULL", "\\N", "0000-00-00 00:00:00", "00/00/0000", "n/a"])
def test_what_databases_write_for_nothing_is_nothing(written: str) -> None:
    assert cells.moment(written, now=NOW) is None


def test_only_an_export_of_lapor_names_its_distance_from_utc() -> None:
    assert cells.names_its_offset("2015-03-12T14:05:00+07:00")
    assert not cells.names_its_offset("2015-03-12T14:05:00")
    assert not cells.names_its_offset("12/03/2015 14:05")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1043921", "1043921"), (" #1043921", "1043921"), ("1043921.0", "1043921"), ("LPR-2015/0042", "LPR-2015/0042")],
)
def test_an_identifier_is_read_as_spreadsheets_leave_it(written: str, meant: str) -> None:
    assert cells.identifier(written) == meant


@pytest.mark.parametrize(
    "written", ["", "-", "1,04E+06", "1.04392E+12", "Pelapor Uji Kenari", "Anonim", "9" * 61, "a@uji.invalid"]
)
def test_what_cannot_be_an_identifier_is_broken_and_not_quoted(written: str) -> None:
    with pytest.raises(Unreadable) as problem:
        cells.identifier(written)
    assert written == "" or written not in str(problem.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Belum", Stage.BELUM), (" proses ", Stage.PROSES), ("SELESAI", Stage.SELESAI), ("", None), ("NULL", None)],
)
def test_the_three_words_of_the_status_are_read(written: str, meant: Stage | None) -> None:
    assert cells.stage(written) == meant


def test_another_status_is_broken() -> None:
    with pytest.raises(Unreadable):
        cells.stage("Ditolak")


@pytest.mark.parametrize("written", ["Anonim", "ANONYMOUS", "", "-", "Dirahasiakan", "null"])
def test_a_hidden_name_is_no_name(written: str) -> None:
    assert cells.name(written) == ""


@given(st.text(max_size=60))
def test_a_cell_that_a_spreadsheet_would_run_is_written_harmless_and_read_as_it_was(text: str) -> None:
    written = harmless(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert original(written) == text


@given(st.text(max_size=300))
def test_reading_a_text_twice_changes_nothing(text: str) -> None:
    once = cells.words(harmless(normalise(text)))
    assert cells.words(harmless(once)) == once


@given(st.datetimes(min_value=datetime(2011, 1, 1), max_value=datetime(2026, 9, 1)))
def test_every_time_comes_back_from_both_ways_of_writing(at: datetime) -> None:
    at = at.replace(microsecond=0)
    local = cells.moment(at.strftime("%d/%m/%Y %H:%M:%S"), now=NOW)
    assert local == cells.moment(at.isoformat(), now=NOW)
    assert local is not None and local.astimezone(UTC).replace(tzinfo=None) == at - timedelta(hours=7)
