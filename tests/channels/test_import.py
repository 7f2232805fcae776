from __future__ import annotations

import io
import logging
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.agencies.connection import connect, disconnect
from lapor.channels.opendata import load as loading
from lapor.channels.opendata.columns import COLUMNS
from lapor.channels.opendata.lines import NotOpenData
from lapor.reports import access, actions, bodies, overdue, queue
from lapor.reports.models import Channel, Clock, Event, Origin, Report
from lapor.statistics import count
from lapor.statistics.figures import Figures, figures
from lapor.statistics.rebuild import verify
from lapor.vault import identities
from tests.cast import MONDAY, Stage, file_report, set_stage
from tests.channels.sheets import KIP, NOW, Heard, counts, row, sheet, take


def only() -> Report:
    return Report.objects.select_related("origin").get(channel=Channel.OPENDATA)


def test_a_row_becomes_a_report_with_what_the_file_says(stage: Stage, tmp_path: Path) -> None:
    assert counts(take(tmp_path, sheet(row()))) == {"new": 1}
    report = only()
    assert (report.title, report.text, report.external_id) == ("Bantuan KIP belum diterima", KIP, "1043921")
    assert (report.agency, report.region_id, report.category) == (stage.city, "64.72", None)
    assert report.received_at == datetime(2015, 3, 12, 7, 5, tzinfo=UTC)
    assert report.assigned_at == datetime(2015, 3, 13, 2, 0, tzinfo=UTC)
    assert report.active_at == datetime(2015, 3, 20, 3, 30, tzinfo=UTC)
    assert (report.origin.category, report.origin.category_key) == ("Kartu Indonesia Pintar (KIP)", "77")
    assert (report.origin.agency, report.origin.agency_key) == ("Pemerintah Kota Samarinda", "481")


@pytest.mark.parametrize(
    ("changes", "state", "outcome"),
    [
        (
            {"Status": "Belum", "DisposisiInstansi": "", "DisposisiInstansiID": "", "TanggalDisposisi": ""},
            "received",
            "",
        ),
        ({"Status": "Belum"}, "verified", ""),
        ({"Status": "Proses"}, "in_progress", ""),
        ({"Status": "Selesai", "TanggalLaporanDitutup": "01/04/2015"}, "closed", "imported"),
        ({"Status": "", "TanggalLaporanDitutup": "01/04/2015"}, "closed", "imported"),
        ({"Status": ""}, "in_progress", ""),
    ],
)
def test_each_status_becomes_a_state_that_the_database_accepts(
    stage: Stage, tmp_path: Path, changes: dict[str, str], state: str, outcome: str
) -> None:
    take(tmp_path, sheet(row(**changes)))
    assert (only().state, only().outcome) == (state, outcome)


@pytest.mark.parametrize("status", ["Belum", "Proses", "Selesai"])
def test_imported_history_wakes_nobody_and_stands_in_no_queue(stage: Stage, tmp_path: Path, status: str) -> None:
    take(tmp_path, sheet(row(Status=status)))
    report = only()
    assert (report.holder, report.due_at, report.pin_digest) == (None, None, None)
    assert not Clock.objects.exists()
    assert overdue.sweep(now=MONDAY + timedelta(days=4000)) == 0
    for name in ("admin", "national", "liaison"):
        officer = stage.officer(name)
        assert queue.page(officer, queue.Filters(tab="todo"), now=MONDAY).rows == []
        assert queue.counts(officer, now=MONDAY)["todo"] == 0


@pytest.mark.parametrize("status", ["Belum", "Proses"])
def test_a_body_that_is_connected_or_taken_off_does_not_turn_history_into_work(
    stage: Stage, tmp_path: Path, status: str
) -> None:
    government = stage.regency_roads.parent
    assert government is not None
    take(tmp_path, sheet(row(Status=status, DisposisiInstansi=government.name, Area="Kutai Kartanegara")))
    day = NOW.date()
    connect(government, on=day)
    assert bodies.settle(now=NOW) == 0
    assert not bodies.waiting_for([government.pk], reader=stage.officer("national"))
    disconnect(government, on=day + timedelta(days=1), reason="uji")
    disconnect(stage.province_inspectorate, on=day + timedelta(days=1), reason="uji")
    assert bodies.settle(now=NOW + timedelta(days=2)) == 0
    assert (only().holder, Clock.objects.count()) == (None, 0)


def test_the_inspectorate_finds_it_and_may_make_it_secret(stage: Stage, tmp_path: Path) -> None:
    take(tmp_path, sheet(row()))
    admin = stage.officer("admin")
    report = access.find(admin, only().code)
    actions.raise_secrecy(report_id=report.pk, actor=admin, now=MONDAY)
    assert only().visibility == "confidential"


def test_an_administrator_who_assigns_it_makes_it_work_with_clocks_from_that_day(stage: Stage, tmp_path: Path) -> None:
    take(tmp_path, sheet(row()))
    actions.assign(report_id=only().pk, to=stage.roads, actor=stage.officer("admin"), now=MONDAY)
    assert only().holder == stage.roads
    assert {clock.started_at for clock in Clock.objects.all()} == {MONDAY}


def test_names_that_are_not_known_are_kept_as_text(stage: Stage, tmp_path: Path) -> None:
    take(tmp_path, sheet(row(DisposisiInstansi="Dinas Antah", Area="Negeri Dongeng", AreaID="9")))
    report = only()
    assert (report.agency, report.region, report.place) == (None, None, "Negeri Dongeng")
    assert (report.origin.agency, report.origin.area, report.origin.area_key) == ("Dinas Antah", "Negeri Dongeng", "9")


def test_any_subset_of_columns_is_enough_that_says_which_report_what_and_when(stage: Stage, tmp_path: Path) -> None:
    columns = ("TanggalLaporanMasuk", "JudulLaporan", "TrackingID")
    assert counts(take(tmp_path, sheet(row(), columns=columns, separator=";"))) == {"new": 1}
    assert (only().title, only().text) == ("", "Bantuan KIP belum diterima")


def test_a_file_without_dates_is_taken_over_for_the_day_that_was_said(stage: Stage, tmp_path: Path) -> None:
    content = sheet(row(), columns=("TrackingID", "IsiLaporan"))
    with pytest.raises(NotOpenData):
        take(tmp_path, content)
    take(tmp_path, content, received_on=date(2016, 11, 18))
    assert only().received_at == datetime(2016, 11, 17, 17, 0, tzinfo=UTC)


DIRT = {
    3: row(TrackingID=""),
    4: row(TrackingID="Pelapor Uji Kenari"),
    5: row(TrackingID="2", TanggalLaporanMasuk="31/02/2015 10:00"),
    6: row(TrackingID="3", TanggalDisposisi="entah"),
    7: row(TrackingID="4", Status="Ditolak"),
    8: row(TrackingID="5", JudulLaporan="-", IsiLaporan=" "),
    9: row(TrackingID="6", TanggalLaporanDitutup="01/01/2015", Status="Selesai"),
    10: row(TrackingID="7", TanggalLaporanMasuk="12/03/2091 14:05"),
    11: row(TrackingID="8", IsiLaporan="kata " * 9000),
    12: row(
        TrackingID="9",
        TanggalLaporanMasuk="",
        TanggalDisposisi="",
        TanggalLaporanAktivitasTerakhir="",
    ),
}


def test_broken_rows_are_listed_with_their_line_and_left_out(stage: Stage, tmp_path: Path) -> None:
    heard = Heard()
    content = sheet(row(), *DIRT.values(), row(TrackingID="99")) + "100,kurang\r\n"
    assert counts(take(tmp_path, content, heard=heard)) == {"new": 2, "broken": 11}
    assert heard.lines == [*DIRT, 14]
    assert set(Report.objects.values_list("external_id", flat=True)) == {"1043921", "99"}
    assert "Kenari" not in str(heard.broken)


def test_a_second_run_changes_nothing_and_says_so(stage: Stage, tmp_path: Path) -> None:
    content = sheet(*(row(TrackingID=str(n)) for n in range(1, 8)))
    take(tmp_path, content, size=3)
    before = (list(Report.objects.order_by("pk").values()), list(Event.objects.order_by("pk").values()))
    assert counts(take(tmp_path, content, size=3, now=NOW + timedelta(days=30))) == {"known": 7}
    assert before == (list(Report.objects.order_by("pk").values()), list(Event.objects.order_by("pk").values()))
    out = io.StringIO()
    call_command("import_opendata", str(tmp_path / "laporan.csv"), stdout=out)
    assert "Tidak ada yang berubah." in out.getvalue()


def test_later_news_of_a_known_report_is_added_with_an_event(stage: Stage, tmp_path: Path) -> None:
    take(tmp_path, sheet(row()))
    closed = row(Status="Selesai", TanggalLaporanDitutup="02/04/2015 08:00", JudulLaporan="Bantuan KIP sudah diterima")
    assert counts(take(tmp_path, sheet(closed))) == {"renewed": 1}
    report = only()
    assert (report.state, report.outcome, report.title) == ("closed", "imported", "Bantuan KIP sudah diterima")
    assert report.closed_at == datetime(2015, 4, 2, 1, 0, tzinfo=UTC)
    assert [(event.kind, event.from_state, event.to_state) for event in Event.objects.order_by("pk")] == [
        ("imported", "", "in_progress"),
        ("imported", "in_progress", "closed"),
    ]


def test_an_older_file_read_later_turns_nothing_back(stage: Stage, tmp_path: Path) -> None:
    newer = row(Status="Selesai", TanggalLaporanDitutup="02/04/2015 08:00")
    take(tmp_path, sheet(newer))
    before = Report.objects.values().get()
    assert counts(take(tmp_path, sheet(row(JudulLaporan="Judul lama")))) == {"known": 1}
    assert Report.objects.values().get() == before


def test_where_two_files_name_another_day_of_receipt_the_earlier_counts(stage: Stage, tmp_path: Path) -> None:
    later = row(
        TanggalLaporanMasuk="15/03/2015",
        TanggalDisposisi="15/03/2015",
        TanggalLaporanAktivitasTerakhir="30/03/2015",
    )
    take(tmp_path, sheet(later))
    take(tmp_path, sheet(row()))
    assert only().received_at == datetime(2015, 3, 12, 7, 5, tzinfo=UTC)
    assert counts(take(tmp_path, sheet(later, row(), row(TanggalLaporanMasuk="12/03/2015")))) == {"known": 3}


def test_a_file_with_other_columns_fills_what_was_blank_and_erases_nothing(stage: Stage, tmp_path: Path) -> None:
    take(tmp_path, sheet(row(), columns=("TrackingID", "IsiLaporan", "TanggalLaporanMasuk")))
    assert counts(take(tmp_path, sheet(row(Status="")))) == {"renewed": 1}
    report = only()
    assert (report.agency, report.region_id, report.state) == (stage.city, "64.72", "in_progress")
    assert report.identity_id is not None and identities.name_of(report.identity_id) == "Pelapor Uji Kenari"
    assert counts(take(tmp_path, sheet(row(), columns=("TrackingID", "IsiLaporan", "TanggalLaporanMasuk")))) == {
        "known": 1
    }
    assert only().agency == stage.city


def test_a_name_that_was_learnt_since_is_matched_by_running_again(stage: Stage, tmp_path: Path) -> None:
    content = sheet(row(DisposisiInstansi="Pemkot Tepian"))
    take(tmp_path, content)
    type(stage.city).objects.filter(pk=stage.city.pk).update(short="Pemkot Tepian")
    assert counts(take(tmp_path, content)) == {"renewed": 1}
    assert only().agency == stage.city


def test_a_report_that_is_handled_here_belongs_to_its_source_no_more(stage: Stage, tmp_path: Path) -> None:
    take(tmp_path, sheet(row()))
    actions.assign(report_id=only().pk, to=stage.roads, actor=stage.officer("admin"), now=MONDAY)
    closed = row(Status="Selesai", TanggalLaporanDitutup="02/04/2015 08:00")
    assert counts(take(tmp_path, sheet(closed))) == {"kept": 1}
    assert only().state == "assigned"


OLDER = row()
NEWER = row(Status="Selesai", TanggalLaporanDitutup="02/04/2015 08:00")


@pytest.mark.parametrize("rows", [(OLDER, NEWER), (NEWER, OLDER), (NEWER, OLDER, NEWER)])
def test_the_same_identifier_twice_in_a_file_is_one_report_whatever_the_order(
    stage: Stage, tmp_path: Path, rows: tuple[dict[str, str], ...]
) -> None:
    take(tmp_path, sheet(*rows))
    assert (only().state, only().title) == ("closed", "Bantuan KIP belum diterima")
    assert counts(take(tmp_path, sheet(*rows))) == {"known": len(rows)}


def test_a_run_cut_short_is_completed_by_the_next(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = sheet(*(row(TrackingID=str(n)) for n in range(1, 10)))
    path = tmp_path / "laporan.csv"
    path.write_text(content)
    heard = Heard()

    def cut(so_far: object) -> None:
        heard.steps.append(1)
        if len(heard.steps) == 2:
            raise KeyboardInterrupt

    ear = loading.Ear(unknown=heard.unknown.extend, broken=heard.broken.append, progress=cut)
    with pytest.raises(KeyboardInterrupt):
        loading.load(path, ear=ear, now=NOW, size=3)
    assert Report.objects.count() == Event.objects.count() == 6
    assert counts(take(tmp_path, content, size=3)) == {"new": 3, "known": 6}


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_the_database_refuses_leaves_nothing_of_itself_and_the_text_quotes_no_row(
    transactional_db: None, tmp_path: Path
) -> None:
    set_stage()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_origin ADD CONSTRAINT never CHECK (area <> 'Negeri Dongeng')")
    try:
        rows = [row(TrackingID=str(n)) for n in range(1, 7)] + [row(TrackingID="7", Area="Negeri Dongeng")]
        with pytest.raises(loading.NotStored) as refused:
            take(tmp_path, sheet(*rows), size=3)
        assert Report.objects.count() == Origin.objects.count() == Event.objects.count() == 6
        assert "8" in str(refused.value)
        assert "Dongeng" not in str(refused.value) and "Kenari" not in str(refused.value)
        assert refused.value.__cause__ is None
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reports_origin DROP CONSTRAINT never")
    assert counts(take(tmp_path, sheet(*rows), size=3)) == {"new": 1, "known": 6}


def test_figures_follow_through_events(stage: Stage, tmp_path: Path) -> None:
    rows = [row(TrackingID=str(n), Status=status) for n, status in enumerate(("Belum", "Proses", "Selesai", "Selesai"))]
    take(tmp_path, sheet(*rows))
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    assert figures() == figures("regency", "64.72") == Figures(belum=1, proses=1, selesai=2)
    assert figures("agency", stage.city.pk).total == 4
    assert verify() == []


def test_the_name_is_in_the_vault_alone(stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    out, err = io.StringIO(), io.StringIO()
    path = tmp_path / "laporan.csv"
    path.write_text(sheet(row(Pelapor="Zulkarnaen Uji"), row(TrackingID="2", Pelapor="Zulkarnaen Uji", Status="?")))
    call_command("import_opendata", str(path), stdout=out, stderr=err)
    assert identities.name_of(only().identity_id) == "Zulkarnaen Uji"  # type: ignore[arg-type]
    assert only().is_anonymous and not only().shows_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', ["%zulkarnaen%"])
            assert cursor.fetchone() == (0,), table
    assert "zulkarnaen" not in (caplog.text + out.getvalue() + err.getvalue()).lower()


def test_a_code_of_ours_in_a_foreign_file_is_only_a_number(stage: Stage, tmp_path: Path) -> None:
    mine, _ = file_report()
    take(tmp_path, sheet(row(TrackingID=mine.code)))
    assert only().code != mine.code
    assert only().external_id == mine.code


def test_two_loads_at_once_do_not_meet(stage: Stage, tmp_path: Path) -> None:
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [loading.LOCK])
        with pytest.raises(loading.AlreadyLoading):
            take(tmp_path, sheet(row()))
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [loading.LOCK])
    finally:
        other.close()
    assert counts(take(tmp_path, sheet(row()))) == {"new": 1}


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "TrackingID,IsiLaporan\n"])
def test_a_file_that_is_none_of_it_is_refused_or_empty(stage: Stage, tmp_path: Path, content: str) -> None:
    path = tmp_path / "lain.csv"
    path.write_text(content)
    with pytest.raises(CommandError):
        call_command("import_opendata", str(path))
    with pytest.raises(CommandError):
        call_command("import_opendata", str(tmp_path / "tidak-ada.csv"))


def test_broken_rows_and_unknown_columns_go_to_the_error_output(stage: Stage, tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    path = tmp_path / "laporan.csv"
    path.write_text(sheet(row(), row(TrackingID="2", Status="?"), columns=(*COLUMNS, "Lintang")))
    call_command("import_opendata", str(path), stdout=out, stderr=err)
    assert err.getvalue().splitlines() == [
        "Kolom yang tidak dikenal, dilewati: Lintang",
        "Baris 3: Status: status bukan Belum, Proses, atau Selesai",
    ]
    assert [line.strip() for line in out.getvalue().splitlines()] == ["1 baru", "1 rusak, dilewati"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=80), min_size=1, max_size=4),
    separator=st.sampled_from([",", ";"]),
)
def test_any_text_is_taken_over_once_and_recognised_again(
    stage: Stage, tmp_path: Path, texts: list[str], separator: str
) -> None:
    rows = [row(TrackingID=str(uuid.uuid4()), IsiLaporan=text) for text in texts]
    content = sheet(*rows, separator=separator)
    assert counts(take(tmp_path, content)) == {"new": len(rows)}
    mine = Report.objects.filter(external_id__in=[cells["TrackingID"] for cells in rows]).order_by("pk")
    before = list(mine.values())
    assert counts(take(tmp_path, content)) == {"known": len(rows)}
    assert list(mine.values()) == before
