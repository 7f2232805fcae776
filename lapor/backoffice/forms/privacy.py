"""Forms about personal data: a term, a legal hold, a breach and what becomes known of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.lib.codes import parse_code
from lapor.privacy.models import BreachEntry, Data
from lapor.reports.access import NotFound, find
from lapor.reports.queue import KINDS

from .base import OfficeForm, choice, day, line, number, text

PEOPLE_MOST = 300_000_000


def renamed(given: dict[str, Any], **names: str) -> dict[str, Any]:
    """What was filled in, under the names that the room below knows: a form has a `data` of its own."""
    return {names.get(name, name): value for name, value in given.items()}


class TermForm(OfficeForm):
    sort = choice(_("Data"))
    kind = choice(_("Jenis laporan"), required=False)
    days = number(_("Lama disimpan, dalam hari"), _("Dihitung sejak laporan berakhir."), least=1, most=36_500)
    must_wait = forms.BooleanField(
        label=_("Wajib disimpan selama laporan terbuka"),
        help_text=_("Pelapor belum dapat menghapusnya; halaman pelapor menyebut dasarnya."),
        required=False,
    )
    basis = text(_("Dasar"), _("Peraturan dan pasalnya, seperti yang dibaca warga."))
    holds_from = day(_("Berlaku sejak"))

    def prepare(self) -> None:
        self.choose("sort", [(str(value), str(label)) for value, label in Data.choices], blank=_("Pilih datanya"))
        self.choose("kind", [(str(value), str(label)) for value, label in KINDS], blank=_("Semua jenis"))

    def arguments(self) -> dict[str, Any]:
        return renamed(self.cleaned_data, sort="data")


class HoldForm(OfficeForm):
    code = line(_("Kode laporan"), most=20, inputmode="numeric")
    reference = line(_("Nomor surat atau perkara"), _("Dengan nama lembaganya."), most=200)
    reason = text(_("Alasan"), _("Mengapa data laporan ini belum boleh dihapus. Jangan menulis data pribadi."))
    until = day(_("Sampai tanggal"), _("Paling lama lima tahun; dapat dicabut lebih awal."))

    def clean_code(self) -> Any:
        try:
            return find(self.manager.actor, parse_code(self.cleaned_data["code"]) or "")
        except NotFound:
            raise forms.ValidationError(_("Laporan ini tidak ditemukan.")) from None

    def arguments(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"report": given.pop("code")} | given


def _people() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Berapa orang terdampak"),
        help_text=_("Perkiraan pun cukup; dapat dikoreksi nanti."),
        required=False,
        min_value=0,
        max_value=PEOPLE_MOST,
        widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}),
    )


class BreachForm(OfficeForm):
    known_at = forms.DateTimeField(
        label=_("Diketahui pada"),
        help_text=_("Jam 3×24 berjalan sejak saat ini, bukan sejak dicatat. Waktu Indonesia Barat."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    happened = text(
        _("Apa yang terjadi"), _("Kapan dan bagaimana, sejauh yang diketahui. Tanpa data pribadi."), most=4000
    )
    exposed = text(_("Data apa yang terungkap"), most=2000)
    people = _people()
    measures = text(_("Tindakan yang sudah diambil"), most=4000, required=False)

    def arguments(self) -> dict[str, Any]:
        return renamed(self.cleaned_data, exposed="data")


class EntryForm(OfficeForm):
    kind = choice(_("Catatan ini tentang"))
    happened = text(
        _("Apa yang terjadi"),
        _("Isi hanya yang berubah; yang kosong tetap seperti sebelumnya."),
        most=4000,
        required=False,
    )
    exposed = text(_("Data apa yang terungkap"), most=2000, required=False)
    people = _people()
    measures = text(_("Tindakan"), most=4000, required=False)
    remark = text(_("Keterangan"), _("Misalnya nomor surat pemberitahuan."), most=2000, required=False)

    def prepare(self) -> None:
        kinds = [(str(value), str(label)) for value, label in BreachEntry.Kind.choices]
        self.choose("kind", [one for one in kinds if one[0] != BreachEntry.Kind.OPENED], blank=gettext("Pilih"))

    def arguments(self) -> dict[str, Any]:
        return renamed(self.cleaned_data, exposed="data")
