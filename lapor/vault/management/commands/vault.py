"""`lapor vault status | rotate | retire VERSION`: the key-encryption key, for whoever looks after it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lapor.vault import custody, rotation
from lapor.vault.custody.files import is_open_to_others
from lapor.vault.models import Rotation
from lapor.vault.trouble import KeyTrouble, explain
from lapor.vault.wrapping import version_key


class Command(BaseCommand):
    help = (
        "Looks after the key that wraps the data keys of all reporters (docs/vault.md). It lies outside the database: "
        "whoever has only a copy of the database reads no name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="status | rotate | retire")
        acts.add_parser("status", help="which versions there are, where they lie, what each still wraps")
        rotate = acts.add_parser(
            "rotate",
            help="make a new version and wrap everything by it, while the service goes on",
            description="Makes a new version of the key and wraps every data key by it, in batches, while the service "
            "goes on. It may be stopped at any moment, even by kill -9: call it again and it goes on.",
        )
        rotate.add_argument(
            "--make-only",
            action="store_true",
            help="only make the key, to copy it to every host and into a backup; a later rotate uses it",
        )
        rotate.add_argument("--batch", type=int, default=rotation.BATCH, help="rows in one transaction (%(default)s)")
        retire = acts.add_parser("retire", help="note that an old version is not needed any more; refuses while it is")
        retire.add_argument("version", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            match options["act"]:
                case "status":
                    self._status()
                case "rotate":
                    self._rotate(make_only=options["make_only"], batch=max(1, options["batch"]))
                case _:
                    self._retire(options["version"])
        except KeyTrouble as problem:
            raise CommandError(explain(problem)) from None

    def _status(self) -> None:
        found = rotation.standings()
        if not found:
            self.stdout.write("Nothing is sealed yet; the first key is made when it is needed.")
            return
        wrong = sum(self._say_version(one) for one in found)
        begun = rotation.unfinished()
        if begun is not None:
            self.stdout.write(
                f"A rotation to version {begun.to_version} began on {begun.started_at:%Y-%m-%d %H:%M} UTC and is NOT "
                f"finished: {_share(begun)}. Nothing is lost; go on with: lapor vault rotate"
            )
        if wrong:
            raise CommandError(f"{wrong} of the versions above cannot be used")

    def _say_version(self, one: rotation.Standing) -> bool:
        """One line about a version, and what is wrong with it below; returns whether something is."""
        number, version = one.version.number, one.version
        use = "current" if one.is_current else "older, still needed" if one.is_needed else "no longer needed"
        if version.retired_at is not None:
            use = f"retired on {version.retired_at:%Y-%m-%d}" + (", BUT STILL NEEDED" if one.is_needed else "")
        self.stdout.write(
            f"version {number}  made {version.made_at:%Y-%m-%d}  wraps {one.rows:,} identities"
            f"{f' and {one.services} service keys' if one.services else ''}  {use}\n"
            f"    {custody.named(version.custody).place(number)}"
        )
        if version.custody == "file" and is_open_to_others(number):
            self.stdout.write(f"    WARNING: others may read this file; chmod 600 {custody.files.path_of(number)}")
        if not one.is_needed:
            return False
        try:
            version_key(number)
        except KeyTrouble as problem:
            self.stdout.write(f"    PROBLEM: {explain(problem)}")
            return True
        return False

    def _rotate(self, *, make_only: bool, batch: int) -> None:
        if make_only:
            self.stdout.write(
                f"The next key is at {rotation.prepare()}\n"
                "Nothing uses it yet. Copy it to every host and into the backup of the keys, then: lapor vault rotate"
            )
            return
        found: Rotation | None = None
        said = -1
        for found in rotation.rotate(batch=batch):
            share = found.done * 20 // max(1, found.total)
            if share != said:
                self.stdout.write(f"to version {found.to_version}: {_share(found)}")
                self.stdout.flush()
                said = share
        assert found is not None  # a rotation says at least that it has begun
        self.stdout.write(f"Everything is wrapped by version {found.to_version}.")
        for one in rotation.standings():
            if not one.is_needed and one.version.retired_at is None:
                number = one.version.number
                self.stdout.write(f"Version {number} is no longer needed: lapor vault retire {number}")

    def _retire(self, number: int) -> None:
        version = rotation.retire(number, now=timezone.now())
        self.stdout.write(
            f"Version {number} is retired. Its key: {custody.named(version.custody).place(number)}\n"
            "Destroy it, and its copies, once no backup of the database from before the rotation is kept."
        )


def _share(found: Rotation) -> str:
    percent = min(100, found.done * 100 // max(1, found.total))
    return f"{found.done:,} of {found.total:,} ({percent}%)"
