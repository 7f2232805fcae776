"""`statistics rebuild` makes the figures anew; `statistics verify` says where they disagree with the reports."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lapor.statistics.rebuild import rebuild, verify


class Command(BaseCommand):
    help = "Rebuilds or verifies the figures (belum, proses, selesai)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "rebuild":
            self.stdout.write(f"{rebuild()} reports counted")
            return
        wrong = verify()
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} disagreements")
        self.stdout.write("all figures agree")
