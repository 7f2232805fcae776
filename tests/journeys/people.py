"""A citizen and officers at a browser: each step does what a person does on a page, by what the page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.journeys.conftest import Site

PLACE = "Samarinda Ulu"
INSPECTORATE = "inspektorat@contoh.invalid"
PROVINCE = "inspektorat.kaltim@contoh.invalid"
LIAISON = "penghubung.pupr@contoh.invalid"
OPERATOR = "operator.jalan@contoh.invalid"
OTHER_LIAISON = "penghubung.dlh@contoh.invalid"
PASSWORD = "peragaan-lapor-2026"

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


def today() -> date:
    """By the clock of the place that the reports are about, wherever the tests run."""
    return datetime.now(ZoneInfo("Asia/Makassar")).date()


@dataclass(frozen=True)
class Proof:
    """What the citizen wrote down."""

    code: str
    pin: str


@dataclass(frozen=True)
class Citizen:
    """Somebody at a small phone, without an account."""

    page: Page

    def report(self, text: str, *, title: str = "", place: str = PLACE, name: str = "", secret: str = "") -> Proof:
        """Fills the form, checks what the page says before sending, sends, writes down code and PIN."""
        page = self.page
        page.goto("/lapor/")
        page.locator("#id_text").fill(text)
        page.locator("#id_title").fill(title)
        choose_place(page, place)
        if secret:
            page.locator(f"#id_{secret}").check()
        page.locator("#id_name").fill(name)
        page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
        expect(page.get_by_role("heading", name="Periksa sebelum mengirim")).to_be_visible()
        expect(page.locator("#siapa ~ ol")).to_contain_text("Inspektorat")
        page.get_by_role("button", name="Kirim laporan").click()
        return Proof(_digits(page.locator("#kode")), _digits(page.locator("#pin")))

    def open(self, proof: Proof) -> None:
        """The own report, by code and PIN."""
        self.page.goto("/lacak/")
        self.page.locator("#id_code").fill(proof.code)
        self.page.locator("#id_pin").fill(proof.pin)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(f"**/lacak/{proof.code}/")

    def agree(self) -> None:
        self.page.get_by_role("button", name="Ya, saya setuju").click()

    def object(self, why: str) -> None:
        self.page.get_by_text("Tidak, saya keberatan").click()
        self.page.get_by_label("Apa yang belum selesai?").fill(why)
        self.page.get_by_role("button", name="Kirim keberatan").click()

    def reply(self, text: str) -> None:
        section = self.page.locator("section[aria-labelledby=balas]")
        section.locator("textarea").fill(text)
        section.get_by_role("button").last.click()

    def rate(self, stars: int) -> None:
        section = self.page.locator("#suara")
        section.locator(f"input[name=answer][value='{stars}']").check()
        section.locator("input[name=dealt_with]").last.check()
        section.locator("input[name=reliable]").last.check()
        section.get_by_role("button", name="Kirim pendapat").click()

    def reads(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("main")).to_contain_text(word)


def choose_place(page: Page, place: str) -> None:
    """Types a place into the form and takes the first that is offered."""
    box = page.locator("#id_place_text")
    box.press_sequentially(place, delay=20)
    page.locator("[role=listbox] [role=option]", has_text=place).first.click()
    expect(box).to_have_value(re.compile(place))


@dataclass(frozen=True)
class Officer:
    """Somebody signed in at the desk."""

    page: Page

    @classmethod
    def signed_in(cls, browser: Browser, site: Site, email: str) -> Officer:
        """A window of their own in the browser in which they signed in before, unless they signed out since."""
        kept = site.cookies.get(email)
        context = browser.new_context(base_url=site.url, viewport=DESK, locale="id-ID", storage_state=kept)
        page = context.new_page()
        page.goto("/meja/")
        if page.locator("#id_login").count():
            _sign_in(page, email)
            site.cookies[email] = context.storage_state()
        return cls(page)

    def unlock(self, passphrase: str) -> None:
        """From a locked case by way of the page of one's key, and back to the case."""
        self.page.get_by_role("link", name="Buka kunci saya").click()
        self.page.locator("input[name=passphrase]").fill(passphrase)
        self.page.get_by_role("button", name="Buka kunci").click()
        expect(self.page.locator(".notice.success")).to_contain_text("Kunci Anda terbuka")

    def open(self, code: str) -> None:
        answer = self.page.goto(f"/meja/{code}/")
        assert answer is not None and answer.status == 200, f"{answer and answer.status} for {code}"

    def act(self, name: str, button: str = "", **fields: str) -> None:
        """Fills the form of one act on the case page and carries it out."""
        drawer = self.page.locator(f"details#{name}")
        if drawer.get_attribute("open") is None:
            drawer.locator("summary").first.click()
        for field, value in fields.items():
            _fill(self.page.locator(f"#{name}-{field}"), value)
        form = drawer.locator("form").first
        (form.get_by_role("button", name=button) if button else form.get_by_role("button").last).click()
        expect(self.page.locator(".notice.success")).to_be_visible()

    def sees_no(self, code: str) -> None:
        answer = self.page.goto(f"/meja/{code}/")
        assert answer is not None and answer.status == 404


def _sign_in(page: Page, email: str) -> None:
    """With password and one-time code."""
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form[action*=login] .buttons button").first.click()
    page.get_by_role("button", name="Pakai kode ini").click()
    page.wait_for_url("**/meja/**")


def _fill(box: Locator, value: str) -> None:
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(value)
    else:
        box.fill(value)


def _digits(box: Locator) -> str:
    return re.sub(r"\D", "", box.inner_text())
