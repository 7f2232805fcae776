"""Figures that anybody may see: exact for a synthetic year, small ones hidden, alike on the page and in files."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from config.place import BASE_DIR
from lapor.agencies.models import Region
from lapor.reports import actions
from lapor.reports.models import Event
from lapor.statistics import count, seed_year
from lapor.statistics.models import Cell, Facet, Fact, Scope, Series, Succession
from tests.cast import MONDAY, Stage, file_report, reporter, to_assigned


@pytest.fixture
def year(stage: Stage) -> int:
    """A synthetic year, a hundredth of the whole one."""
    return seed_year.load(2025, reports=600, users=220)


def html(answer: Any) -> str:
    return str(answer.content.decode())


def page(client: Client, path: str, *, status: int = 200, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == status, path
    return str(answer.content.decode())


def shown_first(client: Client, path: str) -> list[str]:
    """The large numbers on the page of a place or body."""
    return re.findall(r"<strong>(.*?)</strong>", page(client, path).split('id="angka"')[1].split("</section>")[0])


def test_the_synthetic_year_shows_its_shares_and_says_everywhere_what_it_is(client: Client, year: int) -> None:
    shown = page(client, "/statistik/", sumber="sintetis")
    for figure in ('<td class="num">600</td>', "53%", "25%", "22%", "Dari 220 pengguna (sintetis)", "Data sintetis"):
        assert figure in shown
    answer = client.get("/statistik/tabel/status.csv", {"sumber": "sintetis"})
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert "SINTETIS" in answer["Content-Disposition"]
    assert [row[1:] for row in rows[1:]] == [
        ["600", "100", "sintetis"], ["132", "22", "sintetis"], ["150", "25", "sintetis"], ["318", "53", "sintetis"],
    ]  # fmt: skip
    found = json.loads(page(client, "/statistik/tabel/langkah.json", sumber="sintetis"))
    assert found["data"] == "sintetis" and found["rows"][0][1] == 600
    svg = page(client, "/statistik/grafik/langkah.svg", sumber="sintetis")
    assert "DATA SINTETIS" in svg
    png = client.get("/statistik/grafik/peta.png", {"sumber": "sintetis"})
    assert png.content.startswith(b"\x89PNG")


def test_what_leaves_a_demonstration_says_that_it_is_invented(
    stage: Stage, client: Client, settings: LazySettings
) -> None:
    for _n in range(12):
        to_assigned(stage, file_report()[0])
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    for is_demonstration in (True, False):
        settings.LAPOR_DEMO = is_demonstration
        table = client.get("/statistik/tabel/langkah.csv")
        picture = page(client, "/statistik/grafik/langkah.svg")
        assert ("SINTETIS" in table["Content-Disposition"]) is is_demonstration
        assert (b"sintetis" in table.content) is is_demonstration
        assert ("DATA SINTETIS" in picture) is is_demonstration


def test_the_shares_of_the_whole_year_are_exact() -> None:
    assert seed_year.shares(seed_year.REPORTS) == {"selesai": 33_139, "proses": 15_632, "belum": 13_756}
    assert sum(seed_year.shares(seed_year.REPORTS).values()) == 62_527


def test_synthetic_figures_never_meet_real_ones(stage: Stage, client: Client, year: int) -> None:
    file_report()
    count.consume(list(Event.objects.select_related("report")))
    assert "Terlalu sedikit" in page(client, "/statistik/")
    assert "600" not in page(client, "/statistik/")
    seed_year.remove()
    assert list(Fact.objects.values_list("series", flat=True)) == [Series.REAL]
    page(client, "/statistik/", status=404, sumber="sintetis")


def test_a_few_reports_are_shown_nowhere(stage: Stage, client: Client) -> None:
    for _n in range(3):
        to_assigned(stage, file_report()[0])
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    queries: list[dict[str, str]] = [{}, {"wilayah": "64.72"}, {"instansi": stage.roads.slug}]
    for query in queries:
        assert "Terlalu sedikit untuk ditampilkan" in html(client.get("/statistik/", query))
        assert client.get("/statistik/tabel/status.csv", query).status_code == 404
    for path in ("/wilayah/64.72/", f"/instansi/{stage.roads.slug}/"):
        assert shown_first(client, path) == []
    assert "3 laporan" not in page(client, "/wilayah/64/")


def test_the_page_of_a_place_or_body_shows_no_part_that_its_dashboard_holds_back(stage: Stage, client: Client) -> None:
    """Of nine reports one has ended: eight beside nine would say so."""
    reports = [to_assigned(stage, file_report()[0]) for _n in range(9)]
    actions.withdraw(report_id=reports[0].pk, reason="", actor=reporter(reports[0]), now=MONDAY)
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    for path in ("/wilayah/64.72/", "/wilayah/64/", f"/instansi/{stage.roads.slug}/"):
        assert shown_first(client, path) == ["9"], path


def test_the_page_of_a_place_shows_the_figures_of_its_dashboard(stage: Stage, client: Client) -> None:
    for n in range(12):
        report = file_report()[0]
        if n < 6:
            to_assigned(stage, report)
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    rows = json.loads(page(client, "/statistik/tabel/status.json", wilayah="64.72"))["rows"]
    assert shown_first(client, "/wilayah/64.72/") == [str(row[1]) for row in rows[1:]] == ["6", "6", "0"]


def test_no_part_follows_from_the_other_tables_of_the_page(stage: Stage, client: Client) -> None:
    """Of nine reports one has ended: neither how far they came nor what still waits says so."""
    reports = [file_report()[0] for _n in range(9)]
    actions.withdraw(report_id=reports[0].pk, reason="", actor=reporter(reports[0]), now=MONDAY)
    count.consume(list(Event.objects.select_related("report").order_by("id")))
    query = {"dari": "2026-10", "sampai": "2026-10"}
    for name in ("status", "langkah", "waktu"):
        found = json.loads(html(client.get(f"/statistik/tabel/{name}.json", query)))
        numbers = {cell for row in found["rows"] for cell in row[1:] if isinstance(cell, int)}
        assert numbers <= {0, 9}, name
    assert client.get("/statistik/tabel/usia.json", query).status_code == 404


def test_months_are_words_on_the_page_and_numbers_in_files(stage: Stage, client: Client, year: int) -> None:
    assert '<th scope="row">Agu 2025</th>' in page(client, "/statistik/", sumber="sintetis")
    rows = json.loads(page(client, "/statistik/tabel/bulan.json", sumber="sintetis"))["rows"]
    assert [row[0] for row in rows] == [f"2025-{month:02}" for month in range(1, 13)]


def test_a_period_that_ends_before_it_begins_is_said_kindly(stage: Stage, client: Client) -> None:
    shown = page(client, "/statistik/", status=422, dari="2026-05", sampai="2026-01")
    assert "sebelum bulan awal" in shown and 'value="2026-05"' in shown


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"dari": "Mei"}, "Tulis bulan seperti 2026-01."),
        ({"dari": "2031-01", "sampai": "2031-05"}, "Pilih bulan sampai Oktober 2026."),
        ({"dari": "9999-12"}, "Pilih bulan sampai Oktober 2026."),
        ({"sampai": "0001-01"}, "sebelum bulan awal"),
        ({"kategori": "jalan_jembatan", "jenis": "complaint"}, "Pilih satu saja"),
        ({"tempat": "zzzqqq"}, "Kami tidak menemukan tempat ini"),
    ],
    ids=["month", "future", "end of time", "before all", "two", "place"],
)
def test_what_cannot_be_read_is_said_in_the_form(
    stage: Stage, client: Client, query: dict[str, str], says: str
) -> None:
    answer = client.get("/statistik/", query)
    assert answer.status_code == 422 and says in html(answer)


def test_a_period_of_all_time_is_cut_to_the_months_that_can_have_reports(client: Client, stage: Stage) -> None:
    """Not drawn month by month from the year one on, which took a processor sixteen seconds."""
    shown = page(client, "/statistik/", dari="0001-01", sampai="9999-12")
    assert "dari Januari 2011 sampai Oktober 2026" in shown


@pytest.mark.parametrize("narrowed", [{}, {"jenis": "complaint"}], ids=["whole", "one-kind"])
def test_a_dashboard_asks_the_database_at_most_fifty_times(
    stage: Stage, client: Client, year: int, narrowed: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    """Deep in the tree and narrowed, where every table above has a say in what may be shown."""
    largest = Cell.objects.filter(series=Series.SYNTHETIC, scope=Scope.REGENCY, facet=Facet.ALL)
    codes: Counter[str] = Counter()
    for row in largest:
        codes[row.key] += row.n[0] or 0
    [(code, _n)] = codes.most_common(1)
    with django_assert_max_num_queries(50):
        shown = html(client.get("/statistik/", {"sumber": "sintetis", "wilayah": code, **narrowed}))
    assert "Sampai ke langkah mana" in shown


def test_places_and_bodies_that_do_not_exist_are_not_found(stage: Stage, client: Client) -> None:
    for path in ("/statistik/?wilayah=99", "/statistik/?instansi=tidak-ada", "/statistik/tabel/entah.csv"):
        assert client.get(path).status_code == 404
    assert client.get("/statistik/?wilayah=%00").status_code in {404, 422}


def test_figures_of_a_merged_region_go_to_its_successor_and_those_of_a_split_one_stay(
    stage: Stage, client: Client, year: int
) -> None:
    n = Fact.objects.filter(regency="64.02").count()
    both = Fact.objects.filter(regency__in=["64.02", "64.72"]).count()
    Succession.objects.create(what="region", old="64.02", new="64.72", since=date(2025, 7, 1), source="uji")
    found = json.loads(page(client, "/statistik/tabel/status.json", sumber="sintetis", wilayah="64.72"))
    assert found["rows"][0][1] == both > n > 4
    shown = page(client, "/statistik/", sumber="sintetis", wilayah="64.72")
    assert "yang digabung ke sini pada 01-07-2025" in shown
    Region.objects.create(
        code="64.99", name="Kota Uji", level=2, kind="kota", parent_id="64", plain="uji", search="kota uji"
    )
    Succession.objects.create(what="region", old="64.02", new="64.99", since=date(2025, 7, 1), source="uji")
    shown = page(client, "/statistik/", sumber="sintetis", wilayah="64.72")
    assert "laporan sebelumnya tetap dihitung di sana" in shown
    found = json.loads(page(client, "/statistik/tabel/status.json", sumber="sintetis", wilayah="64.72"))
    assert found["rows"][0][1] == both - n


@pytest.fixture
def thin(stage: Stage) -> None:
    """Six regencies of one village beside a city of hundreds, so that their small numbers must be held back."""
    small = ("64.03", "64.07", "64.08", "64.09", "64.11", "64.74")
    for code in small:
        Region.objects.create(code=code, name=f"Kabupaten {code}", level=2, kind="kabupaten", parent_id="64")
    codes = [*(f"{code}.01.2001" for code in small), *(f"64.72.01.{number}" for number in range(8001, 8301))]
    Region.objects.bulk_create(
        Region(code=code, name=f"Desa {code}", level=4, kind="desa", parent_id=code[:5]) for code in codes
    )
    seed_year.load(2025, reports=600, users=220)


def test_the_nation_shows_each_regency_as_its_province_does(thin: None, client: Client) -> None:
    """Row by row: what the table of a province holds back is held back on the map of all regencies too."""
    found = json.loads(page(client, "/statistik/tabel/kabupaten.geojson", sumber="sintetis"))
    of_nation = {one["id"]: one["properties"] for one in found["features"]}
    shown = 0
    assert None in {one["received"] for one in of_nation.values()}
    for province in Region.objects.filter(level=1):
        answer = client.get("/statistik/tabel/wilayah.geojson", {"sumber": "sintetis", "wilayah": province.code})
        if answer.status_code == 404:
            mine = [one for code, one in of_nation.items() if code.startswith(province.code)]
            assert all(one["received"] is None and one["why_null"]["received"] == "hidden" for one in mine)
            continue
        for one in json.loads(html(answer))["features"]:
            there = of_nation.pop(one["id"])
            assert there.pop("name").startswith(one["properties"].pop("name"))
            assert there == one["properties"]
            shown += there["received"] is not None
    assert shown


def test_points_of_regencies_are_geojson_and_small_numbers_are_null_with_the_reason(
    stage: Stage, client: Client, year: int
) -> None:
    answer = client.get("/statistik/tabel/kabupaten.geojson", {"sumber": "sintetis"})
    assert answer["Content-Type"] == "application/geo+json"
    found = json.loads(html(answer))
    assert found["type"] == "FeatureCollection" and "GeoNames" in found["points_from"]
    assert len(found["features"]) == Region.objects.filter(level=2).count()
    for one in found["features"]:
        longitude, latitude = one["geometry"]["coordinates"]
        assert 95 < longitude < 141.1 and -11.1 < latitude < 6.1
        numbers = {key: value for key, value in one["properties"].items() if key in {"received", "belum", "selesai"}}
        assert not {1, 2, 3, 4} & set(numbers.values())
        assert all(one["properties"]["why_null"][key] == "hidden" for key, n in numbers.items() if n is None)


def test_dots_lead_to_the_regency_and_what_is_hidden_leads_nowhere(stage: Stage, client: Client, year: int) -> None:
    shown = page(client, "/statistik/", sumber="sintetis")
    found = json.loads(page(client, "/statistik/tabel/kabupaten.geojson", sumber="sintetis"))
    for one in found["features"]:
        is_linked = f'wilayah={one["id"]}" aria-label=' in shown
        assert is_linked == bool(one["properties"]["received"]), one["id"]
    assert "Lewati peta, langsung ke tabelnya" in shown and 'id="tabel-kabupaten"' in shown
    of_province = page(client, "/statistik/", sumber="sintetis", wilayah="64")
    assert "<circle" in of_province and "Kota Samarinda</text>" in of_province


def test_a_nation_that_is_narrowed_shows_no_regencies(stage: Stage, client: Client, year: int) -> None:
    query = {"sumber": "sintetis", "jenis": "complaint"}
    assert "<circle" not in html(client.get("/statistik/", query))
    assert client.get("/statistik/tabel/kabupaten.geojson", query).status_code == 404
    assert client.get("/statistik/tabel/status.geojson", {"sumber": "sintetis"}).status_code == 404


def test_the_map_of_regencies_can_be_had_as_a_picture(stage: Stage, client: Client, year: int) -> None:
    query = {"sumber": "sintetis"}
    assert client.get("/statistik/grafik/peta-kabupaten.png", query).content.startswith(b"\x89PNG")
    svg = html(client.get("/statistik/grafik/peta-kabupaten.svg", query))
    assert svg.count("<circle") == Region.objects.filter(level=2).count() and "DATA SINTETIS" in svg
    assert client.get("/statistik/grafik/peta.svg", query | {"wilayah": "64"}).status_code == 200


def test_anybody_can_reckon_the_zones_anew(client: Client, year: int, tmp_path: Path) -> None:
    (tmp_path / "rumus.json").write_bytes(client.get("/statistik/indeks/rumus.json").content)
    figures = client.get("/statistik/indeks/instansi.csv", {"sumber": "sintetis", "wilayah": "64.72"})
    (tmp_path / "instansi.csv").write_bytes(figures.content)
    assert b"dinas-pupr-kota-samarinda" in figures.content
    command = [sys.executable, "tools/recompute_zones.py", str(tmp_path / "rumus.json"), str(tmp_path / "instansi.csv")]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert any(zone in done.stdout for zone in ("hijau", "kuning", "merah"))


def test_a_body_reads_what_would_lift_it(stage: Stage, client: Client, year: int) -> None:
    shown = page(client, f"/statistik/indeks/{stage.roads.slug}/", sumber="sintetis")
    assert "dari 100; sebenarnya antara" in shown
    assert "Yang membawa ke zona" in shown or "sudah di zona tertinggi" in shown
    assert "Terlalu sedikit laporan untuk dinilai" in page(client, f"/statistik/indeks/{stage.health.slug}/")
