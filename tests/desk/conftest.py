from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from tests.cast import MONDAY, Stage
from tests.desk.office import Office


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Pages ask the clock themselves: here it is always the morning of the cast's Monday."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def office(stage: Stage, settings: LazySettings, tmp_path: Path) -> Office:
    """The cast at their desks."""
    settings.MEDIA_ROOT = tmp_path
    return Office(stage)
