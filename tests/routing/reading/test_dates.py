"""When it was, in the words of people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.routing.reading.dates import read_date

ON = date(2026, 11, 28)  # a Saturday


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("kmrn malam ada ibu2 jatuh", day(11, 27), day(11, 27)),
        ("tadi pagi tabrakan", day(11, 28), day(11, 28)),
        ("semalam mati lampu", day(11, 27), day(11, 27)),
        ("tgl 3 kmrn", day(11, 3), day(11, 3)),
        ("sejak tanggal 30", day(10, 30), day(10, 30)),
        ("tgl 31 bulan lalu", day(10, 31), day(10, 31)),
        ("senin lalu", day(11, 23), day(11, 23)),
        ("hari minggu ada keributan", day(11, 22), day(11, 22)),
        ("minggu lalu", day(11, 16), day(11, 22)),
        ("12/10/2025 pukul 09.00", day(10, 12, 2025), day(10, 12, 2025)),
        ("12-10-25", day(10, 12, 2025), day(10, 12, 2025)),
        ("2025-10-12", day(10, 12, 2025), day(10, 12, 2025)),
        ("3 sampai 5 Juni 2026", day(6, 3), day(6, 5)),
        ("12 Desember", day(12, 12, 2025), day(12, 12, 2025)),  # the last one, not the next
        ("awal Maret", day(3, 1), day(3, 10)),
        ("sejak Mei belum dibayar", day(5, 1), day(5, 31)),
        ("bulan lalu", day(10, 1), day(10, 31)),
        ("sejak lebaran air mati", day(3, 21), day(3, 28)),
        ("sejak Natal 2025", day(12, 25, 2025), day(12, 26, 2025)),
        ("tahun 2023", day(1, 1, 2023), day(12, 31, 2023)),
        ("sudah 10 hari", day(11, 18), day(11, 18)),
    ],
)
def test_a_time_is_read_as_a_range(text: str, first: date, last: date) -> None:
    reading = read_date(text, on=ON)
    assert reading is not None
    assert (reading.earliest, reading.latest) == (first, last)


@pytest.mark.parametrize(
    ("text", "about"),
    [("sdh 3 bln blm ditambal", day(8, 28)), ("5 tahun lalu", day(11, 28, 2021)), ("dua minggu lalu", day(11, 14))],
)
def test_a_duration_is_counted_back_with_some_room(text: str, about: date) -> None:
    reading = read_date(text, on=ON)
    assert reading is not None
    assert reading.earliest < about < reading.latest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jalan rusak",
        "bayi umur 3 bulan",
        "lahir 12 mei 1980",
        "kontrak 2 tahun",
        "besok 3 Desember 2026",
        "99/99/9999",
        "31/02/2026",
        "menjelang lebaran",
    ],
)
def test_no_time_is_read_where_none_of_the_matter_is_told(text: str) -> None:
    assert read_date(text, on=ON) is None


def test_the_date_of_a_letter_goes_behind_the_date_of_the_matter() -> None:
    reading = read_date("Samarinda, 20 November 2026\nKepada Yth. Walikota\nPada bulan Oktober jalan amblas", on=ON)
    assert reading is not None
    assert reading.earliest == day(10, 1)


def test_last_feast_is_not_yesterday() -> None:
    reading = read_date("idul adha kemarin", on=ON)
    assert reading is not None
    assert reading.earliest == day(5, 27)


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="0123456789 /-.tgl sudah hari bulan tahun lalu kemarin mei desember lebaran senin", max_size=80),
    st.dates(min_value=date(1946, 1, 1), max_value=date(2100, 12, 31)),
)
def test_it_is_never_in_the_future_and_never_backwards(text: str, on: date) -> None:
    reading = read_date(text, on=on)
    assert reading is None or reading.earliest <= reading.latest <= on
