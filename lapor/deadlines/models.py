"""Promises and days off as dated data: every number that comes from a rule has a source and a date
from which it holds.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(models.TextChoices):
    """What a clock can run on."""

    VERIFY = "verify", pgettext_lazy("langkah", "Verifikasi")
    RESPOND = "respond", _("Tindak lanjut pertama")
    RESOLVE = "resolve", _("Jawaban")
    REPORTER_REPLY = "reporter_reply", _("Tanggapan pelapor")
    COMPLETE = "complete", _("Kelengkapan dari pelapor")
    OBJECTION = "objection", _("Keputusan keberatan")
    DISCLOSE = "disclose", _("Keputusan atas permintaan identitas")
    ADVICE = "advice", _("Jawaban atas rekomendasi lembaga pengawas")
    BREACH = "breach", _("Pemberitahuan insiden data pribadi")
    DISCLOSE_LAPSE = "disclose_lapse", _("Permintaan identitas gugur bila belum diputuskan")


class Promise(models.Model):
    """How long one step may take for one kind of report, from a date on. `kind` and `has_oversight` empty
    mean "any". It is never edited: a row with a later date takes its place for what starts from then on.
    """

    class Unit(models.TextChoices):
        WORKING = "working", _("hari kerja")
        CALENDAR = "calendar", _("hari kalender")

    kind = models.CharField(max_length=20, blank=True)
    has_oversight = models.BooleanField(null=True)
    step = models.CharField(max_length=20, choices=Step.choices)
    days = models.PositiveSmallIntegerField()
    warn_days = models.PositiveSmallIntegerField(default=1)
    extension_days = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=8, choices=Unit.choices, default=Unit.WORKING)
    holds_from = models.DateField()
    holds_until = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        verbose_name = _("janji layanan")
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1), name="promise_at_least_a_day"),
            models.CheckConstraint(
                condition=Q(holds_until=None) | Q(holds_until__gte=F("holds_from")), name="promise_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["kind", "has_oversight", "step", "holds_from"],
                nulls_distinct=False,
                name="promise_once",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="promise_is_only_ended", exclude=["holds_until"]),
            pgtrigger.Protect(name="promise_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.days} {self.unit}"


class Holiday(models.Model):
    """A day off, national or of one region. It is never edited: a wrong one is removed (with date) and entered anew."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("libur nasional")
        CUTI_BERSAMA = "cuti_bersama", _("cuti bersama")
        REGIONAL = "regional", _("libur daerah")

    day = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    region_code = models.CharField(max_length=13, blank=True)
    source = models.CharField(max_length=200)
    is_provisional = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("hari libur")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "name", "region_code"],
                condition=Q(removed_at=None),
                name="holiday_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="regional", region_code__gt="") | (~Q(kind="regional") & Q(region_code="")),
                name="holiday_regional_names_its_region",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="holiday_in_force", condition=Q(removed_at=None))]
        triggers = [
            pgtrigger.ReadOnly(name="holiday_is_only_removed", exclude=["removed_at", "removed_by"]),
            pgtrigger.Protect(
                name="holiday_removed_stays_removed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_at__isnull=False),
            ),
            pgtrigger.Protect(name="holiday_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarYear(models.Model):
    """Whether a year's days off come from the official decree or are an estimate that will be replaced."""

    class Status(models.TextChoices):
        DECREE = "decree", _("sesuai keputusan resmi")
        PROVISIONAL = "provisional", _("perkiraan")

    year = models.PositiveSmallIntegerField(primary_key=True)
    status = models.CharField(max_length=11, choices=Status.choices)
    reference = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("tahun kalender")

    def __str__(self) -> str:
        return f"{self.year} {self.status}"


class CalendarChange(models.Model):
    """A change of the days off, kept until every deadline that it can touch was computed anew."""

    first_day = models.DateField()
    last_day = models.DateField()
    region_code = models.CharField(max_length=13, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("perubahan kalender")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="change_days_in_order"),
        ]
        indexes = [models.Index(fields=["made_at"], name="change_pending", condition=Q(applied_at=None))]
        triggers = [
            pgtrigger.ReadOnly(name="change_is_only_applied", exclude=["applied_at"]),
            pgtrigger.Protect(name="change_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day} {self.region_code}"


class Exemption(models.Model):
    """A rung of the ladder that is switched off for one body, both days included. Only its early end is written."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    office = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("pengecualian tangga")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="exemption_days_in_order"),
            models.CheckConstraint(
                condition=Q(office__in=["unit_head", "superior", "inspectorate", "government"]),
                name="exemption_never_of_the_last",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_a_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="exemption_is_only_ended", exclude=["ended_at", "ended_by"]),
            pgtrigger.Protect(name="exemption_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.office} {self.starts_on}"
