"""Targets of connecting: what is missing and how much a month, level by level down to villages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from lapor.agencies import targets
from lapor.agencies.models import Region
from lapor.agencies.targets import Target, standing
from tests.cast import MONDAY, Stage

HALF = Target("regency", 50, date(2027, 12, 31))


@pytest.mark.parametrize(
    ("connected", "total", "on", "left", "a_month", "is_late"),
    [
        (0, 514, date(2026, 12, 1), 257, 22, False),
        (256, 514, date(2027, 12, 31), 1, 1, False),
        (256, 514, date(2028, 1, 1), 1, None, True),
        (257, 514, date(2028, 1, 1), 0, None, False),
        (300, 514, date(2026, 12, 1), 0, None, False),
        (0, 0, date(2026, 12, 1), 0, None, False),
        (0, 3, date(2026, 12, 1), 2, 1, False),
    ],
    ids=str,
)
def test_what_is_missing_is_spread_over_the_months_that_are_left(
    connected: int, total: int, on: date, left: int, a_month: int | None, is_late: bool
) -> None:
    found = standing(HALF, connected, total, on=on)
    assert (found.left, found.a_month, found.is_late) == (left, a_month, is_late)


def test_every_level_has_a_target_and_counts_its_places(stage: Stage) -> None:
    found = {one.target.scope: one for one in targets.standings(on=MONDAY.date())}
    assert list(found) == ["central", "province", "regency", "district", "village"]
    assert found["village"].total == Region.objects.filter(level=Region.Level.VILLAGE).count()
    assert found["regency"].connected == 1, "Samarinda, however many of its bodies are connected"
    assert found["central"].connected >= 1


def test_the_public_reads_the_targets_and_that_they_are_a_proposal(stage: Stage, client: Client) -> None:
    page = client.get("/terhubung/").content.decode()
    assert "Sasaran menurut tingkat" in page and "usulan" in page and "Desa dan kelurahan" in page
