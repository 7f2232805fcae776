"""`audit bundle` says whether the file of a case that an overseeing body took along is as it was signed.
`audit verify` goes through all history and names what was tampered with: exit code 1 when there is anything.
`audit send` and `audit new-key` send a head outside and change the key.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lapor.evidence import bundle, keys, outbox
from lapor.evidence.findings import Found, Tally
from lapor.evidence.kept import NotHeads, read
from lapor.evidence.verify import verify

MOST = 200  # of one kind are listed; the rest is counted


class Command(BaseCommand):
    help = "Checks the history of reports and the audit trail against the signed tree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="verify | bundle | send | new-key")
        check = acts.add_parser("verify", help="go through everything and name what was tampered with")
        check.add_argument("--heads", type=Path, metavar="FILE", help="heads kept outside: a file, or a folder of them")
        one = acts.add_parser("bundle", help="check the file of a case that an overseeing body took along")
        one.add_argument("file", type=Path)
        one.add_argument("--key", metavar="HEX", help="the public key, where this service's own are not to be believed")
        acts.add_parser("send", help="sign a head and send it to every place outside now")
        acts.add_parser("new-key", help="sign with a new key from now on; the old private key is destroyed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "new-key":
            self.stdout.write(f"Signing with key {keys.rotate(now=timezone.now())} from now on.")
            return
        if options["act"] == "bundle":
            self._bundle(options["file"], options["key"])
            return
        if options["act"] == "send":
            self._send()
        elif not self._verify(options["heads"], is_quiet=options["verbosity"] == 0):
            sys.exit(1)

    def _bundle(self, path: Path, key: str | None) -> None:
        try:
            faults = bundle.check(path, public=bytes.fromhex(key) if key else None)
        except ValueError:
            raise CommandError("--key takes the public key in hexadecimal digits") from None
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write("The bundle is as it was signed.")

    def _send(self) -> None:
        made = outbox.send_now(now=timezone.now())
        for one in outbox.recent(limit=made):
            trouble = f" ({one.last_error_class}; it is tried again)" if one.last_error_class else ""
            self.stdout.write(f"{one.place} {one.label}: {one.state}{trouble}")
        if not made:
            raise CommandError("no place outside is configured: see LAPOR_HEADS_… in README.md")

    def _verify(self, heads: Path | None, *, is_quiet: bool) -> bool:
        try:
            outside = read(heads) if heads is not None else []
        except (NotHeads, OSError) as problem:
            raise CommandError(str(problem)) from None
        tally, counts, told_at = Tally(), Counter[Found](), time.monotonic()

        def step(what: str, done: int) -> None:
            nonlocal told_at
            if not is_quiet and time.monotonic() - told_at > 2:
                told_at = time.monotonic()
                self.stderr.write(f"… {done:,} {what}")

        for finding in verify(tally, outside=outside, step=step):
            counts[finding.found] += 1
            if counts[finding.found] <= MOST:
                self.stdout.write(str(finding))
        for found, count in counts.items():
            if count > MOST:
                self.stdout.write(f"… and {count - MOST:,} more: {found}")
        self._tell(tally)
        return not tally.findings

    def _tell(self, tally: Tally) -> None:
        say = self.stdout.write
        say(f"{tally.leaves:,} leaves, {tally.heads:,} heads, {tally.outside:,} heads kept outside compared.")
        if tally.last_head is None:
            say("No head confirms the tree yet.")
        else:
            say(f"The last head that agrees was signed {tally.last_head:%Y-%m-%d %H:%M:%S} UTC.")
        if tally.erased:
            say(f"{tally.erased:,} texts were erased, with a record of it; their digests and the rest agree.")
        if tally.waiting:
            say(
                f"{tally.waiting:,} rows are not logged yet, the oldest of {tally.waiting_since:%Y-%m-%d %H:%M:%S} UTC."
            )
        if tally.times_left_out:
            say("Times were not compared: the people of the demonstration live in an invented past.")
        if not tally.outside:
            say("Without --heads nothing shows whether who holds the signing key rewrote everything.")
        say(f"{tally.findings:,} faults." if tally.findings else "Everything agrees.")
