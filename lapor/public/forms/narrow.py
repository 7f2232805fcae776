"""The filters of the list of reports, as they stand in its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Category
from lapor.statistics.buckets import Bucket
from lapor.transparency.models import PublicReport

NO_DAY = {"invalid": _("Tulis tanggal seperti 2026-11-24.")}
NEVER_PUBLIC = {"whistleblowing"}
# As the tags of reports say it.
BUCKETS = {
    Bucket.BELUM.value: _("Belum ditangani"),
    Bucket.PROSES.value: _("Sedang diproses"),
    Bucket.SELESAI.value: _("Selesai"),
}
# States that a visitor may look for beside the three buckets.
STATES = ("on_hold", "answered", "objected", "archived")


def kinds() -> list[tuple[str, Any]]:
    """The kinds of report that can be public, with their words."""
    choices = PublicReport._meta.get_field("kind").flatchoices
    return [(str(key), words) for key, words in choices if key not in NEVER_PUBLIC]


def statuses() -> list[tuple[str, Any]]:
    words = dict(PublicReport._meta.get_field("state").flatchoices)
    return [*BUCKETS.items(), *((state, words[state]) for state in STATES)]


class NarrowForm(forms.Form):
    """A GET form: nothing is required, and what cannot be read narrows nothing."""

    q = forms.CharField(
        label=_("Cari kata atau kode laporan"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    tempat = forms.CharField(label=_("Tempat"), max_length=200, required=False)
    wilayah = forms.CharField(max_length=13, required=False, widget=forms.HiddenInput)
    nama_instansi = forms.CharField(label=_("Instansi"), max_length=150, required=False)
    instansi = forms.CharField(max_length=160, required=False, widget=forms.HiddenInput)
    kategori = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Semua kategori")
    )
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    sejak = forms.DateField(
        label=_("Diterima sejak"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_DAY,
    )
    sampai = forms.DateField(
        label=_("Sampai"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_DAY,
    )
    urut = forms.ChoiceField(
        label=_("Urutkan"), required=False, choices=[("", _("Terbaru")), ("dukungan", _("Paling banyak didukung"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category, kind, status = (self.fields[name] for name in ("kategori", "jenis", "status"))
        assert isinstance(category, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(status, forms.ChoiceField)
        category.queryset = Category.objects.filter(is_active=True)
        kind.choices = [("", _("Semua jenis")), *kinds()]
        status.choices = [("", _("Semua status")), *statuses()]
