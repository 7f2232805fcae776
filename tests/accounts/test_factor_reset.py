"""A lost second factor: taken away with a name and a time, and set up anew within a day or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from lapor.accounts.invitation import RESET_HOLDS, OwnFactor, forget_second_factor
from lapor.accounts.models import FactorReset, User
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
LOGIN = "/akun/login/"


@pytest.fixture
def officer() -> User:
    user = User.objects.create_user(
        "petugas@uji.invalid", "kata-sandi-uji-panjang", name="Petugas Uji", is_officer=True
    )
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def test_taking_a_factor_away_ends_every_session_and_keeps_who_did_it(client: Client, officer: User) -> None:
    admin = User.objects.create_user("admin@uji.invalid", name="Petugas Uji admin")
    client.force_login(officer)
    forget_second_factor(user=officer, by=admin, now=MONDAY)
    assert not Authenticator.objects.filter(user=officer).exists()
    kept = FactorReset.objects.get(user=officer)
    assert (kept.by, kept.until) == (admin, MONDAY + RESET_HOLDS)
    assert client.get("/meja/").headers["Location"].startswith(LOGIN)


@pytest.mark.parametrize("path", ["/meja/", "/", "/akun/2fa/", "/akun/2fa/totp/activate/"])
def test_within_a_day_the_officer_sets_up_another_one(client: Client, officer: User, path: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        forget_second_factor(user=officer, by=None, now=MONDAY)
        client.force_login(User.objects.get(pk=officer.pk))
        response = client.get(path)
    assert LOGIN not in response.headers.get("Location", "")


@pytest.mark.parametrize("path", ["/meja/", "/", "/akun/2fa/", "/akun/2fa/totp/activate/"])
def test_after_a_day_the_password_alone_opens_nothing(client: Client, officer: User, path: str) -> None:
    forget_second_factor(user=officer, by=None, now=MONDAY)
    with time_machine.travel(MONDAY + RESET_HOLDS + timedelta(minutes=1), tick=False):
        client.force_login(User.objects.get(pk=officer.pk))
        assert client.get(path).headers["Location"] == LOGIN
        assert "_auth_user_id" not in client.session


def test_nobody_takes_the_own_factor_away(officer: User) -> None:
    with pytest.raises(OwnFactor):
        forget_second_factor(user=officer, by=officer, now=MONDAY)
    assert Authenticator.objects.filter(user=officer).exists()


def test_who_set_up_another_one_in_time_goes_on_working(client: Client, officer: User) -> None:
    forget_second_factor(user=officer, by=None, now=MONDAY)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "y"})
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        client.force_login(User.objects.get(pk=officer.pk))
        assert client.get("/meja/").status_code == 200
