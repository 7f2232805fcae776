"""Who reported stays out of what officers read, where the reporter asked for it: texts come without name and contact.

Texts are stored without them (`withheld`). This is for a name that was put right later.

The reading functions of this room hand out rows in memory that were changed here. They are for reading; a change of a
report loads its own row (`change.changing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lapor.redaction.strike import striker
from lapor.vault import identities

from .models import Report, Visibility

Strike = Callable[[str], str]


def strikers(reports: Iterable[Report]) -> dict[int, Strike]:
    """For each report whose reporter is not to be known: the function that takes this person out of a text."""
    secret = {report.pk: report.identity_id for report in reports if is_unnamed(report) and report.identity_id}
    people = identities.reveal_many(secret.values()) if secret else {}
    return {
        key: striker(name=person.name, phone=person.phone, email=person.email)
        for key, identity in secret.items()
        if (person := people.get(identity)) is not None
    }


def is_unnamed(report: Report) -> bool:
    """Whether no officer may know the reporter."""
    return report.is_anonymous or report.visibility == Visibility.SEALED


def is_guarded(report: Report) -> bool:
    """Whether a notice or an SMS about this report says no more than that there is something to read."""
    return report.visibility != Visibility.PUBLIC or report.is_anonymous


def hide(reports: Iterable[Report]) -> None:
    """Takes the reporters who are not to be known out of title, text and place (in memory)."""
    rows = list(reports)
    found = strikers(rows)
    for report in rows:
        if strike := found.get(report.pk):
            report.title, report.text, report.place = map(strike, (report.title, report.text, report.place))
