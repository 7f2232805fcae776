"""Two custodians open what nobody else can open any more; one alone never does, however they try."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lapor.agencies.models import Membership
from lapor.audit.models import Entry
from lapor.custody import recovery
from lapor.custody.recovery import RecoveryRefused
from lapor.reports import case, staff
from lapor.reports.actors import Officer, officer
from lapor.reports.models import Report
from lapor.vault import envelopes, investigators
from lapor.vault import recovery as keys
from lapor.vault.models import Envelope, Holder, RecoveryKey, RecoveryLayer, RecoveryRequest, RecoveryShare
from tests.cast import MONDAY, PASSPHRASE, Stage, file_report

WHY = {"reason": "Semua pemeriksa kehilangan frasa sandinya.", "ground": "Surat 12/2026"}
SOON = MONDAY + timedelta(hours=1)


@pytest.fixture
def ready(stage: Stage) -> Stage:
    """The recovery key has been made by the first two custodians."""
    renew(stage, "first", "second")
    return stage


def renew(stage: Stage, one: str, other: str) -> RecoveryRequest:
    request = recovery.begin_renewal(stage.officer(one), now=MONDAY)
    return recovery.confirm(request.pk, custodian=stage.officer(other), now=SOON)


def begin(stage: Stage, by: str = "first", **more: Any) -> RecoveryRequest:
    to, body = stage.people["investigator"], stage.city_inspectorate
    given: dict[str, Any] = {"to": to, "body": body, "code": "", **WHY, "now": MONDAY} | more
    return recovery.begin_handing(stage.officer(by), **given)


def lose(stage: Stage, name: str = "investigator") -> None:
    """The passphrase is lost: the old key ends, a new one is made."""
    investigators.retire(owner_id=stage.people[name].pk, now=MONDAY)
    investigators.set_up(owner_id=stage.people[name].pk, passphrase=PASSPHRASE, now=MONDAY)


def reads(stage: Stage, report: Report, name: str = "investigator") -> bool:
    return not case.open_case(stage.officer(name), report.code, now=MONDAY).is_locked


def sealed() -> Report:
    return file_report(kind="whistleblowing", text="Kepala gudang menjual beras bantuan.")[0]


def refusal(call: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(RecoveryRefused) as refused:
        call(*args, **given)
    return refused.value.reason


def test_two_custodians_open_the_reports_of_a_body_for_an_investigator_who_lost_everything(ready: Stage) -> None:
    report = sealed()
    lose(ready)
    assert not reads(ready, report)
    request = begin(ready)
    assert not reads(ready, report), "begun is not done"
    done = recovery.confirm(request.pk, custodian=ready.officer("second"), now=SOON)
    assert (done.state, done.done) == ("confirmed", 1)
    assert reads(ready, report)
    assert not RecoveryLayer.objects.exists()


@pytest.mark.parametrize(("one", "other"), [("first", "second"), ("second", "first")])
def test_either_may_begin(ready: Stage, one: str, other: str) -> None:
    report = sealed()
    lose(ready)
    recovery.confirm(begin(ready, one).pk, custodian=ready.officer(other), now=SOON)
    assert reads(ready, report)


def test_one_report_alone_can_be_opened(ready: Stage) -> None:
    one, other = sealed(), sealed()
    lose(ready)
    recovery.confirm(begin(ready, code=one.code).pk, custodian=ready.officer("second"), now=SOON)
    assert reads(ready, one) and not reads(ready, other)


def test_the_same_person_never_does_it_twice(ready: Stage) -> None:
    sealed()
    lose(ready)
    request = begin(ready)
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("first"), now=SOON) == "same_person"
    request.refresh_from_db()
    request.state, request.decided_by, request.decided_at = "confirmed", request.opened_by, SOON
    with pytest.raises(IntegrityError, match="recovery_takes_two_people"), transaction.atomic():
        request.save()


def test_one_custodian_alone_opens_nothing_with_all_the_rows_there_are(ready: Stage) -> None:
    """Also not with the key outside the database: what is left after the first layer is closed for the other."""
    report = sealed()
    mine = ready.officer("first").keys
    assert mine is not None
    begin(ready)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM vault_recoveryshare UNION SELECT box FROM vault_recoverylayer")
        blobs = [bytes(row[0]) for row in cursor.fetchall()]
    request = RecoveryRequest.objects.get(kind="hand")
    with pytest.raises(keys.NoShare):
        keys.joined(request, key=investigators.holders_with_keys([request.opened_by])[request.opened_by], private=mine)
    assert len(blobs) == 3 and all(mine.content not in blob for blob in blobs)
    for holder in Holder:
        with pytest.raises(envelopes.NotForYou):
            envelopes.report_key(sealed_id=report.sealed_id, private=mine, holder=holder)  # type: ignore[arg-type]


def test_after_a_day_it_is_over_and_what_was_opened_is_destroyed(ready: Stage) -> None:
    sealed()
    lose(ready)
    request = begin(ready)
    late = MONDAY + recovery.TERM
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("second"), now=late) == "not_open"
    assert recovery.expire(now=late - timedelta(minutes=1)) == 0
    assert recovery.expire(now=late) == 1 and recovery.expire(now=late) == 0
    assert not RecoveryLayer.objects.exists()
    assert Entry.objects.filter(act="recovery.expired", subject=f"recovery:{request.pk}").exists()


@pytest.mark.parametrize(("who", "state"), [("second", "refused"), ("first", "withdrawn")])
def test_it_is_refused_by_another_or_withdrawn_and_that_is_kept(ready: Stage, who: str, state: str) -> None:
    sealed()
    lose(ready)
    request = begin(ready)
    recovery.refuse(request.pk, custodian=ready.officer(who), reason="Belum jelas.", now=SOON)
    assert not RecoveryLayer.objects.exists()
    acts = Entry.objects.filter(subject=f"recovery:{request.pk}").order_by("id").values_list("act", "reason")
    assert list(acts) == [("recovery.begun", WHY["reason"]), (f"recovery.{state}", "Belum jelas.")]
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("second"), now=SOON) == "not_open"


def test_only_custodians_with_unlocked_keys_may(ready: Stage) -> None:
    sealed()
    lose(ready)
    request = begin(ready)
    for name in ("admin", "national", "investigator"):
        assert refusal(begin, ready, name) == "no_custodian"
        given: dict[str, Any] = {"custodian": ready.officer(name), "now": SOON}
        assert refusal(recovery.confirm, request.pk, **given) == "no_custodian"
        assert refusal(recovery.refuse, request.pk, reason="x", **given) == "no_custodian"
    locked = officer(ready.people["second"], on=MONDAY.date())
    assert refusal(recovery.confirm, request.pk, custodian=locked, now=SOON) == "locked"
    assert refusal(recovery.begin_renewal, locked, now=MONDAY) == "locked"


def test_what_makes_no_sense_is_refused_before_anything_is_opened(ready: Stage) -> None:
    assert refusal(begin, ready) == "nothing_there"
    report = sealed()
    assert refusal(begin, ready, code="1234567890") == "nothing_there"
    assert refusal(begin, ready, body=ready.roads) == "nothing_there", "not an investigator there"
    assert refusal(begin, ready, to=ready.people["admin"]) == "has_no_key"
    assert refusal(begin, ready, to=ready.people["first"]) == "for_oneself"
    assert refusal(begin, ready, "third") == "locked"
    assert report and not RecoveryLayer.objects.exists()


def test_a_custodian_is_not_both_the_one_who_confirms_and_the_one_who_gets_the_keys(ready: Stage) -> None:
    sealed()
    request = begin(ready)
    RecoveryRequest.objects.filter(pk=request.pk).update(for_owner=ready.people["second"].pk)
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("second"), now=SOON) == "for_oneself"


def test_a_request_of_one_who_is_custodian_no_more_cannot_be_confirmed(ready: Stage) -> None:
    sealed()
    request = begin(ready)
    post = Membership.objects.get(user=ready.people["first"])
    staff.end_post(post, on=MONDAY.date(), heir=None, by=None, now=MONDAY)
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("second"), now=SOON) == "first_left"


def test_without_a_recovery_key_nothing_can_be_begun_and_one_custodian_makes_none(stage: Stage) -> None:
    sealed()
    assert refusal(begin, stage) == "no_recovery_key"
    investigators.retire(owner_id=stage.people["second"].pk, now=MONDAY)
    assert refusal(recovery.begin_renewal, stage.officer("first"), now=MONDAY) == "too_few"
    assert not RecoveryKey.objects.exists()


def test_a_third_custodian_gets_a_part_when_two_who_hold_one_renew(ready: Stage) -> None:
    report = sealed()
    investigators.set_up(owner_id=ready.people["third"].pk, passphrase=PASSPHRASE, now=MONDAY)
    assert not recovery.standing(on=MONDAY.date()).is_whole
    request = recovery.begin_renewal(ready.officer("first"), now=MONDAY)
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("third"), now=SOON) == "no_part"
    assert recovery.confirm(request.pk, custodian=ready.officer("second"), now=SOON).done == 1
    assert recovery.standing(on=MONDAY.date()).is_whole
    assert RecoveryShare.objects.count() == 6, "of the new key alone: two orders of three pairs"
    lose(ready)
    recovery.confirm(begin(ready, "third").pk, custodian=ready.officer("first"), now=SOON)
    assert reads(ready, report)


def test_after_one_of_two_left_a_new_key_is_made_and_investigators_close_old_reports_for_it(ready: Stage) -> None:
    report = sealed()
    investigators.set_up(owner_id=ready.people["third"].pk, passphrase=PASSPHRASE, now=MONDAY)
    post = Membership.objects.get(user=ready.people["first"])
    staff.end_post(post, on=MONDAY.date(), heir=None, by=None, now=MONDAY)
    assert not recovery.standing(on=MONDAY.date()).works
    assert renew(ready, "second", "third").done == 0, "nobody could open the old one"
    assert reads(ready, report)  # opening it hands it on, to recovery as well
    lose(ready)
    recovery.confirm(begin(ready, "second").pk, custodian=ready.officer("third"), now=SOON)
    assert reads(ready, report)


def test_recovery_gives_no_more_than_the_rules_of_access(ready: Stage) -> None:
    """The report has moved on to another body: its first one gets nothing any more."""
    report = sealed()
    lose(ready)
    request = begin(ready)
    elsewhere = ready.province_inspectorate
    Report.objects.filter(pk=report.pk).update(verifier=elsewhere, holder=elsewhere, guardian=None, responsible=None)
    assert refusal(recovery.confirm, request.pk, custodian=ready.officer("second"), now=SOON) == "nothing_there"
    assert not Envelope.objects.filter(key__owner_id=ready.people["investigator"].pk).exists()


def test_the_private_half_of_the_recovery_key_is_in_no_row(ready: Stage) -> None:
    sealed()
    lose(ready)
    request = begin(ready)
    second = ready.officer("second")
    assert second.keys is not None
    key = investigators.holders_with_keys([second.user_id])[second.user_id]
    private = keys.joined(request, key=key, private=second.keys)
    recovery.confirm(request.pk, custodian=second, now=SOON)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(row::text, chr(10)), '') FROM \"{table}\" AS row")
            assert private.content.hex() not in cursor.fetchone()[0], table


def test_officers_are_shown_without_their_keys(ready: Stage) -> None:
    assert isinstance(ready.officer("first"), Officer) and "Private" not in repr(ready.officer("first"))
