"""Where it happened: a place typed and chosen, or found step by step in plain selects, and a point on the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Region
from lapor.agencies.picker import region_or_none
from lapor.agencies.places import children_of

from . import lookup
from .point import PointField


class PlaceForm(forms.Form):
    place_text = forms.CharField(
        label=_("Di mana?"),
        max_length=200,
        required=False,
        help_text=_("Ketik nama desa, kelurahan, kecamatan, atau kota, lalu pilih."),
    )
    region = forms.CharField(max_length=13, required=False, widget=forms.HiddenInput(attrs={"data-draft-on": ""}))
    region_choice = forms.ChoiceField(
        label=_("Tempat mana yang Anda maksud?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih tempat yang Anda maksud.")},
    )
    region_below = forms.ChoiceField(label=_("Pilih dari daftar"), required=False)
    place = forms.CharField(
        label=_("Patokan atau alamat kejadian"),
        max_length=200,
        required=False,
        help_text=_("Misalnya: depan pasar, dekat SD 004. Bukan alamat rumah Anda."),
    )
    point = PointField(
        label=_("Titik di peta"),
        max_length=500,
        required=False,
        help_text=_("Tempel koordinat atau tautan dari aplikasi peta. Hanya petugas yang melihatnya."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("region_choice", lookup.region_choices(lookup.typed(self, "place_text")))
        below = children_of(self.above.code if self.above else None)
        self._offer("region_below", [("", _("Pilih")), *below.values_list("code", "name")])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def above(self) -> Region | None:
        """The place chosen so far, whose parts the select offers."""
        return region_or_none(lookup.typed(self, "region"))

    @property
    def offers_places(self) -> bool:
        """Whether the typed place fits several and the reader must pick one (the way without JavaScript)."""
        return "region_choice" in self.errors or bool(self["region_choice"].value())

    def one_step_down(self) -> dict[str, Any]:
        """What was typed, with the place chosen in the select as the place; for the next round of the plain selects."""
        typed = {name: self[name].value() for name in self.fields if name != "files"}
        chosen = region_or_none(lookup.typed(self, "region_below"))
        if chosen is None:
            return typed
        return typed | {"region": chosen.code, "place_text": str(chosen), "region_below": "", "region_choice": ""}

    def settle_place(self, data: dict[str, Any]) -> None:
        typed = data.get("place_text") or ""
        data["region"] = region_or_none(data.get("region_below") or "")
        if data["region"] is not None or "place_text" in self.errors:
            self.errors.pop("region_choice", None)
            return
        if not typed.strip():
            self.errors.pop("region_choice", None)
            return
        data["region"] = lookup.settled_region(
            typed, code=lookup.typed(self, "region"), choice=data.get("region_choice") or ""
        )
        if data["region"] is not None:
            self.errors.pop("region_choice", None)
        elif not lookup.region_choices(typed):
            self.errors.pop("region_choice", None)
            self.add_error("place_text", _("Tempat ini tidak ditemukan. Coba nama kecamatan atau kotanya."))
        elif "region_choice" not in self.errors:
            self.add_error("region_choice", _("Pilih tempat yang Anda maksud."))
