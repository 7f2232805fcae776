from __future__ import annotations

from collections.abc import Iterator

import pytest

from lapor.routing.rules import in_force
from lapor.routing.rules.load import load_all
from tests.cast import MONDAY, Stage, set_stage


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """The cast, with the rules of the file in the database."""
    made = set_stage()
    load_all(now=MONDAY)
    in_force.forget()
    yield made
    in_force.forget()
