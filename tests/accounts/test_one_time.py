"""A one-time code works one time, in whichever browser and whichever process it is typed again."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from lapor.accounts import one_time
from tests.accounts.people import code_now, is_signed_in, officer, second_step, sign_in
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spelt", ["{}", " {} ", "{} "])
def test_a_code_that_was_used_is_refused(client: Client, spelt: str) -> None:
    user, thief = officer(), Client()
    code = code_now()
    sign_in(client, user.email)
    assert second_step(client, code).status_code == 302
    sign_in(thief, user.email)
    second_step(thief, spelt.format(code))
    assert not is_signed_in(thief)


def test_it_stays_refused_for_as_long_as_it_is_right(client: Client) -> None:
    user, thief = officer(), Client()
    with time_machine.travel(MONDAY, tick=False) as clock:
        code = code_now(steps=1)  # of a telephone that is half a minute ahead
        sign_in(client, user.email)
        assert second_step(client, code).status_code == 302
        clock.shift(55)
        sign_in(thief, user.email)
        second_step(thief, code)
        assert not is_signed_in(thief)


def test_the_next_code_is_welcome(client: Client) -> None:
    user, other = officer(), Client()
    with time_machine.travel(MONDAY, tick=False) as clock:
        sign_in(client, user.email)
        second_step(client, code_now())
        clock.shift(31)
        sign_in(other, user.email)
        assert second_step(other, code_now()).status_code == 302


def test_the_code_of_one_person_uses_up_nobody_elses() -> None:
    assert one_time.first_use(user_id=1, code="123456")
    assert one_time.first_use(user_id=2, code="123456")
    assert not one_time.first_use(user_id=1, code="123 456")
