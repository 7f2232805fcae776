"""Every province, regency, city, district and village, by its Kemendagri code; the prefix is the path."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """One place. `label` is the path above it in words; the picker compares `plain` and `search`."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("provinsi")
        REGENCY = 2, _("kabupaten atau kota")
        DISTRICT = 3, _("kecamatan")
        VILLAGE = 4, _("desa atau kelurahan")

    class Kind(models.TextChoices):
        PROVINSI = "provinsi", _("provinsi")
        KABUPATEN = "kabupaten", _("kabupaten")
        KOTA = "kota", _("kota")
        KECAMATAN = "kecamatan", _("kecamatan")
        DESA = "desa", _("desa")
        KELURAHAN = "kelurahan", _("kelurahan")

    code = models.CharField(_("kode wilayah"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)
    level = models.SmallIntegerField(_("tingkat"), choices=Level.choices)
    kind = models.CharField(_("jenis"), max_length=9, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    label = models.CharField(_("letak"), max_length=160, blank=True)
    plain = models.CharField(max_length=80)
    search = models.CharField(max_length=250)

    class Meta:
        verbose_name = _("wilayah")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="region_level_1_to_4"),
            models.CheckConstraint(
                condition=Q(level=1, code__regex=r"^\d{2}$", parent=None)
                | Q(level=2, code__regex=r"^\d{2}\.\d{2}$", parent__isnull=False)
                | Q(level=3, code__regex=r"^\d{2}\.\d{2}\.\d{2}$", parent__isnull=False)
                | Q(level=4, code__regex=r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$", parent__isnull=False),
                name="region_code_shape",
            ),
        ]
        indexes = [
            models.Index(OpClass("plain", "varchar_pattern_ops"), name="region_plain_prefix"),
            # "palangkaraya" finds "Palangka Raya"
            models.Index(
                OpClass(Replace("plain", Value(" "), Value("")), "text_pattern_ops"), name="region_joined_prefix"
            ),
            GinIndex(OpClass("search", "gin_trgm_ops"), name="region_search_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.label}" if self.label else self.name


class RegionWord(models.Model):
    """One word that occurs in the names of places; a mistyped word is compared with these few, not with every place."""

    word = models.CharField(max_length=60, primary_key=True)
    uses = models.IntegerField()

    class Meta:
        verbose_name = _("kata dalam nama wilayah")
        indexes = [GinIndex(OpClass("word", "gin_trgm_ops"), name="region_word_trgm")]

    def __str__(self) -> str:
        return self.word
