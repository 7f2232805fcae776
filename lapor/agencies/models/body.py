"""The tree of agencies, their units, the categories of reports, and the history of who was connected when."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A body that can be reported about. Only a connected one works here itself."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("kementerian")
        BODY = "body", _("lembaga")
        STATE_COMPANY = "state_company", _("badan usaha milik negara")
        GOVERNMENT = "government", _("pemerintah daerah")
        INSPECTORATE = "inspectorate", _("inspektorat")
        SABER_PUNGLI = "saber_pungli", _("unit Saber Pungli")
        OFFICE = "office", _("perangkat daerah")
        NATIONAL_ADMIN = "national_admin", _("pengelola nasional")
        OVERSEER = "overseer", _("lembaga pengawas")

    class Level(models.TextChoices):
        CENTRAL = "central", _("pusat")
        PROVINCE = "province", _("provinsi")
        REGENCY = "regency", _("kabupaten atau kota")
        VILLAGE = "village", _("desa")

    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(_("nama"), max_length=200)
    short = models.CharField(_("singkatan"), max_length=60, blank=True)
    kind = models.CharField(_("jenis"), max_length=14, choices=Kind.choices)
    level = models.CharField(_("tingkat"), max_length=8, choices=Level.choices)
    field = models.CharField(_("bidang"), max_length=50, blank=True)
    region = models.ForeignKey(
        "agencies.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="agencies"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    answers_for = models.TextField(_("menangani"), blank=True)
    address = models.TextField(_("alamat"), blank=True)
    letterhead = models.TextField(_("kop surat"), blank=True)
    connected_on = models.DateField(_("terhubung sejak"), null=True, blank=True)
    disconnected_on = models.DateField(_("tidak terhubung lagi sejak"), null=True, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_edited = models.BooleanField(default=False, editable=False)  # by a person: files no longer overwrite it

    class Meta:
        verbose_name = _("instansi")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "field"], condition=~Q(field=""), name="agency_one_per_region_and_field"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="national_admin"), name="agency_one_national_admin"
            ),
            models.CheckConstraint(
                condition=Q(level="central") | Q(region__isnull=False), name="agency_regional_has_region"
            ),
            models.CheckConstraint(
                condition=Q(disconnected_on=None) | Q(connected_on__lte=F("disconnected_on")),
                name="agency_connection_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "kind"], name="agency_region_kind"),
            GinIndex(OpClass("name", "gin_trgm_ops"), name="agency_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_connected_on(self, day: date) -> bool:
        """Whether this body works in the system itself on that day; the national administrator always does."""
        if self.kind == self.Kind.NATIONAL_ADMIN:
            return self.is_active
        if not self.is_active or self.connected_on is None or day < self.connected_on:
            return False
        return self.disconnected_on is None or day < self.disconnected_on


class Unit(models.Model):
    """A part of an agency that work can be given to."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("nama"), max_length=150)
    file_name = models.CharField(max_length=150, blank=True, editable=False)  # what the reference file calls it
    is_active = models.BooleanField(_("aktif"), default=True)

    class Meta:
        verbose_name = _("unit kerja")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="unit_once_per_agency"),
            models.UniqueConstraint(
                fields=["agency", "file_name"], condition=~Q(file_name=""), name="unit_once_per_file_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What a report is about, in the words of citizens."""

    slug = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=100, blank=True)
    description = models.TextField(_("keterangan"), blank=True)
    sort = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_edited = models.BooleanField(default=False, editable=False)  # by a person: files no longer overwrite it

    class Meta:
        verbose_name = _("kategori")
        ordering = ["sort", "name"]

    def __str__(self) -> str:
        """Its name in the reader's language."""
        return (self.name_en if (get_language() or "").startswith("en") else "") or self.name


class ConnectionChange(models.Model):
    """One step in the history of a connection; the database itself refuses to edit or delete it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="connection_changes")
    is_connected = models.BooleanField(_("terhubung"))
    on = models.DateField(_("tanggal"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("riwayat keterhubungan")
        ordering = ["agency", "recorded_at"]
        triggers = [pgtrigger.Protect(name="connection_history_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.on} {self.is_connected}"
