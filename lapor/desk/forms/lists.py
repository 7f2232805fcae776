"""Forms of the queue: filters that live in the address, and one disposition for several reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category
from lapor.reports.queue import KINDS, STATES, TABS, Filters

from .. import choices
from .base import AgencyField, name_what_is_missing

LATENESS = [
    ("", _("Semua tenggat")),
    ("late", _("Terlambat")),
    ("today", _("Hari ini")),
    ("week", _("7 hari ke depan")),
]


class FilterForm(forms.Form):
    """Every value comes from the address and goes back into it; nonsense is ignored, not refused."""

    q = forms.CharField(
        label=_("Cari"), required=False, max_length=100, widget=forms.TextInput({"type": "search", "data-search": ""})
    )
    state = forms.ChoiceField(label=_("Tahap"), choices=[("", _("Semua tahap")), *STATES], required=False)
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua jenis")), *KINDS], required=False)
    lateness = forms.ChoiceField(label=_("Tenggat"), choices=LATENESS, required=False)
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Semua kategori")
    )
    region = forms.ChoiceField(label=_("Wilayah"), required=False)
    agency = AgencyField(label=_("Instansi"), required=False)
    same = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    mine = forms.BooleanField(label=_("Hanya yang saya tangani"), required=False)

    def __init__(self, data: QueryDict, *, region_codes: set[str]) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        category, region, agency = self.fields["category"], self.fields["region"], self.fields["agency"]
        assert isinstance(category, forms.ModelChoiceField) and isinstance(region, forms.ChoiceField)
        category.queryset = choices.categories()
        asked = data.get("region", "")
        self.places = choices.places_under(region_codes | ({asked} if asked else set()))
        region.choices = choices.with_blank(self.places, str(_("Semua wilayah")))
        chosen = Agency.objects.filter(slug=data["agency"]).first() if data.get("agency") else None
        near = choices.agencies_of(region_codes)
        extra = [(chosen.slug, chosen.name)] if chosen and chosen.slug not in dict(near) else []
        agency.widget.choices = choices.with_blank([*extra, *near], str(_("Semua instansi")))

    def filters(self, *, tab: str) -> Filters:
        """What was asked for, as far as it makes sense; `tab` is shown where none was asked for."""
        self.full_clean()
        got: dict[str, Any] = self.cleaned_data
        asked = self.data.get("tab", "")
        category, agency = got.get("category"), got.get("agency")
        return Filters(
            tab=asked if asked in TABS else tab,
            state=got.get("state", ""),
            kind=got.get("kind", ""),
            region=got.get("region", ""),
            agency=agency.slug if agency else "",
            category=category.pk if category else "",
            lateness=got.get("lateness", ""),
            q=got.get("q", ""),
            mine=bool(got.get("mine")),
            same=got.get("same", ""),
        )


class BulkForm(forms.Form):
    """Where the ticked reports go."""

    to = AgencyField(label=_("Teruskan yang dipilih ke"))
    instruction = forms.CharField(
        label=_("Petunjuk"), required=False, max_length=1000, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, data: QueryDict | None = None, *, region_codes: set[str]) -> None:
        super().__init__(data, auto_id="bulk-%s", label_suffix="", use_required_attribute=False)
        name_what_is_missing(self)
        near = choices.agencies_of(region_codes, active_only=True)
        self.fields["to"].widget.choices = choices.with_blank(near, str(_("Pilih instansi")))
