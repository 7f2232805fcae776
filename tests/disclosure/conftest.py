from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from lapor.agencies.models import Role
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report, person, to_assigned
from tests.desk.office import Office
from tests.disclosure.acts import EMAIL, NAME, PHONE


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The cast, and custodians: two at the national office, one at the health office, one at the roads office."""
    for name, body in (
        ("keeper_one", stage.national),
        ("keeper_two", stage.national),
        ("keeper_health", stage.health),
        ("keeper_roads", stage.roads),
        ("keeper_power", stage.power),
    ):
        stage.people[name] = person(name, body, Role.CUSTODIAN)
    return stage


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def office(stage: Stage, settings: LazySettings, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return Office(stage)


@pytest.fixture
def report(stage: Stage) -> Report:
    """An anonymous report about the roads office, which handles it."""
    report, _receipt = file_report(is_anonymous=True, name=NAME, phone=PHONE, email=EMAIL)
    return to_assigned(stage, report)
