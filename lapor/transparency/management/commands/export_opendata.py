"""`export_opendata`: writes the published copies with the columns of the service's open data."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lapor.transparency.opendata import export


class Command(BaseCommand):
    help = (
        "Writes the published reports, redacted, as CSV in UTF-8 with the columns that the service publishes, to the "
        "standard output or to a file. What is not published is not in it. See docs/opendata.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", "-o", type=Path, metavar="FILE.csv", help="a file in place of the output")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["output"]
        try:
            count = self._to_output() if path is None else _to_file(path)
        except BrokenPipeError:  # `| head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())
            return
        self.stderr.write(
            _("%(count)s laporan ditulis.") % {"count": number_format(count, force_grouping=True)}, style_func=str
        )

    def _to_output(self) -> int:
        self.stdout.ending = ""
        if hasattr(self.stdout, "reconfigure"):  # whatever the terminal speaks, the file is UTF-8
            self.stdout.reconfigure(encoding="utf-8", newline="")
        return export(self.stdout)


def _to_file(path: Path) -> int:
    """Never half a file under the name that was asked for."""
    half = path.with_name(f"{path.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="") as file:
            count = export(file)
        half.replace(path)
    except OSError as unwritable:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise CommandError(_("Berkas %(file)s tidak dapat ditulis.") % {"file": path}) from unwritable
    return count
