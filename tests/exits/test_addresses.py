"""All addresses × all classes × all roles: each shows exactly what the table says, no more and no less."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.exits.addresses import address, every_address, is_of_a_report, of_libraries
from tests.exits.table import EVERYBODY, SILENT, TABLE, level
from tests.exits.world import CLASSES, CONTENT, PHONES, Level, World, name_of, seen

OURS = sorted(every_address().keys() - of_libraries())


def test_every_address_has_its_row() -> None:
    assert set(OURS) == set(TABLE) | SILENT, "write down in tests/exits/table.py what the address shows to whom"


def test_every_role_of_the_table_has_a_browser(world: World, db: None) -> None:
    assert world.browsers.keys() == EVERYBODY


@pytest.mark.parametrize("name", OURS)
def test_an_address_shows_what_its_row_says(world: World, db: None, name: str) -> None:
    """And what shows nothing of a report answers like a code that does not exist."""
    wrong = []
    for role, browser in world.browsers.items():
        unknown = browser.get(address(name, world)).status_code if is_of_a_report(name) else None
        for kind in CLASSES if is_of_a_report(name) else ("",):
            answer = browser.get(address(name, world, kind))
            for of in (kind,) if kind else CLASSES:
                expected = level(name, of, role)
                found = max(seen(of, world.reports[of], _said(answer)), _picture(answer))
                # Who asks by the code knows it already: to find it in the answer says nothing.
                if found != expected and not (kind and {found, expected} <= {Level.CODE, Level.NOTHING}):
                    wrong.append(f"{role} sees {Level(found).name} of {of}, not {expected.name} ({answer.status_code})")
            is_nothing = kind and level(name, kind, role) == Level.NOTHING and not _has_it_otherwise(name, kind, role)
            if is_nothing and answer.status_code != unknown:
                wrong.append(f"{role} gets {answer.status_code} for {kind}, but {unknown} for a code that nobody has")
    assert not wrong


def _has_it_otherwise(name: str, kind: str, role: str) -> bool:
    """The desk's forms of a report answer whoever may open the report itself."""
    return name.startswith("desk:") and level("desk:case", kind, role) > Level.NOTHING


def _picture(answer: Any) -> Level:
    """A file bears no words, neither in itself nor as its name: that it is given is all there is to see."""
    return (
        Level.CONTENT if answer.status_code == 200 and answer["Content-Type"].startswith("image/jp") else Level.NOTHING
    )


def _said(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{body.decode(errors='replace')} {answer.headers}"


@pytest.mark.parametrize(
    ("tab", "search"),
    [
        *((tab, "") for tab in ("todo", "waiting", "ready", "climbed", "all", "ended")),
        ("all", "jalan"),
        ("todo", "pasar"),
    ],
)
def test_no_tab_and_no_search_of_the_desk_shows_more_than_the_case_itself(
    world: World, db: None, tab: str, search: str
) -> None:
    for role, browser in world.browsers.items():
        said = _said(browser.get("/meja/", {"tab": tab, "q": search}))
        for kind in CLASSES:
            assert seen(kind, world.reports[kind], said) <= level("desk:case", kind, role), (role, kind)


@pytest.mark.parametrize("path", ["/laporan/", "/laporan/?urut=dukungan", "/api/v1/reports"])
def test_no_search_of_the_public_finds_what_is_not_public(world: World, db: None, path: str) -> None:
    for kind in CLASSES:
        for words in (CONTENT[kind], f"jalan {CONTENT[kind]}", name_of(kind), PHONES[kind]):
            said = _said(Client().get(path, {"q": words}))
            found = {of for of in CLASSES if world.reports[of].code in said}
            assert found <= {of for of in CLASSES if level("public:search", of, "visitor")}, words
            assert kind not in found or words not in {name_of(kind), PHONES[kind]}, "nobody is found by their name"
