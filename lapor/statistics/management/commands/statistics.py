"""`statistics rebuild` makes the figures anew; `verify` says where they disagree with the reports; `seed-year` invents
a synthetic year beside them, `no-seed-year` takes it away.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lapor.statistics import seed_year
from lapor.statistics.rebuild import rebuild, verify


class Command(BaseCommand):
    help = "Rebuilds or verifies the figures, or puts a synthetic year beside them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "verify", "seed-year", "no-seed-year"])
        parser.add_argument("--year", type=int, help="of seed-year; else the last whole year")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "rebuild":
                self.stdout.write(f"{rebuild()} reports counted")
            case "verify":
                self._verify()
            case "seed-year":
                year = options.get("year") or timezone.localdate().year - 1
                done = seed_year.load(year)
                self.stdout.write(f"{done} synthetic reports of {year} counted, beside the real ones")
            case "no-seed-year":
                seed_year.remove()
                self.stdout.write("no synthetic year any more")

    def _verify(self) -> None:
        wrong = verify()
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} disagreements")
        self.stdout.write("all figures agree")
