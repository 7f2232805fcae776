from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from tests.cast import MONDAY, Stage


@pytest.fixture
def stage(stage: Stage, settings: LazySettings, tmp_path: Path) -> Stage:
    settings.MEDIA_ROOT = tmp_path
    return stage


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield
