"""Proving oneself once more: the reason, and a second factor by code or by passkey. Part of another form, or alone."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .forms import OnceReauthenticate
from .models import User

PREFIX = "akses"


class ElevationForm(forms.Form):
    """`user` is who proves it; an officer signed in without a factor has none to prove it with."""

    reason = forms.CharField(
        label=_("Untuk apa akses khusus ini?"),
        help_text=_("Disimpan bersama nama Anda dan jamnya, dan tidak dapat dihapus. Jangan menulis data pribadi."),
        min_length=10,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Tulis untuk apa Anda memerlukan akses khusus."),
            "min_length": _("Tulis alasan yang dapat dipahami orang lain, paling sedikit 10 huruf."),
        },
    )
    code = forms.CharField(
        label=_("Kode dari aplikasi autentikator"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, user: User, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, label_suffix="", use_required_attribute=False)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The factor is asked only once the reason is there, so that no code is used up in vain."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned.get("credential"):
            self._check(
                ReauthenticateWebAuthnForm(data={"credential": cleaned["credential"]}, user=self.user), "credential"
            )
        elif cleaned.get("code"):
            self._check(OnceReauthenticate(data={"code": cleaned["code"]}, user=self.user), "code")
        else:
            self.add_error("code", _("Tulis kode enam angka, atau pakai kunci sandi."))
        return cleaned

    def _check(self, proof: forms.Form, field: str) -> None:
        if not proof.is_valid():
            for error in proof.errors.get(field, [get_adapter().error_messages["incorrect_code"]]):
                self.add_error("code", error)


def passkey_options(request: HttpRequest) -> dict[str, Any] | None:
    """What the browser needs to ask for a passkey; None for who has none."""
    if not Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).exists():
        return None
    return {"request_options": webauthn.begin_authentication(request.user)}
