"""The rules in force, held in memory: one short question in a few seconds tells whether they changed.

Every change of a rule adds a row of history, so that its newest key is the version. Changes wait for each other
(`changing.lock`): their keys appear in order, and no version is passed over. Other processes notice within
`FRESH_SECONDS`.
"""

from __future__ import annotations

from time import monotonic

from django.db.models import Max

from lapor.routing import competence
from lapor.routing.competence import Rule as Line
from lapor.routing.competence import Table
from lapor.routing.models import Rule, RuleChange
from lapor.routing.rules.said import Said, line_of, said_by

FRESH_SECONDS = 5.0

_looked_at: float | None = None
_version: int | None = None


def refresh() -> None:
    """Lets this process decide by the newest rules; by the file where the database has none. At most one question in
    `FRESH_SECONDS`, and the table only when it changed.
    """
    global _looked_at, _version
    now = monotonic()
    if _looked_at is not None and now - _looked_at < FRESH_SECONDS:
        return
    newest = RuleChange.objects.aggregate(newest=Max("pk"))["newest"]
    if newest != _version or _looked_at is None:
        competence.use(None if newest is None else _read())
        _version = newest
    _looked_at = now


def forget() -> None:
    """Drops what is held in memory, so that the next question reads the database."""
    global _looked_at, _version
    _looked_at, _version = None, None
    competence.use(None)


def _read() -> Table:
    return Table(tuple(line_of(said_by(rule), key=rule.pk) for rule in Rule.objects.filter(is_active=True)))


def table_with(rule: Rule | None, said: Said | None) -> Table:
    """The rules in force if this row said so (None: were switched off), or with a new row (no `rule`)."""
    others = [one for one in Rule.objects.filter(is_active=True) if rule is None or one.pk != rule.pk]
    lines = [((one.priority, one.line, one.pk), line_of(said_by(one), key=one.pk)) for one in others]
    if said is not None:
        place = (said.priority, rule.line if rule else 0, rule.pk if rule else _LAST)
        lines.append((place, line_of(said, key=rule.pk if rule else None)))
    return Table(tuple(_in_order(lines)))


_LAST = 2**62  # a row that is not there yet comes after those of its place


def _in_order(lines: list[tuple[tuple[int, int, int], Line]]) -> list[Line]:
    return [line for _place, line in sorted(lines, key=lambda one: one[0])]
