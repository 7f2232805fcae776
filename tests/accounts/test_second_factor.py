"""An officer opens nothing without a second factor: no page of the desk, of the office, nor of the citizens."""

from __future__ import annotations

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from lapor.accounts.invitation import open_set_up
from lapor.desk.urls import urlpatterns as desk
from tests.accounts.people import PASSWORD, SECRET, citizen, code_now, is_signed_in, officer, second_step, sign_in

pytestmark = pytest.mark.django_db
SET_UP = "/akun/2fa/"
_VALUES = {
    "code": "4827193059",
    "name": "verify",
    "letter_id": 1,
    "message_id": 1,
    "item_id": 1,
    "number": 1,
    "key": uuid4(),
}


def desk_address(pattern: URLPattern) -> str:
    """The address with something in each gap."""
    converters = pattern.pattern.converters
    path = str(pattern.pattern)
    for name in converters:
        kind = path[: path.index(f"{name}>")].rpartition("<")[2]
        path = path.replace(f"<{kind}{name}>", str(_VALUES[name]))
    return f"/meja/{path}"


@pytest.mark.parametrize("pattern", desk, ids=lambda pattern: pattern.name)
def test_no_page_of_the_desk_opens_without_one(client: Client, pattern: URLPattern) -> None:
    client.force_login(officer(has_factor=False))
    path = desk_address(pattern)
    for answer in (client.get(path), client.post(path, {"text": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, SET_UP), path


@pytest.mark.parametrize("path", ["/", "/lapor/", "/laporan-saya/", "/laporan/", "/lacak/", "/api/v1/reports"])
def test_no_other_page_opens_either(client: Client, path: str) -> None:
    client.force_login(officer(has_factor=False))
    assert client.get(path)["Location"] == SET_UP


def test_backup_codes_alone_are_no_second_factor(client: Client) -> None:
    user = officer(has_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    client.force_login(user)
    assert client.get("/meja/")["Location"] == SET_UP


def test_an_officer_whose_factor_is_taken_away_is_stopped_at_the_next_page(client: Client) -> None:
    user = officer()
    client.force_login(user)
    assert client.get("/meja/").status_code == 200
    open_set_up(user=user, by=None, now=timezone.now())
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/meja/")["Location"] == SET_UP


def test_setting_one_up_and_signing_out_stay_open(client: Client) -> None:
    client.force_login(officer(has_factor=False))
    assert client.get(SET_UP).status_code == 200
    assert client.get("/akun/logout/").status_code == 200
    assert client.post("/bahasa/", {"language": "en"}).status_code == 302


def test_no_page_outside_the_account_bears_a_name_that_is_let_through() -> None:
    def names(resolver: URLResolver, inside: bool) -> list[str]:
        found: list[str] = []
        for part in resolver.url_patterns:
            is_account = inside or str(part.pattern).startswith("akun/")
            if isinstance(part, URLResolver):
                found += [] if part.namespace else names(part, is_account)
            elif not is_account and str(part.name).startswith(("account_", "mfa_")):
                found.append(str(part.name))
        return found

    assert names(get_resolver(), False) == []


def test_a_citizen_may_do_without(client: Client) -> None:
    client.force_login(citizen())
    assert client.get("/laporan-saya/").status_code == 200


def test_password_then_code_lead_to_the_desk(client: Client) -> None:
    user = officer()
    assert sign_in(client, user.email)["Location"] == "/akun/2fa/authenticate/"
    assert not is_signed_in(client), "the password alone is not enough"
    assert second_step(client, code_now())["Location"] == "/meja/"
    assert is_signed_in(client)


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    user = officer()
    sign_in(client, user.email)
    wrong = f"{(int(code_now()) + 500_000) % 1_000_000:06d}"
    assert second_step(client, wrong).status_code == 200
    assert not is_signed_in(client)


def test_the_last_factor_of_an_officer_cannot_be_removed(client: Client) -> None:
    user = officer()
    sign_in(client, user.email)
    second_step(client, code_now())
    client.post("/akun/reauthenticate/", {"password": PASSWORD})
    client.post("/akun/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def test_the_secret_of_an_app_is_sealed_in_the_database() -> None:
    user = officer()
    stored = Authenticator.objects.get(user=user).data
    assert SECRET not in str(stored)


def test_pages_with_secrets_ask_for_the_password_again_and_are_kept_nowhere(client: Client) -> None:
    user = officer()
    sign_in(client, user.email)
    second_step(client, code_now())
    assert client.get("/akun/2fa/recovery-codes/generate/")["Location"].startswith("/akun/reauthenticate/")
    client.post("/akun/reauthenticate/", {"password": PASSWORD})
    client.post("/akun/2fa/recovery-codes/generate/")
    other = officer("lain@uji.invalid", has_factor=False)
    newcomer = Client()
    sign_in(newcomer, other.email)
    newcomer.post("/akun/reauthenticate/", {"password": PASSWORD})
    for browser, path in ((client, "/akun/2fa/recovery-codes/"), (newcomer, "/akun/2fa/totp/activate/")):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"], path
