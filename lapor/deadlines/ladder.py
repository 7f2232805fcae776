"""The ladder: which office must decide when a step is so many working days late. The table is `data/ladder.csv`.

Its numbers are no article of law: PermenPANRB 62/2018 (replaced by 5/2025) asks that complaints are handled in tiers,
without numbers. They are a proposal for the Ministry to set; whoever changes the file changes them for everybody.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.lib.workdays import Pause

from .due import PromiseTerms, due_at
from .models import Promise

_TABLE = Path(__file__).parent / "data" / "ladder.csv"
LONGEST_ORDER = 10  # working days that one may give a body that is late already


class Office(models.TextChoices):
    """Who stands on a rung, as a function: the public reads this, never a name."""

    UNIT_HEAD = "unit_head", _("Kepala unit")
    SUPERIOR = "superior", _("Pimpinan instansi")
    INSPECTORATE = "inspectorate", _("Inspektorat di atasnya")
    GOVERNMENT = "government", _("Kantor kepala daerah")
    NATIONAL = "national", _("Admin nasional")
    OMBUDSMAN = "ombudsman", _("Ombudsman RI")


class Decision(models.TextChoices):
    """What somebody on a rung may decide."""

    INSTRUCT = "instruct", _("Beri tanggal terakhir")
    TAKE_OVER = "take_over", _("Ambil alih")
    NOTE = "note", _("Catat alasannya")
    ADVISE = "advise", _("Beri rekomendasi")  # of the Ombudsman, by recommending


class Skipped(models.TextChoices):
    """Why a rung was passed over. Of a report that names somebody only NOBODY is said: more would tell whom."""

    VACANT = "vacant", _("jabatan belum terisi")
    AWAY = "away", _("sedang tidak ada, tanpa pengganti")
    NONE = "none", _("tidak ada di sini")
    NOBODY = "nobody", _("tidak ada yang boleh menanganinya")
    EXEMPT = "exempt", _("dinonaktifkan dengan alasan")


@dataclass(frozen=True)
class Rung:
    """One line of the table. `days_late` are working days after the due day, on top of times when the clock stood."""

    step: str
    order: int
    office: Office
    days_late: int
    decisions: tuple[Decision, ...]


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[Rung, ...]]:
    """Every step with its rungs, lowest first, as the file was when the process began."""
    found: dict[str, list[Rung]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rungs = found.setdefault(row["step"], [])
            decisions = tuple(Decision(one) for one in row["decisions"].split())
            rungs.append(Rung(row["step"], len(rungs), Office(row["office"]), int(row["days_late"]), decisions))
    return {step: tuple(rungs) for step, rungs in found.items()}


def rung_of(step: str, office: str) -> Rung | None:
    """The line of the table for an office; None where lateness of this step does not reach it."""
    return next((rung for rung in table().get(step, ()) if rung.office == office), None)


def in_words(office: str, *, decision: str = "", skipped: Mapping[str, str] | None = None) -> list[str]:
    """Which office, what it decided, and which were passed over and why, for whoever reads a history; never a name.

    An office that there is not at such a body is left out.
    """
    if office not in Office.values:
        return []
    said = [str(Office(office).label)]
    if decision in Decision.values:
        said.append(str(Decision(decision).label))
    for other in Office:
        why = (skipped or {}).get(other, Skipped.NONE)
        if why == Skipped.NONE:
            continue
        words = {"office": other.label, "why": Skipped(why).label}
        said.append(gettext("%(office)s dilewati: %(why)s") % words)
    return said


def climbs_at(rung: Rung, *, late_since: datetime, region_code: str | None, pauses: Sequence[Pause] = ()) -> datetime:
    """When a step that was due at `late_since` reaches this rung."""
    if rung.days_late == 0:
        return late_since
    return workdays_after(late_since, rung.days_late, region_code=region_code, pauses=pauses)


def workdays_after(moment: datetime, days: int, *, region_code: str | None, pauses: Sequence[Pause] = ()) -> datetime:
    """The end of the `days`-th working day after a moment, by the clock of the place."""
    terms = PromiseTerms(days=days, unit=Promise.Unit.WORKING, warn_days=0, extension_days=0, source="")
    return due_at(started_at=moment, terms=terms, region_code=region_code, pauses=pauses)
