"""What a rule says, apart from its row: the columns of the table, and the rule that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from lapor.routing.competence import Rule as Line
from lapor.routing.competence import rule_of
from lapor.routing.models import Rule

SURE, UNSURE = "ya", "tidak"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The columns of data/competence.csv; `kind`, `category` and `body` hold several joined by `|`."""

    priority: int
    kind: str = ""
    category: str = ""
    when: str = ""
    unless: str = ""
    level: str
    body: str
    is_sure: bool = True
    reason: str
    reason_en: str = ""
    source: str


COLUMNS = tuple(Said.__dataclass_fields__)


def said_in_file(row: Mapping[str, str]) -> Said:
    """What a line of the file says."""
    words = {name: row[name] for name in COLUMNS if name not in {"priority", "is_sure"}}
    return Said(priority=int(row["priority"]), is_sure=row["sure"] == SURE, **words)


def said_by(rule: Rule) -> Said:
    """What a row says."""
    return Said(**{name: getattr(rule, name) for name in COLUMNS})


def line_of(said: Said, *, key: int | None) -> Line:
    """The rule ready to be tried."""
    row = {name: str(value) for name, value in asdict(said).items()}
    return rule_of(row | {"sure": SURE if said.is_sure else UNSURE}, key=key)
