"""A whistleblower with a phone and an investigator talk; whoever takes the database and the folder in between reads nothing."""

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
SECRETS = ("Topaz", "kuitansi fiktif", "Zamrud", "Safir", "Wolfram", "Opal", "Kalimaya")


def _photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(made, "JPEG")
    return made.getvalue()


def _readable(site: Site) -> list[str]:
    """Which secrets stand in any table or any file of the media folder."""
    tables = [name for (name,) in site.sql("select tablename from pg_tables where schemaname = 'public'")]
    found = {
        secret
        for table in tables
        for secret in SECRETS
        if site.sql(f'select 1 from "{table}" as line where line::text like %s limit 1', f"%{secret}%")
        or site.sql(
            f'select 1 from "{table}" as line where position(%s in line::text) > 0 limit 1',
            secret.encode().hex(),
        )
    }
    folder = Path(site.environment["LAPOR_DATA"]) / "media"
    for path in folder.rglob("*"):
        if path.is_file():
            found |= {secret for secret in SECRETS if secret in path.name or secret.encode() in path.read_bytes()}
    return sorted(found)


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


def test_a_whistleblower_and_an_investigator_talk_and_nobody_else_can_read_it(site: Site, browser: Browser) -> None:
    phone = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID").new_page()
    digits = _sent(phone)
    assert _readable(site) == []
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
    assert _readable(site) == []

    reporter = _visits(phone, digits)
    reporter.reads("Apakah Opal ada di rapat itu?", SAID)
    reporter.reply("Opal tidak pernah datang.")
    reporter.reads("Opal tidak pernah datang.")
    phone.get_by_role("button", name="Tinggalkan halaman ini").click()
    phone.wait_for_url(f"{site.url}/")
    assert _readable(site) == []

    investigator.open(code)
    expect(investigator.page.locator("main")).to_contain_text("Opal tidak pernah datang.")
    investigator.act("verify")
    investigator.act("assign", button="Teruskan", to="inspektorat-kota-samarinda")
    investigator.act("follow_up", text="Tim Kalimaya memeriksa buku kas bulan ini.")
    assert _readable(site) == []
    _visits(phone, digits).reads("Tim Kalimaya")
