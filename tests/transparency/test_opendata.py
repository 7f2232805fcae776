from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.channels.opendata.columns import COLUMNS
from lapor.lib.text import normalise
from lapor.reports import actions
from lapor.reports.models import Event, Report
from lapor.transparency import opendata
from lapor.transparency.models import PublicReport
from lapor.transparency.publish import masked
from tests.cast import MONDAY, TEXT, Stage, file_report, reporter, to_answered, to_assigned
from tests.channels.sheets import counts, row, sheet, take
from tests.transparency.steps import copy_of, read_all

LATER = MONDAY + timedelta(days=3)


def exported() -> str:
    out = io.StringIO()
    opendata.export(out)
    return out.getvalue()


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def start_anew() -> None:
    """Another LAPOR, with the same places and bodies and no report."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE reports_report, transparency_publicreport, transparency_word, vault_identity CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def several(stage: Stage) -> None:
    """Copies in every bucket: received here and taken over from elsewhere, with and without what the columns can hold."""
    received, _ = file_report(
        title="", category=None, text='+62 bukan nomor; jalan, rusak\nbaris kedua "kutip" di sini'
    )
    actions.verify(report_id=received.pk, actor=stage.officer("admin"), now=MONDAY)
    assigned, _ = file_report(name="Zulkarnaen Uji", text=f"Saya Zulkarnaen Uji, telepon 081299887766. {TEXT}")
    to_assigned(stage, assigned)
    nowhere, _ = file_report(region_code=None, place="di depan pasar lama", title="=1+1 lubang di jalan")
    actions.verify(report_id=nowhere.pk, actor=stage.officer("national"), now=MONDAY)
    closed, _ = file_report()
    to_answered(stage, closed)
    actions.agree(report_id=closed.pk, actor=reporter(closed), now=LATER)


def test_the_heading_is_exactly_that_of_the_service(stage: Stage) -> None:
    assert exported() == ",".join(COLUMNS) + "\r\n"
    assert len(COLUMNS) == 15


def test_a_copy_is_written_with_our_own_keys_and_the_time_of_the_service(stage: Stage) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    assert rows(exported()) == [
        {
            "TrackingID": report.code,
            "Pelapor": "Anonim",
            "JudulLaporan": "Jalan berlubang di depan pasar",
            "IsiLaporan": TEXT,
            "DisposisiInstansi": "Dinas PUPR Kota Samarinda",
            "DisposisiInstansiID": "dinas-pupr-kota-samarinda",
            "Kategori": "Jalan dan jembatan",
            "KategoriID": "jalan_jembatan",
            "Status": "Proses",
            "Area": "Samarinda Utara, Kota Samarinda, Kalimantan Timur",
            "AreaID": "64.72.05",
            "TanggalLaporanMasuk": "2026-10-05T08:00:00+07:00",
            "TanggalDisposisi": "2026-10-05T08:00:00+07:00",
            "TanggalLaporanAktivitasTerakhir": "2026-10-05T08:00:00+07:00",
            "TanggalLaporanDitutup": "",
        }
    ]


def test_only_what_is_published_is_exported_and_as_it_is_published(stage: Stage) -> None:
    several(stage)
    file_report(text=f"belum diverifikasi {TEXT}")
    secret, _ = file_report(is_confidential=True, text=f"rahasia sekali {TEXT}")
    to_assigned(stage, secret)
    archived, _ = file_report(text=f"diarsipkan saja {TEXT}")
    actions.archive(
        report_id=archived.pk,
        reason="too_general",
        explanation="Mohon sebutkan tempat dan waktunya, lalu laporkan lagi.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    read_all()
    content = exported()
    assert [cells["Status"] for cells in rows(content)] == ["Belum", "Proses", "Belum", "Selesai"]
    for hidden in ("belum diverifikasi", "rahasia sekali", "diarsipkan saja", "Zulkarnaen", "081299887766"):
        assert hidden not in content


def test_a_reporter_who_chose_to_is_exported_by_name(stage: Stage) -> None:
    report, _ = file_report(name="Zulkarnaen Uji", shows_name=True)
    to_assigned(stage, report)
    read_all()
    assert rows(exported())[0]["Pelapor"] == "Zulkarnaen Uji"


def test_no_cell_begins_like_a_formula(stage: Stage) -> None:
    several(stage)
    read_all()
    assert not [cell for cells in rows(exported()) for cell in cells.values() if cell.startswith(("=", "+", "-", "@"))]


def test_importing_what_was_exported_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    several(stage)
    take(tmp_path, sheet(row(), row(TrackingID="2", Area="Negeri Dongeng", DisposisiInstansi="Dinas Antah")))
    read_all()
    content = exported()
    before = (list(Report.objects.order_by("pk").values()), list(Event.objects.order_by("pk").values()))
    assert counts(take(tmp_path, content, now=LATER)) == {"known": 6}
    assert before == (list(Report.objects.order_by("pk").values()), list(Event.objects.order_by("pk").values()))
    assert exported() == content


def test_an_empty_lapor_gets_the_same_copies_under_the_same_codes(stage: Stage, tmp_path: Path) -> None:
    several(stage)
    take(
        tmp_path,
        sheet(
            row(),
            row(TrackingID="2", Area="Negeri Dongeng", DisposisiInstansi="Dinas Antah", Kategori="BSM", Status="Belum"),
            row(TrackingID="3", IsiLaporan="kartu kip no 1234567890123456 atas nama BUDI UJI tdk bisa dipakai"),
        ),
    )
    read_all()
    content = exported()
    codes = set(PublicReport.objects.values_list("code", flat=True))
    assert len(codes) == 7

    start_anew()
    assert counts(take(tmp_path, content, now=LATER)) == {"new": 7}
    read_all()

    assert exported() == content
    assert set(PublicReport.objects.values_list("code", flat=True)) == codes
    assert counts(take(tmp_path, content, now=LATER)) == {"known": 7}


def test_a_name_that_was_shown_here_is_shown_nowhere_else(stage: Stage, tmp_path: Path) -> None:
    """The wish to be named was made to one service; another one only masks by the name."""
    report, _ = file_report(name="Zulkarnaen Uji", shows_name=True, text=f"Saya Zulkarnaen Uji melihat ini. {TEXT}")
    to_assigned(stage, report)
    read_all()
    content = exported()
    start_anew()
    take(tmp_path, content, now=LATER)
    read_all()
    assert "Zulkarnaen" not in exported()
    assert copy_of(report.code) is not None


def test_a_later_export_brings_the_other_lapor_up_to_date(stage: Stage, tmp_path: Path) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    first = exported()
    last = first.replace("Proses", "Selesai").replace(
        "2026-10-05T08:00:00+07:00,\r\n", "2026-10-07T08:00:00+07:00,2026-10-07T08:00:00+07:00\r\n"
    )
    start_anew()
    take(tmp_path, first, now=LATER)
    assert counts(take(tmp_path, last, now=LATER)) == {"renewed": 1}
    read_all()
    copy = copy_of(report.code)
    assert copy is not None and (copy.state, copy.outcome) == ("closed", "imported")


def test_another_services_number_that_looks_like_our_code_is_no_code(stage: Stage, tmp_path: Path) -> None:
    report, _ = file_report()
    to_assigned(stage, report)
    read_all()
    other = exported().replace("T08:00:00+07:00", "T07:30:00+07:00").replace(TEXT, "laporan orang lain bernomor sama")
    assert counts(take(tmp_path, other, now=LATER)) == {"new": 1}
    assert counts(take(tmp_path, other, now=LATER)) == {"known": 1}
    report.refresh_from_db()
    assert report.text == TEXT


def test_what_no_table_of_ours_knows_is_published_as_the_source_says_it_masked(stage: Stage, tmp_path: Path) -> None:
    take(
        tmp_path, sheet(row(DisposisiInstansi="Dinas Antah, hub. 081299887766", Kategori="BSM", Area="Negeri Dongeng"))
    )
    read_all()
    copy = PublicReport.objects.get()
    assert (copy.agency_text, copy.category_text, copy.place) == (
        "Dinas Antah, hub. [nomor telepon]",
        "BSM",
        "Negeri Dongeng",
    )


def test_card_numbers_and_names_of_a_file_are_in_no_copy(stage: Stage, tmp_path: Path) -> None:
    text = "no kartu 6013 0112 3456 7890 an. Zulkarnaen Uji, hub 0812-9988-7766, dana blm cair"
    take(tmp_path, sheet(row(Pelapor="Zulkarnaen Uji", IsiLaporan=text)))
    read_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            if table == "reports_report":
                continue
            for mark in ("zulkarnaen", "6013 0112", "60130112", "9988-7766", "99887766"):
                cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{mark}%"])
                assert cursor.fetchone() == (0,), (table, mark)
    assert "Zulkarnaen" not in exported() and "6013" not in exported()


def test_pages_are_joined_without_gap_or_repetition(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opendata, "PAGE", 2)
    take(tmp_path, sheet(*(row(TrackingID=str(n), JudulLaporan=f"Judul {n}") for n in range(5))))
    read_all()
    assert [cells["JudulLaporan"] for cells in rows(exported())] == [f"Judul {n}" for n in range(5)]


def test_the_command_writes_to_the_output_or_to_a_whole_file(stage: Stage, tmp_path: Path) -> None:
    several(stage)
    read_all()
    out, err = io.StringIO(), io.StringIO()
    call_command("export_opendata", stdout=out, stderr=err)
    path = tmp_path / "terbuka.csv"
    call_command("export_opendata", "--output", str(path), stdout=io.StringIO(), stderr=err)
    assert out.getvalue() == path.read_bytes().decode() == exported()
    assert err.getvalue() == "4 laporan ditulis.\n" * 2
    assert [found.name for found in tmp_path.iterdir()] == ["terbuka.csv"]
    with pytest.raises(CommandError):
        call_command("export_opendata", "--output", str(tmp_path / "tidak-ada" / "terbuka.csv"))


# fmt: off
WORDS = st.sampled_from([
    "rekening", "an.", "Budi", "NIK", "kartu", "081299887766", "1234567890123456", "12345678", "7654321", "jalan", "Pak",
    "dan", "no", "laporan", "uji@contoh.invalid", "'=", "-", ",", ";", '"', "rumah saya di", "KT 1234 AB", "bank bri", "\n",
])
# fmt: on


TEXTS = st.lists(WORDS | st.text(alphabet=st.characters(codec="utf-8"), max_size=6), min_size=1, max_size=14).map(
    " ".join
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_masking_what_is_masked_changes_nothing(text: str) -> None:
    once = masked(normalise(text), ("Zulkarnaen Uji",))
    assert masked(once, ()) == once


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=3, max_size=8))
def test_texts_make_the_round_trip(stage: Stage, tmp_path: Path, texts: list[str]) -> None:
    start_anew()
    take(tmp_path, sheet(*(row(TrackingID=str(n), IsiLaporan=text) for n, text in enumerate(texts))))
    read_all()
    content = exported()
    start_anew()
    take(tmp_path, content, now=LATER)
    read_all()
    assert exported() == content
