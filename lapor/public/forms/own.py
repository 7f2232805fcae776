"""What a reporter types about the own report: the proof, and the answers to an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.channels.written.files import FilesForm
from lapor.reports.submission import MAX_TEXT


class TrackForm(forms.Form):
    code = forms.CharField(
        label=_("Kode laporan"),
        help_text=_("Sepuluh angka, misalnya 4827 193 056."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short code"}),
        error_messages={"required": _("Tulis kode laporan Anda.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("Delapan angka yang Anda terima saat melapor."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short code"}),
        error_messages={"required": _("Tulis PIN Anda.")},
    )


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Tanda terima"),
        help_text=_("Enam belas angka, misalnya 4071 9926 4827 1930."),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={"required": _("Tulis tanda terima Anda.")},
    )


class ReplyForm(FilesForm):
    text = forms.CharField(
        label=_("Tulisan Anda"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tulis sesuatu dahulu.")},
    )


class ReasonForm(forms.Form):
    text = forms.CharField(label=_("Alasan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RateForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Nilai jawaban ini"),
        coerce=int,
        choices=[
            (5, _("5 – sangat baik")),
            (4, _("4 – baik")),
            (3, _("3 – cukup")),
            (2, _("2 – kurang")),
            (1, _("1 – buruk")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu nilai.")},
    )
    dealt_with = forms.TypedChoiceField(
        label=_("Apakah jawaban ini membahas masalah Anda?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Ya")), ("no", _("Tidak"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih ya atau tidak.")},
    )


class SecrecyForm(forms.Form):
    """Secrecy can be asked for at any time; at least one of the two."""

    is_anonymous = forms.BooleanField(
        label=_("Anonim: sembunyikan nama saya"),
        required=False,
        help_text=_("Mulai sekarang nama Anda tidak dilihat siapa pun, juga tidak oleh petugas."),
    )
    is_confidential = forms.BooleanField(
        label=_("Rahasia: sembunyikan seluruh laporan"),
        required=False,
        help_text=_(
            "Mulai sekarang publik tidak melihat apa pun dari laporan ini. Petugas yang menangani tetap membacanya."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data["is_anonymous"] or data["is_confidential"]):
            raise forms.ValidationError(_("Pilih apa yang ingin Anda sembunyikan."))
        return data
