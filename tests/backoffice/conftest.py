from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from lapor.accounts.models import User
from tests.cast import MONDAY, Stage, set_stage

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


@pytest.fixture
def sign_in(stage: Stage) -> SignIn:
    """A browser with one of the cast signed in, second factor and all; "citizen" and "visitor" too."""

    def enter(name: str) -> Client:
        client = Client()
        if name == "visitor":
            return client
        if name == "citizen":
            client.force_login(User.objects.create_user("warga@uji.invalid", name="Warga Uji"))
            return client
        user = stage.people[name]
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
        client.force_login(user)
        return client

    return enter
