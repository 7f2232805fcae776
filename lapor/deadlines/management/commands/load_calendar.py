"""`load_calendar`: fills promises and days off."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lapor.deadlines.load import load_all


class Command(BaseCommand):
    help = "Mengisi janji layanan dan hari libur yang belum ada."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all()
        self.stdout.write("Kalender dan janji layanan siap.")
