"""Every main page by the rules of WCAG 2.2 AA, on a phone and a desk, light and dark; and the form without JavaScript."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.conftest import Site
from tests.journeys.people import DESK, INSPECTORATE, LIAISON, PHONE, Officer

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PUBLIC = (
    "/",
    "/lapor/",
    "/lacak/",
    "/laporan/",
    "/laporan/?q=jalan",
    "/instansi/",
    "/instansi/dinas-pupr-kota-samarinda/",
    "/wilayah/",
    "/wilayah/64.72/",
    "/statistik/",
    "/statistik/indeks/",
    "/terhubung/",
    "/keterlambatan/",
    "/suara-pelapor/",
    "/mutu-jawaban/",
    "/akar-masalah/",
    "/data-terbuka/",
    "/tentang/",
    "/kerahasiaan/",
    "/aplikasi/",
    "/aplikasi/lapor/",
    "/tidak-ada/",
    "/akun/login/",
)


def faults(page: Page) -> list[str]:
    """What axe finds, in a line each; not while a colour is changing."""
    page.emulate_media(reduced_motion="reduce")
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def is_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone-light", "desk-dark"])
def test_public_pages_are_open_to_everybody(
    browser: Browser, site: Site, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    language = "id-ID" if scheme == "light" else "en-GB"
    context = browser.new_context(base_url=site.url, viewport=size, color_scheme=scheme, locale=language)
    page = context.new_page()
    found: list[str] = []
    shown = site.sql("select code from transparency_publicreport where bucket = 'selesai' order by code limit 1")
    for address in (*PUBLIC, f"/laporan/{shown[0][0]}/"):
        page.goto(address)
        found += faults(page)
        if is_wider_than_the_screen(page):
            found.append(f"{address}: wider than {size['width']} pixels")
    context.close()
    assert found == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_the_desk_are_open_to_every_officer(browser: Browser, site: Site, size: ViewportSize) -> None:
    found: list[str] = []
    for email in (INSPECTORATE, LIAISON):
        page = Officer.signed_in(browser, site, email).page
        page.set_viewport_size(size)
        codes = site.sql(
            "select distinct on (state) code from reports_report r join agencies_agency a on a.id = r.holder_id"
            " where a.slug like %s and visibility = 'public' order by state, code",
            "inspektorat-kota-samarinda" if email == INSPECTORATE else "dinas-pupr-kota-samarinda",
        )
        for address in (
            "/meja/",
            "/meja/?tab=all",
            "/meja/minggu-ini/",
            "/meja/keputusan/",
            "/meja/akar/",
            *(f"/meja/{code}/" for (code,) in codes),
        ):
            page.goto(address)
            found += faults(page)
            if is_wider_than_the_screen(page):
                found.append(f"{address}: wider than {size['width']} pixels")
        page.context.close()
    assert found == []


def test_a_report_is_sent_and_opened_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto("/lapor/")
    page.locator("#id_text").fill("pendek")
    page.locator("#id_place_text").fill("Samarinda Ulu")
    page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
    expect(page.locator("#id_text")).to_have_value("pendek")
    expect(page.locator("#id_place_text")).to_have_value(re.compile("Samarinda Ulu"))
    page.locator("#id_text").fill("Air ledeng tidak mengalir sejak Senin dan kami membeli air setiap hari.")
    page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
    page.get_by_role("button", name="Kirim laporan").click()
    code, pin = (re.sub(r"\D", "", page.locator(place).inner_text()) for place in ("#kode", "#pin"))
    page.goto("/lacak/")
    page.locator("#id_code").fill(code)
    page.locator("#id_pin").fill(pin)
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("Air ledeng tidak mengalir")
    context.close()


def test_typed_text_survives_a_closed_page(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE)
    page = context.new_page()
    page.goto("/lapor/")
    page.locator("#id_text").press_sequentially("Sampah di pasar belum diangkut", delay=5)
    expect(page.locator("[data-draft-status]")).not_to_be_empty()
    page.close()
    again = context.new_page()
    again.goto("/lapor/")
    expect(again.locator("#id_text")).to_have_value("Sampah di pasar belum diangkut")
    context.close()


def test_nothing_is_asked_of_another_host(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PUBLIC[:6]:
        page.goto(address)
    context.close()
    assert [url for url in asked if not url.startswith((site.url, "data:", "blob:"))] == []
    assert asked
