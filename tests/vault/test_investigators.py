"""A person's key opens after their own passphrase, for a short time, in one browser; wrong ones slow down."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from nacl.pwhash import argon2id

from lapor.vault import envelopes, investigators, passphrases
from lapor.vault.envelopes import NotForYou
from lapor.vault.investigators import KeyExists, NoKey, TooManyTries, WrongPassphrase
from lapor.vault.keys import WrongKey
from lapor.vault.models import Envelope, Holder, KeyTries, SealingKey, Unlocked
from lapor.vault.sealing import new_pair, open_with, seal_for

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PHRASE = "gunung merapi kopi tubruk sore"
OWNER, COLLEAGUE, BODY, ABOVE = 41, 42, 7, 8


@pytest.fixture
def code() -> str:
    return investigators.set_up(owner_id=OWNER, passphrase=PHRASE, now=NOW)


def _key(owner: int = OWNER) -> SealingKey:
    return investigators.holders_with_keys([owner])[owner]


def _wrap(*holders: tuple[int, int]) -> uuid.UUID:
    sealed_id, keys = uuid.uuid4(), investigators.holders_with_keys([owner for _body, owner in holders])
    Envelope.objects.bulk_create(
        envelopes.wrap(
            sealed_id=sealed_id,
            private=new_pair().private,
            for_keys=[(body, keys[owner]) for body, owner in holders],
            reporter_public=None,
            with_recovery=True,
        )
    )
    return sealed_id


def test_an_unlocked_key_opens_what_was_sealed_for_the_person(code: str) -> None:
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    private = investigators.keys_of(owner_id=OWNER, token=token, now=NOW)
    assert private is not None
    assert open_with(private, seal_for(bytes(_key().public), b"isi")) == b"isi"


def test_a_passphrase_fits_however_the_keyboard_composed_it() -> None:
    investigators.set_up(owner_id=OWNER, passphrase="cafe\u0301 pagi hari sekali", now=NOW)
    assert investigators.unlock(owner_id=OWNER, passphrase="caf\u00e9 pagi hari sekali", now=NOW)


def test_nobody_has_two_keys(code: str) -> None:
    with pytest.raises(KeyExists):
        investigators.set_up(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    row = SealingKey.objects.get()
    row.pk, row.public = None, new_pair().public
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_it_locks_itself_after_a_quarter_of_an_hour_without_use(code: str) -> None:
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    later = NOW + investigators.IDLE
    assert investigators.keys_of(owner_id=OWNER, token=token, now=later - timedelta(minutes=1)) is not None
    assert investigators.keys_of(owner_id=OWNER, token=token, now=later + timedelta(minutes=10)) is not None
    assert investigators.keys_of(owner_id=OWNER, token=token, now=later + timedelta(minutes=30)) is None


def test_it_locks_itself_after_two_hours_however_much_it_is_used(code: str) -> None:
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    for minutes in range(10, 120, 10):
        assert investigators.keys_of(owner_id=OWNER, token=token, now=NOW + timedelta(minutes=minutes)) is not None
    assert investigators.keys_of(owner_id=OWNER, token=token, now=NOW + timedelta(hours=2)) is None


def test_asking_how_long_it_stays_open_does_not_prolong_it(code: str) -> None:
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    for minutes in (5, 10, 14):
        at = NOW + timedelta(minutes=minutes)
        assert investigators.open_until(owner_id=OWNER, token=token, now=at) == NOW + investigators.IDLE
    assert investigators.open_until(owner_id=OWNER, token=token, now=NOW + investigators.IDLE) is None


def test_a_token_is_good_for_its_owner_only_and_until_it_is_locked(code: str) -> None:
    investigators.set_up(owner_id=COLLEAGUE, passphrase=PHRASE, now=NOW)
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    assert investigators.keys_of(owner_id=COLLEAGUE, token=token, now=NOW) is None
    assert investigators.keys_of(owner_id=OWNER, token="", now=NOW) is None
    investigators.lock(owner_id=COLLEAGUE, token=token)
    assert investigators.keys_of(owner_id=OWNER, token=token, now=NOW) is not None
    investigators.lock(owner_id=OWNER, token=token)
    assert investigators.keys_of(owner_id=OWNER, token=token, now=NOW) is None


def test_what_expired_is_removed_and_the_rest_stays(code: str) -> None:
    investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW - timedelta(hours=3))
    investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    Unlocked.objects.create(
        digest=b"x" * 32, owner_id=OWNER, key=_key(), box=b"", since=NOW, used_at=NOW - timedelta(hours=1)
    )
    assert investigators.tidy(now=NOW) == 1
    assert Unlocked.objects.count() == 1


def test_wrong_ones_say_nothing_more_and_then_slow_down_also_the_right_one(code: str) -> None:
    for _ in range(investigators.FREE_TRIES):
        with pytest.raises(WrongPassphrase, match="^$"):
            investigators.unlock(owner_id=OWNER, passphrase="bukan ini", now=NOW)
    with pytest.raises(TooManyTries) as refused:
        investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    assert refused.value.until == NOW + investigators.FIRST_WAIT
    later = refused.value.until
    with pytest.raises(WrongPassphrase):
        investigators.unlock(owner_id=OWNER, passphrase="bukan ini", now=later)
    with pytest.raises(TooManyTries) as again:
        investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=later)
    assert again.value.until == later + 2 * investigators.FIRST_WAIT
    assert investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=again.value.until)
    assert not KeyTries.objects.exists(), "the right one ends the count"


def test_the_wait_never_grows_past_an_hour_and_hits_nobody_else(code: str) -> None:
    KeyTries.objects.create(owner_id=OWNER, wrong=5000)
    with pytest.raises(WrongPassphrase):
        investigators.unlock(owner_id=OWNER, passphrase="bukan ini", now=NOW)
    assert KeyTries.objects.get().next_at == NOW + investigators.LONGEST_WAIT
    investigators.set_up(owner_id=COLLEAGUE, passphrase=PHRASE, now=NOW)
    assert investigators.unlock(owner_id=COLLEAGUE, passphrase=PHRASE, now=NOW)


def test_whoever_has_no_key_is_told_so() -> None:
    with pytest.raises(NoKey):
        investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    assert investigators.holders_with_keys([OWNER]) == {}


def test_another_passphrase_keeps_the_key_and_its_envelopes_and_locks_every_browser(code: str) -> None:
    sealed_id, public = _wrap((BODY, OWNER)), bytes(_key().public)
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    with pytest.raises(WrongPassphrase):
        investigators.change_passphrase(owner_id=OWNER, old="bukan ini", new="yang baru sekali", now=NOW)
    investigators.change_passphrase(owner_id=OWNER, old=PHRASE, new="yang baru sekali", now=NOW)
    assert investigators.keys_of(owner_id=OWNER, token=token, now=NOW) is None
    with pytest.raises(WrongPassphrase):
        investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    token = investigators.unlock(owner_id=OWNER, passphrase="yang baru sekali", now=NOW)
    private = investigators.keys_of(owner_id=OWNER, token=token, now=NOW)
    assert private is not None and private.public == public
    assert envelopes.report_key(sealed_id=sealed_id, private=private, holder=Holder.INVESTIGATOR)


def test_the_code_on_paper_gives_a_new_passphrase_and_counts_wrong_tries(code: str) -> None:
    with pytest.raises(WrongPassphrase):
        investigators.change_by_spare(owner_id=OWNER, code="0" * len(code), new="yang baru sekali", now=NOW)
    assert KeyTries.objects.get().wrong == 1
    typed = " ".join(code[at : at + 4] for at in range(0, len(code), 4)).lower().replace("0", "o").replace("1", "l")
    investigators.change_by_spare(owner_id=OWNER, code=typed, new="yang baru sekali", now=NOW)
    assert investigators.unlock(owner_id=OWNER, passphrase="yang baru sekali", now=NOW)


def test_a_dearer_derivation_is_taken_up_at_the_next_unlocking(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dearer = passphrases.Cost(passes=2, memory=2 * argon2id.MEMLIMIT_MIN)
    monkeypatch.setattr(passphrases, "NEW", dearer)
    investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    assert (_key().passes, _key().memory) == (dearer.passes, dearer.memory)
    assert investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)


def test_a_public_key_exchanged_in_the_database_is_refused(code: str) -> None:
    SealingKey.objects.update(public=new_pair().public)
    with pytest.raises(WrongKey, match="exchanged"):
        investigators.holders_with_keys([OWNER])


def test_an_envelope_opens_for_its_holders_only(code: str) -> None:
    investigators.set_up(owner_id=COLLEAGUE, passphrase=PHRASE, now=NOW)
    reporter, report, sealed_id = new_pair(), new_pair(), uuid.uuid4()
    Envelope.objects.bulk_create(
        envelopes.wrap(
            sealed_id=sealed_id,
            private=report.private,
            for_keys=[(BODY, _key())],
            reporter_public=reporter.public,
            with_recovery=True,
        )
    )
    mine = investigators.keys_of(
        owner_id=OWNER, token=investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW), now=NOW
    )
    theirs = investigators.keys_of(
        owner_id=COLLEAGUE, token=investigators.unlock(owner_id=COLLEAGUE, passphrase=PHRASE, now=NOW), now=NOW
    )
    assert mine is not None and theirs is not None
    assert envelopes.report_key(sealed_id=sealed_id, private=mine, holder="investigator") == report.private
    assert envelopes.report_key(sealed_id=sealed_id, private=reporter.private, holder="reporter") == report.private
    assert envelopes.report_keys(sealed_ids=[sealed_id], private=mine) == {sealed_id: report.private}
    assert envelopes.report_keys(sealed_ids=[sealed_id], private=theirs) == {}
    for private, holder in ((theirs, "investigator"), (theirs, "reporter"), (mine, "recovery")):
        with pytest.raises(NotForYou):
            envelopes.report_key(sealed_id=sealed_id, private=private, holder=holder)
    with pytest.raises(NotForYou):
        envelopes.report_key(sealed_id=uuid.uuid4(), private=mine, holder="investigator")


def test_a_leaver_keeps_the_envelopes_of_other_bodies_only(code: str) -> None:
    investigators.set_up(owner_id=COLLEAGUE, passphrase=PHRASE, now=NOW)
    _wrap((BODY, OWNER), (ABOVE, OWNER), (BODY, COLLEAGUE))
    assert investigators.drop(owner_id=OWNER, keeps=[ABOVE]) == 1
    assert set(Envelope.objects.values_list("body_id", "key__owner_id")) == {(ABOVE, OWNER), (BODY, COLLEAGUE)}


def test_a_retired_key_leaves_no_envelope_and_no_open_browser_and_makes_room_for_another(code: str) -> None:
    _wrap((BODY, OWNER))
    token = investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    assert investigators.retire(owner_id=OWNER, now=NOW) == 1
    assert investigators.keys_of(owner_id=OWNER, token=token, now=NOW) is None
    assert not Envelope.objects.exists() and not Unlocked.objects.exists()
    with pytest.raises(NoKey):
        investigators.unlock(owner_id=OWNER, passphrase=PHRASE, now=NOW)
    investigators.set_up(owner_id=OWNER, passphrase="yang baru sekali", now=NOW)
    assert investigators.unlock(owner_id=OWNER, passphrase="yang baru sekali", now=NOW)


def test_the_database_refuses_an_envelope_that_does_not_name_its_holder(code: str) -> None:
    for wrong in (
        {"holder": Holder.INVESTIGATOR, "key": _key()},
        {"holder": Holder.INVESTIGATOR, "body_id": BODY},
        {"holder": Holder.REPORTER, "key": _key(), "body_id": BODY},
        {"holder": Holder.RECOVERY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Envelope.objects.create(sealed_id=uuid.uuid4(), wrapped=b"x", **wrong)
