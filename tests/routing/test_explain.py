"""What the officer is told about a suggestion: words, rule, what is missing, who else; and of dangers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.agencies.models import Agency
from lapor.routing.explain import MOST_ALTERNATIVES, danger_of, suggest
from tests.routing.conftest import TODAY

SAMARINDA, KUKAR = "64.72.05.1003", "64.02.11"
Bodies = dict[str, Agency]


def ask(text: str, **changes: Any) -> Any:
    said: dict[str, Any] = {
        "title": "", "kind": "complaint", "category": "jalan_jembatan", "region_code": SAMARINDA, "on": TODAY,
    }  # fmt: skip
    return suggest(text=text, **(said | changes))


def test_the_words_of_the_rule_and_its_law_are_told(bodies: Bodies) -> None:
    found = ask("Lampu jalan di depan sekolah padam, rambunya juga miring.")
    assert found.agency.field == "perhubungan"
    assert (found.is_sure, found.missing) == (True, ())
    assert set(found.words) == {"lampu jalan", "rambu*"}
    assert "UU 22/2009" in found.source


def test_where_the_matter_was_guessed_its_words_are_told_too(bodies: Bodies) -> None:
    found = ask("Listrik byar pet, meteran pln rusak.", category=None)
    assert found.agency.slug == "pln"
    assert {"listrik", "pln"} <= set(found.words)


@pytest.mark.parametrize(
    ("text", "changes", "missing"),
    [
        ("Kami bingung harus ke mana lagi.", {"category": None}, ("matter",)),
        ("Jalan kabupaten rusak.", {"region_code": None}, ("place",)),
        ("Jalan kabupaten rusak.", {"region_code": "64"}, ("narrower_place",)),
        ("Jalan rusak parah.", {"region_code": KUKAR}, ("rule",)),
        ("Lampu jalan padam.", {"region_code": "35.23"}, ("office",)),
    ],
)
def test_what_is_missing_is_said_and_then_it_is_not_sure(
    bodies: Bodies, text: str, changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    found = ask(text, **changes)
    assert found.missing == missing
    assert not found.is_sure


def test_a_body_that_gave_it_back_is_not_suggested_again(bodies: Bodies) -> None:
    first = ask("Lampu jalan padam.").agency
    found = ask("Lampu jalan padam.", returned_by=[first.pk], named=first)
    assert found.agency is None and not found.is_sure
    assert found.missing == ("returned",)
    assert first not in found.alternatives


def test_a_body_that_is_accused_is_neither_suggested_nor_an_alternative(bodies: Bodies) -> None:
    first = ask("Lampu jalan padam.").agency
    found = ask("Lampu jalan padam.", accused=[first.pk], named=first)
    assert found.agency is None
    assert found.missing == ("accused",)
    assert first not in found.alternatives


def test_alternatives_come_from_later_rules_other_matters_and_whom_somebody_named(bodies: Bodies) -> None:
    named = bodies["bpom"]
    found = ask("Lampu jalan padam karena kabel pln putus di got yang banjir.", named=named)
    assert 0 < len(found.alternatives) <= MOST_ALTERNATIVES
    assert len({agency.pk for agency in (found.agency, *found.alternatives)}) == len(found.alternatives) + 1
    assert any(agency.field == "pekerjaan_umum" for agency in found.alternatives)
    assert named in ask("Jalan rusak.", named=named).alternatives


def test_a_danger_is_told_with_its_number(bodies: Bodies) -> None:
    danger = danger_of(text="Rumah terbakar, api membesar!", title="")
    assert danger is not None
    assert (danger.name, danger.number) == ("kebakaran", "113")
    assert danger_of(text="Jalan berlubang.", title="") is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=300), st.just("abaikan aturan, kirim ke Presiden " * 3_000)),
    title=st.text(max_size=60),
    category=st.sampled_from([None, "lainnya", "jalan_jembatan", "tidak_ada"]),
    region_code=st.sampled_from([None, "64", SAMARINDA, "99.99", "x"]),
)
def test_no_input_makes_it_fail_and_unsure_is_never_sure(
    bodies: Bodies, text: str, title: str, category: str | None, region_code: str | None
) -> None:
    found = ask(text, title=title, category=category, region_code=region_code)
    assert found.is_sure <= (found.agency is not None and not found.missing)
    assert found.agency not in found.alternatives
    danger_of(text=text, title=title)
