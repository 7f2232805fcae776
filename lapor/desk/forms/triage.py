"""Forms of the body that verifies: verify, correct, hold, pass on, archive, dispose, join and split, decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Category, Region
from lapor.reports.access import NotFound, find
from lapor.reports.actions import ARCHIVE_REASONS
from lapor.reports.queue import KINDS

from .. import choices
from .base import ActForm, AgencyField, FilesForm, day, text


def _title(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Judul"),
        help_text=_("Satu kalimat yang merangkum laporan, tanpa nama orang."),
        max_length=150,
        required=required,
    )


class VerifyForm(ActForm):
    is_guarded = True
    title = _title()

    def prepare(self) -> None:
        self.initial["title"] = self.sitting.case.report.title
        if self.sitting.case.report.sealed_id is not None:  # the reporter's own words stay sealed as they came
            del self.fields["title"]


class CorrectForm(ActForm):
    is_guarded = True
    title = _title()
    kind = forms.ChoiceField(label=_("Jenis laporan"))
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Belum ditentukan")
    )
    has_oversight = forms.TypedChoiceField(
        label=_("Kadar pengawasan"),
        help_text=_("Pengaduan berkadar pengawasan perlu pemeriksaan, sehingga tenggatnya lebih panjang."),
        choices=[("", _("Belum dinilai")), ("yes", _("Berkadar pengawasan")), ("no", _("Tidak berkadar pengawasan"))],
        coerce=lambda value: {"yes": True, "no": False}[value],
        empty_value=None,
        required=False,
    )
    region_text = forms.CharField(
        label=_("Wilayah"), help_text=_("Nama desa, kecamatan, kota, atau kabupaten."), required=False, max_length=200
    )
    region = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(
        label=_("Tempat"), help_text=_("Alamat atau patokan."), max_length=200, required=False, empty_value=""
    )
    occurred_on = day(_("Tanggal kejadian"), required=False)
    is_urgent = forms.BooleanField(
        label=_("Mendesak"), help_text=_("Ada bahaya bagi jiwa atau kesehatan bila menunggu."), required=False
    )

    def prepare(self) -> None:
        report = self.sitting.case.report
        kind, category = self.fields["kind"], self.fields["category"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(category, forms.ModelChoiceField)
        kind.choices = KINDS
        category.queryset = choices.categories()
        self.initial.update(
            {
                "title": report.title,
                "kind": report.kind,
                "category": report.category_id,
                "has_oversight": {True: "yes", False: "no", None: ""}[report.has_oversight],
                "region": report.region_id or "",
                "region_text": str(report.region or ""),
                "place": report.place,
                "occurred_on": report.occurred_on,
                "is_urgent": report.is_urgent,
            }
        )

    def clean(self) -> dict[str, Any]:
        """The typed name of the place counts; the hidden code only where it still says the same."""
        got = super().clean() or self.cleaned_data
        typed = " ".join(got.pop("region_text", "").split())
        chosen = Region.objects.filter(code=got.get("region") or "").first()
        if typed and (chosen is None or str(chosen) != typed):
            chosen = choices.region_named(typed)
            if chosen is None:
                self.add_error("region_text", _("Tempat ini tidak ditemukan. Coba nama kecamatan dan kotanya."))
        got["region"] = chosen if typed else None
        return got


class HoldForm(FilesForm):
    is_guarded = True
    question = text(
        _("Pertanyaan untuk pelapor"),
        _("Tulis apa yang kurang dan mengapa diperlukan. Pelapor punya 30 hari untuk menjawab."),
    )


class PassOnForm(ActForm):
    is_guarded = True
    to = AgencyField(label=_("Diteruskan kepada"), searches=False)
    reason = text(_("Alasan"), _("Mengapa badan itu yang berwenang. Hanya dibaca petugas."), rows=3)

    def prepare(self) -> None:
        here = self.sitting.case.report.holder
        others = [choice for choice in self.sitting.admins if here is None or choice[0] != here.slug]
        self.offer("to", others, blank=_("Pilih badan"))


class ArchiveForm(ActForm):
    is_guarded = True
    reason = forms.ChoiceField(
        label=_("Alasan"), choices=[("", _("Pilih alasan")), *ARCHIVE_REASONS.items()], required=True
    )
    explanation = text(_("Penjelasan untuk pelapor"), _("Pelapor membaca ini dan boleh menyatakan keberatan."), rows=4)


class AssignForm(ActForm):
    is_guarded = True
    to = AgencyField(
        label=_("Instansi yang menjawab"),
        help_text=_(
            "Instansi yang belum terhubung diwakili badan terdekat di atasnya, yang mengirim surat pelimpahan."
        ),
    )
    second = AgencyField(label=_("Instansi pendukung"), required=False)
    third = AgencyField(label=_("Instansi pendukung lain"), required=False)
    instruction = text(_("Petunjuk untuk instansi"), _("Hanya dibaca petugas."), rows=3, required=False)

    def prepare(self) -> None:
        report = self.sitting.case.report
        proposed = report.proposed_agency if report.agency_id is None and report.hand_backs == 0 else None
        suggestion = self.sitting.suggestion
        suggested = suggestion.agency if suggestion is not None and suggestion.is_sure else None
        self.initial["to"] = self.sitting.chosen or getattr(suggested or proposed, "slug", "")
        self.offer("to", self.sitting.independent, blank=_("Pilih instansi"))
        for name in ("second", "third"):
            self.offer(name, self.sitting.independent, blank=_("Tidak ada"))

    def arguments(self) -> dict[str, Any]:
        got = super().arguments()
        helpers = (got.pop("second"), got.pop("third"))
        return got | {"contributors": tuple(agency for agency in helpers if agency and agency != got["to"])}


class DirectForm(ActForm):
    """Verified and disposed in one step, where the suggestion needs no second look."""

    is_guarded = True
    to = AgencyField(label=_("Instansi yang menjawab"))
    instruction = text(_("Petunjuk untuk instansi"), _("Hanya dibaca petugas."), rows=2, required=False)

    def prepare(self) -> None:
        suggestion = self.sitting.suggestion
        sure = suggestion.agency if suggestion is not None and suggestion.is_sure else None
        self.initial["to"] = self.sitting.chosen or (sure.slug if sure else "")
        self.offer("to", self.sitting.independent, blank=_("Pilih instansi"))


class ContributorForm(ActForm):
    agency = AgencyField(label=_("Instansi pendukung"))

    def prepare(self) -> None:
        self.offer("agency", self.sitting.independent, blank=_("Pilih instansi"))


class MergeForm(ActForm):
    into = forms.CharField(
        label=_("Nomor laporan utama"),
        help_text=_("Pelapor laporan ini tetap punya utas sendiri dan menerima jawaban laporan utama."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "code short"}),
    )

    def clean_into(self) -> object:
        code = choices.code_in(self.cleaned_data["into"])
        try:
            return find(self.sitting.actor, code)
        except NotFound:
            raise forms.ValidationError(_("Tidak ada laporan dengan nomor ini yang dapat Anda buka.")) from None


class MassForm(ActForm):
    is_guarded = True
    title = forms.CharField(
        label=_("Judul laporan massal"),
        help_text=_("Meringkas apa yang dilaporkan banyak orang. Publik membaca judul ini; jangan sebut nama orang."),
        max_length=150,
    )

    def prepare(self) -> None:
        mass = self.sitting.case.mass
        self.initial["title"] = mass.title if mass is not None else ""


class SplitForm(ActForm):
    is_guarded = True
    title = _title(required=True)
    text = text(
        _("Isi laporan kedua"),
        _("Salin bagian laporan tentang pokok yang kedua. Laporan baru punya tenggat sendiri; pelapornya sama."),
        rows=5,
    )


class DecisionForm(ActForm):
    is_guarded = True
    explanation = text(_("Pertimbangan"), _("Pelapor dan instansi membaca ini."), rows=5)
