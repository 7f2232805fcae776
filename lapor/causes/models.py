"""The register of root causes: what keeps making people complain, who ends it, until when, by what, and did it help.

Everything in it is public. It names posts and bodies, no reporter and no single report.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapor.audit.protect import append_only


class Stage(models.TextChoices):
    OPEN = "open", _("dikerjakan")
    DONE = "done", _("tindakan selesai")
    DROPPED = "dropped", _("tidak dilanjutkan")


class Cause(models.Model):
    """One root cause. It is about reports of one category to one body in one region (None: wherever the body answers).

    `measured_on` is the day from which the measure holds: before and after are counted from it.
    """

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    region = models.ForeignKey("agencies.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.ForeignKey("agencies.Category", models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=150)
    cause = models.TextField()
    measure = models.TextField(blank=True)
    owner = models.CharField(max_length=150)
    due_on = models.DateField()
    measured_on = models.DateField(null=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("akar masalah")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="cause_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage="done") | (Q(measured_on__isnull=False) & ~Q(measure="")),
                name="cause_done_has_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(stage="open", closed_at=None) | (~Q(stage="open") & Q(closed_at__isnull=False)),
                name="cause_closed_at_its_end",
            ),
        ]
        indexes = [models.Index(fields=["-opened_at", "-id"], name="cause_newest")]

    def __str__(self) -> str:
        return f"cause {self.pk}"


class Change(models.Model):
    """What was changed in an entry: by which body, when, and what each field was and became."""

    cause = models.ForeignKey(Cause, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    fields = models.JSONField()  # {"due_on": ["2026-11-30", "2026-12-31"]}; the first of a new entry is None

    class Meta:
        verbose_name = _("perubahan akar masalah")
        triggers = append_only

    def __str__(self) -> str:
        return f"change {self.pk}"


class Month(models.Model):
    """How many open reports came in one month about what one entry is about. Written by a job of the night."""

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="months")
    month = models.DateField()  # its first day
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "month"], name="cause_month_once")]

    def __str__(self) -> str:
        return f"month {self.pk}"


class Candidate(models.Model):
    """A category, a body and a regency about which many came lately. Made anew each night; a hint, not an entry."""

    agency = models.ForeignKey("agencies.Agency", models.CASCADE, related_name="+")
    region = models.ForeignKey("agencies.Region", models.CASCADE, null=True, related_name="+", db_index=False)
    category = models.ForeignKey("agencies.Category", models.CASCADE, related_name="+", db_index=False)
    n = models.PositiveIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calon akar masalah")

    def __str__(self) -> str:
        return f"candidate {self.pk}"
