"""One fact per report and running counts of them. Written by the consumer of events alone; no text, no person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .buckets import Bucket


class Series(models.TextChoices):
    """What a fact is of. The series never meet: every count has its series, and pages show one at a time."""

    REAL = "real", _("laporan")
    PRACTICE = "practice", _("latihan")
    SYNTHETIC = "synthetic", _("data sintetis")


class Fact(models.Model):
    """What is counted of one report, as it was after the last event that was read.

    A step that was reached more than once counts by the first time. Lateness is in calendar days after the date that
    was promised when the step ended (0: in time; None: no such limit has ended): a change of the holiday table moves
    limits that run, never what has passed. A synthetic fact has a negative key.
    """

    report_id = models.BigIntegerField(primary_key=True)
    series = models.CharField(max_length=9, choices=Series.choices, default=Series.REAL, db_default=Series.REAL)
    bucket = models.CharField(max_length=7, choices=Bucket.choices)
    state = models.CharField(max_length=12)
    outcome = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=12)
    province = models.CharField(max_length=2, blank=True)
    regency = models.CharField(max_length=5, blank=True)
    district = models.CharField(max_length=8, blank=True, db_default="")
    village = models.CharField(max_length=13, blank=True, db_default="")
    agency_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField(null=True)
    category = models.CharField(max_length=60, blank=True)

    received_on = models.DateField()
    verified_on = models.DateField(null=True)
    assigned_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    due_on = models.DateField(null=True)  # of the next step of an office, while one runs
    verify_late = models.IntegerField(null=True)
    respond_late = models.IntegerField(null=True)
    resolve_late = models.IntegerField(null=True)
    hand_backs = models.PositiveSmallIntegerField(db_default=0, default=0)
    objections = models.PositiveSmallIntegerField(db_default=0, default=0)
    reopenings = models.PositiveSmallIntegerField(db_default=0, default=0)
    stars = models.PositiveSmallIntegerField(null=True)
    dealt_with = models.BooleanField(null=True)
    is_new_user = models.BooleanField(db_default=False, default=False)  # known of synthetic facts alone

    class Meta:
        verbose_name = _("fakta laporan")
        constraints = [
            models.CheckConstraint(condition=Q(bucket__in=Bucket.values), name="fact_bucket_known"),
            models.CheckConstraint(condition=Q(series__in=Series.values), name="fact_series_known"),
            models.CheckConstraint(
                condition=Q(series="synthetic", report_id__lt=0) | ~Q(series="synthetic"),
                name="fact_synthetic_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"fact {self.report_id}"


class Scope(models.TextChoices):
    ALL = "all", _("semua")
    PROVINCE = "province", _("provinsi")
    REGENCY = "regency", _("kabupaten atau kota")
    DISTRICT = "district", _("kecamatan")
    VILLAGE = "village", _("desa atau kelurahan")
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


class Facet(models.TextChoices):
    """By what a scope is divided further; one at a time."""

    ALL = "all", _("semua")
    KIND = "kind", _("jenis")
    CHANNEL = "channel", _("kanal")
    CATEGORY = "category", _("kategori")


class Cell(models.Model):
    """What the reports of one scope, month of receipt and facet amount to: `n` holds a number per `measures.MEASURES`.

    A village's cell is of a whole year (its January): by the month nearly all would be too small to be shown.
    """

    series = models.CharField(max_length=9, choices=Series.choices)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    key = models.CharField(max_length=60, blank=True)
    facet = models.CharField(max_length=8, choices=Facet.choices)
    value = models.CharField(max_length=60, blank=True)
    month = models.DateField()
    n = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("sel angka")
        constraints = [
            models.UniqueConstraint(fields=["series", "scope", "key", "facet", "value", "month"], name="cell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.scope} {self.key} {self.facet} {self.value} {self.month:%Y-%m}"


class Due(models.Model):
    """How many open reports of one scope have their next limit on one day: what is late moves with the calendar alone,
    without an event.
    """

    series = models.CharField(max_length=9, choices=Series.choices)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    key = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    n = models.IntegerField()

    class Meta:
        verbose_name = _("tenggat menurut hari")
        constraints = [models.UniqueConstraint(fields=["series", "scope", "key", "due_on"], name="due_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.scope} {self.key} {self.due_on}: {self.n}"


class Succession(models.Model):
    """A region or body whose work went over to another. With one successor its figures count there too; with more it
    was split, its own figures stay with it and each page says so.
    """

    class What(models.TextChoices):
        REGION = "region", _("wilayah")
        AGENCY = "agency", _("instansi")

    what = models.CharField(max_length=6, choices=What.choices)
    old = models.CharField(max_length=160)  # the code of a region, the short name of an agency
    new = models.CharField(max_length=160)
    since = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("penerus")
        constraints = [
            models.UniqueConstraint(fields=["what", "old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
