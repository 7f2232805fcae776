"""What visitors read: the front page, the list with its filters, a page per report, body and place, feeds, previews."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from lapor.agencies.connected import Province, by_province, by_regency
from lapor.agencies.models import Agency, Region
from lapor.lib.drawing import Box
from lapor.public.connected_map import of_provinces
from lapor.reports import actions
from lapor.reports.models import Event, Report
from lapor.statistics import count
from lapor.transparency.models import PublicReport
from tests.cast import ANSWER, MONDAY, Stage, file_report, reporter, to_answered, to_assigned
from tests.public.page import read
from tests.transparency.steps import read_all

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def published() -> None:
    read_all()
    count.consume(list(Event.objects.select_related("report").order_by("id")))


def html(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def shown(page: str) -> set[str]:
    return {code for code in PublicReport.objects.values_list("code", flat=True) if f"/laporan/{code}/" in page}


@pytest.fixture
def lamp(stage: Stage) -> Report:
    """A report on street lights in Kutai Kartanegara, a week older, only verified."""
    report, _ = file_report(
        title="Lampu penerangan jalan padam",
        text="Lampu penerangan di jembatan padam semua sejak bulan lalu dan warga takut lewat.",
        region_code="64.02",
        kind="aspiration",
        category=None,
        now=MONDAY - timedelta(days=7),
    )
    actions.verify(report_id=report.pk, actor=stage.officer("province_admin"), now=MONDAY)
    published()
    return report


@pytest.fixture
def road(stage: Stage) -> Report:
    """The cast's report on a road, assigned to the roads department."""
    report, _ = file_report()
    to_assigned(stage, report)
    published()
    return report


def test_the_front_page_has_one_big_action_and_three_figures_with_their_meaning(
    client: Client, road: Report, lamp: Report
) -> None:
    page = html(client, "/")
    assert page.count("button gold big") == 1
    assert '<a class="button gold big" href="/lapor/">Lapor</a>' in page
    for figure in (
        "<strong>1</strong>Belum ditangani",
        "<strong>1</strong>Sedang diproses",
        "<strong>0</strong>Selesai",
    ):
        assert figure in page
    assert "Belum diperiksa atau belum diteruskan" in page
    assert "ikut dihitung, tetapi tidak ditampilkan" in page


def test_the_front_page_shows_the_newest_and_the_most_supported(client: Client, road: Report, lamp: Report) -> None:
    client.post(f"/laporan/{lamp.code}/dukung/")
    page = html(client, "/")
    newest, _sep, supported = page.partition("Paling banyak didukung")
    assert newest.index(road.code) < newest.index(lamp.code)
    assert shown(supported) == {lamp.code}
    assert "1 dukungan" in supported


def test_a_visitor_supports_a_report_once(client: Client, road: Report) -> None:
    for _ in range(3):
        page = client.post(f"/laporan/{road.code}/dukung/", follow=True).content.decode()
    assert "<strong>1</strong> orang mendukung" in page
    assert "Anda mendukung laporan ini" in page
    assert "<strong>2</strong>" in Client().post(f"/laporan/{road.code}/dukung/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "berlubang"}, "road"),
        ({"q": "lubang di jalan"}, "road"),  # the stem, and words that say nothing
        ({"q": "jaln lubng"}, "road"),  # slips of the finger
        ({"q": "penerangan"}, "lamp"),
        ({"wilayah": "64"}, "road lamp"),
        ({"wilayah": "64.72"}, "road"),
        ({"wilayah": "64.72.05"}, "road"),
        ({"wilayah": "64.02"}, "lamp"),
        ({"tempat": "samarinda"}, "road"),
        ({"instansi": "dinas-pupr-kota-samarinda"}, "road"),
        ({"nama_instansi": "Dinas PUPR Kota Samarinda"}, "road"),
        ({"kategori": "jalan_jembatan"}, "road"),
        ({"jenis": "aspiration"}, "lamp"),
        ({"status": "belum"}, "lamp"),
        ({"status": "proses"}, "road"),
        ({"sejak": "2026-10-05"}, "road"),
        ({"sampai": "2026-10-04"}, "lamp"),
        ({"sejak": "2026-09-28", "sampai": "2026-10-05"}, "road lamp"),
        ({"q": "lubang", "status": "belum"}, ""),
        ({"tempat": "Negeri Antah Berantah"}, ""),
        ({}, "road lamp"),
    ],
    ids=str,
)
def test_the_list_is_narrowed_by_words_place_body_category_state_and_period(
    client: Client, road: Report, lamp: Report, query: dict[str, str], found: str
) -> None:
    codes = {"road": road.code, "lamp": lamp.code}
    assert shown(html(client, "/laporan/", **query)) == {codes[name] for name in found.split()}


def test_a_code_finds_its_report(client: Client, road: Report) -> None:
    assert shown(html(client, "/laporan/", q=f"{road.code[:4]} {road.code[4:7]} {road.code[7:]}")) == {road.code}


def test_filters_in_force_are_shown_and_each_can_be_taken_away(client: Client, road: Report) -> None:
    page = html(client, "/laporan/", tempat="samarinda", status="proses", q="lubang")
    chips = page.split('class="chips"')[1].split("</ul>")[0]
    assert "Kota Samarinda" in chips and "Sedang" not in chips.split("Kota Samarinda")[0]
    assert "?q=lubang&amp;status=proses" in chips
    assert "?q=lubang&amp;wilayah=64.72" in chips


@pytest.mark.parametrize(
    "query",
    [
        {"sejak": "kemarin"},
        {"status": "\0"},
        {"kategori": "x" * 3000},
        {"wilayah": "\0"},
        {"instansi": "'; --"},
        {"kursor": "n999999999999999999999999~4827193059"},
        {"kursor": "\0"},
        {"q": "\0"},
        {"q": "x" * 100_000},
        {"q": "🚧" * 50},
        {"q": "& | ! ( ) :* <->"},
        {"tempat": "%" * 200},
        {"urut": "mundur"},
    ],
    ids=lambda query: str(query)[:30],
)
def test_a_list_that_is_asked_for_wrongly_is_still_a_page(client: Client, road: Report, query: dict[str, str]) -> None:
    assert client.get("/laporan/", query).status_code == 200


def test_pages_of_the_list_follow_each_other_and_lead_back(stage: Stage, client: Client) -> None:
    for n in range(45):
        report, _ = file_report(now=MONDAY - timedelta(hours=n))
        actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    published()
    seen: list[set[str]] = []
    page = html(client, "/laporan/")
    while True:
        seen.append(shown(page))
        if 'rel="next"' not in page:
            break
        page = html(client, _link(page, "next"))
    assert [len(codes) for codes in seen] == [20, 20, 5]
    assert len(set().union(*seen)) == 45
    assert shown(html(client, _link(page, "prev"))) == seen[1]


def _link(page: str, rel: str) -> str:
    return page.split(f'rel="{rel}" href="')[1].split('"')[0].replace("&amp;", "&")


def test_a_page_of_a_report_has_its_timeline_and_the_answer(stage: Stage, client: Client, road: Report) -> None:
    report, _ = file_report()
    to_answered(stage, report)
    actions.agree(report_id=report.pk, actor=reporter(report), now=MONDAY)
    published()
    page = html(client, f"/laporan/{report.code}/")
    for words in ("Laporan diterima", stage.roads.name, ANSWER.split(".")[0], "Dikerjakan oleh Bidang Bina Marga"):
        assert words in page
    assert "Disetujui pelapor" in page
    assert "<dt>Pelapor</dt><dd>Anonim</dd>" in page


def test_a_page_says_in_whose_hands_it_is_and_until_when(stage: Stage, client: Client, road: Report) -> None:
    page = html(client, f"/laporan/{road.code}/")
    assert "Sekarang di tangan" in page and stage.roads.name in page
    assert "Batas waktu langkah ini" in page


def test_an_archived_report_shows_why_and_not_what_it_said(stage: Stage, client: Client) -> None:
    report, _ = file_report()
    actions.archive(
        report_id=report.pk,
        reason="too_general",
        explanation="Mohon sebutkan tempatnya.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    published()
    page = html(client, f"/laporan/{report.code}/")
    assert "Laporan ini diarsipkan" in page
    assert report.title not in page and "berlubang" not in page
    assert read(client.get(f"/laporan/{report.code}/")).meta["robots"] == "noindex"


def test_a_body_has_a_page_with_its_figures_and_reports(stage: Stage, client: Client, road: Report) -> None:
    page = html(client, f"/instansi/{stage.roads.slug}/")
    assert "Terhubung" in page and shown(page) == {road.code}
    assert f"/lapor/?instansi={stage.roads.slug}" in page
    away = html(client, f"/instansi/{stage.regency_roads.slug}/")
    assert "Belum terhubung" in away and stage.province_inspectorate.name in away


def test_a_place_has_a_page_with_its_figures_reports_bodies_and_parts(
    stage: Stage, client: Client, road: Report
) -> None:
    page = html(client, "/wilayah/64/")
    assert shown(page) == {road.code}
    assert "Kota Samarinda" in page and "Kabupaten Kutai Kartanegara" in page
    city = html(client, "/wilayah/64.72/")
    assert stage.roads.name in city and "Samarinda Utara" in city
    assert f"Laporan dari sini diperiksa oleh {stage.city_inspectorate.name}" in city
    assert "/lapor/?wilayah=64.72" in city


@pytest.mark.parametrize(
    "path", ["/wilayah/99/", "/wilayah/%00/", "/wilayah/x/", "/instansi/tidak-ada/", "/feed/wilayah/99/"]
)
def test_a_place_or_body_that_does_not_exist_is_not_found(stage: Stage, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_bodies_are_found_by_abbreviation_and_with_slips(stage: Stage, client: Client) -> None:
    Agency.objects.filter(pk=stage.power.pk).update(short="PLN")
    assert "/instansi/pln/" in html(client, "/instansi/", q="pln")
    assert "Tidak ada instansi yang cocok" in html(client, "/instansi/", q="zzzqqq")
    assert client.get("/instansi/", {"q": "\0" + "x" * 9000}).status_code == 200


@pytest.mark.parametrize("path", ["/feed/", "/feed/instansi/dinas-pupr-kota-samarinda/", "/feed/wilayah/64.72/"])
def test_a_feed_is_atom_with_lasting_addresses(client: Client, road: Report, settings: Any, path: str) -> None:
    settings.LAPOR_PUBLIC_URL = "https://lapor.invalid"
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    address = f"https://lapor.invalid/laporan/{road.code}/"
    assert entry.findtext(f"{ATOM}id") == address
    assert entry.find(f"{ATOM}link").get("href") == address  # type: ignore[union-attr]
    assert entry.findtext(f"{ATOM}title") == road.title
    assert [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")] == ["Anonim"]


def test_pages_with_a_feed_say_where_it_is(stage: Stage, client: Client) -> None:
    for path, feed in (
        ("/", "/feed/"),
        ("/laporan/", "/feed/"),
        (f"/instansi/{stage.roads.slug}/", f"/feed/instansi/{stage.roads.slug}/"),
        ("/wilayah/64.72/", "/feed/wilayah/64.72/"),
    ):
        assert read(client.get(path)).links["alternate"] == [feed]


@pytest.mark.parametrize(
    "path", ["/", "/laporan/{code}/", "/instansi/{slug}/", "/wilayah/64.72/", "/tentang/", "/kerahasiaan/"]
)
def test_a_link_previews_with_title_text_and_picture(
    stage: Stage, client: Client, road: Report, settings: Any, path: str
) -> None:
    settings.LAPOR_PUBLIC_URL = "https://lapor.invalid"
    path = path.format(code=road.code, slug=stage.roads.slug)
    page = read(client.get(path))
    assert page.meta["og:title"] and page.meta["og:description"]
    assert page.meta["og:url"] == f"https://lapor.invalid{path}"
    assert page.links["canonical"] == [f"https://lapor.invalid{path}"]
    assert page.meta["og:image"].startswith("https://lapor.invalid/static/")
    if path.startswith("/laporan/"):
        assert (page.meta["og:type"], page.meta["og:title"]) == ("article", road.title)


def test_search_engines_get_a_map_of_lasting_pages_and_of_each_week(
    client: Client, road: Report, lamp: Report, settings: Any
) -> None:
    settings.LAPOR_PUBLIC_URL = "https://lapor.invalid"
    assert "Sitemap: https://lapor.invalid/sitemap.xml" in html(client, "/robots.txt")
    index = _locations(client, "/sitemap.xml")
    assert index[0].endswith("/sitemap-halaman.xml")
    assert {path.rsplit("/", 1)[1] for path in index[1:]} == {
        "sitemap-laporan-2026-41.xml",
        "sitemap-laporan-2026-40.xml",
    }
    assert _locations(client, "/sitemap-laporan-2026-41.xml") == [f"https://lapor.invalid/laporan/{road.code}/"]
    assert _locations(client, "/sitemap-laporan-2026-40.xml") == [f"https://lapor.invalid/laporan/{lamp.code}/"]
    pages = _locations(client, "/sitemap-halaman.xml")
    assert "https://lapor.invalid/wilayah/64.72/" in pages
    assert len(pages) == 9 + Region.objects.filter(level__lte=2).count() + Agency.objects.filter(is_active=True).count()
    for location in pages:
        assert client.get(location.removeprefix("https://lapor.invalid")).status_code == 200, location


def _locations(client: Client, path: str) -> list[str]:
    return [str(found.text) for found in ElementTree.fromstring(html(client, path)).iter(f"{MAP}loc")]


@pytest.mark.parametrize(("year", "week"), [(2026, 54), (0, 1), (99999, 1), (2026, 0)])
def test_a_week_that_does_not_exist_has_no_map(db: None, client: Client, year: int, week: int) -> None:
    assert client.get(f"/sitemap-laporan-{year}-{week}.xml").status_code == 404


def test_an_empty_site_says_so_kindly(stage: Stage, client: Client) -> None:
    for path in ("/", "/laporan/"):
        assert "Laporan tampil di sini setelah diperiksa petugas." in html(client, path)


def test_the_terms_on_the_pages_are_those_in_force(stage: Stage, client: Client) -> None:
    assert "<strong>3 hari kerja</strong>" in html(client, "/")
    about = html(client, "/tentang/")
    assert 'data-label="Paling lama">3 hari kerja' in about
    assert 'data-label="Paling lama">60 hari kerja' in about


@pytest.mark.parametrize(
    "path", ["/", "/lapor/", "/laporan/", "/lacak/", "/instansi/", "/wilayah/", "/tentang/", "/kerahasiaan/"]
)
def test_every_page_speaks_english_to_who_asks_for_it(stage: Stage, client: Client, path: str) -> None:
    english = client.get(path, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in english
    assert client.get(path, headers={"accept-language": "id"}).content.decode() != english


def test_the_map_of_who_is_connected_says_what_the_table_says(stage: Stage, client: Client) -> None:
    for address, places in (
        ("/terhubung/", by_province(on=timezone.localdate())),
        ("/terhubung/64/", by_regency("64", on=timezone.localdate())),
    ):
        page = html(client, address)
        drawn = page.partition('<figure class="map">')[2].partition("</figure>")[0]
        assert any(place.connected for place in places)
        for place in places:
            assert f"{place.name}: {place.connected} dari {place.total}" in unescape(drawn)
            assert f'/terhubung/{place.code}/"' in drawn


def test_one_connected_body_is_more_than_none_on_the_map() -> None:
    places = [Province("64", "Satu", 1, 900, 0, 1, 0), Province("65", "Nol", 0, 900, 0, 1, 0)]
    places += [Province("63", "Semua", 9, 9, 1, 1, 0), Province("62", "Tanpa", 0, 0, 0, 0, 0)]
    boxes = [shape for shape in of_provinces(places).shapes if isinstance(shape, Box) and shape.says]
    steps = {box.says.partition(":")[0]: box.colour for box in boxes}
    assert steps == {"Satu": "step2", "Nol": "step1", "Semua": "step5", "Tanpa": "none"}
