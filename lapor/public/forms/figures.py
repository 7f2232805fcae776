"""What a visitor asks the figures for: a period by months, and one kind, channel or category at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Category
from lapor.statistics.boards.board import BEGIN
from lapor.statistics.boards.charts import COLOURED, coloured_by
from lapor.statistics.boards.words import channels
from lapor.statistics.sums import Period

from .narrow import kinds

NO_MONTH = {"invalid": _("Tulis bulan seperti 2026-01.")}
ONE_OF = ("kategori", "jenis", "kanal")


def _month(name: Any) -> forms.DateField:
    return forms.DateField(
        label=name,
        required=False,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-01"}, format="%Y-%m"),
        error_messages=NO_MONTH,
    )


class FiguresForm(forms.Form):
    """A GET form; nothing is required. `span` is the period where none is given, and ends where figures do: months
    beyond it, and before the first that can be taken over, are left out of what is asked.
    """

    tempat = forms.CharField(label=_("Tempat"), max_length=200, required=False)
    wilayah = forms.CharField(max_length=13, required=False, widget=forms.HiddenInput)
    instansi = forms.SlugField(max_length=160, required=False, widget=forms.HiddenInput)
    sumber = forms.ChoiceField(choices=[("", ""), ("sintetis", "")], required=False, widget=forms.HiddenInput)
    dari = _month(_("Diterima sejak bulan"))
    sampai = _month(_("Sampai bulan"))
    kategori = forms.ChoiceField(label=_("Kategori"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    kanal = forms.ChoiceField(label=_("Kanal"), required=False)
    peta = forms.ChoiceField(label=_("Warna peta"), required=False)

    def __init__(self, *args: Any, span: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.span = span
        categories = [(row.slug, str(row)) for row in Category.objects.all()]
        for name, choices in (
            ("kategori", [("", gettext("Semua kategori")), *categories]),
            ("jenis", [("", gettext("Semua jenis")), *kinds()]),
            ("kanal", [("", gettext("Semua kanal")), *channels()]),
            ("peta", [(key, words) for key, words in coloured_by().items() if key in COLOURED]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = (_first_of(cleaned.get(name)) for name in ("dari", "sampai"))
        first = max(first or min(self.span.first, last or self.span.first), BEGIN)
        last = last or max(self.span.last, first)
        if first > self.span.last:
            words = gettext("Bulan itu belum ada laporannya. Pilih bulan sampai %(last)s.")
            self.add_error("dari", words % {"last": date_format(self.span.last, "F Y")})
        elif first > last:
            months = {"first": date_format(first, "F Y"), "last": date_format(last, "F Y")}
            words = gettext("Bulan akhir (%(last)s) sebelum bulan awal (%(first)s). Tukar keduanya.")
            self.add_error("sampai", words % months)
        else:
            cleaned["period"] = Period(first, min(last, self.span.last))
        if len([name for name in ONE_OF if cleaned.get(name)]) > 1:
            words = gettext("Pilih satu saja: kategori, jenis, atau kanal. Gabungan keduanya tidak dihitung.")
            self.add_error(next(name for name in reversed(ONE_OF) if cleaned.get(name)), words)
        return cleaned


def _first_of(day: date | None) -> date | None:
    return day.replace(day=1) if day else None
