from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.cast import MONDAY, Stage
from tests.public.citizen import Citizen


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Pages ask the clock themselves: here it is always the morning of the cast's Monday."""
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture
def citizen(stage: Stage, client: Client) -> Citizen:
    """Somebody at a browser in Samarinda, without an account."""
    return Citizen(client)
