"""Forms of the register of root causes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Category
from lapor.causes.models import Stage

REASONS: dict[str, Promise] = {
    "personal_data": _("Tulisan ini tampil untuk publik. Hapus nama orang, nomor telepon, NIK, alamat, dan data lain."),
    "too_short": _("Tulis sedikit lebih lengkap, paling sedikit 20 huruf."),
    "missing": _("Isi tanggal mulai berlakunya tindakan."),
}
LONG = {"rows": 4}


class CauseForm(forms.Form):
    """What an entry says. `version` is what the officer saw."""

    title = forms.CharField(
        label=_("Judul"), max_length=150, help_text=_("Masalahnya dalam satu baris, misalnya “Lampu jalan di kota X”."),
        error_messages={"required": _("Tulis judulnya.")},
    )  # fmt: skip
    cause = forms.CharField(
        label=_("Akar masalah"), max_length=4000, widget=forms.Textarea(LONG),
        help_text=_("Mengapa hal ini terus terjadi?"), error_messages={"required": _("Tulis akar masalahnya.")},
    )  # fmt: skip
    measure = forms.CharField(
        label=_("Tindakan"), max_length=4000, required=False, widget=forms.Textarea(LONG),
        help_text=_("Apa yang dilakukan supaya tidak terjadi lagi?"),
    )  # fmt: skip
    owner = forms.CharField(
        label=_("Penanggung jawab"), max_length=150,
        help_text=_("Jabatannya, misalnya “Kepala Bidang Penerangan Jalan”. Tampil untuk publik."),
        error_messages={"required": _("Tulis jabatan penanggung jawab.")},
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Selesai paling lambat"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak ada di kalender.")},
    )  # fmt: skip
    measured_on = forms.DateField(
        label=_("Tindakan berlaku sejak"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Dari tanggal ini dihitung sebelum dan sesudah."),
        error_messages={"invalid": _("Tanggal ini tidak ada di kalender.")},
    )  # fmt: skip


class NewCauseForm(CauseForm):
    """Where it is not begun from a candidate, the body and the category are chosen."""

    agency = forms.TypedChoiceField(label=_("Instansi"), coerce=int, error_messages={"required": _("Pilih instansi.")})
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), error_messages={"required": _("Pilih kategori.")}
    )
    field_order = ("agency", "category")

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.filter(is_active=True)  # type: ignore[attr-defined]


class EditCauseForm(CauseForm):
    """The same for an entry that is there, with how far it is."""

    stage = forms.ChoiceField(label=_("Tahap"), choices=Stage.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
