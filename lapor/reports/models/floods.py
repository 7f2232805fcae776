"""Reports whose words were the same within a day: who came first leads the others, so that a list shows them as one."""

from __future__ import annotations

from django.db import models

from .report import Report


class SameText(models.Model):
    """The words of one report as a keyed digest. `head` is the first with the same words; the first has none."""

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="+")
    digest = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    head = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["digest", "received_at"], name="same_text_found"),
            models.Index(fields=["head"], name="same_text_led", condition=models.Q(head__isnull=False)),
            models.Index(fields=["received_at"], name="same_text_first", condition=models.Q(head__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.head_id}"
