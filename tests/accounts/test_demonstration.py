"""People of a demonstration: open to all while it runs, and shut out the moment it does not."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lapor.accounts import demonstration
from lapor.accounts.models import User
from tests.accounts.people import PASSWORD, SECRET, is_signed_in, officer, second_step, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "contoh@peragaan.invalid"


@pytest.fixture
def shown() -> User:
    return demonstration.ensure_account(
        ADDRESS, "Contoh Petugas", is_officer=True, password=PASSWORD, totp_secret=SECRET, role="Petugas contoh"
    )


def test_in_a_demonstration_the_page_names_the_accounts_and_their_password(
    client: Client, shown: User, settings: Any
) -> None:
    settings.LAPOR_DEMO = True
    html = client.get("/akun/login/").content.decode()
    assert ADDRESS in html and PASSWORD in html
    assert sign_in(client, ADDRESS)["Location"] == "/akun/2fa/authenticate/"
    code = demonstration.current_code(shown)
    assert code in client.get("/akun/2fa/authenticate/").content.decode()
    assert second_step(client, code)["Location"] == "/meja/"


def test_outside_a_demonstration_they_are_not_named_and_cannot_sign_in(
    client: Client, shown: User, settings: Any
) -> None:
    settings.LAPOR_DEMO = False
    html = client.get("/akun/login/").content.decode()
    assert ADDRESS not in html and PASSWORD not in html
    sign_in(client, ADDRESS)
    assert not is_signed_in(client)
    assert client.get("/meja/")["Location"].startswith("/akun/login/")


def test_switching_the_demonstration_off_ends_its_sessions(client: Client, shown: User, settings: Any) -> None:
    settings.LAPOR_DEMO = True
    client.force_login(shown)
    assert client.get("/meja/").status_code == 200
    settings.LAPOR_DEMO = False
    assert client.get("/meja/")["Location"].startswith("/akun/login/")


def test_a_password_by_mail_does_not_let_them_in_either(client: Client, shown: User, settings: Any) -> None:
    settings.LAPOR_DEMO = False
    shown.set_password("angklung-bambu-15")
    shown.save()
    sign_in(client, ADDRESS, "angklung-bambu-15")
    assert not is_signed_in(client)


@pytest.mark.parametrize("is_demonstration_on", [True, False])
def test_the_code_of_a_real_person_is_shown_nowhere(client: Client, settings: Any, is_demonstration_on: bool) -> None:
    settings.LAPOR_DEMO = is_demonstration_on
    real = officer()
    with pytest.raises(demonstration.NotADemonstration):
        demonstration.current_code(real)
    with pytest.raises(CommandError):
        call_command("code", real.email, stdout=StringIO())
    sign_in(client, real.email)
    assert "Hanya peragaan" not in client.get("/akun/2fa/authenticate/").content.decode()


def test_a_real_account_is_never_turned_into_one_of_the_demonstration() -> None:
    real = officer()
    with pytest.raises(demonstration.NotADemonstration):
        demonstration.ensure_account(real.email, "Contoh", is_officer=True, password="terbuka-untuk-semua")
    real.refresh_from_db()
    assert real.check_password(PASSWORD)


def test_every_page_of_a_demonstration_says_what_it_is(client: Client, settings: Any) -> None:
    settings.LAPOR_DEMO = True
    assert "Jangan kirim laporan sungguhan di sini" in client.get("/lacak/").content.decode()
    settings.LAPOR_DEMO = False
    assert "Jangan kirim laporan sungguhan di sini" not in client.get("/lacak/").content.decode()
