from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lapor.reports import actions
from lapor.reports.models import Report
from lapor.transparency.models import PublicReport
from tests.cast import MONDAY, Stage
from tests.channels.sheets import row, sheet, take
from tests.transparency.steps import read_all

NOTICE = "Laporan ini diambil dari data terbuka"


def page(client: Client) -> str:
    response = client.get(f"/laporan/{PublicReport.objects.get().code}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("status", ["Belum", "Proses", "Selesai"])
def test_a_report_taken_over_says_where_it_comes_from_and_claims_nothing_else(
    stage: Stage, client: Client, tmp_path: Path, status: str
) -> None:
    take(tmp_path, sheet(row(Status=status, DisposisiInstansi="Dinas Antah", Area="Negeri Dongeng")))
    read_all()
    shown = page(client)
    for said in (
        NOTICE,
        "Dinas Antah",
        "Negeri Dongeng",
        "Kartu Indonesia Pintar (KIP)",
        "12 Maret 2015",
        "13 Maret 2015",
    ):
        assert said in shown
    for unsaid in ("Pelapor Uji Kenari", "Sekarang di tangan", "Ini laporan saya", "Pengaduan</dd>"):
        assert unsaid not in shown


def test_one_that_is_handled_here_after_all_shows_in_whose_hands_it_is(
    stage: Stage, client: Client, tmp_path: Path
) -> None:
    take(tmp_path, sheet(row()))
    actions.assign(report_id=Report.objects.get().pk, to=stage.roads, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    shown = page(client)
    assert NOTICE not in shown
    assert "Sekarang di tangan" in shown and stage.roads.name in shown
