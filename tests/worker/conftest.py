from __future__ import annotations

import pytest

from tests.cast import Stage, set_stage


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Real transactions: what a consumer may read depends on which of them have ended."""
    return set_stage()
