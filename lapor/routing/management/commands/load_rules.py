"""`load_rules`: brings the rules of competence from their file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lapor.routing.rules.load import load_all


class Command(BaseCommand):
    help = "Loads the rules of competence from the file; what an administrator edited is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"rules of competence ready, {load_all(now=timezone.now())} changed")
