"""Which body stands above which: the nearest connected one, and at last the national administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.agencies import connection
from lapor.agencies.oversight import inspectorate_of, next_admin_above, responsible_for, verifier_for
from tests.cast import MONDAY, Stage

TODAY = MONDAY.date()


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("64.72", "city_inspectorate"),
        ("64.72.05", "city_inspectorate"),
        ("64.02", "province_inspectorate"),
        ("64.02.01.2001", "province_inspectorate"),
        ("64", "province_inspectorate"),
        ("31", "national"),
        (None, "national"),
    ],
)
def test_the_nearest_connected_inspectorate_verifies(stage: Stage, place: str | None, body: str) -> None:
    assert verifier_for(place, on=TODAY) == getattr(stage, body)


def test_a_body_that_is_not_connected_is_answered_for_by_the_nearest_above(stage: Stage) -> None:
    assert responsible_for(stage.roads, on=TODAY) == stage.roads
    assert responsible_for(stage.regency_roads, on=TODAY) == stage.province_inspectorate
    connection.connect(stage.regency_inspectorate, on=TODAY)
    assert responsible_for(stage.regency_roads, on=TODAY) == stage.regency_inspectorate
    connection.disconnect(stage.power, on=TODAY, reason="Uji")
    assert responsible_for(stage.power, on=TODAY) == stage.national
    assert responsible_for(stage.power, on=TODAY - timedelta(days=1)) == stage.power


def test_whoever_oversees_is_overseen_one_step_up_and_the_top_by_itself(stage: Stage) -> None:
    assert inspectorate_of(stage.roads, on=TODAY) == stage.city_inspectorate
    assert inspectorate_of(stage.city_inspectorate, on=TODAY) == stage.province_inspectorate
    assert next_admin_above(stage.city_inspectorate, on=TODAY) == stage.province_inspectorate
    assert next_admin_above(stage.province_inspectorate, on=TODAY) == stage.national
    assert next_admin_above(stage.national, on=TODAY) == stage.national


def test_a_government_above_answers_through_its_inspectorate(stage: Stage) -> None:
    """The inspectorate has the administrators who hand over by letter; a government's own desk has none."""
    stage.regency_roads.parent = stage.city
    stage.regency_roads.save(update_fields=["parent"])
    assert stage.city.is_connected_on(TODAY)
    assert responsible_for(stage.regency_roads, on=TODAY) == stage.city_inspectorate
