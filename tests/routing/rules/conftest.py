from __future__ import annotations

from collections.abc import Iterator

import pytest

from lapor.routing.rules import in_force
from lapor.routing.rules.load import load_all
from tests.cast import MONDAY, Stage


@pytest.fixture
def stage(stage: Stage) -> Iterator[Stage]:
    """The cast, with the rules of the file in the database."""
    load_all(now=MONDAY)
    in_force.forget()
    yield stage
    in_force.forget()
