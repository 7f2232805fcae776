"""Passwords after NIST SP 800-63B-4: long, not guessed first, no rule on kinds of letters, slow to try, never expired."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from config.place import BASE_DIR
from lapor.accounts.models import User
from lapor.accounts.passwords import ALONE, WITH_FACTOR
from tests.accounts.people import PASSWORD, citizen, is_signed_in, sign_in

CITIZEN, OFFICER = User(email="warga@uji.invalid", name="Warga"), User(email="petugas@uji.invalid", is_officer=True)


def is_taken(password: str, user: User = CITIZEN) -> bool:
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("user", "least"), [(CITIZEN, ALONE), (OFFICER, WITH_FACTOR)])
def test_the_password_is_longer_where_it_is_the_only_factor(user: User, least: int) -> None:
    words = "kudalumpingmenari"
    assert is_taken(words[:least], user)
    assert not is_taken(words[: least - 1], user)
    assert ALONE >= 15 and WITH_FACTOR >= 8


@pytest.mark.parametrize(
    "password",
    [
        "kuda lumping menari",
        "hujan dibulanjuni",
        "ÐÆ kŭda lumping ŝtono",
        "🐘🐘 gajah duduk di rotan",
        "x" * 40 + "kudaling",
    ],
)
def test_nothing_is_asked_about_kinds_of_letters(password: str) -> None:
    assert is_taken(password)


@pytest.mark.parametrize(
    "password",
    ["laporlaporlapor2026", "Password123456789", "katasandi-admin-2026", "aaaaaaaaaaaaaaaaaaaa", "123456789012345678",
     "qwertyuiop1234567890", "Petugas.Inspektorat.1945", "LAPOR! LAPOR! LAPOR!"],
)  # fmt: skip
def test_what_is_guessed_first_is_refused_however_long(password: str) -> None:
    assert not is_taken(password)


def test_the_blocklist_has_only_words_that_can_match() -> None:
    """Each line is what it is compared with: small letters, no blanks around, no empty ones."""
    lines = (BASE_DIR / "lapor/accounts/data/guessed_first.txt").read_text().splitlines()
    assert all(line == line.strip().lower() and line for line in lines if not line.startswith("#"))


@pytest.mark.django_db
def test_a_password_hashed_before_still_opens_and_is_hashed_anew(client: Client, settings: object) -> None:
    settings.PASSWORD_HASHERS = [  # type: ignore[attr-defined]
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    user = citizen()
    user.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    user.save()
    sign_in(client, user.email)
    assert is_signed_in(client)
    user.refresh_from_db()
    assert user.password.startswith("scrypt$")
