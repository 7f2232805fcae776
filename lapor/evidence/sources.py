"""Which rows become leaves, and the bytes that a leaf is the hash of. A form that was used once is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from lapor.audit.models import Entry
from lapor.lib.canonical import canonical
from lapor.lib.merkle import leaf_hash
from lapor.reports.models import Event, Message
from lapor.reports.receipts import box_digest

from .models import Leaf, Progress, Source

FORM = 1
SETTLED = "{}.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
RECEIPT = "lapor-receipt-1"


@dataclass(frozen=True)
class Row:
    """A row as a leaf sees it. `digest` and `is_erased` are of rows whose words may be erased."""

    source: Source
    row_id: int
    at: datetime
    report_id: int | None
    kind: str
    fields: dict[str, Any]
    digest: bytes | None = None
    is_erased: bool = False
    box: str | None = None
    """The digest of what a sealed report holds instead of words."""

    def hash(self, digest: bytes | None, *, box: str | None = None) -> bytes:
        """The leaf's hash, with these digests in the place of the words."""
        words = {"words": digest.hex()} if digest is not None else {}
        boxed = {"box": box} if box is not None else {}
        return leaf_hash(canonical({"form": FORM, "table": self.source.name.lower(), **self.fields, **words, **boxed}))

    def fits(self, leaf: Leaf) -> bool:
        """Whether the row still says what it said when its leaf was made; of erased words the leaf's digest stands.

        Words that went into a box later, when their report was sealed, are such words too.
        """
        if self.is_erased and leaf.digest is not None:
            return self.hash(bytes(leaf.digest)) == bytes(leaf.hash)
        return self.hash(self.digest, box=self.box) == bytes(leaf.hash)

    def leaf(self, index: int) -> Leaf:
        return Leaf(
            index=index,
            source=self.source,
            row_id=self.row_id,
            form=FORM,
            hash=self.hash(self.digest, box=self.box),
            digest=self.digest,
            report_id=self.report_id,
            kind=self.kind,
        )


@dataclass(frozen=True)
class Table:
    """A table of rows in the order (xid, id), and what of each goes into its leaf."""

    source: Source
    model: type[models.Model]
    columns: tuple[str, ...]
    also: tuple[Source, ...] = ()

    @property
    def name(self) -> str:
        return self.source.name.lower()

    @property
    def sources(self) -> tuple[Source, ...]:
        """What leaves of these rows may stand for."""
        return (self.source, *self.also)

    def settled(self, done: Progress, *, limit: int) -> list[dict[str, Any]]:
        """The next rows whose transaction is older than every running one: no earlier row can still appear."""
        return list(self._waiting(done).order_by("xid", "id").values(*self.columns, "xid")[:limit])

    def lag(self, done: Progress) -> int:
        """How many settled rows have no leaf yet."""
        return self._waiting(done).order_by().count()

    def _waiting(self, done: Progress) -> models.QuerySet[Any]:
        name = self.model._meta.db_table
        return self.model._default_manager.extra(  # noqa: S610 -- constants only; the ORM has no row comparison
            where=[
                f"({name}.xid, {name}.id) > (%s, %s)",
                SETTLED.format(name),
            ],
            params=[done.xid, done.row_id],
        )

    def rows(self, keys: Collection[int]) -> list[dict[str, Any]]:
        return list(self.model._default_manager.filter(pk__in=keys).values(*self.columns, "xid"))


EVENTS = Table(
    Source.EVENT,
    Event,
    (
        "id", "report_id", "kind", "at", "actor", "user_id", "agency_id", "message_id", "from_state", "to_state",
        "data",
    ),
    also=(Source.RECEIPT,),
)  # fmt: skip
ENTRIES = Table(Source.ENTRY, Entry, ("id", "at", "user_id", "act", "subject", "reason", "data"))
MESSAGES = Table(
    Source.MESSAGE,
    Message,
    (
        "id", "report_id", "kind", "audience", "author", "user_id", "agency_id", "written_at", "salt", "text",
        "done_by", "done_on", "sealed",
    ),
)  # fmt: skip
TABLES = (EVENTS, ENTRIES, MESSAGES)
_WORDS = ("salt", "text", "done_by", "done_on")
_BOX = "sealed"


def leaves_of(table: Table, row: dict[str, Any]) -> Sequence[Row]:
    """What this row stands for in the tree: itself; the receipt of a report beside the event of its arrival."""
    fields = {name: value for name, value in row.items() if name != "xid"}
    match table.source:
        case Source.MESSAGE:
            return [_message(fields)]
        case Source.ENTRY:
            return [Row(Source.ENTRY, fields["id"], fields["at"], _report_in(fields["subject"]), fields["act"], fields)]
        case _:
            event = Row(Source.EVENT, fields["id"], fields["at"], fields["report_id"], fields["kind"], fields)
            return [event, *_receipt(fields)]


def _message(row: dict[str, Any]) -> Row:
    """The words of a message stand in the leaf as a digest with a salt; erasing both leaves nothing to guess by."""
    salt, words = row["salt"], {name: row[name] for name in _WORDS[1:]}
    digest = None if salt is None else hashlib.sha256(bytes(salt) + canonical(words)).digest()
    fields = {name: value for name, value in row.items() if name not in {*_WORDS, _BOX}}
    box = row[_BOX]
    return Row(
        Source.MESSAGE,
        row["id"],
        row["written_at"],
        row["report_id"],
        row["kind"],
        fields,
        digest,
        is_erased=salt is None,
        box=box_digest(bytes(box)) if box is not None else None,
    )


def _receipt(event: dict[str, Any]) -> list[Row]:
    said = event["data"].get("receipt")
    if said is None:
        return []
    return [Receipt(Source.RECEIPT, event["id"], event["at"], event["report_id"], "receipt", statement(said))]


class Receipt(Row):
    """The leaf of a receipt is the hash of what was signed, so that its holder can make it."""

    def hash(self, digest: bytes | None, *, box: str | None = None) -> bytes:
        return leaf_hash(canonical(self.fields))


def statement(said: dict[str, str]) -> dict[str, str]:
    """What is signed as a receipt, from what the event of arrival keeps of it."""
    return {"type": RECEIPT, **said}


def _report_in(subject: str) -> int | None:
    kind, _, key = subject.partition(":")
    return int(key) if kind == "report" and key.isdigit() else None
