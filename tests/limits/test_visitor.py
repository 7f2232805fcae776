"""Who asks is known as a digest for a day, and no table tells an address, to whoever holds it and whatever they try."""

from __future__ import annotations

import hashlib
import ipaddress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as some

from lapor.limits import counting, visitor
from lapor.limits.budgets import HOUR, Budget
from lapor.limits.models import Count, Salt
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
BUDGET = Budget(most=5, per=HOUR)


def asked_from(place: str, forwarded: str = "") -> HttpRequest:
    return RequestFactory().get("/", headers={"x-forwarded-for": forwarded} if forwarded else None, REMOTE_ADDR=place)


def everything_stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(c)::text FROM limits_count c UNION ALL SELECT row_to_json(s)::text FROM limits_salt s"
        )
        return " ".join(row[0] for row in cursor.fetchall())


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=some.ip_addresses())
def test_no_table_holds_an_address_nor_what_it_could_be_guessed_by(place: Any) -> None:
    counting.hit("public:track:POST", visitor.digest_of(str(place), on=TODAY), BUDGET, now=MONDAY)
    salt = bytes(Salt.objects.get(day=TODAY).value)
    packed, text = ipaddress.ip_address(place).packed, str(place).encode()
    # What a thief of the tables could make of them, for each address there is: nothing of it occurs.
    tried = [
        hash(salt + form).hexdigest() for form in (packed, text) for hash in (hashlib.sha256, hashlib.md5, hashlib.sha1)
    ]
    tried += [hashlib.sha256(form).hexdigest() for form in (packed, text)]
    kept = {row.place for row in Count.objects.all()}
    assert not any(one.startswith(digest) for one in tried for digest in kept)
    assert all(len(digest) == 32 for digest in kept)
    if len(str(place)) > 6:
        assert str(place) not in everything_stored()


def test_the_digest_of_a_place_changes_every_day() -> None:
    one, other = (visitor.digest_of("203.0.113.9", on=TODAY + timedelta(days=n)) for n in (0, 1))
    assert one != other
    assert one == visitor.digest_of("203.0.113.9", on=TODAY)


def test_salts_and_counts_of_days_gone_by_are_deleted() -> None:
    before: date = TODAY - timedelta(days=3)
    visitor.digest_of("203.0.113.9", on=before)
    visitor.digest_of("203.0.113.9", on=TODAY)
    counting.hit("x", "0" * 32, BUDGET, now=MONDAY - timedelta(hours=4))
    counting.hit("x", "0" * 32, BUDGET, now=MONDAY)
    assert visitor.forget_salts(now=MONDAY) == 1
    assert counting.forget_counts(now=MONDAY) == 1
    assert [salt.day for salt in Salt.objects.all()] == [TODAY]


def test_without_proxies_a_header_says_nothing(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert visitor.address(asked_from("203.0.113.9", "192.0.2.1")) == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [(1, "192.0.2.1", "192.0.2.1"), (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"), (2, "6.6.6.6, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
     (2, "192.0.2.1", "203.0.113.9"), (1, "", "203.0.113.9"), (1, "nonsense", "unknown")],
)  # fmt: skip
def test_behind_proxies_the_outermost_of_ours_is_believed(
    settings: Any, proxies: int, forwarded: str, seen: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert visitor.address(asked_from("203.0.113.9", forwarded)) == seen


def test_an_ipv6_network_is_one_place_and_a_mapped_address_is_ipv4() -> None:
    assert visitor.address(asked_from("2001:db8:1:2::1")) == visitor.address(asked_from("2001:db8:1:2:ffff::9"))
    assert visitor.address(asked_from("2001:db8:1:3::1")) != visitor.address(asked_from("2001:db8:1:2::1"))
    assert visitor.address(asked_from("::ffff:203.0.113.9")) == "203.0.113.9"
