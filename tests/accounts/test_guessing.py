"""Guessing passwords and codes is stopped where it comes from, and shuts nobody else out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.accounts.people import citizen, code_now, is_signed_in, officer, second_step, sign_in
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
GUESSER, HOME = "198.51.100.66", "203.0.113.9"  # addresses reserved for examples
GUESSES = 5


def guess(address: str, *, times: int, start: int = 0) -> Client:
    browser = Client(REMOTE_ADDR=GUESSER)
    for n in range(start, start + times):
        sign_in(browser, address, f"tebakan-nomor-{n:04d}")
    return browser


def test_who_guesses_is_stopped_even_with_the_right_password() -> None:
    user = citizen()
    browser = guess(user.email, times=GUESSES)
    sign_in(browser, user.email)
    assert not is_signed_in(browser)


def test_the_owner_still_signs_in_from_elsewhere() -> None:
    user = citizen()
    guess(user.email, times=GUESSES * 2)
    owner = Client(REMOTE_ADDR=HOME)
    sign_in(owner, user.email)
    assert is_signed_in(owner)


def test_another_person_at_the_place_of_the_guesser_still_signs_in() -> None:
    victim, neighbour = citizen(), citizen("tetangga@uji.invalid")
    guess(victim.email, times=GUESSES)
    browser = Client(REMOTE_ADDR=GUESSER)
    sign_in(browser, neighbour.email)
    assert is_signed_in(browser)


def test_one_guess_at_each_of_many_addresses_is_stopped_too() -> None:
    users = [citizen(f"warga{n}@uji.invalid") for n in range(12)]
    browser = Client(REMOTE_ADDR=GUESSER)
    for user in users[:10]:
        sign_in(browser, user.email, "tebakan-yang-sama-1")
    sign_in(browser, users[11].email)
    assert not is_signed_in(browser)


def test_the_guesser_may_try_again_after_a_while() -> None:
    user = citizen()
    browser = guess(user.email, times=GUESSES)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        sign_in(browser, user.email)
        assert is_signed_in(browser)


def test_an_address_written_by_the_guesser_into_a_header_changes_nothing() -> None:
    user = citizen()
    browser = Client(REMOTE_ADDR=GUESSER)
    for n in range(GUESSES):
        sign_in(browser, user.email, f"tebakan-nomor-{n:04d}", headers={"x-forwarded-for": f"192.0.2.{n}"})
    sign_in(browser, user.email, headers={"x-forwarded-for": "192.0.2.200"})
    assert not is_signed_in(browser)


def test_codes_are_guessed_a_few_times_only() -> None:
    user = officer()
    with time_machine.travel(MONDAY, tick=False):
        right = code_now()
        browser = Client(REMOTE_ADDR=GUESSER)
        sign_in(browser, user.email)
        for n in range(GUESSES):
            second_step(browser, f"{(int(right) + 1000 + n) % 1_000_000:06d}")
        second_step(browser, right)
        assert not is_signed_in(browser)
