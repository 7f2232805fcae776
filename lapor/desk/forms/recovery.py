"""Forms of the custodians: for whom reports are to be opened again, and why; why not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.lib.codes import parse_code

from .keys import KeyForm


class HandForm(KeyForm):
    """For one investigator: all that the body has in hand, or one report."""

    to = forms.ChoiceField(
        label=_("Untuk pemeriksa"),
        help_text=_("Hanya pemeriksa yang sudah membuat kunci baru yang tampil di sini."),
        error_messages={"required": _("Pilih pemeriksanya.")},
    )
    code = forms.CharField(
        label=_("Nomor laporan"),
        required=False,
        max_length=20,
        help_text=_("Kosongkan untuk semua laporan tersegel yang dipegang instansinya."),
        widget=forms.TextInput({"class": "code", "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("Mengapa perlu dibuka lagi?"),
        min_length=20,
        max_length=1000,
        help_text=_("Tersimpan dalam catatan akses. Jangan menulis isi laporan atau nama pelapor."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("Tulis alasannya."),
            "min_length": _("Tulis alasannya dengan satu kalimat lengkap."),
        },
    )
    ground = forms.CharField(
        label=_("Dasar"),
        max_length=200,
        help_text=_("Misalnya nomor surat permintaan pimpinan instansi."),
        error_messages={"required": _("Sebutkan dasarnya.")},
    )

    def __init__(self, data: QueryDict | None = None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["to"].choices = [("", _("Pilih")), *choices]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"].strip()
        if not typed:
            return ""
        code = parse_code(typed)
        if code is None:
            raise forms.ValidationError(_("Nomor ini tidak cocok. Periksa lagi kesepuluh angkanya."))
        return code


class RefuseForm(KeyForm):
    reason = forms.CharField(
        label=_("Mengapa tidak?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Tulis alasannya.")},
    )


def pair_of(value: Any) -> tuple[int, int]:
    """The keys of person and body in a choice."""
    user, _sep, body = str(value).partition("-")
    return int(user), int(body)
