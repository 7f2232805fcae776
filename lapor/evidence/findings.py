"""What a verification can find, in words for whoever must act on it. It names rows, never what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Found(StrEnum):
    CHANGED = "changed"
    DELETED = "deleted"
    BACKDATED = "back-dated"
    INSERTED = "inserted without a leaf"
    WORDS_CHANGED = "words changed"
    WORDS_GONE = "words gone without a record of their erasure"
    LEAF_GONE = "leaf gone"
    NODE_WRONG = "stored subtree does not follow from its leaves"
    HEAD_FORGED = "head is not signed by its key"
    HEAD_GONE = "head that is kept outside is gone"
    TREE_CUT = "tree is shorter than its head"
    TREE_DIFFERS = "tree is not the one that was signed"


@dataclass(frozen=True)
class Finding:
    """One fault: in which table and row, of which report, of what kind; `note` says what else is known."""

    found: Found
    table: str
    row: str
    code: str = ""
    kind: str = ""
    note: str = ""

    def __str__(self) -> str:
        about = " ".join(filter(None, (f"report {self.code}" if self.code else "", self.kind)))
        return (
            f"{self.found.upper()}: {self.table} {self.row}"
            + (f" ({about})" if about else "")
            + (f": {self.note}" if self.note else "")
        )


@dataclass
class Tally:
    """What a verification went through."""

    leaves: int = 0
    rows: int = 0
    heads: int = 0
    outside: int = 0
    erased: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    findings: int = 0
    last_head: datetime | None = None
    times_left_out: bool = False
