"""The form of a report as an officer fills it in for somebody: how it came, what was agreed, and the same choices
that the public form gives, in the same words, since they are read aloud.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lapor.channels.letters.models import Entered, Letter
from lapor.channels.written.files import ManyFiles, ManyFilesInput
from lapor.channels.written.report import KINDS, SEALED_KIND, ReportForm
from lapor.lib.codes import parse_sheet_code
from lapor.lib.files import MAX_BYTES

NOT_BY_A_HELPER = _(
    "Whistleblowing tidak diketik oleh petugas: hanya pelapor dan pemeriksa khusus boleh mengetahui isinya. Tunjukkan "
    "kepada pelapor cara melapor sendiri, di bawah ini."
)
_TOO_OLD = _("Tanggal ini terlalu lama. Periksa tahunnya.")
_NOT_YET = _("Tanggal ini belum tiba.")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggal seperti 2026-11-24.")},
    )


class CounterForm(ReportForm):
    came = forms.ChoiceField(
        label=_("Bagaimana laporan ini datang?"),
        choices=Entered.Came.choices,
        widget=forms.RadioSelect,
        initial=Entered.Came.VISIT,
    )
    letter_number = forms.CharField(
        label=_("Nomor surat"),
        max_length=80,
        required=False,
        help_text=_("Nomor yang ditulis pengirim, bila ada. Disimpan tersandi."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    letter_dated_on = _day(_("Tanggal surat"))
    sheet_code = forms.CharField(
        label=_("Kode lembar cetak"),
        max_length=30,
        required=False,
        help_text=_("Sepuluh angka di kanan atas, bila laporan ditulis di lembar LAPOR! tanpa jaringan."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "code short"}),
    )
    consent = forms.BooleanField(
        label=_("Data ini dibacakan kembali dan disetujui pelapor"),
        required=False,
        help_text=_("Bacakan isi, tempat, nama, kontak, dan pilihan kerahasiaannya sebelum mencentang. Dicatat."),
    )
    consented_on = _day(_("Tanggal persetujuan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [one for one in KINDS if one[0] != SEALED_KIND]
        kind.error_messages["invalid_choice"] = NOT_BY_A_HELPER
        kind.label = _("Apa yang ingin disampaikan?")
        self.fields["name"].label = _("Nama pelapor")
        for name in ("name", "phone", "email", "accused_person"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["files"].label = _("Foto, pindaian surat, atau PDF")
        self.fields["consented_on"].initial = timezone.localdate
        self.fields["text"].help_text = _(
            "Tulis kata-kata pelapor, di mana dan kapan. Minimal 20 huruf, atau lampirkan pindaian. Jangan tulis NIK."
        )

    def clean_sheet_code(self) -> str:
        typed: str = self.cleaned_data["sheet_code"]
        if not typed.strip():
            return ""
        code = parse_sheet_code(typed)
        if code is None:
            raise forms.ValidationError(_("Kode lembar ini tidak cocok. Periksa kembali sepuluh angkanya."))
        return code

    def clean_letter_dated_on(self) -> date | None:
        return self._past("letter_dated_on")

    def clean_consented_on(self) -> date | None:
        return self._past("consented_on")

    def _past(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_NOT_YET)
        if day is not None and day.year < 1945:
            raise forms.ValidationError(_TOO_OLD)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("came") == Entered.Came.VISIT:
            if not data.get("consent"):
                self.add_error("consent", _("Bacakan kembali, lalu centang bila pelapor setuju."))
            elif not data.get("consented_on") and "consented_on" not in self.errors:
                self.add_error("consented_on", _("Isi tanggal pelapor menyetujuinya."))
        return data

    def content(self) -> dict[str, Any]:
        """What is kept until it is sent: that of the public form, and how it came."""
        data = self.cleaned_data
        agreed = data["consented_on"] if data["consent"] else None
        return super().content() | {
            "came": data["came"],
            "letter_number": data["letter_number"].strip(),
            "sheet_code": data["sheet_code"],
            "letter_dated_on": data["letter_dated_on"].isoformat() if data["letter_dated_on"] else "",
            "consented_on": agreed.isoformat() if agreed else "",
            "language": "id",  # of the paper and of what is said at a counter, whatever the officer reads
        }


class PileForm(forms.Form):
    """Several scans at once, each of which is one letter."""

    scans = ManyFiles(
        label=_("Pindaian surat: satu berkas untuk satu surat"),
        required=False,
        help_text=_("PDF, JPG, atau PNG, masing-masing paling besar 10 MB, paling banyak 40 berkas sekali kirim."),
        widget=ManyFilesInput(
            attrs={
                "accept": "image/*,application/pdf",
                "data-files": "",
                "data-max-count": 40,
                "data-max-bytes": MAX_BYTES,
            }
        ),
    )


class DropForm(forms.Form):
    """Why a letter of the pile is not entered."""

    why = forms.ChoiceField(
        label=_("Mengapa disisihkan?"),
        choices=[("", _("Pilih alasan")), *Letter.Why.choices],
        error_messages={"required": _("Pilih alasannya."), "invalid_choice": _("Pilih alasannya.")},
    )


class SheetsForm(forms.Form):
    """How many blank forms are printed."""

    how_many = forms.IntegerField(
        label=_("Berapa lembar?"),
        min_value=1,
        max_value=100,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Tulis jumlahnya, dari 1 sampai 100."),
            "invalid": _("Tulis jumlahnya dengan angka."),
            "min_value": _("Paling sedikit satu lembar."),
            "max_value": _("Paling banyak 100 lembar sekali cetak."),
        },
    )
