"""Samples of answers, what readers gave them, and the scores that are shown. Holds no text of a report or an answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import append_only


class Sample(models.Model):
    """One draw for one body that guards the quality of others, for one span of days; never drawn again.

    `seed`, `by` (what strata are made of) and the strata say how it was drawn, so that it can be repeated.
    """

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    seed = models.CharField(max_length=32)
    by = models.CharField(max_length=40)
    rubric = models.CharField(max_length=10)
    size = models.PositiveIntegerField()  # asked for; two of each stratum are drawn in any case
    population = models.PositiveIntegerField()
    # Of all codes that could be drawn, in their order. For the desk alone: among codes that everybody knows, that of
    # one confidential report could be guessed from it.
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sampel mutu")
        constraints = [
            models.UniqueConstraint(fields=["agency", "first_day", "last_day"], name="quality_sample_once"),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")), name="quality_sample_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["-closed_at"], name="quality_sample_closed")]

    def __str__(self) -> str:
        return f"sample {self.pk}"


class Stratum(models.Model):
    """One part of what a sample was drawn from, of one body that answers: how many there were."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="strata")
    key = models.CharField(max_length=120)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("lapisan sampel")
        constraints = [models.UniqueConstraint(fields=["sample", "key"], name="quality_stratum_once")]

    def __str__(self) -> str:
        return f"stratum {self.pk}"


class Item(models.Model):
    """One answer of a sample. `flags` are the service's hints, `on_time` its own point of the rubric."""

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="items")
    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    message = models.ForeignKey("reports.Message", models.PROTECT, related_name="+", db_index=False)
    wants_second = models.BooleanField()
    flags = models.JSONField(default=list)
    on_time = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("jawaban dalam sampel")
        constraints = [models.UniqueConstraint(fields=["stratum", "report"], name="quality_item_once")]

    def __str__(self) -> str:
        return f"item {self.pk}"


class Reading(models.Model):
    """What one reader gave one answer, for good: a second reader reads without seeing the first."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    points = models.JSONField()
    is_second = models.BooleanField()
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("penilaian mutu")
        constraints = [
            models.UniqueConstraint(fields=["item", "is_second"], name="quality_reading_once_each"),
            models.UniqueConstraint(fields=["item", "reader"], name="quality_reading_by_two"),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Score(models.Model):
    """The mean of one body in one closed sample with its interval of 95 per cent. Written when the sample is closed."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="scores")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    answers = models.PositiveIntegerField()
    read = models.PositiveIntegerField()
    mean = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    points = models.JSONField()  # the mean of each point of the rubric

    class Meta:
        verbose_name = _("nilai mutu")
        triggers = append_only
        constraints = [models.UniqueConstraint(fields=["sample", "agency"], name="quality_score_once")]

    def __str__(self) -> str:
        return f"score {self.pk}"
