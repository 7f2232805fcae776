"""Citizens make their own accounts and sign in with a password; officers cannot be made this way."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lapor.accounts.models import User
from tests.accounts.people import PASSWORD, citizen, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
TYPED = {"name": "Warga Uji", "email": "Warga@Uji.invalid", "password1": PASSWORD, "password2": PASSWORD}


def sign_up(client: Client, **changes: str) -> Any:
    return client.post("/akun/signup/", TYPED | changes)


def confirm(client: Client) -> Any:
    """Follows the link in the last letter and presses the button there."""
    link = next(word for word in str(mail.outbox[-1].body).split() if "/confirm-email/" in word)
    return client.post(link.split("testserver")[-1])


def test_a_citizen_confirms_the_address_and_lands_at_the_own_reports(client: Client) -> None:
    assert sign_up(client)["Location"] == "/akun/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.name) == ("warga@uji.invalid", "Warga Uji")
    assert not (user.is_officer or user.is_superuser or user.is_demonstration)
    assert not is_signed_in(client), "an address is somebody's when they have read its mail"
    confirm(client)
    sign_in(client, user.email)
    assert is_signed_in(client)


def test_an_address_that_was_never_confirmed_opens_nothing(client: Client) -> None:
    sign_up(client)
    assert sign_in(Client(), "warga@uji.invalid")["Location"] == "/akun/confirm-email/"
    assert not is_signed_in(client)


def test_signing_up_tells_nobody_whether_an_address_is_known(client: Client) -> None:
    citizen("warga@uji.invalid")
    answers = [sign_up(Client(), email=who) for who in ("warga@uji.invalid", "tak@uji.invalid")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/akun/confirm-email/")}
    assert [letter.to for letter in mail.outbox] == [["warga@uji.invalid"], ["tak@uji.invalid"]]
    assert User.objects.get(email="warga@uji.invalid").check_password(PASSWORD)


def test_nobody_becomes_an_officer_by_asking(client: Client) -> None:
    sign_up(client, is_officer="on", is_superuser="on", is_demonstration="on")
    user = User.objects.get()
    assert not (user.is_officer or user.is_superuser or user.is_demonstration)


@pytest.mark.parametrize(
    "changes",
    [
        {"password1": "pendek-11ch", "password2": "pendek-11ch"},
        {"password1": "laporlaporlapor2026", "password2": "laporlaporlapor2026"},
        {"password2": "kuda-lumping-menari-78"},
        {"email": "bukan alamat"},
        {"name": ""},
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client: Client, changes: dict[str, str]) -> None:
    answer = sign_up(client, **changes)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert "Ada yang perlu diperbaiki" in html
    typed = TYPED | changes
    assert f'value="{typed["email"]}"' in html
    assert PASSWORD not in html


def test_an_address_signs_up_once_in_whatever_letters(client: Client) -> None:
    citizen("warga@uji.invalid")
    sign_up(client, email="WARGA@uji.INVALID")
    assert User.objects.count() == 1


def test_a_citizen_needs_the_password_alone(client: Client) -> None:
    citizen()
    assert sign_in(client, "WARGA@uji.invalid")["Location"] == "/laporan-saya/"
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client) -> None:
    citizen()
    answers = [
        sign_in(client, address, "salah-sekali-99").content.decode()
        for address in ("warga@uji.invalid", "tak@uji.invalid")
    ]
    known, unknown = (text.split('class="errors"')[1].split("</div>")[0] for text in answers)
    assert known == unknown


@pytest.mark.parametrize("goal", ["https://jahat.invalid/", "//jahat.invalid/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_after_signing_in(client: Client, goal: str) -> None:
    citizen()
    answer = client.post("/akun/login/", {"login": "warga@uji.invalid", "password": PASSWORD, "next": goal})
    assert answer["Location"] == "/laporan-saya/"


def test_who_came_from_a_page_returns_to_it(client: Client) -> None:
    citizen()
    asked = client.get("/laporan-saya/")
    assert asked["Location"] == "/akun/login/?next=/laporan-saya/"


def test_a_person_who_is_no_longer_active_stays_out(client: Client) -> None:
    user = citizen()
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_in(client, user.email)
    assert not is_signed_in(client)


def test_signing_out_everywhere_ends_the_sessions_of_all_devices(client: Client) -> None:
    user, other = citizen(), Client()
    sign_in(client, user.email)
    sign_in(other, user.email)
    assert is_signed_in(other)
    client.post("/akun/semua-perangkat/")
    assert not is_signed_in(client)
    assert not is_signed_in(other)


def test_a_forgotten_password_is_asked_for_by_mail_with_a_link_good_once(client: Client) -> None:
    user = citizen()
    client.post("/akun/password/reset/", {"email": user.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    path = link.split("testserver")[-1]
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "angklung-bambu-15", "password2": "angklung-bambu-15"})
    assert sign_in(Client(), user.email, "angklung-bambu-15")["Location"] == "/laporan-saya/"
    again = Client().get(path, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_asking_for_a_password_tells_nobody_whether_an_address_is_known(client: Client) -> None:
    citizen()
    answers = {
        client.post("/akun/password/reset/", {"email": who})["Location"]
        for who in ("warga@uji.invalid", "tak@uji.invalid")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("path", ["/akun/login/", "/akun/signup/"])
def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(client: Client, path: str) -> None:
    citizen()
    answer = sign_in(client, "warga@uji.invalid")
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "no-store" in Client().get(path)["Cache-Control"]
