"""What the latest reports would have done under another table: how many would be proposed to another body, and which.

Nothing is changed by it. It reads what the administrator may see anyway, never a sealed report, and ends in time.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass

from lapor.agencies.models import Agency
from lapor.agencies.oversight import national_admin
from lapor.reports import access
from lapor.reports.actors import Officer
from lapor.reports.models import Report, Visibility
from lapor.routing import competence
from lapor.routing.competence import Rule, Table
from lapor.routing.propose import body_of
from lapor.routing.rules import in_force

READS = 500
SECONDS = 2.5
EXAMPLES = 5


@dataclass(frozen=True)
class Shift:
    """Reports that would go from one body to another (None: no proposal); `codes` are examples, newest first."""

    before: Agency | None
    after: Agency | None
    n: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """`read` reports were decided twice; `asked` is how many it should have been, had time and reports sufficed."""

    read: int
    asked: int
    is_in_time: bool
    shifts: tuple[Shift, ...]

    @property
    def changed(self) -> int:
        return sum(shift.n for shift in self.shifts)


def dry_run(new: Table, *, reader: Officer, reads: int = READS, seconds: float = SECONDS) -> Outcome:
    """Decides the latest reports in the reader's reach by the rules in force and by another table."""
    end = time.monotonic() + seconds
    in_force.refresh()
    old = competence.table()
    both = Table(old.rules + new.rules)  # the text is read once for both
    counts: Counter[tuple[int | None, int | None]] = Counter()
    codes: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    bodies: dict[int | None, Agency | None] = {None: None}
    read, is_in_time = 0, True
    for report in _latest(reader, reads):
        if time.monotonic() > end:
            is_in_time = False
            break
        read += 1
        found, matter = competence.facts_of(text=report.text, title=report.title, region_code=report.region_id, by=both)
        pair = [
            _body(
                competence.conclude(found, matter, kind=report.kind, category=report.category_id, by=table).rule,
                report.region_id,
            )
            for table in (old, new)
        ]
        before, after = (agency.pk if agency else None for agency in pair)
        if before != after:
            bodies.update({agency.pk: agency for agency in pair if agency is not None})
            counts[before, after] += 1
            codes[before, after].append(report.code)
    shifts = tuple(
        Shift(bodies[before], bodies[after], n, tuple(codes[before, after][:EXAMPLES]))
        for (before, after), n in counts.most_common()
    )
    return Outcome(read=read, asked=reads, is_in_time=is_in_time, shifts=shifts)


def _latest(reader: Officer, n: int) -> list[Report]:
    """The newest reports that this officer may see; of a sealed one there is nothing to read."""
    rows = access.visible(reader).exclude(visibility=Visibility.SEALED).order_by("-received_at", "-id")
    return list(rows.only("code", "kind", "title", "text", "category_id", "region_id", "received_at")[:n])


def _body(rule: Rule | None, region_code: str | None) -> Agency | None:
    return body_of(rule, region_code=region_code, verifier=national_admin())[0]
