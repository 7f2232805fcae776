"""Reports that were taken over from elsewhere: found among all reports, in no queue, and workable from the day on which
somebody takes one up.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lapor.reports.models import Report
from tests.channels.sheets import row, sheet, take
from tests.desk.office import Office, words_of


@pytest.mark.parametrize("status", ["Belum", "Proses", "Selesai"])
@pytest.mark.parametrize("name", ["admin", "national"])
def test_an_administrator_reads_the_case_and_not_the_name(
    office: Office, tmp_path: Path, name: str, status: str
) -> None:
    take(tmp_path, sheet(row(Status=status)))
    report = Report.objects.get()
    page = words_of(office.case(name, report))
    assert report.text in page
    assert "Kenari" not in page
    assert report.code[:4] not in words_of(office(name).get("/meja/"))
    assert report.code[:4] in words_of(office(name).get("/meja/", {"tab": "all"}))


@pytest.mark.parametrize("status", ["Belum", "Proses"])
def test_every_act_that_its_page_offers_can_be_opened(office: Office, tmp_path: Path, status: str) -> None:
    take(tmp_path, sheet(row(Status=status)))
    report = Report.objects.get()
    offered = set(re.findall(rf"/meja/{report.code}/(\w+)/", office.case("national", report).content.decode()))
    assert "assign" in offered
    for act in offered:
        assert office("national").get(f"/meja/{report.code}/{act}/").status_code in {200, 302, 405}, act


def test_one_that_nobody_had_can_be_verified_and_assigned(office: Office, tmp_path: Path) -> None:
    take(tmp_path, sheet(row(Status="Belum", DisposisiInstansi="", DisposisiInstansiID="", TanggalDisposisi="")))
    report = Report.objects.get()
    assert report.state == "received"
    office.act("national", report, "verify")
    report.refresh_from_db()
    assert report.state == "verified"
    office.act("admin", report, "assign", {"to": office.stage.roads.slug})
    report.refresh_from_db()
    assert (report.state, report.holder) == ("assigned", office.stage.roads)
