from __future__ import annotations

import io
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.test import override_settings

from tests.cast import MONDAY, forget
from tests.exits.world import World, build
from tests.places import Places


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


@contextmanager
def _on_monday(media: Path, temporary: Path) -> Iterator[None]:
    with (
        time_machine.travel(MONDAY, tick=False),
        override_settings(MEDIA_ROOT=media),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(tempfile, "tempdir", str(temporary))
        yield


def build_world() -> World:
    """The world, its files, and what was said in the log meanwhile."""
    heard, run = io.StringIO(), os.environ["LAPOR_TEST_DATA"]
    media, temporary = (Path(tempfile.mkdtemp(prefix=f"{name}-", dir=run)) for name in ("media", "passing"))
    with _on_monday(media, temporary), _listening(heard):
        mail.outbox.clear()
        made = build()
    made.media, made.temporary, made.log = media, temporary, heard.getvalue()
    return made


@pytest.fixture
def world(db: None, places: Places) -> Iterator[World]:
    """One world for all tests of this room. Tests only look."""
    made: World = places.made["world"]
    forget()
    with _on_monday(made.media, made.temporary):
        yield made
