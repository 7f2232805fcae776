"""What a person opens ends with the post for which they opened it, in the same transaction."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from lapor.agencies import seats
from lapor.agencies.models import Membership, Role
from lapor.audit.models import Entry
from lapor.reports import staff
from lapor.vault import investigators, recovery
from lapor.vault.models import Envelope, Holder, RecoveryShare, Unlocked
from tests.cast import MONDAY, Stage, person

PHRASE = "gunung merapi kopi tubruk sore"
TODAY = MONDAY.date()


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.people["custodian"] = person("custodian", stage.national, Role.CUSTODIAN)
    stage.people["second"] = person("second", stage.national, Role.CUSTODIAN)
    for name in ("investigator", "custodian", "second"):
        investigators.retire(owner_id=stage.people[name].pk, now=MONDAY)
        investigators.set_up(owner_id=stage.people[name].pk, passphrase=PHRASE, now=MONDAY)
    return stage


def _envelope(stage: Stage, *, body: int) -> None:
    key = investigators.current(stage.people["investigator"].pk)
    Envelope.objects.create(sealed_id=uuid.uuid4(), holder=Holder.INVESTIGATOR, key=key, body_id=body, wrapped=b"x")


def _post(stage: Stage, name: str) -> Membership:
    return Membership.objects.get(user=stage.people[name])


@transaction.atomic
def _leave_and_fail(post: Membership) -> None:
    staff.end_post(post, on=TODAY, heir=None, by=None, now=MONDAY)
    raise RuntimeError("what came after it failed")


def test_a_leaver_loses_every_envelope_of_that_body_and_is_locked_at_once(stage: Stage) -> None:
    user = stage.people["investigator"]
    _envelope(stage, body=stage.city_inspectorate.pk)
    investigators.unlock(owner_id=user.pk, passphrase=PHRASE, now=MONDAY)
    staff.end_post(_post(stage, "investigator"), on=TODAY, heir=None, by=stage.people["admin"], now=MONDAY)
    assert not Envelope.objects.exists() and not Unlocked.objects.exists()
    entry = Entry.objects.get(act="sealing.left")
    assert (entry.subject, entry.user_id) == (f"user:{user.pk}", stage.people["admin"].pk)
    assert entry.data == {"envelopes": 1, "parts": 0}


def test_whoever_is_shut_out_loses_them_too(stage: Stage) -> None:
    _envelope(stage, body=stage.city_inspectorate.pk)
    staff.shut_out(stage.people["investigator"], by=stage.people["national"], now=MONDAY)
    assert not Envelope.objects.exists()


def test_a_post_that_could_not_be_ended_leaves_everything_as_it_was(stage: Stage) -> None:
    _envelope(stage, body=stage.city_inspectorate.pk)
    with pytest.raises(RuntimeError):
        _leave_and_fail(_post(stage, "investigator"))
    assert Envelope.objects.count() == 1 and _post(stage, "investigator").ends_on is None


def test_one_who_is_investigator_elsewhere_keeps_what_belongs_there(stage: Stage) -> None:
    user = stage.people["investigator"]
    Membership.objects.create(
        user=user, agency=stage.province_inspectorate, role=Role.INVESTIGATOR, starts_on=TODAY - timedelta(days=9)
    )
    for body in (stage.city_inspectorate.pk, stage.province_inspectorate.pk):
        _envelope(stage, body=body)
    here = Membership.objects.get(user=user, agency=stage.city_inspectorate)
    staff.end_post(here, on=TODAY, heir=None, by=None, now=MONDAY)
    assert Envelope.objects.get().body_id == stage.province_inspectorate.pk


def test_one_who_leaves_later_keeps_them_until_that_day(stage: Stage) -> None:
    _envelope(stage, body=stage.city_inspectorate.pk)
    tomorrow = TODAY + timedelta(days=1)
    staff.end_post(_post(stage, "investigator"), on=tomorrow, heir=None, by=None, now=MONDAY)
    assert seats.settle(on=TODAY, now=MONDAY) == 0 and Envelope.objects.count() == 1
    assert seats.settle(on=tomorrow, now=MONDAY + timedelta(days=1)) == 1
    assert not Envelope.objects.exists()
    assert seats.settle(on=tomorrow, now=MONDAY + timedelta(days=1)) == 0, "once is enough"
    assert Entry.objects.get(act="sealing.left").user_id is None


def test_a_body_that_was_closed_opens_nothing_any_more(stage: Stage) -> None:
    _envelope(stage, body=stage.city_inspectorate.pk)
    stage.city_inspectorate.is_active = False
    stage.city_inspectorate.save()
    assert seats.settle(on=TODAY, now=MONDAY) == 1
    assert not Envelope.objects.exists()


def test_a_custodian_who_leaves_takes_no_part_of_the_recovery_key_along(stage: Stage) -> None:
    keys = investigators.holders_with_keys([stage.people[name].pk for name in ("custodian", "second")])
    recovery.renew(list(keys.values()), old=None, now=MONDAY)
    assert RecoveryShare.objects.count() == 2
    staff.end_post(_post(stage, "custodian"), on=TODAY, heir=None, by=None, now=MONDAY)
    assert not RecoveryShare.objects.exists()
