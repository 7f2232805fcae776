"""Forms about bodies and their units: connect, disconnect, edit, take on the standard set; add, rename, close units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Unit
from lapor.agencies.units import people_in
from lapor.reports.staff import open_in_units

from .base import OfficeForm, choice, day, line, text

WHOLE_BODY = "-"


class ConnectForm(OfficeForm):
    on = day(_("Terhubung sejak"), _("Mulai hari itu laporan tentang instansi ini masuk ke antreannya sendiri."))
    reason = text(_("Keterangan"), _("Misalnya nomor perjanjian kerja sama. Tampil dalam riwayat."), required=False)

    def prepare(self) -> None:
        self.initial["on"] = self.manager.today


class DisconnectForm(OfficeForm):
    on = day(_("Tidak terhubung lagi sejak"), _("Mulai hari itu badan di atasnya yang menjawab."))
    reason = text(_("Alasan"), _("Tampil dalam riwayat. Jangan menulis data pribadi."))

    def prepare(self) -> None:
        self.initial["on"] = self.manager.today


class AdoptForm(OfficeForm):
    on = day(
        _("Langsung terhubung sejak"),
        _("Kosongkan bila petugasnya belum ada: dinas dibuat dulu, dihubungkan nanti."),
        required=False,
    )
    reason = text(_("Keterangan"), required=False)


class BodyForm(OfficeForm):
    name = line(_("Nama resmi"), most=200)
    short = line(_("Singkatan"), _("Misalnya “Dinkes Samarinda”."), most=60, required=False)
    answers_for = text(
        _("Menangani"), _("Satu atau dua kalimat yang dipahami warga."), most=2000, rows=4, required=False
    )
    address = text(_("Alamat"), _("Dipakai dalam surat pelimpahan."), most=500, required=False)
    letterhead = text(_("Kop surat"), _("Baris-baris di atas surat pelimpahan."), most=500, required=False)

    def prepare(self) -> None:
        agency: Agency = self.subject
        self.initial = {name: getattr(agency, name) for name in self.fields}


class UnitForm(OfficeForm):
    name = line(_("Nama unit"), _("Misalnya “Bidang Bina Marga”."), most=150)

    def prepare(self) -> None:
        if isinstance(self.subject, Unit):
            self.initial["name"] = self.subject.name


class CloseUnitForm(OfficeForm):
    into = choice(_("Laporan dan petugasnya pindah ke"))

    def prepare(self) -> None:
        unit: Unit = self.subject
        if not people_in(unit) and not open_in_units([unit.pk], reader=self.manager.actor):
            del self.fields["into"]  # nothing and nobody has to go anywhere
            return
        others = Unit.objects.filter(agency=unit.agency_id, is_active=True).exclude(pk=unit.pk)
        self.choose(
            "into",
            [(str(other.pk), other.name) for other in others] + [(WHOLE_BODY, str(_("Seluruh instansi, tanpa unit")))],
            blank=_("Pilih tujuannya"),
        )

    def clean_into(self) -> Unit | None:
        value = self.cleaned_data["into"]
        return None if value == WHOLE_BODY else Unit.objects.get(pk=value)

    def arguments(self) -> dict[str, Any]:
        return {"into": self.cleaned_data.get("into")}

    def facts(self) -> dict[str, Any]:
        into = self.cleaned_data.get("into")
        return {"into": into.pk if into else None}


class FilterForm(forms.Form):
    """What the list of bodies shows; everything comes from the address and nonsense is ignored."""

    q = forms.CharField(label=_("Nama atau singkatan"), required=False, max_length=80)
    status = forms.ChoiceField(
        label=_("Keterhubungan"),
        choices=[("", _("Semua")), ("yes", _("Terhubung")), ("no", _("Belum terhubung"))],
        required=False,
    )
    region = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, data: Any, *, places: list[tuple[str, str]]) -> None:
        super().__init__(data, label_suffix="")
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [("", str(_("Semua wilayah"))), *places]

    def asked(self) -> dict[str, str]:
        self.full_clean()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
