"""Deadlines that run on a report, and the times when they stood still."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Clock(models.Model):
    """One promise running on one report. Lateness is computed from `due_at`, never stored as a state.

    `wake_at` is when the clock-actor must look at it next: to warn, to mark it missed, to climb, to close. A late one
    stands on one rung of the ladder: `rung` counts from the lowest, `office` at the body `escalated_to` must decide,
    `ordered_until` is the date that office gave.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="clocks", db_index=False)
    step = models.CharField(max_length=20)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    extra_days = models.PositiveSmallIntegerField(default=0)
    wake_at = models.DateTimeField(null=True)
    is_paused = models.BooleanField(default=False)
    warned_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    escalated_to = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    rung = models.PositiveSmallIntegerField(null=True)
    office = models.CharField(max_length=12, blank=True, db_default="")
    rung_unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    rung_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    rung_at = models.DateTimeField(null=True)
    ordered_until = models.DateTimeField(null=True)
    decision = models.CharField(max_length=12, blank=True, db_default="")

    class Meta:
        verbose_name = _("tenggat")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "step"], name="clock_one_running", condition=Q(stopped_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(wake_at__isnull=True), name="clock_stopped_sleeps"
            ),
            models.CheckConstraint(condition=Q(is_paused=False) | Q(wake_at__isnull=True), name="clock_paused_sleeps"),
            models.CheckConstraint(
                condition=Q(rung__isnull=True, office="")
                | (Q(rung_at__isnull=False, escalated_to__isnull=False) & ~Q(office="")),
                name="clock_rung_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["wake_at"], name="clock_alarm", condition=Q(wake_at__isnull=False)),
            models.Index(fields=["report"], name="clock_of_report"),
            models.Index(fields=["due_at"], name="clock_due", condition=Q(stopped_at__isnull=True)),
            models.Index(
                fields=["escalated_to", "decision", "wake_at", "id"],
                name="clock_on_a_rung",
                condition=Q(stopped_at__isnull=True, rung__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.due_at:%Y-%m-%d}"


class Hold(models.Model):
    """A time in which the reporter had to supply something and every other clock stood still."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="holds")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], name="hold_one_running", condition=Q(ended_at__isnull=True)),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
                name="hold_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
