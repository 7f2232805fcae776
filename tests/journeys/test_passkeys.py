"""An officer at a browser with a passkey: sets it up, signs in with it alone, proves a dangerous act with it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site
from tests.journeys.people import PASSWORD

ADDRESS = "penghubung.dlh@contoh.invalid"


@pytest.fixture
def page_with_key(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose browser has a fingerprint reader, as the protocol of its developer tools pretends (WebAuthn §11)."""
    # Passkeys belong to names of hosts, never to numbers.
    context = browser.new_context(base_url=site.url.replace("127.0.0.1", "localhost"), locale="id-ID")
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    yield page
    context.close()


def sign_in_with_code(page: Page) -> None:
    page.goto("/meja/")
    page.locator("#id_login").fill(ADDRESS)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form[action*=login] .buttons button").first.click()
    page.get_by_role("button", name="Pakai kode ini").click()
    page.wait_for_url("**/meja/**")


def sign_out(page: Page) -> None:
    page.goto("/akun/logout/")
    page.locator("main form button").first.click()


def test_a_passkey_is_set_up_signs_in_alone_and_proves_a_dangerous_act(page_with_key: Page) -> None:
    page = page_with_key
    sign_in_with_code(page)
    page.goto("/akun/2fa/webauthn/add/")
    page.locator("#id_password").fill(PASSWORD)  # proves oneself again before anything is added
    page.get_by_role("button", name="Lanjut").click()
    page.locator("#id_name").fill("Ponsel uji")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page.get_by_role("heading", name="Simpan kode cadangan")).to_be_visible()

    sign_out(page)
    page.goto("/akun/login/?next=/meja/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/meja/")

    page.goto("/akun/akses-khusus/?next=/kantor/")
    page.locator("#id_akses-reason").fill("Mencatat hari libur daerah yang baru")
    page.locator("#akses-kunci").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/kantor/")
    expect(page.locator(".elevated")).to_contain_text("15 menit lagi")
    page.locator(".elevated button").click()
    expect(page.locator(".elevated")).to_have_count(0)
