"""Sixteen digits find a report and open it; nothing else does, and nobody sees which exist."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.vault import receipts
from lapor.vault.keys import WrongKey
from lapor.vault.models import ReporterSession
from lapor.vault.sealing import new_pair, open_with, seal_for

pytestmark = pytest.mark.django_db


def test_a_receipt_opens_what_was_sealed_for_it_and_gives_the_same_keys_each_time() -> None:
    digits = receipts.new_receipt()
    assert len(digits) == receipts.DIGITS and digits.isdecimal()
    first, again = receipts.read_receipt(digits), receipts.read_receipt(receipts.spaced(digits))
    assert first.tag == again.tag
    assert open_with(again.pair.private, seal_for(first.pair.public, b"isi")) == b"isi"


@settings(max_examples=60, deadline=None)
@given(one=st.text("0123456789", min_size=16, max_size=16), other=st.text(max_size=40))
def test_anything_that_was_typed_gives_keys_and_different_digits_give_others(one: str, other: str) -> None:
    mine, theirs = receipts.read_receipt(one), receipts.read_receipt(other)
    assert len(theirs.tag) == 32
    if one != "".join(sign for sign in other if sign.isdigit()):
        assert mine.tag != theirs.tag
        with pytest.raises(WrongKey):
            open_with(theirs.pair.private, seal_for(mine.pair.public, b"isi"))


def test_a_receipt_is_shown_in_four_groups_and_not_by_repr() -> None:
    assert receipts.spaced("1234567890123456") == "1234 5678 9012 3456"
    keys = receipts.read_receipt("1234567890123456")
    assert keys.tag.hex() not in repr(keys) and repr(keys.tag) not in repr(keys)


def test_a_visit_is_recalled_by_its_token_until_its_hour_is_over() -> None:
    now, sealed_id, pair = timezone.now(), uuid.uuid4(), new_pair()
    token = receipts.remember(pair.private, sealed_id=sealed_id, now=now)
    assert receipts.recall(token, now + receipts.VISIT - timedelta(minutes=1)) == (sealed_id, pair.private)
    assert receipts.recall("x" * 43, now) is None and receipts.recall("", now) is None
    assert receipts.recall(token, now + receipts.VISIT) is None
    assert not ReporterSession.objects.exists(), "what is over is gone"


def test_a_visit_can_be_ended_and_what_is_forgotten_goes_after_its_day() -> None:
    now, pair = timezone.now(), new_pair()
    token = receipts.remember(pair.private, sealed_id=uuid.uuid4(), now=now)
    receipts.forget(token)
    assert receipts.recall(token, now) is None
    receipts.remember(pair.private, sealed_id=uuid.uuid4(), now=now)
    assert receipts.tidy(now=now) == 0
    assert receipts.tidy(now=now + timedelta(days=2)) == 1


def test_the_row_of_a_visit_names_neither_the_report_nor_the_hour() -> None:
    now, sealed_id = timezone.now(), uuid.uuid4()
    receipts.remember(new_pair().private, sealed_id=sealed_id, now=now)
    row = ReporterSession.objects.values().get()
    assert set(row) == {"id", "digest", "box", "ends_on"}
    assert sealed_id.bytes not in bytes(row["box"])
