"""What overseeing bodies recommended, to whom, and what was answered."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Recommendation(models.Model):
    """One recommendation of an overseeing body to the body that has the report; it is answered once."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="recommendations")
    by = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    to = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    message = models.OneToOneField("reports.Message", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.OneToOneField("reports.Message", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("rekomendasi")
        indexes = [models.Index(fields=["to", "due_at"], name="recommendation_open", condition=Q(answer=None))]
        triggers = [
            pgtrigger.ReadOnly(name="recommendation_is_only_answered", exclude=["answer"]),
            pgtrigger.Protect(name="recommendation_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.pk}"
