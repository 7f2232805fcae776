"""Forms of the calendar and of the limits: a day off, a decree by file or by rows, a new limit."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Region
from lapor.agencies.picker import search_regions
from lapor.deadlines.decree import COLUMNS, DecreeDay, DecreeRefused, read_decree
from lapor.deadlines.models import Holiday, Promise, Step
from lapor.reports.queue import KINDS

from .. import access
from ..access import Right
from .base import OfficeForm, choice, day, line, number, text

LARGEST_FILE = 100_000
SPARE_ROWS = 4


class DayForm(OfficeForm):
    day = day(_("Tanggal"))
    name = line(_("Nama hari libur"), most=120)
    kind = choice(_("Jenis"))
    region = choice(_("Wilayah"), _("Hanya untuk libur daerah."), required=False)
    region_text = line(
        _("Wilayah"), _("Hanya untuk libur daerah: nama provinsi, kabupaten, atau kota."), most=160, required=False
    )
    region_code = forms.CharField(widget=forms.HiddenInput, required=False)
    source = line(_("Dasar"), _("Nomor dan tanggal keputusan yang menetapkannya."), most=200)

    def prepare(self) -> None:
        is_national = Right.NATIONAL_DAYS in self.manager.rights
        kinds = [choice for choice in Holiday.Kind.choices if is_national or choice[0] == Holiday.Kind.REGIONAL]
        self.choose("kind", [(str(value), str(label)) for value, label in kinds])
        if is_national:
            del self.fields["region"]
        else:
            del self.fields["region_text"], self.fields["region_code"]
            self.choose("region", [(row.code, str(row)) for row in regions_of(self)], blank=_("Pilih wilayah"))

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        field = "region" if "region" in self.fields else "region_text"
        code = got.pop("region", "") if field == "region" else self._typed(got)
        got.pop("region_text", None)
        if got.get("kind") == Holiday.Kind.REGIONAL and not code and not self.has_error(field):
            self.add_error(field, gettext("Pilih wilayah yang libur."))
        got["region_code"] = code if got.get("kind") == Holiday.Kind.REGIONAL else ""
        return got

    def _typed(self, got: dict[str, Any]) -> str:
        """The code of the place: as the picker set it while the words are still the same, else from the words."""
        typed = " ".join((got.get("region_text") or "").split())
        chosen = Region.objects.filter(code=got.get("region_code") or "").first()
        if not typed or (chosen is not None and str(chosen) == typed):
            return chosen.code if chosen and typed else ""
        name, _sep, label = typed.partition(", ")
        exact = Region.objects.filter(name__iexact=name, label__iexact=label, level__lte=Region.Level.REGENCY).first()
        if exact is not None:
            return exact.code
        hits = [hit for hit in search_regions(typed, limit=20) if hit.level <= Region.Level.REGENCY]
        same = [hit for hit in hits if typed.casefold() in {hit.name.casefold(), f"{hit.name}, {hit.label}".casefold()}]
        found = same if len(same) == 1 else hits
        if len(found) != 1:
            self.add_error(
                "region_text", gettext("Tempat ini tidak ditemukan atau lebih dari satu. Tulis lebih lengkap.")
            )
            return ""
        return found[0].code

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"region": self.cleaned_data["region_code"]}


def regions_of(form: OfficeForm) -> list[Region]:
    """The places whose days off this person keeps."""
    mine = access.bodies(form.manager.actor, Right.REGIONAL_DAYS, on=form.manager.today)
    return list(Region.objects.filter(code__in=mine.exclude(region=None).values("region")).order_by("code"))


class DecreeForm(OfficeForm):
    """The national days off of one year: from a file, else from the rows, which start with what is known."""

    asks_twice = True
    reference = line(_("Keputusan"), _("Nomor dan tanggal, misalnya “SKB 3 Menteri Nomor 1 Tahun 2026”."), most=200)
    file = forms.FileField(
        label=_("Berkas CSV"),
        help_text=_("Kolom day (2027-03-10), name, dan kind (national atau cuti_bersama). Berkas menggantikan tabel."),
        required=False,
    )
    days: list[DecreeDay]

    def prepare(self) -> None:
        self.rows = [
            (
                number,
                self._value(number, "day", row[0]),
                self._value(number, "name", row[1]),
                self._value(number, "kind", row[2]),
            )
            for number, row in enumerate([*self._known(), *[("", "", "")] * SPARE_ROWS])
        ]

    def _known(self) -> list[tuple[str, str, str]]:
        if self.is_bound:
            return [("", "", "")] * max(sum(name.startswith("day-") for name in self.data) - SPARE_ROWS, 0)
        rows = Holiday.objects.filter(day__year=self.subject, region_code="", removed_at=None).order_by("day", "name")
        return [(row.day.isoformat(), row.name, row.kind) for row in rows]

    def _value(self, number: int, name: str, known: str) -> str:
        return str(self.data.get(f"{name}-{number}", "")).strip() if self.is_bound else known

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        try:
            file = got.get("file")
            self.days = read_decree(self._text(file), year=self.subject, has_title=file is not None)
        except DecreeRefused as refused:
            for problem in refused.problems:
                self.add_error("file" if got.get("file") else None, problem)
        return got

    def _text(self, file: Any) -> str:
        """The decree as the file says it, else as the rows say it."""
        if file is not None:
            if file.size > LARGEST_FILE:
                raise DecreeRefused([gettext("Berkas ini terlalu besar untuk daftar hari libur.")])
            try:
                return str(file.read().decode("utf-8-sig"))
            except UnicodeDecodeError:
                raise DecreeRefused([gettext("Berkas ini bukan teks UTF-8. Simpan lagi sebagai CSV UTF-8.")]) from None
        written = io.StringIO()
        rows = csv.writer(written, lineterminator="\n")
        rows.writerow(COLUMNS)
        for _number, on, name, kind in self.rows:
            rows.writerow((on, name, kind) if on or name else ())  # an emptied row keeps its number
        return written.getvalue()

    def arguments(self) -> dict[str, Any]:
        return {"days": self.days, "reference": self.cleaned_data["reference"]}

    def facts(self) -> dict[str, Any]:
        return {"days": len(self.days)}


class PromiseForm(OfficeForm):
    step = choice(_("Untuk apa"))
    kind = choice(_("Jenis laporan"), required=False)
    has_oversight = choice(_("Kadar pengawasan"), required=False)
    days = number(_("Batas"), least=1, most=400)
    unit = choice(_("Dihitung dalam"))
    warn_days = number(_("Peringatan sebelum batas"), _("Berapa hari sebelumnya petugas diingatkan."), least=0, most=60)
    extension_days = number(
        _("Perpanjangan"), _("Berapa hari bila diperpanjang satu kali; 0 bila tidak boleh."), least=0, most=100
    )
    holds_from = day(
        _("Berlaku sejak"), _("Untuk laporan yang mulai dihitung sejak hari itu. Yang sudah berjalan tidak berubah.")
    )
    source = text(_("Dasar"), _("Peraturan dan pasalnya, seperti yang dibaca warga."))

    def prepare(self) -> None:
        self.choose("step", [(str(value), str(label)) for value, label in Step.choices], blank=_("Pilih langkahnya"))
        self.choose("kind", [(str(value), str(label)) for value, label in KINDS], blank=_("Semua jenis"))
        self.choose(
            "has_oversight",
            [("yes", str(_("Berkadar pengawasan"))), ("no", str(_("Tidak berkadar pengawasan")))],
            blank=_("Semua kadar"),
        )
        self.choose("unit", [(str(value), str(label)) for value, label in Promise.Unit.choices])
        self.initial = {"warn_days": 1, "extension_days": 0}

    def clean_has_oversight(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["has_oversight"])
