"""Says how well the routing tables do on a file of labelled reports. For information: no figure is a bar to pass."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from lapor.routing.propose import Proposal, propose


@dataclass
class Score:
    """Counts over one reading of the file. `level right` is out of those for which a rule was found."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, row: dict[str, Any], proposal: Proposal, seconds: float) -> None:
        self.seconds.append(seconds)
        self.counts["urgent_found"] += row["urgent"] and proposal.urgent
        self.counts["urgent_false"] += proposal.urgent and not row["urgent"]
        self.counts["urgent"] += row["urgent"]
        if row["agency"] is None:  # spam and messages without content have no right answer
            self.counts["empty_proposed"] += proposal.is_sure
            self.counts["empty"] += 1
            return
        self.counts["all"] += 1
        self.counts["category"] += proposal.category is not None
        self.counts["category_right"] += proposal.category == row["category"]
        self.counts["level"] += proposal.level is not None
        self.counts["level_right"] += proposal.level == row["level"]
        self.counts["agency"] += proposal.agency is not None
        is_right = proposal.agency is not None and row["agency"] in {proposal.agency.name, proposal.agency.short}
        self.counts["agency_right"] += is_right
        self.counts["sure"] += proposal.is_sure
        self.counts["sure_right"] += proposal.is_sure and is_right
        if not is_right:
            self.wrong.append(f"{row['id']}: {row['agency']} → {proposal.agency}")


class Command(BaseCommand):
    help = _("Menghitung ketepatan usulan instansi pada berkas contoh laporan (JSON per baris).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("berkas .jsonl dengan label"))
        parser.add_argument("--wrong", action="store_true", help=_("tampilkan usulan yang berbeda dari label"))

    def handle(self, *args: object, file: Path, wrong: bool, **options: object) -> None:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        for is_given, heading in ((True, _("Kategori diberikan pelapor")), (False, _("Kategori ditebak"))):
            self._show(heading, _read(rows, is_given=is_given), shows_wrong=wrong)

    def _show(self, heading: str, score: Score, *, shows_wrong: bool) -> None:
        n = score.counts
        lines = [
            (_("laporan"), f"{n['all']}"),
            (_("kategori benar"), f"{n['category_right']} / {n['category']}"),
            (_("tingkat benar"), f"{n['level_right']} / {n['level']}"),
            (_("instansi benar (sama persis namanya)"), f"{n['agency_right']} / {n['agency']}"),
            (_("di antaranya yang diusulkan dengan yakin"), f"{n['sure_right']} / {n['sure']}"),
            (_("pesan kosong atau spam yang tetap diusulkan"), f"{n['empty_proposed']} / {n['empty']}"),
            (_("darurat dikenali"), f"{n['urgent_found']} / {n['urgent']}"),
            (_("darurat keliru"), f"{n['urgent_false']}"),
            (_("milidetik per laporan"), f"{1000 * sum(score.seconds) / max(len(score.seconds), 1):.2f}"),
        ]
        self.stdout.write(heading)
        for label, value in lines:
            self.stdout.write(f"  {label:<46} {value}")
        for line in score.wrong if shows_wrong else ():
            self.stdout.write(f"    {line}")


def _read(rows: list[dict[str, Any]], *, is_given: bool) -> Score:
    score, today = Score(), timezone.localdate()
    for row in rows:
        start = perf_counter()
        proposal = _propose(row, category=row["category"] if is_given else None, on=today)
        score.add(row, proposal, perf_counter() - start)
    return score


def _propose(row: dict[str, Any], *, category: str | None, on: date) -> Proposal:
    return propose(
        text=row["text"],
        title=row["title"] or "",
        kind=row["kind"],
        category=category,
        region_code=row["region_code"],
        agency_id=None,
        on=on,
    )
