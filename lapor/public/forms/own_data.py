"""What people type about the data on themselves: another name or contact, that they want to be forgotten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.accounts.models import User
from lapor.lib import phones


class IdentityForm(forms.Form):
    name = forms.CharField(
        label=_("Nama"), required=False, max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Alamat e-mail"), required=False, max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        number = phones.normalise(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("Nomor ini tidak terbaca. Tulis seperti 0812 3456 7890."))
        return number


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Saya mengerti: identitas yang dihapus tidak dapat dikembalikan siapa pun."),
        error_messages={"required": _("Centang bahwa Anda mengerti akibatnya.")},
    )


class AccountForm(forms.Form):
    """The end of an account: what becomes of the reports, and the password once more."""

    reports = forms.ChoiceField(
        label=_("Laporan dari akun ini"),
        choices=[
            ("leave", _("Lepaskan dari akun; nama dan kontak di laporan tetap tersimpan sampai masa simpannya")),
            ("erase", _("Hapus juga nama dan kontak saya di semua laporan")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apa yang terjadi dengan laporan Anda.")},
    )
    password = forms.CharField(
        label=_("Kata sandi Anda"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Tulis kata sandi Anda.")},
    )

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> Any:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("Kata sandi ini tidak cocok."))
        return ""
