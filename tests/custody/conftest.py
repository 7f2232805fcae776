from __future__ import annotations

import pytest

from lapor.agencies.models import Role
from lapor.vault import investigators
from tests.cast import MONDAY, PASSPHRASE, Stage, person


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The cast, with three custodians: two have keys, the third has none yet."""
    for name in ("first", "second", "third"):
        stage.people[name] = person(name, stage.national, Role.CUSTODIAN)
    for name in ("first", "second"):
        investigators.set_up(owner_id=stage.people[name].pk, passphrase=PASSPHRASE, now=MONDAY)
    return stage
