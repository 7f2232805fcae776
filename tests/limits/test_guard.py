"""Budgets at the doors: calm costs nothing, much asks for a proof, too much is refused, and nothing typed is lost."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from altcha.v1 import Challenge, solve_challenge
from django.test import Client
from django.urls import URLResolver, get_resolver

from lapor.limits import budgets, guard, proof
from lapor.limits.budgets import HOUR, Budget
from lapor.limits.counting import LOAD
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
HOME, NEIGHBOUR = "203.0.113.9", "198.51.100.7"  # addresses reserved for examples
TYPED = {"code": "4827193059", "pin": "40719926"}
TRACK = ("public:track", True)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small budgets: two calm tries, six at most."""
    monkeypatch.setitem(budgets.TABLE, TRACK, Budget(most=6, per=HOUR, calm=2, busy=50))
    LOAD.forget()
    with time_machine.travel(MONDAY, tick=False):
        yield
    LOAD.forget()


def track(client: Client, **more: str) -> Any:
    return client.post("/lacak/", TYPED | more)


def html(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def asks(answer: Any) -> bool:
    return "data-proof=" in html(answer)


def at_the_limit(place: str = HOME) -> Client:
    client = Client(REMOTE_ADDR=place)
    assert [asks(track(client)) for _try in range(2)] == [False, False]
    return client


def solution(answer: Any) -> str:
    """What the script would send."""
    given = dict(re.findall(r'data-(proof[a-z-]*)="([^"]*)"', html(answer)))
    challenge = Challenge("SHA-256", given["proof"], int(given["proof-most"]), given["proof-salt"].replace("&amp;", "&"),
                            given["proof-signature"])  # fmt: skip
    found = solve_challenge(challenge.challenge, challenge.salt, "SHA-256", challenge.max_number, 0)
    assert found is not None
    sent = {"algorithm": "SHA-256", "challenge": challenge.challenge, "number": found.number, "salt": challenge.salt,
            "signature": challenge.signature}  # fmt: skip
    return base64.b64encode(json.dumps(sent).encode()).decode()


def waited(answer: Any) -> dict[str, str]:
    """What a person would send after waiting: the ticket, and the sum of the two words."""
    page = html(answer)
    ticket = re.search(r'name="proof-ticket" value="([^"]*)"', page)
    words = re.search(r"Berapa (\w+) ditambah (\w+)\?", page)
    assert ticket and words
    digits = [str(digit) for digit in proof._DIGITS]
    return {"proof-ticket": ticket[1], "proof-sum": str(digits.index(words[1]) + digits.index(words[2]))}


def test_in_calm_nobody_is_asked_for_anything() -> None:
    at_the_limit()


def test_above_it_a_proof_is_asked_and_what_was_typed_stays() -> None:
    answer = track(at_the_limit())
    assert asks(answer)
    assert 'name="code" value="4827193059"' in html(answer)
    assert "no-store" in answer["Cache-Control"]


def test_a_right_number_lets_through_once() -> None:
    client = at_the_limit()
    work = solution(track(client))
    assert not asks(track(client, **{"proof-work": work}))
    assert asks(track(client, **{"proof-work": work})), "used up"


@pytest.mark.parametrize(
    "work", ["x", "e30=", base64.b64encode(b"[1]").decode(), base64.b64encode(b'{"salt": 1}').decode()]
)
def test_nonsense_is_no_proof(work: str) -> None:
    assert asks(track(at_the_limit(), **{"proof-work": work}))


def test_a_number_for_something_else_or_out_of_time_is_no_proof() -> None:
    client = at_the_limit()
    work = solution(track(client))
    assert not proof.is_worked(work, "account_signup:POST")
    with time_machine.travel(MONDAY + proof.HOLDS + timedelta(seconds=1), tick=False):
        assert not proof.is_worked(work, "public:track:POST")
    forged = json.loads(base64.b64decode(work)) | {"signature": "0" * 64}
    assert not proof.is_worked(base64.b64encode(json.dumps(forged).encode()).decode(), "public:track:POST")


def test_who_cannot_calculate_waits_and_adds_up() -> None:
    client = at_the_limit()
    sent = waited(track(client))
    assert asks(track(client, **sent)), "too soon"
    with time_machine.travel(MONDAY + proof.WAIT, tick=False):
        assert asks(track(client, **(sent | {"proof-sum": "99"})))
        assert not asks(track(client, **sent))


def test_a_ticket_is_good_once_and_for_twenty_minutes() -> None:
    client = at_the_limit()
    sent = waited(track(client))
    rule = "public:track:POST"
    late = MONDAY + proof.HOLDS + timedelta(seconds=1)
    assert not proof.is_waited(sent["proof-ticket"], sent["proof-sum"], rule, now=late)
    now = MONDAY + proof.WAIT
    assert not proof.is_waited(sent["proof-ticket"], sent["proof-sum"], "account_signup:POST", now=now)
    assert proof.is_waited(sent["proof-ticket"], sent["proof-sum"], rule, now=now)
    assert not proof.is_waited(sent["proof-ticket"], sent["proof-sum"], rule, now=now)


def test_a_place_may_wait_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "WAITING", Budget(most=1, per=HOUR))
    client = at_the_limit()
    tickets = [waited(track(client)) for _try in range(2)]
    with time_machine.travel(MONDAY + proof.WAIT, tick=False):
        assert not asks(track(client, **tickets[0]))
        assert asks(track(client, **tickets[1]))


def test_too_much_is_refused_with_what_was_typed_and_a_time() -> None:
    client = Client(REMOTE_ADDR=HOME)
    for _try in range(6):
        track(client)
    answer = track(client, text="Lampu jalan padam sejak kemarin")
    assert answer.status_code == 429
    assert "Lampu jalan padam sejak kemarin</textarea>" in html(answer)
    assert 'name="pin" value="40719926"' in html(answer)
    assert 0 < int(answer["Retry-After"]) <= 3600
    with time_machine.travel(MONDAY + HOUR, tick=False):
        assert track(client).status_code == 422, "a new stretch of time"


def test_another_place_is_not_concerned() -> None:
    client = Client(REMOTE_ADDR=HOME)
    for _try in range(7):
        track(client)
    assert track(Client(REMOTE_ADDR=NEIGHBOUR)).status_code == 422
    assert client.get("/lacak/").status_code == 200, "reading goes on"


def test_when_very_many_come_from_everywhere_each_is_asked_and_afterwards_nobody() -> None:
    for n in range(50):
        track(Client(REMOTE_ADDR=f"198.51.100.{n}"))
    assert asks(track(Client(REMOTE_ADDR=HOME)))
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        assert not asks(track(Client(REMOTE_ADDR=HOME)))


def test_behind_a_proxy_that_nobody_told_us_about_nobody_is_shut_out(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    client = Client(REMOTE_ADDR="10.0.0.4")
    assert {track(client).status_code for _try in range(8)} == {422}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    codes = [track(client, **{}).status_code for _try in range(8)]
    assert codes[-1] == 429


def test_a_program_is_told_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(budgets.TABLE, ("api:reports", True), Budget(most=1, per=HOUR))
    client = Client(REMOTE_ADDR=HOME)
    client.post("/api/v1/reports", "{}", content_type="application/json")
    answer = client.post("/api/v1/reports", "{}", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["status"] == 429 and int(answer["Retry-After"]) > 0


def test_support_is_under_a_budget_so_that_a_robot_cannot_blow_it_up() -> None:
    budget = budgets.TABLE["public:support", True]
    assert budget.calm is not None and budget.calm <= 30


def test_the_table_names_addresses_that_exist() -> None:
    def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
        for part in resolver.url_patterns:
            if isinstance(part, URLResolver):
                yield from names(part, f"{space}{part.namespace}:" if part.namespace else space)
            else:
                yield f"{space}{part.name}"

    known = set(names(get_resolver()))
    assert {name for name, _changes in budgets.TABLE} <= known


def test_reading_is_generous_for_a_village_behind_one_address() -> None:
    for (name, changes), budget in budgets.TABLE.items():
        a_minute = budget.most * timedelta(minutes=1) / budget.per
        assert changes or a_minute >= 600, name
