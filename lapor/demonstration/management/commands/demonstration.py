"""`demonstration` loads invented people, bodies at work and reports in every state; a second run adds nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lapor.demonstration.greeting import greeting
from lapor.demonstration.load import NotHere, load


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # it serves no pages; it starts quicker without looking at them
    help = "Load the demonstration: accounts and reports, all invented (only where LAPOR_DEMO is on)."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            load(now=now)
        except NotHere as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(greeting(now=now))
