"""At the counter in a browser: an officer enters a visitor's report, the PIN is on paper alone, the visitor follows it at home."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site
from tests.journeys.people import PHONE, Citizen, Officer, Proof, choose_place
from tests.samples import pdf

COUNTER = "loket@contoh.invalid"
TOLD = (
    "Antrean kartu penduduk di kantor kecamatan tutup sebelum jam sepuluh setiap hari, padahal warga datang sejak pagi."
)


@pytest.fixture(scope="session")
def counter(browser: Browser, site: Site) -> Officer:
    return Officer.signed_in(browser, site, COUNTER)


def fill(page: Page, text: str) -> None:
    page.locator("#id_text").fill(text)
    choose_place(page, "Samarinda Ulu")
    page.locator("#id_name").fill("Zubaidah Ujiloket")


def go_on(page: Page, button: str, *, to: str) -> None:
    """Presses the button and waits for what the next page shows; a busy machine may take its time."""
    page.get_by_role("button", name=button).last.click()
    page.locator(to).wait_for()


def on_paper(page: Page, part: str) -> str:
    """What stands there once the page is printed."""
    page.emulate_media(media="print")
    try:
        box = page.locator(f"#{part}")
        expect(box).to_be_visible()
        return re.sub(r"\D", "", box.inner_text())
    finally:
        page.emulate_media(media="screen")


def test_a_visit_is_entered_the_pin_is_on_paper_alone_and_the_visitor_follows_it(
    browser: Browser, site: Site, counter: Officer
) -> None:
    page = counter.page
    page.goto("/meja/")
    expect(page).to_have_url(re.compile(r"/meja/loket/$"))
    fill(page, TOLD)
    go_on(page, "Lanjut: periksa laporan", to=".errors")
    expect(page.locator("#id_text")).to_have_value(TOLD)
    expect(page.locator(".errors")).to_contain_text("Bacakan kembali")
    page.locator("#id_consent").check()
    go_on(page, "Lanjut: periksa laporan", to="#siapa")
    expect(page.locator("#siapa ~ ol")).to_contain_text("Inspektorat")
    go_on(page, "Kirim dan cetak tanda terima", to="#kode")
    expect(page.locator("#pin")).not_to_be_visible()
    proof = Proof(on_paper(page, "kode"), on_paper(page, "pin"))
    assert (len(proof.code), len(proof.pin)) == (10, 8)
    page.get_by_role("button", name="Sudah dicetak, pelapor berikutnya").click()
    counter.sees_no(proof.code)

    page.goto("/lacak/")
    page.locator("#id_code").fill(proof.code)
    page.locator("#id_pin").fill(proof.pin)
    page.locator("main form button").first.click()
    page.locator(".errors").wait_for()
    expect(page.locator(".errors")).to_contain_text("Anda masukkan untuk orang lain")

    home = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID", has_touch=True, is_mobile=True)
    citizen = Citizen(home.new_page())
    citizen.open(proof)
    citizen.reads(TOLD, "Inspektorat")


def test_a_scanned_letter_is_entered_beside_its_picture(counter: Officer) -> None:
    page = counter.page
    words = "Pompa air di kampung kami rusak sejak dua minggu lalu dan warga membeli air."
    page.goto("/meja/loket/surat/")
    page.locator("#id_scans").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": io.BytesIO(pdf(words)).getvalue()}
    )
    go_on(page, "Tambahkan ke tumpukan", to="ol.queue >> nth=0")
    letter = page.locator("ol.queue h3 a").last.get_attribute("href") or ""
    page.goto(letter)
    picture = page.locator("img.page").first
    picture.wait_for()
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") > 1000
    expect(page.locator("#id_came_1")).to_be_checked()
    fill(page, words)
    go_on(page, "Lanjut: periksa laporan", to="#siapa")
    go_on(page, "Kirim dan cetak tanda terima", to="#kode")
    page.get_by_role("button", name="Sudah dicetak, kembali ke tumpukan").click()
    expect(page.get_by_role("heading", name="Tumpukan surat")).to_be_visible()
    expect(page.locator(f"a[href='{letter}']")).to_have_count(0)
