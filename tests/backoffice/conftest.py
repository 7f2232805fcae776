from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from lapor.accounts.elevation import HOLDS
from lapor.accounts.models import Elevation, User
from lapor.routing.rules.said import Said
from tests.cast import MONDAY, Stage

A_RULE = Said(
    priority=1,
    category="jalan_jembatan",
    when="titian uji",
    level="regency",
    body="kesehatan",
    reason="Titian diurus {agency}.",
    source="Perda Uji 1",
)
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def sign_in(stage: Stage) -> SignIn:
    """A browser with one of the cast signed in, second factor and elevation and all; "citizen" and "visitor" too."""

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
        elevate(client, user, now=MONDAY)
        return client

    return enter


def elevate(client: Client, user: User, *, now: datetime) -> Elevation:
    """As if this person had just proven themselves in this browser."""
    made = Elevation.objects.create(user=user, reason="Uji coba kantor", at=now, until=now + HOLDS)
    session = client.session
    session["elevation"] = made.pk
    session.save()
    return made
