"""Forms about whom a report names and about officers who step aside. Being named is no judgement: the words say so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies import nearness, units
from lapor.reports.submission import Accused

from .base import ActForm, AgencyField, text


class AccuseForm(ActForm):
    agency = AgencyField(label=_("Instansi yang disebut"), required=False)
    unit = forms.CharField(
        label=_("Unit"),
        help_text=_("Kosongkan bila laporan menyebut seluruh instansi."),
        required=False,
        max_length=150,
    )
    person = forms.CharField(
        label=_("Nama petugas"),
        help_text=_("Nama lengkap, bila disebut. Disimpan tersandi dan tidak tampil di daftar mana pun."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def prepare(self) -> None:
        self.offer("agency", self.sitting.agencies, blank=_("Tidak tahu"))

    def clean(self) -> dict[str, Any]:
        """A unit needs its body; of a person with this name who works there, the post is known, too."""
        got = super().clean() or self.cleaned_data
        agency, unit, person = got.get("agency"), got.get("unit", "").strip(), got.get("person", "").strip()
        if not (agency or person) and "agency" not in self.errors:
            self.add_error("agency", _("Pilih instansi, atau tulis nama petugas."))
        got["unit"] = units.called(agency, unit) if agency and unit else None
        if unit and got["unit"] is None:
            self.add_error("unit", self._which_unit(agency))
        found = nearness.people_called(person, at=agency) if agency and person else []
        got["officer"] = found[0] if len(found) == 1 else None
        return got

    def _which_unit(self, agency: Any) -> str:
        if agency is None:
            return gettext("Pilih dulu instansinya.")
        names = ", ".join(unit.name for unit in agency.units.filter(is_active=True))
        if not names:
            return gettext("Instansi ini belum punya unit di sini. Kosongkan bagian ini.")
        return gettext("Unit ini tidak ditemukan. Yang ada: %(names)s.") % {"names": names}

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        agency, unit, officer = got["agency"], got["unit"], got["officer"]
        return {
            "whom": Accused(
                agency_id=agency.pk if agency else None,
                unit_id=unit.pk if unit else None,
                officer_id=officer.pk if officer else None,
                name="" if officer else got["person"],
            )
        }


class WithdrawNamingForm(ActForm):
    naming = forms.TypedChoiceField(label=_("Yang dihapus"), coerce=UUID)
    reason = text(
        _("Alasan penghapusan"), _("Disimpan tersandi. Mereka yang tadinya disebut tidak membaca ini."), rows=3
    )

    def prepare(self) -> None:
        naming = self.fields["naming"]
        assert isinstance(naming, forms.ChoiceField)
        naming.choices = [(str(one.key), one.label) for one in self.sitting.case.named]


class StepAsideForm(ActForm):
    reason = text(
        _("Alasan"),
        _("Misalnya: saudara atau teman dekat. Hanya dibaca admin badan yang mengawasi laporan ini."),
        rows=3,
    )


class BringBackForm(ActForm):
    recusal = forms.TypedChoiceField(label=_("Petugas"), coerce=UUID)

    def prepare(self) -> None:
        recusal = self.fields["recusal"]
        assert isinstance(recusal, forms.ChoiceField)
        recusal.choices = [(str(one.key), one.name) for one in self.sitting.case.stepped_aside]
