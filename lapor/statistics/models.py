"""One fact per report and running counts of them. Written by the consumer of events alone; no text, no person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .buckets import Bucket


class Fact(models.Model):
    """What is counted of one report, as it was after the last event that was read."""

    report_id = models.BigIntegerField(primary_key=True)
    bucket = models.CharField(max_length=7, choices=Bucket.choices)
    state = models.CharField(max_length=12)
    outcome = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=12)
    province = models.CharField(max_length=2, blank=True)
    regency = models.CharField(max_length=5, blank=True)
    agency_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField(null=True)
    category = models.CharField(max_length=60, blank=True)
    received_on = models.DateField()

    class Meta:
        verbose_name = _("fakta laporan")
        constraints = [models.CheckConstraint(condition=Q(bucket__in=Bucket.values), name="fact_bucket_known")]

    def __str__(self) -> str:
        return f"fact {self.report_id}"


class Scope(models.TextChoices):
    ALL = "all", _("semua")
    PROVINCE = "province", _("provinsi")
    REGENCY = "regency", _("kabupaten atau kota")
    AGENCY = "agency", _("instansi")
    CATEGORY = "category", _("kategori")


class Tally(models.Model):
    """How many reports of one scope are in one bucket. Kept in the transaction that changes the facts."""

    scope = models.CharField(max_length=8, choices=Scope.choices)
    key = models.CharField(max_length=60, blank=True)
    bucket = models.CharField(max_length=7, choices=Bucket.choices)
    # No `n >= 0` check: an upsert offers its (perhaps negative) step as a row first. `verify` compares instead.
    n = models.BigIntegerField()

    class Meta:
        verbose_name = _("hitungan")
        constraints = [models.UniqueConstraint(fields=["scope", "key", "bucket"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key} {self.bucket}: {self.n}"
