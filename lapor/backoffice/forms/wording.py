"""Forms of categories and answer templates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Category

from .base import OfficeForm, line, text


class CategoryForm(OfficeForm):
    name = line(_("Nama"), _("Dalam kata-kata warga, misalnya “Jalan dan jembatan”."), most=100)
    name_en = line(_("Nama dalam bahasa Inggris"), most=100)
    description = text(_("Keterangan"), _("Apa saja yang termasuk, dipisah koma."), most=500, required=False)


class ChangeCategoryForm(CategoryForm):
    is_active = forms.BooleanField(
        label=_("Dapat dipilih"),
        help_text=_("Bila tidak dicentang, pelapor dan petugas tidak lagi melihatnya; laporan lama tetap memakainya."),
        required=False,
    )

    def prepare(self) -> None:
        category: Category = self.subject
        self.initial = {name: getattr(category, name) for name in self.fields}


class TemplateForm(OfficeForm):
    title = line(_("Judul"), _("Supaya rekan menemukannya, misalnya “Jadwal tambal jalan”."), most=100)
    text = text(
        _("Isi"),
        _("Titik awal sebuah jawaban. Petugas melengkapinya dengan apa yang dilakukan, oleh siapa, dan kapan."),
        most=5000,
        rows=8,
    )


class ChangeTemplateForm(TemplateForm):
    is_active = forms.BooleanField(label=_("Ditawarkan kepada petugas"), required=False)

    def prepare(self) -> None:
        self.initial = {name: getattr(self.subject, name) for name in self.fields}
