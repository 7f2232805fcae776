"""Connecting a body and taking it off again: dates, history, refusals, and the standard set of a region."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from lapor.agencies import connection, oversight
from lapor.agencies.connection import ConnectionRefused
from lapor.agencies.models import Agency, ConnectionChange
from tests.cast import LONG_AGO, MONDAY, Stage

TODAY = MONDAY.date()
LATER = TODAY + timedelta(days=30)
REASON = "Belum ada petugas yang bertugas."


def refusal(call: object) -> str:
    with pytest.raises(ConnectionRefused) as refused:
        call()  # type: ignore[operator]
    return refused.value.reason


def test_a_connection_holds_from_its_day_and_ends_on_its_day(stage: Stage) -> None:
    body = stage.regency_roads
    connection.connect(body, on=LATER, by=stage.people["national"], reason="Perjanjian kerja sama")
    assert [body.is_connected_on(day) for day in (TODAY, LATER - timedelta(days=1), LATER)] == [False, False, True]
    connection.disconnect(body, on=LATER + timedelta(days=5), by=stage.people["national"], reason=REASON)
    ends = LATER + timedelta(days=5)
    assert [body.is_connected_on(day) for day in (LATER, ends - timedelta(days=1), ends)] == [True, True, False]
    history = ConnectionChange.objects.filter(agency=body)
    assert [(step.is_connected, step.on) for step in history] == [(True, LATER), (False, ends)]
    assert {step.by for step in history} == {stage.people["national"]}


def test_a_disconnection_still_to_come_can_be_taken_back(stage: Stage) -> None:
    connection.disconnect(stage.roads, on=LATER, reason=REASON)
    connection.connect(stage.roads, on=TODAY, reason="Batal")
    stage.roads.refresh_from_db()
    assert (stage.roads.connected_on, stage.roads.disconnected_on) == (LONG_AGO, None)


def test_connecting_again_after_a_gap_starts_on_the_new_day(stage: Stage) -> None:
    connection.disconnect(stage.roads, on=TODAY, reason=REASON)
    connection.connect(stage.roads, on=LATER)
    stage.roads.refresh_from_db()
    assert [stage.roads.is_connected_on(day) for day in (TODAY, LATER)] == [False, True]


def test_what_a_connection_may_not_do(stage: Stage) -> None:
    assert refusal(lambda: connection.connect(stage.roads, on=TODAY)) == "connected_already"
    assert refusal(lambda: connection.disconnect(stage.regency_roads, on=TODAY, reason=REASON)) == "not_connected"
    early = LONG_AGO - timedelta(days=1)
    assert refusal(lambda: connection.disconnect(stage.roads, on=early, reason=REASON)) == "connected_only_later"
    assert refusal(lambda: connection.disconnect(stage.national, on=TODAY, reason=REASON)) == "always_connected"
    Agency.objects.filter(pk=stage.regency_roads.pk).update(is_active=False)
    assert refusal(lambda: connection.connect(stage.regency_roads, on=TODAY)) == "not_active"


def test_the_history_of_a_connection_cannot_be_edited_or_deleted(stage: Stage) -> None:
    step = connection.disconnect(stage.roads, on=TODAY, reason=REASON)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ConnectionChange.objects.filter(pk=step.pk).update(reason="lain")
    with pytest.raises(ProgrammingError), transaction.atomic():
        step.delete()


def test_a_region_takes_on_the_standard_set_once_and_keeps_the_offices_it_has(stage: Stage) -> None:
    expected = connection.missing_from_standard(stage.regency_region)
    created = connection.adopt_standard_set("64.02", on=TODAY, by=stage.people["national"])
    assert sorted(agency.name for agency in created) == sorted(expected)
    assert len(created) > 20
    assert "pekerjaan_umum" not in {agency.field for agency in created}, "the regency has its own already"
    assert all(agency.parent and agency.parent.slug == "pemkab-kutai-kartanegara" for agency in created)
    assert all(agency.is_connected_on(TODAY) for agency in created)
    assert connection.adopt_standard_set("64.02") == []
    assert connection.missing_from_standard(stage.regency_region) == []


def test_a_district_has_no_standard_set(stage: Stage) -> None:
    assert refusal(lambda: connection.adopt_standard_set("64.72.05")) == "no_standard_set"


def test_the_new_connection_is_known_at_once_to_who_asks_whom_it_concerns(stage: Stage) -> None:
    assert oversight.verifier_for("64.02", on=TODAY) == stage.province_inspectorate
    connection.connect(stage.regency_inspectorate, on=TODAY)
    assert oversight.verifier_for("64.02", on=TODAY) == stage.regency_inspectorate
    connection.disconnect(stage.regency_inspectorate, on=TODAY, reason=REASON)
    assert oversight.verifier_for("64.02", on=TODAY) == stage.province_inspectorate
