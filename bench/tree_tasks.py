"""What a side does for `bench.tree`: entries of the trail become leaves; heads, proofs and a verification are timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from statistics import median

from django.db import connection
from django.utils import timezone

from lapor.evidence import heads, proofs, tree
from lapor.evidence.findings import Tally
from lapor.evidence.follow import follow
from lapor.evidence.models import Head, Progress
from lapor.evidence.verify import verify
from lapor.lib import merkle

_ENTRIES = """
    INSERT INTO audit_entry (at, act, subject, reason, data)
    SELECT now(), 'report.opened', 'agency:' || n, '', '{"name": true}' FROM generate_series(1, %s) AS n
"""


def grow_tree(*, to: int) -> dict[str, float]:
    """Writes as many entries as the tree lacks and logs them; how many and in how many seconds (of logging alone)."""
    if not tree.size():
        Progress.objects.all().delete()  # the reports that are there become leaves too, before anything is measured
        _log()
    before = tree.size()
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [to - before])
        cursor.execute("ANALYZE audit_entry")
    began = time.perf_counter()
    _log()
    seconds = time.perf_counter() - began
    assert tree.size() == to, f"{tree.size()} leaves, not {to}"
    heads.sign(now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE evidence_leaf")
        cursor.execute("ANALYZE evidence_node")
    return {"leaves": to - before, "seconds": seconds}


def _log() -> None:
    while follow(now=timezone.now()):
        pass


def tree_costs(*, rounds: int) -> dict[str, float]:
    """Seconds of each thing, median; every round asks for another leaf."""
    size, rng = tree.size(), Random(1)
    head = Head.objects.filter(size=size).latest("pk")
    found: dict[str, Callable[[], object]] = {
        "root of the tree": lambda: tree.root(size),
        "signed head": lambda: heads.sign(now=timezone.now()),
        "inclusion proof": lambda: merkle.inclusion(rng.randrange(size), size, tree.Stored()),
        "consistency proof": lambda: merkle.consistency(rng.randrange(1, size), size, tree.Stored()),
        "consistency of two heads, as served": lambda: proofs.consistency(head.size, head.size),
    }
    return {name: median(_timed(act) for _ in range(rounds)) for name, act in found.items()}


def verify_tree() -> float:
    """Seconds to verify everything."""
    began = time.perf_counter()
    faults = list(verify(Tally()))
    assert not faults, faults[:3]
    return time.perf_counter() - began


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
