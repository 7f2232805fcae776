"""`lapor retention [--dry-run]`: erases what has been kept for its time, or says how much that would be."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lapor.worker import keeping


class Command(BaseCommand):
    help = "Erases data whose term is over (the worker does it every hour). --dry-run counts and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how much would be erased")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for line in keeping.overdue(now=now):
            kind = f" ({line.term.kind})" if line.term.kind else ""
            self.stdout.write(
                f"{line.term.data}{kind}: {line.n}, kept {line.term.days} days, to {line.cutoff:%Y-%m-%d}"
            )
        if options["dry_run"]:
            self.stdout.write("nothing was changed")
            return
        erased = 0
        while done := keeping.sweep(now=now):
            erased += done
        self.stdout.write(f"erased: {erased}")
