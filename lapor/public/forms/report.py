"""The report as a citizen types it. Every choice says who will see what; nothing but the text is required."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category
from lapor.lib import phones
from lapor.lib.text import normalise
from lapor.reports.submission import MAX_TEXT, MAX_TITLE, MIN_TEXT

from . import lookup
from .files import FilesForm

KINDS = [
    ("complaint", _("Pengaduan: ada layanan yang buruk, rusak, atau tidak berjalan")),
    ("aspiration", _("Aspirasi: usul atau pendapat tentang kebijakan, anggaran, atau pembangunan")),
    ("information_request", _("Permintaan informasi: saya ingin tahu atau meminta dokumen")),
    ("whistleblowing", _("Whistleblowing: saya mengetahui korupsi atau pungli dan perlu perlindungan penuh")),
    ("procurement", _("Pengadaan: masalah lelang atau pembelian oleh pemerintah")),
]
_EAST_IS_AHEAD = timedelta(hours=2)  # of the server's own day
# Indonesia with its seas. A position outside is a mistake of the device and is left out without a word.
_LATITUDES, _LONGITUDES = (Decimal(-12), Decimal(7)), (Decimal(94), Decimal(142))


class RadioSelect(forms.RadioSelect):
    """The kinds; choosing whistleblowing keeps no draft on a shared telephone."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] == "whistleblowing":
            option["attrs"]["data-draft-stop"] = ""
        return option


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Categories in the reader's language."""

    def label_from_instance(self, obj: Category) -> str:
        return (obj.name_en if (get_language() or "").startswith("en") else "") or str(obj.name)


class ReportForm(FilesForm):
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
        error_messages={
            "max_length": _("Tulisan terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d huruf.")
        },
    )
    title = forms.CharField(
        label=_("Judul singkat"),
        max_length=MAX_TITLE,
        required=False,
        help_text=_("Misalnya: Lampu jalan mati di Jalan Juanda"),
    )
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
    place = forms.CharField(
        label=_("Patokan atau alamat kejadian"),
        max_length=200,
        required=False,
        help_text=_("Misalnya: depan pasar, dekat SD 004. Bukan alamat rumah Anda."),
    )
    latitude = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    longitude = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    occurred_on = forms.DateField(
        label=_("Kapan terjadi?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggal seperti 2026-11-24.")},
    )
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
    category = CategoryField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Pilihkan untuk saya")
    )
    name = forms.CharField(
        label=_("Nama Anda"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=30,
        required=False,
        help_text=_("Untuk kabar tentang laporan Anda. Tidak pernah ditampilkan."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )
    email = forms.EmailField(
        label=_("Alamat e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id")},
    )
    is_anonymous = forms.BooleanField(
        label=_("Anonim"),
        required=False,
        help_text=_(
            "Nama Anda disembunyikan dari publik dan dari semua petugas instansi yang menangani. "
            "Isi laporan tetap dapat dibaca publik."
        ),
    )
    is_confidential = forms.BooleanField(
        label=_("Rahasia"),
        required=False,
        help_text=_(
            "Seluruh isi laporan disembunyikan dari publik. Hanya petugas yang menangani yang dapat membacanya."
        ),
        widget=forms.CheckboxInput(attrs={"data-draft-stop": ""}),
    )
    shows_name = forms.BooleanField(
        label=_("Tampilkan nama saya kepada publik"),
        required=False,
        help_text=_("Jika tidak dicentang, publik tidak melihat nama Anda."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)
        category.queryset = Category.objects.filter(is_active=True)
        # A browser cuts what is pasted at `maxlength` without a word. We would rather say that it is too long.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.has_files = False
        self._offer("region_choice", lookup.region_choices(self["place_text"].value() or ""))
        self._offer("agency_choice", lookup.agency_choices(self["agency_text"].value() or "", self._place_so_far()))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _place_so_far(self) -> str:
        return str(self["region_choice"].value() or self["region"].value() or "")

    @property
    def offers_places(self) -> bool:
        """Whether the typed place fits several and the reader must pick one (the way without JavaScript)."""
        return "region_choice" in self.errors or bool(self["region_choice"].value())

    @property
    def offers_agencies(self) -> bool:
        return "agency_choice" in self.errors or bool(self["agency_choice"].value())

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(normalise(text)) < MIN_TEXT and not self.has_files:
            raise forms.ValidationError(_("Ceritakan sedikit lebih banyak: minimal 20 huruf, atau lampirkan foto."))
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
        data["latitude"], data["longitude"] = _position(data)
        self._settle_place(data)
        self._settle_agency(data)
        return data

    def _settle_place(self, data: dict[str, Any]) -> None:
        typed = data.get("place_text") or ""
        data["region"] = None
        if "place_text" in self.errors:
            return
        if not typed.strip():
            self.errors.pop("region_choice", None)
            return
        data["region"] = lookup.settled_region(
            typed, code=self["region"].value() or "", choice=data.get("region_choice") or ""
        )
        if data["region"] is not None:
            self.errors.pop("region_choice", None)
        elif not lookup.region_choices(typed):
            self.errors.pop("region_choice", None)
            self.add_error("place_text", _("Tempat ini tidak ditemukan. Coba nama kecamatan atau kotanya."))
        elif "region_choice" not in self.errors:
            self.add_error("region_choice", _("Pilih tempat yang Anda maksud."))

    def _settle_agency(self, data: dict[str, Any]) -> None:
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
        elif not lookup.agency_choices(typed, self._place_so_far()):
            self.errors.pop("agency_choice", None)
            self.add_error(
                "agency_text", _("Instansi ini tidak ditemukan. Tulis nama lain, atau kosongkan agar kami carikan.")
            )
        elif "agency_choice" not in self.errors:
            self.add_error("agency_choice", _("Pilih instansi yang Anda maksud."))

    def content(self) -> dict[str, Any]:
        """What is kept until it is sent: text, numbers, booleans and None only."""
        data = self.cleaned_data
        region, agency, category = data["region"], data["agency"], data["category"]
        plain = ("kind", "text", "title", "place", "name", "phone", "email")
        return {
            **{name: data[name] for name in plain},
            **{name: data[name] for name in ("is_anonymous", "is_confidential", "shows_name")},
            "place_text": str(region) if region else "",
            "region": region.code if region else "",
            "agency_text": agency.name if agency else data["agency_text"],
            "agency_choice": "" if agency else data["agency_choice"],
            "agency_id": agency.pk if isinstance(agency, Agency) else None,
            "category": category.slug if category else "",
            "latitude": data["latitude"],
            "longitude": data["longitude"],
            "occurred_on": data["occurred_on"].isoformat() if data["occurred_on"] else "",
            "language": (get_language() or "id")[:2],
        }


def _position(data: dict[str, Any]) -> tuple[str, str]:
    """Both numbers as text with five decimals, or nothing where they are no position in Indonesia."""
    try:
        latitude, longitude = Decimal(data.get("latitude") or ""), Decimal(data.get("longitude") or "")
    except InvalidOperation:
        return "", ""
    if not (latitude.is_finite() and longitude.is_finite()):
        return "", ""
    if not _LATITUDES[0] <= latitude <= _LATITUDES[1] or not _LONGITUDES[0] <= longitude <= _LONGITUDES[1]:
        return "", ""
    return f"{latitude:.5f}", f"{longitude:.5f}"
