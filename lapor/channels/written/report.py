"""The report as a citizen types it. Every choice says who will see what; nothing but the text is required."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category
from lapor.agencies.people import NobodyCanOpen, receiver_for, somebody_opens
from lapor.lib import phones
from lapor.lib.text import normalise
from lapor.reports.submission import MAX_TEXT, MAX_TITLE, MIN_TEXT

from . import lookup
from .accused import AccusedForm
from .body import BodyForm
from .files import FilesForm
from .place import PlaceForm

KINDS = [
    ("complaint", _("Pengaduan")),
    ("aspiration", _("Aspirasi")),
    ("information_request", _("Permintaan informasi")),
    ("whistleblowing", _("Whistleblowing")),
    ("procurement", _("Pengadaan")),
]
SEALED_KIND = "whistleblowing"
NOBODY_OPENS = _(
    "Laporan ini belum dapat kami terima secara tersegel: belum ada pemeriksa dengan kunci untuk tempat ini, jadi "
    "tidak ada yang dapat membacanya. Tidak ada yang kami simpan. Anda dapat melapor ke KPK (telepon 198, "
    "kws.kpk.go.id), Ombudsman RI (telepon 137), atau meminta perlindungan LPSK (telepon 148)."
)
KIND_HINTS = {
    "complaint": _("Ada layanan yang buruk, rusak, atau tidak berjalan."),
    "aspiration": _("Usul atau pendapat tentang kebijakan, anggaran, atau pembangunan."),
    "information_request": _("Anda ingin tahu sesuatu atau meminta dokumen."),
    "whistleblowing": _(
        "Anda tahu ada korupsi atau pungli dan perlu perlindungan. Laporan disandi; hanya pemeriksa khusus yang "
        "membacanya. Publik, instansi yang dilaporkan, dan petugas lain tidak."
    ),
    "procurement": _("Masalah lelang atau pembelian barang dan jasa oleh pemerintah."),
}
TOO_LONG = _("Tulisan terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d huruf.")
_EAST_IS_AHEAD = timedelta(hours=2)  # of the server's own day


class RadioSelect(forms.RadioSelect):
    """The kinds; choosing whistleblowing keeps no draft on a shared telephone."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["hint"] = KIND_HINTS[option["value"]]
        if option["value"] == "whistleblowing":
            option["attrs"]["data-draft-stop"] = ""
        return option


class ReportForm(FilesForm, PlaceForm, BodyForm, AccusedForm):
    kind = forms.ChoiceField(
        label=_("Apa yang ingin Anda sampaikan?"), choices=KINDS, widget=RadioSelect, initial="complaint"
    )
    text = forms.CharField(
        label=_("Apa yang terjadi?"),
        help_text=_(
            "Ceritakan apa yang terjadi, di mana, dan kapan. Minimal 20 huruf, atau lampirkan foto. "
            "Jangan tulis NIK atau nomor rekening."
        ),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "data-count": MAX_TEXT, "data-min": MIN_TEXT}),
        error_messages={"max_length": TOO_LONG},
    )
    title = forms.CharField(
        label=_("Judul singkat"),
        max_length=MAX_TITLE,
        required=False,
        help_text=_("Misalnya: Lampu jalan mati di Jalan Juanda"),
    )
    occurred_on = forms.DateField(
        label=_("Kapan terjadi?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggal seperti 2026-11-24.")},
    )
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Pilihkan untuk saya")
    )
    name = forms.CharField(
        label=_("Nama Anda"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=30,
        required=False,
        help_text=_("Untuk kabar tentang laporan Anda. Tidak ditampilkan kepada siapa pun, juga tidak kepada petugas."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )
    email = forms.EmailField(
        label=_("Alamat e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id")},
    )
    is_anonymous = forms.BooleanField(
        label=_("Anonim: sembunyikan nama saya"),
        required=False,
        help_text=_(
            "Nama Anda tidak dilihat siapa pun: tidak oleh publik, instansi yang dilaporkan, maupun petugas. "
            "Isi laporan tetap dapat dibaca publik, jadi jangan tulis nama Anda di dalamnya."
        ),
    )
    is_confidential = forms.BooleanField(
        label=_("Rahasia: sembunyikan seluruh laporan"),
        required=False,
        help_text=_(
            "Publik tidak melihat apa pun dari laporan ini. Yang membacanya hanya petugas yang memeriksa dan "
            "menangani, serta pengawas seperti Ombudsman. Petugas yang menangani melihat nama Anda, kecuali Anda juga "
            "memilih anonim."
        ),
        widget=forms.CheckboxInput(attrs={"data-draft-stop": ""}),
    )
    shows_name = forms.BooleanField(
        label=_("Tampilkan nama saya kepada publik"),
        required=False,
        help_text=_(
            "Jika tidak dicentang, nama Anda hanya dilihat petugas yang menangani. Tidak berlaku bila Anda memilih "
            "anonim atau rahasia."
        ),
    )

    field_order = (
        "kind",
        "text",
        "title",
        "place_text",
        "region_choice",
        "region_below",
        "place",
        "point",
        "occurred_on",
        "files",
        "agency_text",
        "agency_choice",
        "category",
        "accused_text",
        "accused_choice",
        "accused_unit",
        "accused_person",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)
        category.queryset = Category.objects.filter(is_active=True)
        # A browser cuts what is pasted at `maxlength` without a word. We would rather say that it is too long.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.has_files = False
        if not somebody_opens(on=timezone.localdate()):  # not offered; one that is sent all the same is told why
            kinds = self.fields["kind"]
            assert isinstance(kinds, forms.ChoiceField)
            kinds.widget.choices = [kind for kind in KINDS if kind[0] != SEALED_KIND]

    def place_so_far(self) -> str:
        return lookup.typed(self, "region_choice") or lookup.typed(self, "region")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        length = len(normalise(text))
        if length < MIN_TEXT and not self.has_files:
            raise forms.ValidationError(_("Ceritakan sedikit lebih banyak: minimal 20 huruf, atau lampirkan foto."))
        if length > MAX_TEXT:  # one sign may stand for many letters
            raise forms.ValidationError(TOO_LONG, params={"show_value": length, "limit_value": MAX_TEXT})
        return text

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if not typed:
            return ""
        number = phones.normalise(typed)
        if number is None:
            raise forms.ValidationError(_("Nomor ini tidak dikenali. Contoh: 0812 3456 7890"))
        return number

    def clean_occurred_on(self) -> date | None:
        day: date | None = self.cleaned_data["occurred_on"]
        if day is not None and day > timezone.localdate(timezone.now() + _EAST_IS_AHEAD):
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        if day is not None and day.year < 1945:
            raise forms.ValidationError(_("Tanggal ini terlalu lama. Periksa tahunnya."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.settle_place(data)
        self.settle_agency(data)
        self.settle_accused(data)
        if data.get("kind") == SEALED_KIND:
            region = data.get("region")
            try:
                receiver_for(region.code if region else None, is_sealed=True, on=timezone.localdate())
            except NobodyCanOpen:
                self.add_error("kind", NOBODY_OPENS)
        return data

    def content(self) -> dict[str, Any]:
        """What is kept until it is sent: text, numbers, booleans and None only."""
        data = self.cleaned_data
        region, agency, category = data["region"], data["agency"], data["category"]
        latitude, _sep, longitude = data["point"].partition(", ")
        accused, accused_agency = self.accused(), data["accused_agency"]
        plain = ("kind", "text", "title", "place", "point", "name", "phone", "email")
        return {
            **{name: data[name] for name in plain},
            **{name: data[name] for name in ("is_anonymous", "is_confidential", "shows_name")},
            "place_text": str(region) if region else "",
            "region": region.code if region else "",
            "agency_text": agency.name if agency else data["agency_text"],
            "agency_choice": "" if agency else data["agency_choice"],
            "agency_id": agency.pk if isinstance(agency, Agency) else None,
            "category": category.slug if category else "",
            "accused": astuple(accused) if accused else None,
            "accused_text": accused_agency.name if accused_agency else "",
            "accused_choice": "",
            "accused_unit": data["accused_unit"],
            "accused_person": data["accused_person"],
            "latitude": latitude,
            "longitude": longitude,
            "occurred_on": data["occurred_on"].isoformat() if data["occurred_on"] else "",
            "language": (get_language() or "id")[:2],
        }
