"""What a source published of one report, and what a later word of the same source adds to what is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from .clockwork import day_of

Key = TypeVar("Key", int, str)


class Stage(StrEnum):
    """How far a report had come, in the three words that are published; in this order."""

    BELUM = "belum"
    PROSES = "proses"
    SELESAI = "selesai"


_RANK = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Named(Generic[Key]):
    """What the source calls an agency, a category or an area, and which of ours that surely is (None: not sure)."""

    text: str = ""
    key: str = ""
    match: Key | None = None

    @property
    def is_said(self) -> bool:
        return bool(self.text or self.key)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One published report. What is empty the source does not say; `code` is set where it is a LAPOR like this one."""

    external_id: str
    code: str = ""
    stage: Stage | None = None
    title: str = ""
    text: str = ""
    name: str = field(default="", repr=False)
    agency: Named[int] = Named()
    category: Named[str] = Named()
    area: Named[str] = Named()
    received_at: datetime
    assigned_at: datetime | None = None
    active_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def last_at(self) -> datetime:
        """The latest time that the source speaks of."""
        return max(filter(None, (self.received_at, self.assigned_at, self.active_at, self.closed_at)))


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """What became of a batch: how many are new, renewed, known without news, or no longer the source's to change."""

    new: int = 0
    renewed: int = 0
    known: int = 0
    kept: int = 0


def merge(known: Taken, row: Taken) -> Taken:
    """What is known once `row` was heard: later news replaces, anything else only fills what was blank.

    So it does not matter in which order the files of a source are read, nor how often.
    """
    is_later = (row.last_at, _RANK[row.stage or known.stage or Stage.BELUM]) > (
        known.last_at,
        _RANK[known.stage or Stage.BELUM],
    )
    return replace(
        known,
        title=_said(known.title, row.title, is_later=is_later),
        text=_said(known.text, row.text, is_later=is_later),
        agency=_named(known.agency, row.agency, is_later=is_later),
        category=_named(known.category, row.category, is_later=is_later),
        area=_named(known.area, row.area, is_later=is_later),
        stage=row.stage if row.stage and (is_later or known.stage is None) else known.stage,
        received_at=_received(known.received_at, row.received_at),
        assigned_at=_when(known.assigned_at, row.assigned_at, is_later=is_later),
        closed_at=_when(known.closed_at, row.closed_at, is_later=is_later),
        active_at=max(known.last_at, row.last_at),
    )


def _said(known: str, row: str, *, is_later: bool) -> str:
    return row if row and (is_later or not known) else known


def _when(known: datetime | None, row: datetime | None, *, is_later: bool) -> datetime | None:
    return row if row is not None and (is_later or known is None) else known


def _received(known: datetime, row: datetime) -> datetime:
    """The earlier one where two files name different days; nothing may have happened before it."""
    return known if day_of(known) == day_of(row) else min(known, row)


def _named(known: Named[Key], row: Named[Key], *, is_later: bool) -> Named[Key]:
    if (known.text, known.key) == (row.text, row.key):  # our own reference data may have learnt the name meanwhile
        return known if known.match is not None else row
    return row if row.is_said and (is_later or not known.is_said) else known
