"""A vault of one's own: a data folder and a database that know no key yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lapor.vault import keys
from lapor.vault.models import Identity, KeyVersion, Rotation, ServiceKey


def know_nothing() -> None:
    """As if this database had never held a secret."""
    for model in (Identity, KeyVersion, ServiceKey, Rotation):
        model.objects.all().delete()
    keys.forget()


@pytest.fixture
def folder(tmp_path: Path, settings: Any, transactional_db: None) -> Iterator[Path]:
    """A data folder without keys, and a database that knows of none."""
    settings.LAPOR_DATA = tmp_path
    know_nothing()
    yield tmp_path
    know_nothing()
