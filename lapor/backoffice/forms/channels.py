"""Forms of channels: where a message of trial goes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.channels.base import kind_of
from lapor.lib import phones

from .base import OfficeForm, line


class TestForm(OfficeForm):
    """A number, address or account, as the channel has them."""

    to = line(_("Ke nomor, alamat, atau akun"), most=120)

    def clean_to(self) -> str:
        written = str(self.cleaned_data["to"]).strip()
        match kind_of(self.subject):
            case "phone":
                number = phones.normalise(written)
                if number is None:
                    raise ValidationError(gettext("Tulis nomor telepon seperti 0812 3456 7890."))
                return number
            case "email":
                validate_email(written)
                return written.lower()
            case _:
                return f"{self.subject}:{written.removeprefix(f'{self.subject}:')}"
