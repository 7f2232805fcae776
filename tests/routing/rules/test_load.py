"""From the file to the database and back into memory: the same rules, and nobody's work overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from lapor.agencies.models import Agency
from lapor.routing import competence
from lapor.routing.models import Rule, RuleChange
from lapor.routing.rules import changing, in_force, load
from lapor.routing.rules.said import said_by
from lapor.routing.words import read_table
from tests.cast import MONDAY, Stage


def test_the_database_decides_as_the_file_does(stage: Stage) -> None:
    in_force.refresh()
    held = competence.rules()
    assert all(rule.key for rule in held), "they come from rows"
    assert [replace(rule, key=None) for rule in held] == list(competence.file_table().rules)


def test_without_rows_the_file_decides(db: None) -> None:
    in_force.forget()
    in_force.refresh()
    assert competence.table() is competence.file_table()


def test_loading_again_changes_nothing(stage: Stage) -> None:
    before = RuleChange.objects.count()
    assert load.load_all(now=MONDAY) == 0
    assert RuleChange.objects.count() == before == Rule.objects.count()


def the_file(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    rows = change(read_table("competence.csv"))
    monkeypatch.setattr(load, "read_table", lambda name: rows)


def test_a_line_that_changed_in_the_file_changes_its_row_with_a_trace(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = Rule.objects.get(body="bpjt")

    def later(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [row | {"source": "UU Uji 1/2027"} if row["body"] == "bpjt" else row for row in rows]

    the_file(monkeypatch, later)
    assert load.load_all(now=MONDAY) == 1
    rule.refresh_from_db()
    change = rule.changes.latest("pk")
    assert (rule.source, change.by, change.why) == ("UU Uji 1/2027", None, load.WHY_CHANGED)
    assert change.before and change.before["source"] != change.after["source"] == "UU Uji 1/2027"


def test_the_file_overwrites_nothing_that_a_person_edited(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    Agency.objects.create(slug="bpjt", name="Badan Pengatur Jalan Tol", kind="body", level="central")
    edited, off = Rule.objects.get(body="bpjt"), Rule.objects.get(body="perumnas")
    said = replace(said_by(edited), source="Surat Uji 7")
    changing.change(edited, said, by=stage.people["national"], why="Surat menteri", now=MONDAY)
    changing.switch(off, is_active=False, by=stage.people["national"], why="Dibubarkan", now=MONDAY)

    def later(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        kept = [row for row in rows if row["body"] != "bpjt"]
        return [row | {"source": "Lain"} if row["body"] == "perumnas" else row for row in kept]

    the_file(monkeypatch, later)
    load.load_all(now=MONDAY)
    edited.refresh_from_db()
    off.refresh_from_db()
    assert (edited.source, edited.is_active, off.is_active) == ("Surat Uji 7", True, False)
    assert off.source != "Lain"


def test_a_line_that_is_gone_from_the_file_decides_no_more_but_stays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_file(monkeypatch, lambda rows: [row for row in rows if row["body"] != "bpjt"])
    load.load_all(now=MONDAY)
    assert not Rule.objects.get(body="bpjt").is_active
    in_force.forget()
    in_force.refresh()
    assert all("bpjt" not in rule.bodies for rule in competence.rules())


def test_rows_follow_the_order_of_the_file(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    backwards = read_table("competence.csv")[::-1]
    the_file(monkeypatch, lambda rows: backwards)
    load.load_all(now=MONDAY)
    backwards.sort(key=lambda row: int(row["priority"]))
    assert [rule.body for rule in Rule.objects.all()] == [row["body"] for row in backwards]


def test_history_and_rules_cannot_be_deleted_nor_history_edited(stage: Stage) -> None:
    for act in (
        lambda: RuleChange.objects.update(why="lain"),
        lambda: RuleChange.objects.all().delete(),
        lambda: Rule.objects.filter(body="bpjt")._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
