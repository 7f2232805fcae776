from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lapor.agencies import oversight
from lapor.routing.rules import in_force
from tests.cast import MONDAY
from tests.exits.world import World, build


@contextmanager
def _listening(to: io.StringIO) -> Iterator[None]:
    """Everything that anybody logs, down to the last word."""
    ear, root = logging.StreamHandler(to), logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(ear)
        root.setLevel(before)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One world for all tests of a module, committed; gone after it. Tests only look."""
    media, temporary = tmp_path_factory.mktemp("media"), tmp_path_factory.mktemp("temporary")
    heard = io.StringIO()
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MONDAY, tick=False),
        override_settings(MEDIA_ROOT=media),
        pytest.MonkeyPatch.context() as patch,
        _listening(heard),
    ):
        patch.setattr(tempfile, "tempdir", str(temporary))
        mail.outbox.clear()
        made = build()
        made.temporary, made.log = temporary, heard.getvalue()
        yield made
        call_command("flush", interactive=False, verbosity=0)
        oversight.forget()
        in_force.forget()
