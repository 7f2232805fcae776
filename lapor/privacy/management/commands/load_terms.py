"""`manage.py load_terms`: brings the terms for which data are kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lapor.privacy.terms import load_all


class Command(BaseCommand):
    help = "Loads the retention terms that are not there yet; nothing is changed."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all()
        self.stdout.write("retention terms ready")
