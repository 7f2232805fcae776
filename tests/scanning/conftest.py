from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.cast import Stage
from tests.scanning import daemon


@pytest.fixture(scope="session")
def running() -> Iterator[Path]:
    if daemon.PROGRAM is None:
        pytest.skip(daemon.WHY_NOT)
    with daemon.clamd() as socket:
        yield socket


@pytest.fixture
def scanner(running: Path, settings: LazySettings) -> Path:
    """This installation has a scanner: a real one."""
    settings.LAPOR_CLAMD = str(running)
    return running


@pytest.fixture
def stage(stage: Stage, settings: LazySettings, tmp_path: Path) -> Stage:
    settings.MEDIA_ROOT = tmp_path
    return stage
