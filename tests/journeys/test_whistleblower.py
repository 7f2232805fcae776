"""A whistleblower with a phone and an investigator talk. That nobody else could read it: test_canaries."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from lapor.accounts.demonstration import PASSPHRASE
from tests.journeys.conftest import Site
from tests.journeys.people import PHONE, Citizen, Officer, choose_place

INVESTIGATOR = "pemeriksa@contoh.invalid"
SAID = "Bendahara Topaz membuat kuitansi fiktif untuk rapat yang tidak pernah diadakan."


def _photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(made, "JPEG")
    return made.getvalue()


def _sent(page: Page) -> str:
    """Fills the form with a photograph and sends; the sixteen digits."""
    page.goto("/lapor/")
    page.locator("input[name=kind][value=whistleblowing]").check()
    page.locator("#id_text").fill(SAID)
    page.locator("#id_title").fill("Kuitansi Zamrud")
    choose_place(page, "Samarinda Ulu")
    page.locator("#id_place").fill("Ruang Safir lantai dua")
    page.locator("#id_files").set_input_files({"name": "Wolfram.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
    expect(page.get_by_role("heading", name="Periksa sebelum mengirim")).to_be_visible()
    expect(page.locator("main")).to_contain_text("foto-1.jpg")
    page.get_by_role("button", name="Kirim laporan").click()
    digits = page.locator("#digits").inner_text()
    assert re.fullmatch(r"\d{4}( \d{4}){3}", digits)
    return digits


def _visits(page: Page, digits: str) -> Citizen:
    page.goto("/lacak/")
    page.locator("#id_receipt").fill(digits)
    page.get_by_role("button", name="Buka laporan tersegel").click()
    page.wait_for_url("**/lacak/tersegel/")
    return Citizen(page)


def test_a_whistleblower_and_an_investigator_talk(site: Site, browser: Browser) -> None:
    phone = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID").new_page()
    digits = _sent(phone)
    code = site.sql("select code from reports_report where sealed is not null order by id desc limit 1")[0][0]

    investigator = Officer.signed_in(browser, site, INVESTIGATOR)
    investigator.open(code)
    expect(investigator.page.locator("main")).to_contain_text("Isi laporan terkunci")
    investigator.unlock(PASSPHRASE)
    expect(investigator.page.locator("main")).to_contain_text(SAID)
    with investigator.page.expect_download() as kept:
        investigator.page.get_by_role("link", name="foto-1.jpg").click()
    assert Path(kept.value.path()).read_bytes().startswith(b"\xff\xd8")
    investigator.act("hold", question="Apakah Opal ada di rapat itu?")

    reporter = _visits(phone, digits)
    reporter.reads("Apakah Opal ada di rapat itu?", SAID)
    reporter.reply("Opal tidak pernah datang.")
    reporter.reads("Opal tidak pernah datang.")
    phone.get_by_role("button", name="Tinggalkan halaman ini").click()
    phone.wait_for_url(f"{site.url}/")

    investigator.open(code)
    expect(investigator.page.locator("main")).to_contain_text("Opal tidak pernah datang.")
    investigator.act("verify")
    investigator.act("assign", button="Teruskan", to="inspektorat-kota-samarinda")
    investigator.act("follow_up", text="Tim Kalimaya memeriksa buku kas bulan ini.")
    _visits(phone, digits).reads("Tim Kalimaya")
