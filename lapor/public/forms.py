"""What a citizen types: the report, the proof of ownership, and the answers to an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category, Region
from lapor.agencies.search import search_agencies, search_regions
from lapor.lib import phones
from lapor.lib.files import MAX_BYTES, MAX_FILES
from lapor.reports.submission import MAX_TEXT, MAX_TITLE, MIN_TEXT

KINDS = [
    ("complaint", _("Pengaduan: ada layanan yang buruk, rusak, atau tidak berjalan")),
    ("aspiration", _("Aspirasi: usul atau pendapat tentang kebijakan, anggaran, atau pembangunan")),
    ("information_request", _("Permintaan informasi: saya ingin tahu atau meminta dokumen")),
    ("whistleblowing", _("Whistleblowing: saya mengetahui korupsi atau pungli dan perlu perlindungan penuh")),
    ("procurement", _("Pengadaan: masalah lelang atau pembelian oleh pemerintah")),
]


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files in one control; each is checked by content later, so that a bad one loses nothing else."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [item for item in (data or []) if item]


class FilesForm(forms.Form):
    files = ManyFiles(
        label=_("Foto, dokumen PDF, atau video pendek"),
        required=False,
        help_text=_("Paling banyak 5 berkas, masing-masing 10 MB. Data lokasi di dalam foto dihapus."),
        widget=ManyFilesInput(
            attrs={
                "accept": "image/*,application/pdf,video/mp4,video/webm,video/3gpp",
                "data-files": "",
                "data-max-files": MAX_FILES,
                "data-max-mb": MAX_BYTES // (1024 * 1024),
            }
        ),
    )


class ReportForm(FilesForm):
    """One report. Every choice says who will see what; nothing but the text is required."""

    kind = forms.ChoiceField(
        label=_("Apa yang ingin Anda sampaikan?"), choices=KINDS, widget=forms.RadioSelect, initial="complaint"
    )
    text = forms.CharField(
        label=_("Apa yang terjadi?"),
        help_text=_(
            "Ceritakan apa yang terjadi, di mana, dan kapan. Minimal 20 huruf, atau lampirkan foto. "
            "Jangan tulis NIK atau nomor rekening."
        ),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "data-count": "", "data-least": MIN_TEXT}),
        error_messages={"max_length": _("Tulisan terlalu panjang. Paling banyak %(limit_value)d huruf.")},
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
    region = forms.CharField(required=False, widget=forms.HiddenInput)
    region_choice = forms.ChoiceField(
        label=_("Tempat mana yang Anda maksud?"), required=False, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("Patokan atau alamat kejadian"),
        max_length=200,
        required=False,
        help_text=_("Misalnya: depan pasar, dekat SD 004. Bukan alamat rumah Anda."),
    )
    latitude = forms.DecimalField(
        required=False, min_value=-12, max_value=7, decimal_places=5, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False, min_value=94, max_value=142, decimal_places=5, widget=forms.HiddenInput
    )
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
        label=_("Instansi mana yang Anda maksud?"), required=False, widget=forms.RadioSelect
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
        help_text=_("Untuk kabar tentang laporan Anda. Tidak pernah ditampilkan."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "short"}),
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
        self.has_files = False
        self._offer("region_choice", _region_choices(self["place_text"].value() or "", self["region"].value() or ""))
        self._offer("agency_choice", _agency_choices(self["agency_text"].value() or ""))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def offers_places(self) -> bool:
        """Whether the typed place fits several and the reader must pick one (the way without JavaScript)."""
        return "region_choice" in self.errors or bool(self["region_choice"].value())

    @property
    def offers_agencies(self) -> bool:
        return "agency_choice" in self.errors or bool(self["agency_choice"].value())

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
        if day is not None and day > date.today():
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        if day is not None and day.year < 1945:
            raise forms.ValidationError(_("Tanggal ini terlalu lama. Periksa tahunnya."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = (data.get("text") or "").strip()
        if "text" not in self.errors and len(text) < MIN_TEXT and not (self.has_files or data.get("files")):
            self.add_error("text", _("Ceritakan sedikit lebih banyak: minimal 20 huruf, atau lampirkan foto."))
        self._settle_place(data)
        self._settle_agency(data)
        return data

    def _settle_place(self, data: dict[str, Any]) -> None:
        chosen = data.get("region_choice") or data.get("region") or ""
        found = Region.objects.filter(code=chosen).first() if chosen else None
        choices = _region_choices(data.get("place_text") or "", "")
        if found is None and len(choices) == 1:
            found = Region.objects.filter(code=choices[0][0]).first()
        if found is None and choices:
            self.add_error("region_choice", _("Pilih tempat yang Anda maksud."))
        elif found is None and data.get("place_text"):
            self.add_error("place_text", _("Tempat ini tidak ditemukan. Coba nama kecamatan atau kotanya."))
        data["region_code"] = found.code if found else None

    def _settle_agency(self, data: dict[str, Any]) -> None:
        typed = data.get("agency_text") or ""
        chosen = data.get("agency_choice") or ""
        if chosen == "none" or not typed:
            data["agency_id"] = None
            return
        choices = _agency_choices(typed)
        found = Agency.objects.filter(slug=chosen).first() if chosen else None
        if found is None:
            found = Agency.objects.filter(name__iexact=typed.strip(), is_active=True).first()
        if found is None and len(choices) > 1:
            self.add_error("agency_choice", _("Pilih instansi yang Anda maksud."))
        data["agency_id"] = found.pk if found else None


def _region_choices(typed: str, code: str) -> list[tuple[str, str]]:
    if code or not typed.strip():
        return []
    return [(hit.code, f"{hit.name}, {hit.label}" if hit.label else hit.name) for hit in search_regions(typed, limit=8)]


def _agency_choices(typed: str) -> list[tuple[str, str]]:
    if not typed.strip():
        return []
    found = [(agency.slug, agency.name) for agency in search_agencies(typed, limit=8)]
    return [*found, ("none", gettext("Bukan salah satu dari ini; carikan untuk saya"))] if found else []


class TrackForm(forms.Form):
    code = forms.CharField(
        label=_("Kode laporan"),
        max_length=20,
        help_text=_("Sepuluh angka, misalnya 4827 193 056."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short code"}),
        error_messages={"required": _("Tulis kode laporan Anda.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        help_text=_("Delapan angka yang Anda terima saat melapor."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short code"}),
        error_messages={"required": _("Tulis PIN Anda.")},
    )


class ReplyForm(FilesForm):
    text = forms.CharField(
        label=_("Tulisan Anda"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tulis sesuatu dahulu.")},
    )


class ReasonForm(forms.Form):
    text = forms.CharField(label=_("Alasan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RateForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Nilai jawaban ini"),
        coerce=int,
        choices=[
            (5, _("5 – sangat baik")),
            (4, _("4 – baik")),
            (3, _("3 – cukup")),
            (2, _("2 – kurang")),
            (1, _("1 – buruk")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu nilai.")},
    )
    dealt_with = forms.TypedChoiceField(
        label=_("Apakah jawaban ini membahas masalah Anda?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Ya")), ("no", _("Tidak"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih ya atau tidak.")},
    )


class SecrecyForm(forms.Form):
    is_anonymous = forms.BooleanField(label=_("Sembunyikan nama saya (anonim)"), required=False)
    is_confidential = forms.BooleanField(label=_("Sembunyikan seluruh laporan dari publik (rahasia)"), required=False)
