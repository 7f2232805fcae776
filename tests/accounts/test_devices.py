"""Devices: strangers never lock out one that is known, together they come to an end, a new one is told about once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from lapor.accounts import devices
from lapor.accounts.models import Device
from lapor.notify import letters, send
from tests.accounts.people import citizen, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
HOME = "203.0.113.9"  # addresses reserved for examples


def guess(address: str, *, places: int, times: int) -> None:
    for place in range(places):
        for n in range(times):
            sign_in(Client(REMOTE_ADDR=f"198.51.100.{place}"), address, f"tebakan-nomor-{place}-{n:04d}")


def sign_out(client: Client) -> Client:
    client.post("/akun/logout/")
    return client


def test_a_known_device_is_not_locked_out_by_guesses_from_its_own_place() -> None:
    """At a mobile carrier the stranger and the owner share one address."""
    user, own = citizen(), Client(REMOTE_ADDR=HOME)
    sign_in(own, user.email)
    sign_out(own)
    for n in range(12):
        sign_in(Client(REMOTE_ADDR=HOME), user.email, f"tebakan-nomor-{n:04d}")
    sign_in(own, user.email)
    assert is_signed_in(own)


def test_guesses_from_many_places_come_to_an_end_and_still_lock_out_no_known_device() -> None:
    user, own = citizen(), Client(REMOTE_ADDR=HOME)
    sign_in(own, user.email)
    sign_out(own)
    with time_machine.travel(timezone.now(), tick=False):
        guess(user.email, places=25, times=4)
        newcomer = Client(REMOTE_ADDR="192.0.2.7")
        sign_in(newcomer, user.email)
        assert not is_signed_in(newcomer)
        sign_in(own, user.email)
        assert is_signed_in(own)


def test_a_known_device_guesses_only_so_often_itself() -> None:
    user, own = citizen(), Client(REMOTE_ADDR=HOME)
    sign_in(own, user.email)
    sign_out(own)
    for n in range(10):
        sign_in(own, user.email, f"tebakan-nomor-{n:04d}")
    sign_in(own, user.email)
    assert not is_signed_in(own)


def test_the_device_of_one_person_is_not_known_for_another() -> None:
    user, other, browser = citizen(), citizen("lain@uji.invalid"), Client(REMOTE_ADDR=HOME)
    sign_in(browser, other.email)
    sign_out(browser)
    for n in range(5):
        sign_in(browser, user.email, f"tebakan-nomor-{n:04d}")
    sign_in(browser, user.email)
    assert not is_signed_in(browser)


def test_a_cookie_that_somebody_made_up_is_no_known_device() -> None:
    user, browser = citizen(), Client(REMOTE_ADDR=HOME)
    browser.cookies[settings.DEVICE_COOKIE_NAME] = "a" * 43
    for n in range(5):
        sign_in(browser, user.email, f"tebakan-nomor-{n:04d}")
    sign_in(browser, user.email)
    assert not is_signed_in(browser)


def test_the_first_device_is_no_news_and_another_one_is_told_about_once() -> None:
    user, first, second = citizen(), Client(), Client()
    sign_in(first, user.email)
    assert letters.tell_of_devices(now=timezone.now()) == 0
    sign_in(second, user.email)
    assert letters.tell_of_devices(now=timezone.now()) == 1
    send.deliver(now=timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [user.email] and "/akun/perangkat/" in letter.body
    sign_in(sign_out(second), user.email)
    assert letters.tell_of_devices(now=timezone.now()) == 0


def test_the_cookie_is_out_of_reach_of_scripts_and_is_not_in_the_table(client: Client) -> None:
    answer = sign_in(client, citizen().email)
    cookie = answer.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(d)::text FROM accounts_device d")
        stored = cursor.fetchone()[0]
    assert cookie.value not in stored and cookie.value.encode().hex() not in stored


def test_a_device_that_is_not_used_any_more_is_forgotten(client: Client) -> None:
    sign_in(client, citizen().email)
    assert devices.forget_unused(now=timezone.now() + devices.FORGOTTEN_AFTER) == 0
    assert devices.forget_unused(now=timezone.now() + devices.FORGOTTEN_AFTER + timedelta(days=2)) == 1
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0", "Edge, Windows"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_name_says_browser_and_system_and_no_version(user_agent: str, name: str) -> None:
    assert devices.coarse_name(user_agent) == name
