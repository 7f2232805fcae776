"""Forms about a mail that could not be placed: as a report, to a report, or dropped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.channels.mail.pen import Drop
from lapor.lib.codes import parse_code
from lapor.reports.access import NotFound, find

from .base import OfficeForm, choice, line


class FileForm(OfficeForm):
    is_trusted = forms.BooleanField(
        label=_("Pengirimnya memang orang ini"),
        help_text=_("Alamatnya menjadi kontak pelapor dan mendapat kode serta PIN. Jika ragu, biarkan kosong."),
        required=False,
    )


class AddForm(OfficeForm):
    code = line(_("Kode laporan"), most=20, inputmode="numeric")

    def clean_code(self) -> Any:
        try:
            return find(self.manager.actor, parse_code(self.cleaned_data["code"]) or "")
        except NotFound:
            raise forms.ValidationError(_("Laporan ini tidak ditemukan.")) from None

    def arguments(self) -> dict[str, Any]:
        return {"report": self.cleaned_data["code"]}


class DropForm(OfficeForm):
    reason = choice(_("Alasan"), _("Isi surat dihapus; alasannya tersimpan dalam catatan audit."))

    def prepare(self) -> None:
        self.choose("reason", [(str(value), str(label)) for value, label in Drop.choices], blank=_("Pilih alasannya"))
