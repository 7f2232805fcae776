"""`load_calendar`: fills promises and days off."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lapor.deadlines.load import load_all


class Command(BaseCommand):
    help = "Loads the promises and the days off that are missing; what is there is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all()
        self.stdout.write("promises and days off ready")
