"""What a reporter types about the own report: the proof, and the answers to an answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.reports.submission import MAX_TEXT

from .files import FilesForm


class TrackForm(forms.Form):
    code = forms.CharField(
        label=_("Kode laporan"),
        max_length=20,
        help_text=_("Sepuluh angka, misalnya 4827 193 056."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short code"}),
        error_messages={"required": _("Tulis kode laporan Anda.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        help_text=_("Delapan angka yang Anda terima saat melapor."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short code"}),
        error_messages={"required": _("Tulis PIN Anda.")},
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
    is_anonymous = forms.BooleanField(label=_("Sembunyikan nama saya (anonim)"), required=False)
    is_confidential = forms.BooleanField(label=_("Sembunyikan seluruh laporan dari publik (rahasia)"), required=False)
