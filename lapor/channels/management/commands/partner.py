"""Enters a system of somebody else that may hand messages in: `partner add SLUG --name NAME --callback ADDRESS`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import URLValidator, validate_slug
from django.utils import timezone

from lapor.channels.partner import known


class Command(BaseCommand):
    help = "add: enter a partner, or give one a new secret, which is shown this once; end: take nothing more from one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["add", "end"])
        parser.add_argument("slug", help="the short name that stands in the partner's address")
        parser.add_argument("--name", default="", help="what people call the partner")
        parser.add_argument("--callback", default="", help="where messages to its senders are brought (https)")

    def handle(self, *args: Any, **options: Any) -> None:
        slug: str = options["slug"]
        if options["act"] == "end":
            if not known.end(slug):
                raise CommandError("no partner has this name")
            self.stdout.write("ended")
            return
        try:
            validate_slug(slug)
            URLValidator(schemes=["https", "http"])(options["callback"])
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        secret = known.add(slug=slug, name=options["name"] or slug, callback=options["callback"], now=timezone.now())
        self.stdout.write(secret)
