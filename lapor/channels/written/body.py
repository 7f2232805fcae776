"""The body a citizen has in mind: typed by name, settled or chosen from a list, or left to us."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import lookup

LONGEST_REASON = 140


class BodyForm(forms.Form):
    agency_text = forms.CharField(
        label=_("Instansi yang dilaporkan"),
        required=False,
        max_length=150,
        help_text=_("Jika Anda tahu. Jika tidak, kami carikan."),
    )
    agency_choice = forms.ChoiceField(
        label=_("Instansi mana yang Anda maksud?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih instansi yang Anda maksud.")},
    )

    def __init__(self, *args: Any, near: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = near
        choice = self.fields["agency_choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = lookup.agency_choices(lookup.typed(self, "agency_text"), self.place_so_far())

    def place_so_far(self) -> str:
        """The code of the place whose bodies are offered first."""
        return self.near

    @property
    def offers_agencies(self) -> bool:
        return "agency_choice" in self.errors or bool(self["agency_choice"].value())

    def settle_agency(self, data: dict[str, Any]) -> None:
        typed = data.get("agency_text") or ""
        chosen = data.get("agency_choice") or ""
        data["agency"] = None
        if "agency_text" in self.errors:
            return
        if not typed.strip() or chosen == lookup.NONE_OF_THEM:
            self.errors.pop("agency_choice", None)
            return
        data["agency"] = lookup.settled_agency(typed, slug=chosen)
        if data["agency"] is not None:
            self.errors.pop("agency_choice", None)
        elif not lookup.agency_choices(typed, self.place_so_far()):
            self.errors.pop("agency_choice", None)
            self.add_error(
                "agency_text", _("Instansi ini tidak ditemukan. Tulis nama lain, atau kosongkan agar kami carikan.")
            )
        elif "agency_choice" not in self.errors:
            self.add_error("agency_choice", _("Pilih instansi yang Anda maksud."))


class OtherBodyForm(BodyForm):
    """The citizen thinks that the proposed body is not the right one, names another or says they do not know it; and
    why. A name typed beside "I do not know" does not count.
    """

    agency_text = forms.CharField(
        label=_("Menurut Anda, instansi mana?"),
        required=False,
        max_length=150,
        help_text=_("Tulis namanya bila Anda tahu."),
    )
    because = forms.CharField(
        label=_("Mengapa?"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Satu kalimat; hanya petugas yang membacanya. Jangan menulis data pribadi."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "unknown" in self.data:
            self.errors.pop("agency_text", None)
            self.errors.pop("agency_choice", None)
            return data | {"agency": None, "agency_text": ""}
        self.settle_agency(data)
        return data
