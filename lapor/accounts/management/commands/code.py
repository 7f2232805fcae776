"""Prints the one-time code of a demonstration account: `code EMAIL`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lapor.accounts.demonstration import NotADemonstration, current_code
from lapor.accounts.models import User


class Command(BaseCommand):
    help = "Print the current one-time code of a demonstration account (only where LAPOR_DEMO is on)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="address of a demonstration account")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError("no account has this address")
        try:
            self.stdout.write(current_code(user))
        except NotADemonstration as reason:
            raise CommandError(str(reason)) from None
