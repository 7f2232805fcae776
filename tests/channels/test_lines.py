from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.channels.opendata.lines import Broken, NotOpenData, Record, Table


def table(content: bytes | str) -> Table:
    raw = content if isinstance(content, bytes) else content.encode()
    return Table(io.TextIOWrapper(io.BytesIO(raw), encoding="latin-1", newline=""))


def cells(content: bytes | str) -> list[dict[str, str] | int]:
    """The rows; a broken one is its line."""
    return [found.cells if isinstance(found, Record) else found.line for found in table(content)]


HEADING = "TrackingID,IsiLaporan,Status\r\n"


@pytest.mark.parametrize("separator", [",", ";"])
def test_both_separators_are_found_by_the_heading(separator: str) -> None:
    content = f"id{separator}IsiLaporan{separator}Status\n1{separator}jalan, rusak; parah{separator}Belum\n"
    broken_or_not = cells(content.replace("jalan, rusak; parah", '"jalan, rusak; parah"'))
    assert broken_or_not == [{"TrackingID": "1", "IsiLaporan": "jalan, rusak; parah", "Status": "Belum"}]


@pytest.mark.parametrize("heading", ["tracking id", "TRACKINGID", " Tracking_ID ", "id", "ID", "Tracking-Id"])
def test_headings_are_read_whatever_their_case_and_blanks(heading: str) -> None:
    assert table(f"Isi Laporan,{heading}\n").columns == ["IsiLaporan", "TrackingID"]


def test_columns_may_stand_in_any_order_and_unknown_ones_are_named() -> None:
    found = table("Status,Lintang,isilaporan,TRACKINGID\nBelum,-0.5,jalan,7\n")
    assert found.unknown == ["Lintang"]
    assert [row.cells for row in found if isinstance(row, Record)] == [
        {"Status": "Belum", "IsiLaporan": "jalan", "TrackingID": "7"}
    ]


def test_the_full_name_of_the_identifier_counts_where_id_stands_beside_it() -> None:
    assert cells("id,TrackingID,IsiLaporan\n1,1043921,jalan\n") == [{"TrackingID": "1043921", "IsiLaporan": "jalan"}]


@pytest.mark.parametrize(
    "content", ["", "a,b,c\n", "TrackingID,Status\n", "IsiLaporan\n", "TrackingID,IsiLaporan,isi laporan\n"]
)
def test_a_file_without_identifier_or_words_or_with_a_column_twice_is_refused(content: str) -> None:
    with pytest.raises(NotOpenData):
        table(content)


def test_a_byte_order_mark_and_the_line_of_excel_are_no_heading() -> None:
    assert cells("\ufeffTrackingID;IsiLaporan\n1;jalan\n") == [{"TrackingID": "1", "IsiLaporan": "jalan"}]
    assert cells("sep=;\r\nTrackingID;IsiLaporan\r\n1;jalan\r\n") == [{"TrackingID": "1", "IsiLaporan": "jalan"}]


def test_windows_1252_and_utf_8_are_told_apart_line_by_line() -> None:
    content = (
        HEADING.encode() + "1,caf\u00e9 \u2013 tua,Belum\n".encode("cp1252") + "2,caf\u00e9 \u2013 tua,Belum\n".encode()
    )
    assert [row["IsiLaporan"] for row in cells(content) if isinstance(row, dict)] == ["caf\u00e9 \u2013 tua"] * 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_may_go_over_several_lines_and_line_numbers_are_those_of_the_file(end: str) -> None:
    content = HEADING.strip() + end + f'1,"satu{end}dua",Belum{end}2,kurang{end}3,tiga,Belum{end}'
    found = list(table(content))
    assert [row.line for row in found] == [2, 4, 5]
    assert isinstance(found[0], Record) and found[0].cells["IsiLaporan"] == f"satu{end}dua"
    assert isinstance(found[1], Broken)


def test_a_quote_that_is_never_closed_costs_one_row_only() -> None:
    rows = [f"{n},teks {n},Belum" for n in range(1, 601)]
    rows[9] = '10,"teks tanpa akhir,Belum'
    found = cells(HEADING + "\n".join(rows) + "\n")
    assert len(found) == 600
    assert [row for row in found if isinstance(row, int)] == [11]


def test_a_quote_closed_by_the_next_row_costs_one_row_only() -> None:
    found = cells(HEADING + '1,"teks tanpa akhir,Belum\n2,"teks, lain",Belum\n3,teks,Belum\n')
    assert [row if isinstance(row, int) else row["TrackingID"] for row in found] == [2, "2", "3"]


def test_a_file_that_was_cut_off_inside_a_text_says_so() -> None:
    (whole, cut) = list(table(HEADING + '1,teks,Belum\n2,"teks yang terpo'))
    assert isinstance(whole, Record)
    assert isinstance(cut, Broken) and cut.line == 3


def test_rows_that_are_too_short_or_too_long_are_broken_and_empty_ones_are_nothing() -> None:
    content = HEADING + "1,teks\n2,teks,Belum,lebih\n3,teks,Belum,,\n\n,,\n  \n4,teks,Belum\n"
    assert [row if isinstance(row, int) else row["TrackingID"] for row in cells(content)] == [2, 3, "3", "4"]


def test_quotes_inside_a_text_and_nul_bytes_do_no_harm() -> None:
    content = HEADING + '1,"kata ""tutup"" di sini",Belum\n2,pipa 5" bocor,Be\0lum\n'
    assert cells(content) == [
        {"TrackingID": "1", "IsiLaporan": 'kata "tutup" di sini', "Status": "Belum"},
        {"TrackingID": "2", "IsiLaporan": 'pipa 5" bocor', "Status": "Belum"},
    ]


def test_one_line_of_many_megabytes_is_not_held() -> None:
    content = HEADING + "x" * 3_000_000 + "\n1,teks,Belum\n"
    found = cells(content)
    assert found[-1] == {"TrackingID": "1", "IsiLaporan": "teks", "Status": "Belum"}
    assert all(isinstance(row, int) for row in found[:-1])


def test_the_reason_never_quotes_the_row() -> None:
    (found,) = list(table(HEADING + "Pelapor Uji Kenari,0812\n"))
    assert isinstance(found, Broken)
    assert "Kenari" not in found.reason


@given(st.lists(st.text(alphabet="ab,;\"\n\r'\t \u00e9", max_size=8), min_size=1, max_size=12))
def test_whatever_stands_in_a_file_reading_it_ends_and_counts_its_lines(parts: list[str]) -> None:
    content = HEADING + "".join(parts) + "\n99,akhir,Belum\n"
    found = list(table(content))
    lines = content.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert all(2 <= row.line <= lines for row in found)
    assert [row.line for row in found] == sorted(row.line for row in found)
