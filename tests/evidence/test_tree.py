"""The stored tree: every settled row once, the same root as a tree that is computed at once, few reads for a proof."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lapor.audit.models import Entry
from lapor.audit.record import record
from lapor.evidence import heads, tree, verify
from lapor.evidence.findings import Tally
from lapor.evidence.follow import follow
from lapor.evidence.models import Head, Leaf, Node, Source
from lapor.lib import merkle
from tests.cast import MONDAY, Stage, file_report
from tests.evidence.conftest import LATER, log


def entries(count: int) -> None:
    Entry.objects.bulk_create(Entry(at=MONDAY, act="uji", subject=f"agency:{n}") for n in range(count))


def leaves() -> list[bytes]:
    return [bytes(one) for one in Leaf.objects.order_by("index").values_list("hash", flat=True)]


@pytest.mark.parametrize("count", [1, 255, 256, 257, 513])
def test_the_stored_tree_has_the_root_of_its_leaves(stage: Stage, count: int) -> None:
    entries(count)
    log()
    peaks = merkle.Peaks()
    for leaf in leaves():
        peaks.add(leaf)
    assert Head.objects.get().size == count
    assert bytes(Head.objects.get().root) == peaks.root()
    assert Node.objects.count() == count // 256


def test_subtrees_over_subtrees_are_stored_when_they_are_complete(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("STEP", 2), ("GROUP", 4), ("LEVELS", (2, 4, 6))):
        monkeypatch.setattr(tree, name, value)
    for count in (3, 14, 50, 7):
        entries(count)
        log()
    hashes = leaves()
    stored = tree.Stored()
    for level in range(7):
        for index in range(len(hashes) >> level):
            peaks = merkle.Peaks()
            for leaf in hashes[index << level : (index + 1) << level]:
                peaks.add(leaf)
            assert stored(level, index) == peaks.root()
    assert {row[0]: row[1] for row in _levels()} == {2: 18, 4: 4, 6: 1}
    for old, new in ((1, 74), (13, 74), (64, 70), (70, 74)):
        path = merkle.consistency(old, new, tree.Stored())
        assert merkle.extends(old=old, new=new, path=path, old_root=tree.root(old), new_root=tree.root(new))


def _levels() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT level, count(*) FROM evidence_node GROUP BY level")
        return [(level, count) for level, count in cursor.fetchall()]


def test_a_proof_reads_a_few_groups_however_many_leaves_there_are(stage: Stage) -> None:
    entries(1_500)
    log()
    with CaptureQueriesContext(connection) as asked:
        merkle.inclusion(700, 1_500, tree.Stored())
    assert len(asked) <= 6


def test_rows_that_commit_out_of_order_are_each_logged_once(transactional_db: None) -> None:
    """A transaction that began first commits last: its row has the lower number and comes into the tree later."""
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(user_id=None, act="slow", subject="agency:1", now=MONDAY)
                began.set()
                may_end.wait(10)
        finally:
            connection.close()

    other = threading.Thread(target=slow)
    other.start()
    began.wait(10)
    record(user_id=None, act="quick", subject="agency:1", now=MONDAY)
    follow(now=LATER)
    assert not Leaf.objects.exists(), "the quick one waits until no older row can come any more"
    may_end.set()
    other.join()
    log()
    assert list(Leaf.objects.order_by("index").values_list("kind", flat=True)) == ["slow", "quick"]


def test_what_was_logged_is_not_logged_again_and_a_second_worker_waits(stage: Stage) -> None:
    file_report()
    log()
    before = leaves()
    assert follow(now=LATER) == 0
    assert leaves() == before
    assert list(Leaf.objects.order_by("index").values_list("source", flat=True)) == [Source.EVENT, Source.RECEIPT]


def test_heads_are_signed_while_the_tree_grows_and_once_a_day_in_any_case(stage: Stage) -> None:
    entries(3)
    log(LATER)
    entries(1)
    log(LATER + heads.EVERY / 2)
    assert Head.objects.count() == 1, "not more than one a minute"
    log(LATER + heads.EVERY)
    log(LATER + heads.EVERY * 3)
    assert [head.size for head in Head.objects.order_by("pk")] == [3, 4]
    log(LATER + heads.EVERY + heads.AT_LEAST)
    assert [head.size for head in Head.objects.order_by("pk")] == [3, 4, 4]


def test_no_head_is_signed_over_half_of_what_is_there(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lapor.evidence.follow.BATCH", 10)
    entries(25)
    follow(now=LATER)
    assert not Head.objects.exists()
    log()
    assert Head.objects.get().size == 25


def test_what_is_written_during_a_walk_waits_for_its_leaf(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk over millions of rows takes minutes, and reports go on coming in."""
    monkeypatch.setattr(verify, "BATCH", 2)
    entries(3)
    log()
    entries(3)

    def meanwhile(table: str, _rows: int) -> None:
        if table == "entry" and Entry.objects.count() == 6:
            entries(1)
            entries(1)

    tally = Tally()
    assert list(verify.verify(tally, step=meanwhile)) == []
    assert (tally.leaves, tally.waiting) == (3, 5)
