"""A rule comes, changes, goes and comes back: with history, checked, and seen by every process soon."""

from __future__ import annotations

import threading
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lapor.reports.models import Report
from lapor.routing import competence
from lapor.routing.models import Rule, RuleChange
from lapor.routing.propose import propose
from lapor.routing.rules import changing, in_force
from lapor.routing.rules.changing import RuleRefused
from lapor.routing.rules.checks import problems
from lapor.routing.rules.said import Said, said_by
from tests.cast import MONDAY, Stage, file_report

FERRY = Said(
    priority=1,
    kind="complaint",
    category="jalan_jembatan",
    when="jembatan gantung uji & putus|titian uji*",
    unless="jalan tol",
    level="regency",
    body="kesehatan|pekerjaan_umum",
    reason="Titian diurus {agency}.",
    reason_en="Footbridges are run by {agency}.",
    source="Perda Uji 1",
)


def decided(text: str, category: str = "jalan_jembatan") -> tuple[str, ...]:
    in_force.forget()  # as another process finds it some seconds later
    in_force.refresh()
    rule = competence.decide(text=text, title="", kind="complaint", category=category, region_code="64.72").rule
    return rule.bodies if rule else ()


def test_a_new_rule_decides_and_its_history_says_who_and_why(stage: Stage) -> None:
    assert decided("titian ujinya lapuk") == ("pekerjaan_umum",)
    rule = changing.add(FERRY, by=stage.people["national"], why="Perda baru", now=MONDAY)
    assert decided("titian ujinya lapuk") == ("kesehatan", "pekerjaan_umum")
    assert decided("titian uji di jalan tol") == ("bpjt",)
    change = rule.changes.get()
    assert (change.by, change.why, change.at, change.before) == (stage.people["national"], "Perda baru", MONDAY, None)
    assert change.after["when"] == FERRY.when and change.after["is_active"] is True


def test_a_changed_rule_decides_otherwise_and_an_earlier_one_wins(stage: Stage) -> None:
    rule = changing.add(FERRY, by=stage.people["national"], why="Uji", now=MONDAY)
    later = replace(FERRY, priority=9_000)
    changing.change(rule, later, by=stage.people["national"], why="Urutan", now=MONDAY)
    assert decided("titian ujinya lapuk") == ("pekerjaan_umum",)
    change = rule.changes.latest("pk")
    assert change.before and (change.before["priority"], change.after["priority"]) == (1, 9_000)


def test_a_rule_that_is_switched_off_decides_nothing_until_it_is_switched_on(stage: Stage) -> None:
    rule = changing.add(FERRY, by=stage.people["national"], why="Uji", now=MONDAY)
    changing.switch(rule, is_active=False, by=stage.people["national"], why="Dicabut", now=MONDAY)
    assert decided("titian ujinya lapuk") == ("pekerjaan_umum",)
    with pytest.raises(RuleRefused, match="rule_stands_so"):
        changing.switch(rule, is_active=False, by=stage.people["national"], why="Lagi", now=MONDAY)
    changing.switch(rule, is_active=True, by=stage.people["national"], why="Berlaku lagi", now=MONDAY)
    assert decided("titian ujinya lapuk") == ("kesehatan", "pekerjaan_umum")


def test_reports_that_are_there_stay_where_they_are(stage: Stage) -> None:
    report = file_report(text="Titian uji di kampung kami sudah lapuk dan berbahaya.")[0]
    before = Report.objects.values().get(pk=report.pk)
    changing.add(FERRY, by=stage.people["national"], why="Uji", now=MONDAY)
    assert Report.objects.values().get(pk=report.pk) == before


def test_nothing_is_changed_without_a_reason_or_into_the_same(stage: Stage) -> None:
    rule = changing.add(FERRY, by=stage.people["national"], why="Uji", now=MONDAY)
    with pytest.raises(RuleRefused, match="no_reason"):
        changing.switch(rule, is_active=False, by=stage.people["national"], why="  ", now=MONDAY)
    with pytest.raises(RuleRefused, match="nothing_changed"):
        changing.change(rule, FERRY, by=stage.people["national"], why="Uji", now=MONDAY)
    assert rule.changes.count() == 1


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"priority": -1}, "priority", "no_such_order"),
    ({"priority": 10_000}, "priority", "no_such_order"),
    ({"kind": "complaint|pantun"}, "kind", "no_such_kind"),
    ({"category": "tidak_ada"}, "category", "no_such_category"),
    ({"category": "a\0b"}, "category", "no_such_category"),
    ({"level": "planet"}, "level", "no_such_level"),
    ({"when": "jalan||rusak"}, "when", "empty_alternative"),
    ({"when": "jalan & "}, "when", "empty_alternative"),
    ({"when": "ta*bal"}, "when", "star_inside"),
    ({"when": "jal*"}, "when", ""),
    ({"when": "ja*"}, "when", "star_too_short"),
    ({"when": "*"}, "when", "star_too_short"),
    ({"unless": "@mars"}, "unless", "no_such_place"),
    ({"unless": "@99.99"}, "unless", "no_such_place"),
    ({"unless": "@64.72"}, "unless", ""),
    ({"when": "道路"}, "when", "unreadable_word"),
    ({"when": "jalan\0"}, "when", "unreadable_word"),
    ({"when": "jalan|" * 1_000 + "x"}, "when", "too_long"),
    ({"body": ""}, "body", "no_body"),
    ({"body": "dinas_sihir"}, "body", "no_such_body"),
    ({"body": "kesehatan|kesehatan"}, "body", "same_body_twice"),
    ({"level": "central", "body": "kesehatan"}, "body", "no_such_body"),
    ({"level": "central", "body": "pln|sp4n-lapor"}, "body", "one_central_body"),
    ({"level": "central", "body": "pln"}, "body", ""),
    ({"body": "inspektorat"}, "body", ""),
    ({"reason": " "}, "reason", "no_words"),
    ({"reason": "Diurus dinas."}, "reason", "names_no_body"),
    ({"reason": "Diurus {agency} {nama}."}, "reason", "no_such_blank"),
    ({"reason_en": ""}, "reason_en", ""),
    ({"reason_en": "By somebody."}, "reason_en", "names_no_body"),
    ({"source": ""}, "source", "no_words"),
    ({"source": "x" * 301}, "source", "too_long"),
]


@pytest.mark.parametrize(("changes", "field", "reason"), WRONG)
def test_what_could_not_be_decided_by_is_refused(
    stage: Stage, changes: dict[str, Any], field: str, reason: str
) -> None:
    said = replace(FERRY, **changes)
    found = {(one.field, one.reason) for one in problems(said)}
    assert found == ({(field, reason)} if reason else set())
    if reason:
        with pytest.raises(RuleRefused, match=reason):
            changing.add(said, by=stage.people["national"], why="Uji", now=MONDAY)


def test_every_line_of_the_file_has_conditions_that_pass(stage: Stage) -> None:
    """Bodies and categories of the cast are few; what a condition says does not depend on them."""
    wrong = {
        (rule.body, one.field, one.piece)
        for rule in Rule.objects.all()
        for one in problems(said_by(rule))
        if one.field in {"when", "unless", "reason", "reason_en", "source", "kind", "level", "priority"}
    }
    assert {piece for _body, _field, piece in wrong} <= {"@21.71"}, "a place that the cast does not have"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(when=st.text(max_size=80), unless=st.text(max_size=80), text=st.text(max_size=80))
def test_whatever_is_typed_is_either_refused_or_decided_by(stage: Stage, when: str, unless: str, text: str) -> None:
    said = replace(FERRY, when=when, unless=unless)
    if not problems(said):
        table = in_force.table_with(None, said)
        competence.decide(text=text, title="", kind="complaint", category=None, region_code="64.72", by=table)


def ask() -> None:
    propose(
        text="jalan rusak", kind="complaint", category="jalan_jembatan", region_code="64.72", agency_id=None,
        on=MONDAY.date(),
    )  # fmt: skip


def test_a_report_asks_for_the_rules_only_when_some_seconds_have_passed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask()
    moment = monotonic()
    monkeypatch.setattr(in_force, "monotonic", lambda: moment)
    in_force.forget()
    ask()
    with django_assert_num_queries(0):
        ask()
    monkeypatch.setattr(in_force, "monotonic", lambda: moment + in_force.FRESH_SECONDS)
    with django_assert_num_queries(1):  # the version, and not the table again
        ask()


def test_another_process_decides_by_the_new_rule_some_seconds_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = monotonic()
    monkeypatch.setattr(in_force, "monotonic", lambda: moment)
    in_force.forget()
    in_force.refresh()
    monkeypatch.setattr(changing, "forget", lambda: None)  # the change is made elsewhere
    rule = changing.add(FERRY, by=stage.people["national"], why="Uji", now=MONDAY)
    in_force.refresh()
    assert rule.pk not in {one.key for one in competence.rules()}
    monkeypatch.setattr(in_force, "monotonic", lambda: moment + in_force.FRESH_SECONDS)
    in_force.refresh()
    assert rule.pk in {one.key for one in competence.rules()}


@pytest.mark.django_db(transaction=True)
def test_changes_wait_for_each_other_so_that_no_version_is_passed_over() -> None:
    """A second change gets its key only when the first one can be seen."""
    entered, done = threading.Event(), threading.Event()

    def second() -> None:
        with connection.cursor() as cursor:
            entered.set()
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [changing.LOCK])
            done.set()
            cursor.execute("ROLLBACK")
        connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        changing.lock()
        thread.start()
        entered.wait(5)
        assert not done.wait(0.2), "it waits"
    thread.join(5)
    assert done.is_set()
    assert not RuleChange.objects.exists()
