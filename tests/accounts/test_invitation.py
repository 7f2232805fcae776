"""An officer comes in by invitation: a link that works once, then a second factor, then the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from lapor.accounts.invitation import AddressTaken, invite_officer, password_link
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


def test_the_link_does_not_last_for_ever(client: Client, invited: User, settings: Any) -> None:
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
