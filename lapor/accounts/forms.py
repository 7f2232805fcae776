"""The forms of sign-in that differ from allauth's: names at sign-up and of passkeys, and codes that work once."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import one_time
from .models import User


class SignUp(forms.Form):
    """What a citizen says besides address and password; allauth mixes it into its own form."""

    name = forms.CharField(
        label=_("Nama"),
        help_text=_("Nama panggilan boleh. Pada setiap laporan Anda memilih apakah nama ini tampil."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tulis nama Anda.")},
    )
    field_order = ("name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Nama kunci"), required=False, max_length=60)


class OnceAuthenticate(AuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        return _once(self, super().clean_code())


class OnceReauthenticate(ReauthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        return _once(self, super().clean_code())


def _once(form: AuthenticateForm | ReauthenticateForm, code: str) -> str:
    """Refuses a right code that was used before: allauth forgets it after 30 of the 90 seconds it is right."""
    if not one_time.first_use(user_id=form.user.pk, code=code):
        raise get_adapter().validation_error("incorrect_code")
    return code
