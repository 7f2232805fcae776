"""Makes of a row of the file a report that can be taken over, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from lapor.lib.codes import is_code
from lapor.reports.taken import Named, Stage, Taken

from . import cells
from .cells import Unreadable
from .columns import (
    ACTIVE,
    AGENCY,
    AGENCY_ID,
    AREA,
    AREA_ID,
    ASSIGNED,
    CATEGORY,
    CATEGORY_ID,
    CLOSED,
    ID,
    NAME,
    RECEIVED,
    STATUS,
    TEXT,
    TIMES,
    TITLE,
)
from .match import Matcher

LONGEST_NAME = 250
LONGEST_TITLE = 200
LONGEST_CATEGORY = 150
LONGEST_KEY = 120
Key = TypeVar("Key", int, str)


class Reader:
    """Reads rows with one table of names; `received_on` is the day of rows that carry no date at all."""

    def __init__(self, matcher: Matcher, *, now: datetime, received_on: date | None) -> None:
        self._matcher = matcher
        self._now = now
        self._received_at = timezone.make_aware(datetime.combine(received_on, time.min)) if received_on else None

    def read(self, row: dict[str, str]) -> Taken:
        """The report of this row; `Unreadable` with the column and the reason where it is broken."""
        external_id = _in(ID, cells.identifier, row)
        title, text = _words(row)
        at = {column: _in(column, self._moment, row) for column in TIMES}
        received_at = self._received(at)
        stage = _in(STATUS, cells.stage, row)
        if stage is None and at[CLOSED] is not None:
            stage = Stage.SELESAI
        return Taken(
            external_id=external_id,
            code=external_id if is_code(external_id) and cells.names_its_offset(row.get(RECEIVED, "")) else "",
            stage=stage,
            title=title,
            text=text,
            name=cells.name(row.get(NAME, "")),
            agency=_named(row, AGENCY, AGENCY_ID, self._matcher.agency),
            category=_named(row, CATEGORY, CATEGORY_ID, self._matcher.category, longest=LONGEST_CATEGORY),
            area=_named(row, AREA, AREA_ID, self._matcher.region),
            received_at=received_at,
            assigned_at=at[ASSIGNED],
            active_at=at[ACTIVE],
            closed_at=at[CLOSED],
        )

    def _moment(self, cell: str) -> datetime | None:
        return cells.moment(cell, now=self._now)

    def _received(self, at: dict[str, datetime | None]) -> datetime:
        """When it came in: as said, else the first time that the row speaks of. Refuses an end before the beginning."""
        later = [moment for column, moment in at.items() if moment is not None and column != RECEIVED]
        received_at = at[RECEIVED] or min(later, default=self._received_at)
        if received_at is None:
            raise Unreadable(_("tidak ada tanggal"))
        for column, moment in at.items():
            if moment is not None and moment < received_at and _day(moment) < _day(received_at):
                raise Unreadable(f"{column}: " + _("lebih awal daripada tanggal masuk"))
        return received_at


_day = timezone.localdate  # what comes first is told by the day: some columns have no hours


def _words(row: dict[str, str]) -> tuple[str, str]:
    """(title, text); a report that has only a title says what it says there."""
    title = cells.words(row.get(TITLE, ""), longest=LONGEST_TITLE)
    text = _in(TEXT, cells.text, row)
    if not title and not text:
        raise Unreadable(_("tidak ada judul dan isi"))
    return (title, text) if text else ("", title)


_Read = TypeVar("_Read")


def _in(column: str, read: Callable[[str], _Read], row: dict[str, str]) -> _Read:
    try:
        return read(row.get(column, ""))
    except Unreadable as problem:
        raise Unreadable(f"{column}: {problem}") from None


def _named(
    row: dict[str, str],
    column: str,
    key_column: str,
    match: Callable[[str, str], Key | None],
    *,
    longest: int = LONGEST_NAME,
) -> Named[Key]:
    text = cells.words(row.get(column, ""), longest=longest)
    key = cells.words(row.get(key_column, ""), longest=LONGEST_KEY)
    return Named(text, key, match(text, key))
