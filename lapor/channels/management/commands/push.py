"""`lapor push make | show`: the key pair under which browsers subscribe to web push."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lapor.vault import pushing
from lapor.vault.trouble import KeyTrouble, explain


class Command(BaseCommand):
    help = "Looks after the key pair of web push (docs/app.md). Without one, web push is off."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="make | show")
        acts.add_parser("make", help="make the key pair; refuses when there is one")
        acts.add_parser("show", help="print the public half")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["act"] == "make":
                self.stdout.write(f"Made: {pushing.make()}. Copy it to every host and into the backup of keys.")
            self.stdout.write(pushing.public_key())
        except pushing.AlreadyThere as there:
            raise CommandError(
                f"{there} is there already. Browsers subscribed under it; take it away by hand if it must go."
            ) from None
        except KeyTrouble as problem:
            raise CommandError(explain(problem)) from None
