"""What every form of the back office has: who fills it in, what it is about, and what it leaves in the audit trail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..session import Manager

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

Choice = tuple[str, str]


class OfficeForm(forms.Form):
    """One change of one thing. `subject` is what the address of the page names.

    One that `asks_twice` is shown with what it would change before it is done.
    """

    asks_twice: ClassVar[bool] = False

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        manager: Manager,
        subject: Any,
    ) -> None:
        super().__init__(data, files, label_suffix="", use_required_attribute=False)
        self.manager, self.subject = manager, subject
        self.prepare()

    def prepare(self) -> None:
        """Fills choices and first values."""

    def arguments(self) -> dict[str, Any]:
        """What the change is called with, besides subject and manager."""
        return dict(self.cleaned_data)

    def facts(self) -> dict[str, Any]:
        """Keys, dates and codes for the audit trail; never a name, an address or a text."""
        facts: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if isinstance(value, Model):
                facts[name] = value.pk
            elif isinstance(value, date):
                facts[name] = value.isoformat()
            elif isinstance(value, bool | int) or isinstance(self.fields.get(name), forms.ChoiceField):
                facts[name] = value
        return facts

    def why(self) -> str:
        """Why, in the words of who did it, for the audit trail."""
        return str(self.cleaned_data.get("reason", ""))

    def choose(self, name: str, choices: list[Choice], *, blank: Words | None = None) -> None:
        """Sets the choices of a field, with a first empty one if wanted."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", str(blank)), *choices] if blank is not None else choices


class PlainForm(OfficeForm):
    """Nothing to fill in: a button."""


class ReasonForm(OfficeForm):
    """Only why."""

    reason_hint: Words = _("Disimpan dalam catatan audit. Jangan menulis data pribadi.")

    def prepare(self) -> None:
        self.fields["reason"] = text(_("Alasan"), self.reason_hint)

    def arguments(self) -> dict[str, Any]:
        return {}


def line(label: Words, help_text: Words = "", *, most: int, required: bool = True, **attrs: str) -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs),
        error_messages={"required": format_lazy(_("Isi “{label}”."), label=label)},
    )


def text(
    label: Words, help_text: Words = "", *, most: int = 300, rows: int = 3, required: bool = True
) -> forms.CharField:
    """A box for sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": format_lazy(_("Isi “{label}”."), label=label)},
    )


def day(label: Words, help_text: Words = "", *, required: bool = True) -> forms.DateField:
    """A date, by the browser's own picker."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": format_lazy(_("Pilih tanggal untuk “{label}”."), label=label),
            "invalid": _("Tanggal ini tidak terbaca. Tulis seperti 2027-03-10."),
        },
    )


def number(label: Words, help_text: Words = "", *, least: int, most: int) -> forms.IntegerField:
    """A small whole number."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": format_lazy(_("Isi “{label}”."), label=label),
            "invalid": _("Tulis angka bulat."),
        },
    )


def choice(label: Words, help_text: Words = "", *, required: bool = True) -> forms.ChoiceField:
    """One of a list that the form fills in."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={
            "required": format_lazy(_("Pilih “{label}”."), label=label),
            "invalid_choice": _("Pilih dari daftar."),
        },
    )
