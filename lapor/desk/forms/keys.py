"""Forms around one's own key. What is typed here is never drawn again: a form that comes back has empty fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


def _secret(label: Any, help_text: Any = "", *, is_new: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password" if is_new else "current-password"}),
        error_messages={"required": _("Bagian ini belum diisi.")},
    )


_RULE = _("Paling sedikit 15 huruf, atau lima kata. Bukan kata sandi Anda untuk masuk.")


class KeyForm(forms.Form):
    """Labels without a colon, and errors that look the same in every browser."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)


class UnlockForm(KeyForm):
    passphrase = _secret(_("Frasa sandi"))


class NewPassphraseForm(KeyForm):
    """Typed twice: a slip of the finger would lock its owner out."""

    new = _secret(_("Frasa sandi baru"), _RULE, is_new=True)
    again = _secret(_("Frasa sandi baru, sekali lagi"), is_new=True)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "new" in found and "again" in found and found["new"] != found["again"]:
            self.add_error("again", _("Kedua frasa sandi tidak sama. Ketik lagi pelan-pelan."))
        return found


class ChangeForm(NewPassphraseForm):
    old = _secret(_("Frasa sandi sekarang"))
    field_order = ("old", "new", "again")


class CodeForm(NewPassphraseForm):
    code = forms.CharField(
        label=_("Kode cadangan dari kertas"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "class": "code", "spellcheck": "false"}),
        error_messages={"required": _("Bagian ini belum diisi.")},
    )
    field_order = ("code", "new", "again")


class GiveUpForm(KeyForm):
    password = _secret(_("Kata sandi untuk masuk"), _("Untuk memastikan bahwa ini memang Anda."))
    understood = forms.BooleanField(
        label=_("Saya mengerti: kunci lama tidak dapat dibuka lagi oleh siapa pun."),
        error_messages={"required": _("Centang bila Anda sudah mengerti.")},
    )
