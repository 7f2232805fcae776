"""`import_opendata FILE.csv`: takes over the reports of a file with the published columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lapor.channels.opendata.bar import Bar
from lapor.channels.opendata.lines import Broken, NotOpenData
from lapor.channels.opendata.load import AlreadyLoading, Ear, NotStored, Progress, load


class Command(BaseCommand):
    help = (
        "Takes over reports from a CSV file with the columns that the service publishes: any of them, in any order, "
        "between commas or semicolons. Broken rows are listed with their line and left out. A report that is known by "
        "its TrackingID is not taken over twice: later news of it is added, anything else changes nothing. A run that "
        "was cut short is completed by running it again. See docs/opendata.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--received-on",
            type=date.fromisoformat,
            metavar="2016-11-18",
            help="the day of receipt for rows without any date, such as the day on which the file was published",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            bar = Bar(self.stderr, total=path.stat().st_size)
            progress = load(path, ear=self._ear(bar), now=timezone.now(), received_on=options["received_on"])
        except OSError as unreadable:
            raise CommandError(_("Berkas %(file)s tidak dapat dibaca.") % {"file": path}) from unreadable
        except (NotOpenData, AlreadyLoading) as refused:
            raise CommandError(str(refused)) from None
        except NotStored as refused:
            raise CommandError(
                f"{refused} " + _("Yang sebelumnya sudah tersimpan; jalankan lagi untuk melanjutkan.")
            ) from None
        bar.draw(read=path.stat().st_size, rows=progress.rows, is_last=True)
        self._say(progress)

    def _ear(self, bar: Bar) -> Ear:
        def unknown(headings: list[str]) -> None:
            if headings:
                names = ", ".join(headings)
                self.stderr.write(_("Kolom yang tidak dikenal, dilewati: %(names)s") % {"names": names})

        def broken(row: Broken) -> None:
            bar.clear()
            self.stderr.write(_("Baris %(line)d: %(reason)s") % {"line": row.line, "reason": row.reason})

        def progress(so_far: Progress) -> None:
            bar.draw(read=so_far.read, rows=so_far.rows)

        return Ear(unknown=unknown, broken=broken, progress=progress)

    def _say(self, done: Progress) -> None:
        if done.rows == 0:
            self.stdout.write(_("Berkas ini tidak memuat satu laporan pun."))
            return
        counts = (
            (_("baru"), done.new),
            (_("diperbarui"), done.renewed),
            (_("sudah ada"), done.known),
            (_("sudah ada dan ditangani di sini, tidak diubah"), done.kept),
            (_("rusak, dilewati"), done.broken),
        )
        for name, count in counts:
            if count:
                self.stdout.write(f"{number_format(count, force_grouping=True):>12} {name}")
        if not done.new and not done.renewed:
            self.stdout.write(_("Tidak ada yang berubah."))
