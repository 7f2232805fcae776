"""Whom a report is about: a body, a unit of it, a person, as far as the reporter knows. Nothing here is required."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies import units
from lapor.reports.submission import Accused

from . import lookup


class AccusedForm(forms.Form):
    accused_text = forms.CharField(
        label=_("Instansi mana?"),
        required=False,
        max_length=150,
        help_text=_("Misalnya: Dinas Kesehatan Kota Samarinda"),
    )
    accused_choice = forms.ChoiceField(
        label=_("Instansi mana yang Anda maksud?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih instansi yang Anda maksud.")},
    )
    accused_unit = forms.CharField(
        label=_("Bidang atau unit mana?"),
        required=False,
        max_length=150,
        help_text=_("Jika Anda tahu. Tanpa unit, seluruh instansi itu tidak melihat laporan Anda."),
    )
    accused_person = forms.CharField(
        label=_("Siapa orangnya?"),
        required=False,
        max_length=120,
        help_text=_("Nama atau jabatan. Disimpan tersandi; hanya dibaca petugas yang memeriksa laporan Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["accused_choice"]
        assert isinstance(choice, forms.ChoiceField)
        found = lookup.agency_choices(lookup.typed(self, "accused_text"), self.place_so_far())
        choice.choices = [one for one in found if one[0] != lookup.NONE_OF_THEM]

    def place_so_far(self) -> str:
        """The code of the place whose bodies are offered first."""
        return ""

    @property
    def offers_accused(self) -> bool:
        return "accused_choice" in self.errors or bool(self["accused_choice"].value())

    @property
    def names_somebody(self) -> bool:
        """Whether anything of it is filled in, so that it stands open."""
        return any(self[name].value() for name in ("accused_text", "accused_unit", "accused_person"))

    def settle_accused(self, data: dict[str, Any]) -> None:
        """Finds the body and the unit that are meant; says what is not clear. Puts them into `data`."""
        data["accused_agency"], data["accused_unit_found"] = None, None
        typed = (data.get("accused_text") or "").strip()
        if not typed:
            self.errors.pop("accused_choice", None)
            if (data.get("accused_unit") or "").strip():
                self.add_error("accused_text", _("Tulis juga instansinya."))
            return
        agency = lookup.settled_agency(typed, slug=data.get("accused_choice") or "")
        if agency is None:
            self._ask_which(typed)
            return
        self.errors.pop("accused_choice", None)
        data["accused_agency"] = agency
        # A unit that we do not know leaves the whole body out, which is the safe side.
        data["accused_unit_found"] = units.called(agency, data.get("accused_unit") or "")

    def _ask_which(self, typed: str) -> None:
        if not lookup.agency_choices(typed, self.place_so_far()):
            self.errors.pop("accused_choice", None)
            self.add_error("accused_text", _("Instansi ini tidak ditemukan. Coba tulis namanya dengan cara lain."))
        elif "accused_choice" not in self.errors:
            self.add_error("accused_choice", _("Pilih instansi yang Anda maksud."))

    def accused(self) -> Accused | None:
        """Whom the report names; None for nobody."""
        data = self.cleaned_data
        agency, unit = data["accused_agency"], data["accused_unit_found"]
        said = [data["accused_person"].strip()]
        if unit is None and data["accused_unit"].strip():
            said.append(data["accused_unit"].strip())
        name = ", ".join(part for part in said if part)
        if agency is None and not name:
            return None
        return Accused(agency_id=agency.pk if agency else None, unit_id=unit.pk if unit else None, name=name[:250])


class NameSomebodyForm(AccusedForm):
    """The same on the own page, later; here something must be said."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.settle_accused(data)
        if not self.errors and self.accused() is None:
            raise forms.ValidationError(gettext("Tulis instansi atau orang yang Anda maksud."))
        return data
