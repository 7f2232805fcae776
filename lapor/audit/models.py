"""Who looked at or did what outside the history of a report. Append-only; holds no personal data, only
keys and codes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .protect import append_only


class Entry(models.Model):
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        triggers = append_only
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_of_subject"),
            models.Index(fields=["user", "id"], name="audit_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
