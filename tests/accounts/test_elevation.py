"""Timed elevation: proven with a factor and a reason, for fifteen minutes, in this browser alone, never rewritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from lapor.accounts.models import Elevation, ElevationEnd
from tests.accounts.people import PASSWORD, citizen, code_now, is_signed_in, officer, second_step, sign_in
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
PAGE, REASON = "/akun/akses-khusus/", "Petugas baru mulai hari ini"


@pytest.fixture
def desk(client: Client) -> Client:
    user = officer()
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        sign_in(client, user.email)
        second_step(client, code_now())
    return client


def elevate(client: Client, *, code: str | None = None, reason: str = REASON, **more: str) -> int:
    typed = {"akses-reason": reason, "akses-code": code_now() if code is None else code} | more
    return int(client.post(PAGE, typed).status_code)


def minutes(client: Client) -> str:
    html = client.get("/meja/").content.decode()
    return html.partition("Akses khusus: ")[2].partition(" menit")[0]


def test_reason_and_code_give_fifteen_minutes_that_the_header_counts(desk: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert minutes(desk) == ""
        assert elevate(desk) == 302
        made = Elevation.objects.get()
        assert (made.reason, made.until - made.at) == (REASON, timedelta(minutes=15))
        assert minutes(desk) == "15"
        clock.shift(timedelta(minutes=9, seconds=30))
        assert minutes(desk) == "6"
        clock.shift(timedelta(minutes=6))
        assert minutes(desk) == ""


@pytest.mark.parametrize(
    ("code", "reason"), [("000000", REASON), ("", REASON), (None, "pendek"), (None, ""), (PASSWORD, REASON)]
)
def test_without_a_right_code_and_a_reason_there_is_none_and_what_was_typed_stays(
    desk: Client, code: str | None, reason: str
) -> None:
    assert elevate(desk, code=code, reason=reason) == 422
    assert not Elevation.objects.exists()
    answer = desk.post(PAGE, {"akses-reason": REASON, "akses-code": "000000"})
    assert REASON in answer.content.decode()


def test_a_reason_too_short_uses_up_no_code(desk: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        assert elevate(desk, reason="pendek") == 422
        assert elevate(desk) == 302


def test_a_code_that_let_somebody_in_does_not_elevate_too(client: Client) -> None:
    user = officer()
    with time_machine.travel(MONDAY, tick=False):
        sign_in(client, user.email)
        second_step(client, code_now())
        assert is_signed_in(client)
        assert elevate(client) == 422


def test_the_session_gets_another_key_and_the_old_one_opens_nothing(desk: Client) -> None:
    before = Client()
    before.cookies[settings.SESSION_COOKIE_NAME] = desk.session.session_key or ""
    assert is_signed_in(before)
    assert elevate(desk) == 302
    assert is_signed_in(desk)
    assert not is_signed_in(before)


def test_another_device_of_the_same_person_has_none(desk: Client) -> None:
    elevate(desk)
    other = Client()
    other.force_login(Elevation.objects.get().user)
    assert minutes(other) == ""


def test_it_can_be_given_back_at_once(desk: Client) -> None:
    elevate(desk)
    desk.post(f"{PAGE}akhiri/")
    assert minutes(desk) == ""
    assert ElevationEnd.objects.get().elevation == Elevation.objects.get()


def test_history_is_neither_changed_nor_deleted(desk: Client) -> None:
    elevate(desk)
    desk.post(f"{PAGE}akhiri/")
    for table in ("accounts_elevationend", "accounts_elevation"):
        for change in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}"):
            with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
                connection.cursor().execute(change)


@pytest.mark.parametrize("goal", ["https://jahat.invalid/", "//jahat.invalid/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_afterwards(desk: Client, goal: str) -> None:
    answer = desk.post(PAGE, {"akses-reason": REASON, "akses-code": code_now(), "next": goal})
    assert answer["Location"] == "/akun/perangkat/"


def test_citizens_have_no_such_page(client: Client) -> None:
    client.force_login(citizen())
    assert client.get(PAGE).status_code == 404
    assert elevate(client) == 404


def test_a_code_is_guessed_a_few_times_only(desk: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        right = code_now()
        for n in range(5):
            elevate(desk, code=f"{(int(right) + 1000 + n) % 1_000_000:06d}")
        assert elevate(desk, code=right) == 422
    assert not Elevation.objects.exists()
