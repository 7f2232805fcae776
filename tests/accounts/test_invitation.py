"""An officer comes in by invitation: a link that works once, then a second factor, then the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lapor.accounts.invitation import RESET_HOLDS, AddressTaken, invite_officer, open_set_up, password_link
from lapor.accounts.models import User
from tests.accounts.people import PASSWORD, citizen, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "baru@uji.invalid"


@pytest.fixture
def invited() -> User:
    return invite_officer(email=" Baru@Uji.invalid ", name="Petugas Uji Baru")


def choose(client: Client, link: str, password: str = PASSWORD) -> Any:
    page = client.get(link, follow=True)
    path = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(path, {"password1": password, "password2": password})


def offers_a_password(answer: Any) -> bool:
    return 'name="password1"' in answer.content.decode()


def test_the_link_lets_the_officer_choose_a_password_and_then_a_second_factor(client: Client, invited: User) -> None:
    assert (invited.email, invited.is_officer) == (ADDRESS, True)
    open_set_up(user=invited, by=None, now=timezone.now())
    choose(client, password_link(user=invited))
    other = Client()
    sign_in(other, ADDRESS)
    assert other.get("/meja/")["Location"] == "/akun/2fa/"


def test_an_account_without_a_password_opens_with_none(client: Client, invited: User) -> None:
    for guess in ("", " ", "None", "!"):
        sign_in(client, ADDRESS, guess)
    assert not is_signed_in(client)


def test_the_link_works_once(client: Client, invited: User) -> None:
    link = password_link(user=invited)
    choose(client, link)
    again = Client().get(link, follow=True)
    assert not offers_a_password(again)


def test_a_link_that_was_opened_but_not_used_still_works(client: Client, invited: User) -> None:
    link = password_link(user=invited)
    assert offers_a_password(Client().get(link, follow=True))
    choose(client, link)
    assert User.objects.get(pk=invited.pk).check_password(PASSWORD)


def test_the_link_does_not_last_for_ever(client: Client, invited: User) -> None:
    link = password_link(user=invited)
    late = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT, days=1)
    with time_machine.travel(late):
        assert not offers_a_password(client.get(link, follow=True))


def test_the_link_of_one_person_opens_no_other_account(client: Client, invited: User) -> None:
    other = invite_officer(email="lain@uji.invalid", name="Petugas Uji Lain")
    mine, theirs = password_link(user=invited), password_link(user=other)
    who, key = mine.rstrip("/").rpartition("/")[2].split("-", 1)
    whom = theirs.rstrip("/").rpartition("/")[2].split("-", 1)[0]
    assert not offers_a_password(client.get(mine.replace(f"{who}-{key}", f"{whom}-{key}"), follow=True))


@pytest.mark.parametrize("address", ["warga@uji.invalid", "WARGA@UJI.INVALID"])
def test_an_address_that_already_signs_in_is_not_invited(address: str) -> None:
    citizen("warga@uji.invalid")
    with pytest.raises(AddressTaken):
        invite_officer(email=address, name="Petugas Uji")


def test_who_lets_the_first_set_up_wait_too_long_needs_another_invitation(client: Client, invited: User) -> None:
    now = timezone.now()
    open_set_up(user=invited, by=None, now=now)
    choose(client, password_link(user=invited))
    with time_machine.travel(now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) + RESET_HOLDS):
        sign_in(client, ADDRESS)
        assert client.get("/meja/")["Location"] == "/akun/login/"
        assert not is_signed_in(client)
        open_set_up(user=invited, by=None, now=timezone.now())
        sign_in(client, ADDRESS)
        assert client.get("/meja/")["Location"] == "/akun/2fa/"


def test_an_officer_who_was_never_given_time_sets_up_nothing(client: Client, invited: User) -> None:
    choose(client, password_link(user=invited))
    sign_in(client, ADDRESS)
    assert client.get("/akun/2fa/totp/activate/")["Location"] == "/akun/login/"


def test_whoever_registers_an_officers_address_in_advance_gains_nothing(client: Client) -> None:
    client.post("/akun/signup/", {"name": "Orang Lain", "email": ADDRESS, "password1": PASSWORD, "password2": PASSWORD})
    squatter = User.objects.get(email=ADDRESS)
    Authenticator.objects.create(user=squatter, type=Authenticator.Type.TOTP, data={"secret": "x"})
    invited = invite_officer(email=ADDRESS, name="Petugas Uji Baru")
    assert invited.pk == squatter.pk
    assert (invited.name, invited.is_officer, invited.has_usable_password()) == ("Petugas Uji Baru", True, False)
    assert not Authenticator.objects.filter(user=invited).exists()
    sign_in(client, ADDRESS)
    assert not is_signed_in(client)
    assert offers_a_password(Client().get(password_link(user=invited), follow=True))
