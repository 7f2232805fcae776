"""What secrecy costs: closing and opening one sealed report, its files, and unlocking a key. Nothing is stored."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from lapor.vault import passphrases, receipts
from lapor.vault.sealed_files import open_file, seal_file
from lapor.vault.sealing import Pair, Private, new_pair, open_with, seal_for

HOLDERS = 6  # investigators at three bodies, the reporter, recovery: what a report of a city usually has
TEXT = b"x" * 2048
FILE = b"x" * 2_000_000


def measure(*, rounds: int) -> dict[str, float]:
    """Seconds of one core for each, the median of so many rounds: nothing here waits for anything."""
    holders, report, salt = [new_pair() for _ in range(HOLDERS)], new_pair(), passphrases.new_salt()
    envelope, box = _closed(holders)[0], seal_for(report.public, TEXT)
    wrapped, file = seal_for(holders[0].public, report.private.content), seal_file(report.public, FILE)
    digits = receipts.new_receipt()
    doing: dict[str, Callable[[], object]] = {
        f"sealing a report for {HOLDERS}": lambda: _closed(holders),
        "opening it": lambda: open_with(Private(open_with(holders[0].private, wrapped)), box),
        "handing it on to one more": lambda: seal_for(holders[1].public, open_with(holders[0].private, envelope)),
        "sealing a file of 2 MB": lambda: seal_file(report.public, FILE),
        "opening that file": lambda: open_file(report.private, file),
        "unlocking a key": lambda: passphrases.stretched("empat lima enam tujuh", salt=salt, cost=passphrases.NEW),
        "reading a receipt": lambda: receipts.read_receipt(digits),
    }
    return {name: _seconds(act, rounds) for name, act in doing.items()}


def _closed(holders: list[Pair]) -> list[bytes]:
    """A new report: its pair, its envelopes, its box."""
    report = new_pair()
    return [*(seal_for(holder.public, report.private.content) for holder in holders), seal_for(report.public, TEXT)]


def _seconds(act: Callable[[], object], rounds: int) -> float:
    found = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        found.append(time.process_time() - began)
    return median(found)
