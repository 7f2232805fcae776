"""`manage.py load_reference`: brings places, categories, bodies and units from the reference files."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from lapor.agencies.reference import load_all


class Command(BaseCommand):
    help = "Loads regions, categories, agencies and units from the reference files; unchanged files are skipped."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        load_all(self.stdout.write)
        self.stdout.write(f"reference data ready in {time.monotonic() - started:.1f} s")
