"""What overseeing bodies recommended, to whom, what was answered, and who must see to an answer that is late."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Recommendation(models.Model):
    """One recommendation of an overseeing body to the body that has the report; it is answered once.

    `missed_at` is when the answer was found late, `wake_at` when it is looked at next. A late one stands on a rung of
    the ladder, as a late step does (`Clock`), but has no part in the deadlines of the report.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="recommendations")
    by = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    to = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    message = models.OneToOneField("reports.Message", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.OneToOneField("reports.Message", models.PROTECT, null=True, related_name="+")
    missed_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(null=True)
    office = models.CharField(max_length=12, blank=True, db_default="")
    escalated_to = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    rung_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    rung_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("rekomendasi")
        constraints = [
            models.CheckConstraint(
                condition=Q(rung__isnull=True, office="")
                | (Q(rung_at__isnull=False, escalated_to__isnull=False, missed_at__isnull=False) & ~Q(office="")),
                name="recommendation_rung_is_whole",
            )
        ]
        indexes = [
            models.Index(fields=["to", "due_at"], name="recommendation_open", condition=Q(answer=None)),
            models.Index(fields=["wake_at"], name="recommendation_alarm", condition=Q(answer=None)),
            models.Index(
                fields=["escalated_to"], name="recommendation_on_a_rung", condition=Q(answer=None, rung__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="recommendation_is_only_answered",
                exclude=[
                    "answer",
                    "missed_at",
                    "wake_at",
                    "rung",
                    "office",
                    "escalated_to",
                    "rung_person",
                    "rung_at",
                ],
            ),
            pgtrigger.Protect(name="recommendation_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.pk}"
