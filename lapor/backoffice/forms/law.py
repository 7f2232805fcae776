"""Forms of what the law says, as dated rows: a legal ground, and the day on which one ends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.deadlines import exemptions

from .base import OfficeForm, choice, day, line, text


class GroundForm(OfficeForm):
    key = forms.SlugField(
        label=_("Kunci"),
        help_text=_("Satu kata tanpa spasi, misalnya court_order. Kunci yang sama menggantikan dasar yang lama."),
        max_length=40,
    )
    name = line(_("Nama"), most=160)
    name_en = line(_("Nama dalam bahasa Inggris"), most=160, required=False)
    article = text(_("Pasal"), _("Peraturan dan pasalnya, seperti yang dibaca pelapor."))
    needs_reference = forms.BooleanField(label=_("Nomor surat atau perkara wajib disebut"), required=False)
    may_be_delayed = forms.BooleanField(
        label=_("Pemberitahuan kepada pelapor dapat ditunda"),
        help_text=_("Hanya bila peraturannya mengenal perintah penundaan."),
        required=False,
    )
    holds_from = day(_("Berlaku sejak"))


class ExemptForm(OfficeForm):
    office = choice(_("Tingkat yang dilewati"))
    starts_on = day(_("Dari"))
    ends_on = day(_("Sampai"), _("Hari itu masih termasuk; paling lama tiga bulan."))
    reason = text(_("Alasan"), _("Dibaca publik. Misalnya jabatan belum terisi sampai pelantikan."))

    def prepare(self) -> None:
        self.choose("office", [(one.value, str(one.label)) for one in exemptions.OFFICES], blank=_("Pilih tingkat"))
        self.initial["starts_on"] = self.manager.today


class EndForm(OfficeForm):
    on = day(_("Berakhir pada"), _("Sejak hari itu tidak dapat dipakai lagi."))
