"""`mail take`: keeps one mail from standard input, for a mail server that hands over to a command (Postfix: pipe)."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from lapor.channels.mail.take import MOST, take
from lapor.vault.trouble import KeyTrouble


class Command(BaseCommand):
    help = (
        "Keeps one mail that is read from standard input. Exit code 0: it is on disk, or was before. Exit code 75 "
        "(EX_TEMPFAIL): it could not be kept now, and the mail server is to try again. See docs/channels.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["take"])

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MOST + 1)
        while sys.stdin.buffer.read(1 << 20):  # the rest of one that is too large: a closed pipe would be an error
            pass
        try:
            take(raw, now=timezone.now())
        except (DatabaseError, InterfaceError, KeyTrouble, OSError) as problem:
            self.stderr.write(f"not kept: {type(problem).__name__}")
            sys.exit(os.EX_TEMPFAIL)
