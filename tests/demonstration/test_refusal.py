"""A site that real people already use is never made a demonstration, whatever its settings say."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from lapor.accounts.models import User
from lapor.agencies.models import Membership
from lapor.demonstration import load
from tests.cast import MONDAY, Stage, file_report


@pytest.fixture
def stage(stage: Stage, settings: Settings) -> Stage:
    settings.LAPOR_DEMO = True
    return stage


def test_a_site_that_holds_reports_is_refused(stage: Stage) -> None:
    file_report()
    Membership.objects.all().delete()
    with pytest.raises(load.NotHere):
        load.load(now=MONDAY)


def test_a_site_with_officers_of_its_own_is_refused_before_its_first_report(stage: Stage) -> None:
    with pytest.raises(load.NotHere):
        load.load(now=MONDAY)
    assert not User.objects.filter(is_demonstration=True).exists()


def test_a_new_site_is_accepted(stage: Stage) -> None:
    Membership.objects.all().delete()
    load.check()
