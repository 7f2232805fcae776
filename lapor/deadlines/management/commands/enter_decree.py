"""`enter_decree YEAR FILE.csv`: replaces a year's national days off by those of the official decree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from lapor.deadlines.changes import difference, enter_decree
from lapor.deadlines.decree import DecreeDay, DecreeRefused, read_decree
from lapor.deadlines.models import CalendarYear

LONGEST_REFERENCE = 200


class Command(BaseCommand):
    help = (
        "Enters the official days off of a year from a CSV file with the columns day (2027-03-10), name and kind "
        "(national or cuti_bersama). The file lists every national day off of the year: what is not in it is "
        "removed, and stays as history. The worker then computes the deadlines anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--reference", required=True, help="number and date of the decree")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        year, reference = options["year"], options["reference"].strip()
        if not 0 < len(reference) <= LONGEST_REFERENCE:
            raise CommandError(gettext("Sebutkan nomor dan tanggal keputusannya, paling banyak 200 huruf."))
        days = _read(options["file"], year=year)
        self._say_difference(days, year=year)
        if options["dry_run"]:
            return
        enter_decree(year=year, days=days, reference=reference, by=None, now=timezone.now())
        self.stdout.write(gettext("Keputusan tahun %(year)s berlaku; tenggat dihitung ulang.") % {"year": year})

    def _say_difference(self, days: list[DecreeDay], *, year: int) -> None:
        if not CalendarYear.objects.filter(year=year).exists():
            self.stdout.write(gettext("Tahun %(year)s belum ada sebelumnya.") % {"year": year})
        for sign, day, name in difference(days, year=year):
            self.stdout.write(f"{sign} {day} {name}")


def _read(path: Path, *, year: int) -> list[DecreeDay]:
    try:
        return read_decree(path.read_text(encoding="utf-8-sig"), year=year)
    except DecreeRefused as refused:
        raise CommandError("\n".join(refused.problems)) from refused
    except (OSError, UnicodeDecodeError) as unreadable:
        raise CommandError(gettext("Berkas %(file)s tidak dapat dibaca.") % {"file": path}) from unreadable
