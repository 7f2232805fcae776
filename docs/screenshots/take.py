"""Takes the pictures of this folder anew from a running demonstration: `make run`, then `make screenshots`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent
SITE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
PHONE: ViewportSize = {"width": 360, "height": 780}
DESK: ViewportSize = {"width": 1280, "height": 900}
INSPECTORATE = "Admin Inspektorat Kota Samarinda"
TEXT = "Jalan di depan pasar berlubang dalam sejak bulan lalu dan sudah dua orang jatuh dari motor."


def main() -> None:
    """One picture for each page that a newcomer should see first."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for size in (PHONE, DESK):
            _citizen(browser, size)
            _officer(browser, size)
        browser.close()


def _citizen(browser: Browser, size: ViewportSize) -> None:
    page = _page(browser, size)
    page.goto("/")
    _take(page, "front")
    page.goto("/lapor/")
    _take(page, "form")
    page.locator("#id_text").fill(TEXT)
    page.locator("#id_place_text").press_sequentially("Samarinda Ulu", delay=30)
    page.locator("[role=listbox] [role=option]").first.click()
    page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
    page.wait_for_url("**/periksa/**")
    _take(page, "review")
    page.goto("/laporan/?bucket=selesai")
    page.locator("article h3 a").first.click()
    page.wait_for_load_state()
    _take(page, "report")


def _officer(browser: Browser, size: ViewportSize) -> None:
    page = _page(browser, size)
    page.goto("/meja/")
    page.locator("form.card", has_text=INSPECTORATE).get_by_role("button").click()
    page.get_by_role("button", name="Pakai kode ini").click()
    page.wait_for_url("**/meja/")
    page.goto("/meja/")
    _take(page, "queue")
    page.locator("[data-open]").first.click()
    page.wait_for_load_state()
    _take(page, "case")


def _page(browser: Browser, size: ViewportSize) -> Page:
    return browser.new_context(base_url=SITE, viewport=size, locale="id-ID").new_page()


def _take(page: Page, name: str) -> None:
    assert page.viewport_size is not None
    page.screenshot(path=HERE / f"{name}-{page.viewport_size['width']}.png")


if __name__ == "__main__":
    main()
