"""Editions of the open data: what is being made, what is whole, and the monthly reports. The files lie on disk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """All files of one night. The newest that is whole is the one that is served."""

    day = models.DateField(unique=True)
    begun_at = models.DateTimeField()
    whole_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("edisi data terbuka")

    def __str__(self) -> str:
        return f"edition {self.day}"


class Part(models.Model):
    """One ZIP: of everything, or of one province and year. `cursor` is how far it is written, `members` how many files
    of reports are in it by then.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=40)
    province = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(null=True)  # None: of everything
    cursor = models.JSONField(null=True)  # [received_at, code] of the last row
    members = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)  # empty until the part is done

    class Meta:
        verbose_name = _("berkas data terbuka")
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="edition_part_once")]
        indexes = [models.Index(fields=["edition", "id"], name="edition_part_to_do", condition=Q(sha256=""))]

    def __str__(self) -> str:
        return self.name


class Monthly(models.Model):
    """The report of one month in one language."""

    month = models.DateField()  # its first day
    language = models.CharField(max_length=2)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("laporan bulanan")
        constraints = [models.UniqueConstraint(fields=["month", "language"], name="monthly_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"lapor-{self.month:%Y-%m}-{self.language}.pdf"
