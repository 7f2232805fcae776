"""The reporter's own name, number and address stay out of every column: a text is stored without them, and as it was
written it lies in the vault, for the reporter and for officers who may know who reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from uuid import UUID

from lapor.redaction.strike import striker
from lapor.vault import identities, originals

from .models import Attachment, Draft, Message, Report
from .submission import Submission

Strike = Callable[[str], str]
Row = Report | Message | Draft | Attachment
TEXTS: dict[type[Row], tuple[str, ...]] = {
    Report: ("title", "text", "place"),
    Message: ("text", "done_by"),
    Draft: ("text", "done_by", "remark"),
    Attachment: ("name",),
}


class Parted:
    """A report that is being filed, parted into what its columns hold and what the vault keeps."""

    def __init__(self, submission: Submission, said: Mapping[str, str]) -> None:
        """`said` has the texts of the report by the names of its columns."""
        strike = striker(name=submission.name, phone=submission.phone, email=submission.email)
        self.columns = {name: _stored(Report, name, strike(text)) for name, text in said.items()}
        self._kept = {name: text for name, text in said.items() if self.columns[name] != text}
        self.columns["proposal_reason"] = strike(submission.proposal_reason)[:400]

    def originals(self, code: str) -> dict[str, str]:
        """place → what was written, of every text that names the reporter."""
        return {f"report:{code}:{name}": text for name, text in self._kept.items()}


class Pen:
    """Writes texts into the rows of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def strike(self) -> Strike:
        """Takes this reporter out of a text; changes nothing where nobody is known."""
        person = identities.reveal(self.report.identity_id) if self.report.identity_id else None
        return striker(name=person.name, phone=person.phone, email=person.email) if person else str

    def write(self, row: Row, **texts: str) -> None:
        """Sets these texts of the row without the reporter and keeps what they were; saves it unless it is a report,
        which is saved at the end of its change.
        """
        is_new = row._state.adding
        for name, text in texts.items():
            setattr(row, name, self.stored(row, name, text))
        if not isinstance(row, Report):
            row.save()
        if self.report.identity_id is None:
            return
        kept = {place(row, name): text if getattr(row, name) != text else None for name, text in texts.items()}
        if is_new:  # nothing older to forget
            kept = {where: text for where, text in kept.items() if text is not None}
        if kept:
            originals.keep(self.report.identity_id, kept)

    def stored(self, row: Row, name: str, text: str) -> str:
        """What the column will hold: without the reporter, and cut to fit, since a mask may be longer than a name."""
        return _stored(type(row), name, self.strike(text))

    def claim(self, waiting: Iterable[int], **owner: Message | Draft) -> None:
        """The files that wait become files of this report: named without the reporter."""
        for file in Attachment.objects.select_for_update().filter(pk__in=list(waiting), report=None):
            file.report, file.pending = self.report, None
            for name, row in owner.items():
                setattr(file, name, row)
            self.write(file, name=file.name)

    def forget(self, row: Row) -> None:
        """The row is about to go, and what was kept of it with it."""
        if self.report.identity_id is not None:
            originals.keep(self.report.identity_id, {place(row, name): None for name in TEXTS[type(row)]})


def as_written(identity_id: UUID | None, rows: Iterable[Row]) -> None:
    """Puts back (in memory) what the reporter wrote of themselves, for whoever may know it."""
    found = originals.read(identity_id) if identity_id is not None else {}
    for row in rows if found else ():
        for name in TEXTS[type(row)]:
            if (text := found.get(place(row, name))) is not None:
                setattr(row, name, text)


def place(row: Row, name: str) -> str:
    """How the vault names this text of this row."""
    match row:
        case Report():
            return f"report:{row.code}:{name}"
        case Attachment():
            return f"attachment:{row.key}:{name}"
        case _:
            return f"{type(row).__name__.lower()}:{row.pk}:{name}"


def _stored(model: type[Row], name: str, text: str) -> str:
    return text[: model._meta.get_field(name).max_length]  # type: ignore[union-attr]  # a column, no relation
