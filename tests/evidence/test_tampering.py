"""Each kind of tampering, done in SQL by the owner of the tables with the triggers switched off, is found and named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lapor.audit.record import record
from lapor.evidence import heads, tree
from lapor.evidence.findings import Found, Tally
from lapor.evidence.models import Head, Leaf, Node, Progress, Source
from lapor.evidence.sources import ENTRIES, EVENTS, MESSAGES, Row, leaves_of
from lapor.evidence.verify import verify
from lapor.lib import canonical
from lapor.lib.merkle import node_hash
from lapor.reports import actions
from lapor.reports.models import Event, Message, Report
from lapor.vault import signing
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered
from tests.evidence.conftest import LATER, faults, log, named, sql

NEXT_WEEK = MONDAY + timedelta(days=7)


@pytest.fixture
def report(stage: Stage) -> Report:
    """A report with an answer, logged and signed; and an entry in the audit trail."""
    report = to_answered(stage, file_report()[0])
    record(user_id=stage.people["admin"].pk, act="report.opened", subject=f"report:{report.pk}", now=MONDAY)
    log()
    assert faults() == []
    return report


def event(report: Report, kind: str) -> Event:
    return Event.objects.get(report=report, kind=kind)


def test_what_nobody_touched_agrees_and_everything_is_counted(report: Report) -> None:
    tally = Tally()
    assert list(verify(tally)) == []
    assert tally.leaves == Leaf.objects.count() == Event.objects.count() + 1 + Message.objects.count() + 1
    assert (tally.heads, tally.waiting, tally.last_head) == (1, 0, LATER)


def test_a_changed_event_is_named(report: Report) -> None:
    sql("UPDATE reports_event SET user_id = NULL WHERE id = %s", event(report, "verified").pk)
    assert named() == [("CHANGED", "event", report.code, "verified")]
    assert str(event(report, "verified").pk) in str(faults()[0])


def test_changed_facts_of_an_event_are_found(report: Report) -> None:
    sql("""UPDATE reports_event SET data = data || '{"to": 1}' WHERE id = %s""", event(report, "assigned").pk)
    assert named() == [("CHANGED", "event", report.code, "assigned")]


def test_a_deleted_event_is_named_by_what_the_log_knows(report: Report) -> None:
    gone = event(report, "unit_assigned").pk
    sql("DELETE FROM reports_event WHERE id = %s", gone)
    assert named() == [("DELETED", "event", report.code, "unit_assigned")]
    assert faults()[0].row == str(gone)


def test_a_changed_or_deleted_entry_of_the_audit_trail_is_named(report: Report) -> None:
    sql("UPDATE audit_entry SET act = 'report.listed'")
    assert named() == [("CHANGED", "entry", report.code, "report.listed")]
    sql("DELETE FROM audit_entry")
    assert named() == [("DELETED", "entry", report.code, "report.opened")]


def test_an_event_that_was_put_among_old_ones_has_no_leaf(report: Report) -> None:
    old = event(report, "verified")
    sql(
        "INSERT INTO reports_event (report_id, kind, at, actor, from_state, to_state, data, xid)"
        " VALUES (%s, 'followed_up', %s, 'officer', 'assigned', 'assigned', '{}', %s)",
        report.pk, MONDAY, old.xid - 1,
    )  # fmt: skip
    assert named() == [("INSERTED", "event", report.code, "followed_up")]


def test_an_event_with_a_transaction_that_never_was_has_no_leaf(report: Report) -> None:
    sql(
        "INSERT INTO reports_event (report_id, kind, at, actor, from_state, to_state, data, xid)"
        " VALUES (%s, 'followed_up', %s, 'officer', 'assigned', 'assigned', '{}', 9000000000000000000)",
        report.pk, MONDAY,
    )  # fmt: skip
    assert named() == [("INSERTED", "event", report.code, "followed_up")]


def test_an_event_that_was_put_in_later_with_an_old_time_is_back_dated(report: Report) -> None:
    log(NEXT_WEEK)
    file_report(now=NEXT_WEEK)
    log(NEXT_WEEK + timedelta(minutes=5))
    sql(
        "INSERT INTO reports_event (report_id, kind, at, actor, from_state, to_state, data)"
        " VALUES (%s, 'extended', %s, 'officer', 'assigned', 'assigned', '{}')",
        report.pk, MONDAY,
    )  # fmt: skip
    log(NEXT_WEEK + timedelta(minutes=10))
    assert named() == [("BACKDATED", "event", report.code, "extended")]


def test_the_time_of_an_event_that_was_set_back_is_back_dated(report: Report) -> None:
    file_report(now=NEXT_WEEK)
    log(NEXT_WEEK)
    file_report(now=NEXT_WEEK)
    log(NEXT_WEEK + timedelta(minutes=5))
    late = Event.objects.order_by("-id")[0]
    sql("UPDATE reports_event SET at = %s WHERE id = %s", MONDAY, late.pk)
    found = named()
    assert ("BACKDATED", "event", late.report.code, "received") in found
    assert {one[2] for one in found} == {late.report.code}


def test_what_happened_within_a_sealed_day_is_not_back_dated(stage: Stage) -> None:
    """Of sealed reports only the day is kept, written as its midnight."""
    file_report()
    log()
    midnight = MONDAY.replace(hour=17) - timedelta(days=1)
    record(user_id=None, act="uji", subject="agency:1", now=midnight)
    log(MONDAY + timedelta(hours=9))
    assert faults() == []
    record(user_id=None, act="uji", subject="agency:1", now=midnight - timedelta(days=1))
    log(MONDAY + timedelta(hours=10))
    assert named() == [("BACKDATED", "entry", "", "uji")]


def test_two_events_that_changed_places_are_both_named(report: Report) -> None:
    one, other = event(report, "verified").pk, event(report, "assigned").pk
    sql("UPDATE reports_event SET id = -1 WHERE id = %s", one)
    sql("UPDATE reports_event SET id = %s WHERE id = %s", one, other)
    sql("UPDATE reports_event SET id = %s WHERE id = -1", other)
    assert named() == [("CHANGED", "event", report.code, "assigned"), ("CHANGED", "event", report.code, "verified")]


def test_leaves_that_changed_places_no_longer_make_the_signed_tree(report: Report) -> None:
    sql("UPDATE evidence_leaf SET index = 1000000 WHERE index = 1")
    sql("UPDATE evidence_leaf SET index = 1 WHERE index = 2")
    sql("UPDATE evidence_leaf SET index = 2 WHERE index = 1000000")
    assert [finding.found for finding in faults()] == [Found.TREE_DIFFERS]


def test_a_changed_message_is_named_and_never_quoted(report: Report) -> None:
    answer = Message.objects.get(report=report, kind="answer")
    sql("UPDATE reports_message SET text = 'Sudah selesai semuanya.' WHERE id = %s", answer.pk)
    assert named() == [("CHANGED", "message", report.code, "answer")]
    assert "selesai semuanya" not in str(faults()[0])


def test_a_changed_text_of_a_report_is_named(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(text="Bukan ini yang ditulis pelapor.")
    assert named() == [("WORDS_CHANGED", "report", report.code, "text")]


def test_another_box_in_a_sealed_report_or_message_is_named(stage: Stage) -> None:
    """Nobody needs its key to exchange it; whose report it is, or what was answered, would be another."""
    report, other = (file_report(kind="whistleblowing")[0] for _ in range(2))
    investigator = stage.officer("investigator")
    actions.hold(report_id=report.pk, question="Siapa saksinya?", actor=investigator, now=MONDAY)
    log()
    assert faults() == []
    sql("UPDATE reports_message SET sealed = %s WHERE report_id = %s", other.sealed, report.pk)
    assert named() == [("CHANGED", "message", report.code, "question")]
    sql("UPDATE reports_report SET sealed = %s WHERE id = %s", other.sealed, report.pk)
    assert ("WORDS_CHANGED", "report", report.code, "sealed") in named()


def test_what_was_sealed_later_agrees_and_is_protected_from_then_on(report: Report) -> None:
    actions.seal(report_id=report.pk, actor=reporter(report), now=LATER)
    log(LATER + timedelta(minutes=10))
    assert faults() == []
    sql("UPDATE reports_report SET sealed = %s WHERE id = %s", b"x" * 600, report.pk)
    assert named() == [("WORDS_CHANGED", "report", report.code, "sealed")]


def test_words_that_were_erased_by_law_agree_and_others_that_are_gone_do_not(report: Report) -> None:
    answer = Message.objects.get(report=report, kind="answer")
    Message.objects.filter(pk=answer.pk).update(text="", done_by="", done_on=None, salt=None)
    Report.objects.filter(pk=report.pk).update(text="", receipt_salt=None)
    assert sorted(named()) == [
        ("WORDS_GONE", "event", report.code, "text"),
        ("WORDS_GONE", "message", report.code, "answer"),
    ]
    record(user_id=None, act="report.erased", subject=f"report:{report.pk}", now=LATER)
    log(LATER + timedelta(minutes=5))
    tally = Tally()
    assert list(verify(tally)) == []
    assert tally.erased == 2


def test_the_salt_goes_with_the_words_whoever_erases_them(report: Report) -> None:
    answer = Message.objects.get(report=report, kind="answer")
    answer.text = ""
    answer.save()
    Report.objects.filter(pk=report.pk).update(text="")
    assert Message.objects.get(pk=answer.pk).salt is None
    assert Report.objects.get(pk=report.pk).receipt_salt is None


def test_a_message_refuses_every_other_change(report: Report) -> None:
    with pytest.raises(DatabaseError, match="pgtrigger: Cannot update"), transaction.atomic():
        Message.objects.filter(report=report).update(text="Yang lain.")
    with (
        pytest.raises(DatabaseError, match="pgtrigger: Cannot delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM reports_message")


def test_what_is_left_of_an_erased_message_is_still_protected(report: Report) -> None:
    answer = Message.objects.get(report=report, kind="answer")
    Message.objects.filter(pk=answer.pk).update(text="", done_by="", done_on=None, salt=None)
    record(user_id=None, act="report.erased", subject=f"report:{report.pk}", now=LATER)
    sql("UPDATE reports_message SET written_at = written_at + interval '1 day' WHERE id = %s", answer.pk)
    log(LATER + timedelta(minutes=5))
    assert named() == [("CHANGED", "message", report.code, "answer")]


def test_what_is_not_logged_yet_is_no_fault(report: Report) -> None:
    file_report()
    tally = Tally()
    assert list(verify(tally)) == []
    assert (tally.waiting, tally.waiting_since) == (1, MONDAY)


def test_a_leaf_that_is_gone_is_told(report: Report) -> None:
    last = tree.size() - 1
    sql("DELETE FROM evidence_leaf WHERE index = %s", last)
    found = [finding.found for finding in faults()]
    assert Found.TREE_CUT in found
    assert Found.INSERTED in found, "the row behind it has no leaf now"
    sql("DELETE FROM evidence_leaf WHERE index = 1")
    assert Found.LEAF_GONE in [finding.found for finding in faults()]


def test_a_stored_subtree_that_was_changed_or_added_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(260):
        record(user_id=None, act="uji", subject=f"agency:{number}", now=MONDAY)
    log()
    assert faults() == [] and Node.objects.count() == 1
    sql("UPDATE evidence_node SET hash = %s", b"x" * 32)
    assert [str(finding) for finding in faults()] == [
        "STORED SUBTREE DOES NOT FOLLOW FROM ITS LEAVES: node 8/0",
    ]
    sql("INSERT INTO evidence_node (level, index, hash) VALUES (8, 7, %s)", b"x" * 32)
    assert [finding.row for finding in faults()] == ["8/0", "8/7"]


@pytest.mark.parametrize("column", ["signature", "root", "at", "size"])
def test_a_head_that_was_rewritten_is_not_signed(report: Report, column: str) -> None:
    value: Any = {"signature": b"s" * 64, "root": b"r" * 32, "at": NEXT_WEEK, "size": 1}[column]
    sql(f"UPDATE evidence_head SET {column} = %s", value)
    assert faults()[0].found == Found.HEAD_FORGED


def rewrite(report: Report) -> None:
    """What a thief of the database and of the signing key would do: history, leaves, subtrees and heads, all anew."""
    sql("UPDATE reports_event SET user_id = NULL WHERE id = %s", event(report, "verified").pk)
    rows: dict[tuple[int, int], Row] = {
        (leaf.source, leaf.row_id): leaf
        for table in (EVENTS, ENTRIES, MESSAGES)
        for row in table.rows(list(table.model._default_manager.values_list("pk", flat=True)))
        for leaf in leaves_of(table, row)
    }
    for leaf in Leaf.objects.all():
        sql("UPDATE evidence_leaf SET hash = %s WHERE index = %s", rows[leaf.source, leaf.row_id].leaf(0).hash, leaf.pk)
    for node in Node.objects.order_by("level", "index"):
        base = Leaf.objects.all() if node.level == 8 else Node.objects.filter(level=node.level - 8)
        part = base.filter(index__gte=node.index * 256, index__lt=(node.index + 1) * 256).order_by("index")
        level = [bytes(one) for one in part.values_list("hash", flat=True)]
        while len(level) > 1:
            level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
        sql("UPDATE evidence_node SET hash = %s WHERE id = %s", level[0], node.pk)


def test_history_rewritten_with_leaves_and_subtrees_still_contradicts_its_signed_heads(report: Report) -> None:
    rewrite(report)
    assert [finding.found for finding in faults()] == [Found.TREE_DIFFERS]


def test_history_rewritten_with_heads_too_is_caught_by_heads_kept_outside_alone(report: Report) -> None:
    outside = [heads.shown(head) for head in Head.objects.order_by("pk")]
    rewrite(report)
    for head in Head.objects.order_by("pk"):
        head.root = tree.root(head.size)
        forged = signing.load(head.key_id).sign(canonical.canonical(heads.statement(head)))
        sql("UPDATE evidence_head SET root = %s, signature = %s WHERE id = %s", head.root, forged, head.pk)
    assert faults() == [], "who holds database and key can make everything agree here"
    assert [(finding.found, finding.note) for finding in faults(outside=outside)] == [
        (Found.TREE_DIFFERS, "kept outside")
    ]


def test_a_tree_that_was_cut_back_with_its_heads_is_caught_by_heads_kept_outside(report: Report) -> None:
    file_report(now=NEXT_WEEK)
    log(NEXT_WEEK)
    outside = [heads.shown(head) for head in Head.objects.order_by("pk")]
    small, large = (int(one["statement"]["size"]) for one in outside)
    late = Leaf.objects.filter(index__gte=small, source=Source.EVENT).values_list("row_id", flat=True)
    sql("DELETE FROM reports_event WHERE id = ANY(%s)", list(late))
    sql("DELETE FROM evidence_leaf WHERE index >= %s", small)
    sql("DELETE FROM evidence_head WHERE size = %s", large)
    assert faults() == []
    assert [finding.found for finding in faults(outside=outside)] == [Found.TREE_CUT]


def test_a_head_that_was_removed_here_is_missed_by_who_kept_it(report: Report) -> None:
    outside = [heads.shown(head) for head in Head.objects.order_by("pk")]
    sql("DELETE FROM evidence_head")
    assert faults() == []
    assert [finding.found for finding in faults(outside=outside)] == [Found.HEAD_GONE]


def test_a_forged_copy_outside_is_told_apart(report: Report) -> None:
    outside = [heads.shown(head) for head in Head.objects.order_by("pk")]
    outside[0]["signature"] = "00" * 64
    assert [finding.found for finding in faults(outside=outside)] == [Found.HEAD_FORGED]


def test_a_cursor_that_was_moved_on_shows_the_rows_it_passed(report: Report) -> None:
    file_report()
    Progress.objects.filter(source=Source.EVENT).update(xid=2**62)
    assert [finding.found for finding in faults()] == [Found.INSERTED]


def test_nothing_goes_on_after_the_table_was_tampered_with_under_the_log(stage: Stage) -> None:
    """Every table of history refuses; what the log needs is there: a column that is not hashed cannot be used to hide."""
    report = file_report()[0]
    log()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evidence_leaf WHERE report_id = %s", [report.pk])
        assert cursor.fetchone() == (2,), "the event of arrival and its receipt"
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    log(LATER + timedelta(minutes=2))
    assert faults() == []
