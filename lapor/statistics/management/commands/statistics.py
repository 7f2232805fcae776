"""`statistics rebuild` makes the figures anew; `verify` says where they disagree with the reports; `seed-year` invents
a synthetic year beside them, `no-seed-year` takes it away; `succeed` says to whom the work of a region or body went.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lapor.agencies.models import Agency, Region
from lapor.statistics import seed_year
from lapor.statistics.models import Succession
from lapor.statistics.rebuild import rebuild, verify


class Command(BaseCommand):
    help = "Rebuilds or verifies the figures, puts a synthetic year beside them, or notes a merger or a split."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "verify", "seed-year", "no-seed-year", "succeed"])
        parser.add_argument("--year", type=int, help="of seed-year; else the last whole year")
        parser.add_argument("--of", choices=Succession.What.values, help="what is succeeded")
        parser.add_argument("--old", default="", help="code of the old region, short name of the old body")
        parser.add_argument("--new", default="", help="of the one that took over; of a split once for each")
        parser.add_argument("--since", type=date.fromisoformat, help="day of the change, as 2026-01-31")
        parser.add_argument("--source", default="", help="the decree that says so")

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
            case "succeed":
                self._succeed(**{name: options[name] for name in ("of", "old", "new", "since", "source")})

    def _verify(self) -> None:
        wrong = verify()
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} disagreements")
        self.stdout.write("all figures agree")

    def _succeed(self, *, of: str, old: str, new: str, since: date | None, source: str) -> None:
        if not (of and old and new and since and source) or old == new:
            raise CommandError("say --of, --old, --new (another one), --since and --source")
        known = (
            Region.objects.filter(code__in=[old, new]) if of == "region" else Agency.objects.filter(slug__in=[old, new])
        )
        if known.count() != 2:
            raise CommandError(f"{old} and {new} are not both known")
        if of == "region" and len(old) != len(new):
            raise CommandError("a region goes over to one of the same level")
        Succession.objects.update_or_create(what=of, old=old, new=new, defaults={"since": since, "source": source})
        self.stdout.write(f"{old} went over to {new}")
