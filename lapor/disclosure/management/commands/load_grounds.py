"""`manage.py load_grounds`: brings the legal grounds on which an identity may be asked for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lapor.disclosure.grounds import load_all


class Command(BaseCommand):
    help = "Loads the legal grounds for disclosure that are not there yet; nothing is changed."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all()
        self.stdout.write("legal grounds ready")
