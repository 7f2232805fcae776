from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lapor.agencies import oversight
from tests.cast import MONDAY
from tests.exits.world import World, build


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One world for all tests of a module, committed; gone after it. Tests only look."""
    media: Path = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), time_machine.travel(MONDAY, tick=False), override_settings(MEDIA_ROOT=media):
        yield build()
        call_command("flush", interactive=False, verbosity=0)
        oversight.forget()
