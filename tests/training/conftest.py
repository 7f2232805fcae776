"""A site for practice with the cast as colleagues, and one newcomer in each role who practises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import Settings

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Membership, Role
from lapor.agencies.reference import load_categories
from tests.cast import Stage, person

Newcomer = Callable[[Role], Membership]


@pytest.fixture
def stage(stage: Stage, settings: Settings) -> Stage:
    settings.LAPOR_DEMO = True
    load_categories()
    User.objects.update(is_demonstration=True)
    Membership.objects.update(starts_on=date(2022, 1, 1))  # before the time in which the demonstration plays
    return stage


@pytest.fixture
def newcomer(stage: Stage) -> Newcomer:
    ombudsman = Agency.objects.create(
        slug="ombudsman", name="Ombudsman RI", kind="overseer", level="central", field="pengawas_pelayanan_publik"
    )
    where = {
        Role.ADMIN: (stage.city_inspectorate, None),
        Role.LIAISON: (stage.roads, None),
        Role.OPERATOR: (stage.roads, stage.roads_unit),
        Role.COUNTER: (stage.city_inspectorate, None),
        Role.INVESTIGATOR: (stage.city_inspectorate, None),
        Role.CUSTODIAN: (stage.national, None),
        Role.OVERSEER: (ombudsman, None),
    }
    person("kustodian contoh", stage.national, Role.CUSTODIAN)
    person("kustodian lain", stage.national, Role.CUSTODIAN)
    User.objects.update(is_demonstration=True)
    Membership.objects.update(starts_on=date(2022, 1, 1))

    def join(role: Role) -> Membership:
        agency, unit = where[role]
        return person(f"baru {role}", agency, role, unit).memberships.get()

    return join
