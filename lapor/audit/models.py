"""Who looked at or did what outside the history of a report. Append-only; holds no personal data, only
keys and codes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast

from .protect import append_only


class Entry(models.Model):
    """One act. `xid` lets who follows the trail read only what every running transaction is older than."""

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    xid = models.BigIntegerField(
        db_default=Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()),
        editable=False,
    )

    class Meta:
        triggers = append_only
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_of_subject"),
            models.Index(fields=["user", "id"], name="audit_of_user"),
            models.Index(fields=["xid", "id"], name="audit_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
