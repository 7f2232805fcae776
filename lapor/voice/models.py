"""Who was asked, what they answered, and the counts that are shown. No text, no person, no hour.

Answers hang on the report only while they can be changed and until they are counted: what is shown are `Result` rows.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Asked(models.Model):
    """The survey of one closed report. `due_on` is the day on which its reporter is asked by message; None once that is
    done or needless. `is_reached`: a message was handed over and did not come back.
    """

    report = models.OneToOneField("reports.Report", models.PROTECT, primary_key=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.CharField(max_length=10)
    asked_on = models.DateField()
    due_on = models.DateField(null=True)
    is_told = models.BooleanField(default=False)
    is_reached = models.BooleanField(default=False)
    answered_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("survei pelapor")
        indexes = [
            models.Index(fields=["asked_on"], name="asked_by_day"),
            models.Index(fields=["due_on"], name="asked_due", condition=Q(due_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"survey {self.pk}"


class Answer(models.Model):
    """One answer to one question, each once; a changed answer takes the place of the first."""

    asked = models.ForeignKey(Asked, models.CASCADE, related_name="answers", db_index=False)
    question = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("jawaban survei")
        constraints = [
            models.UniqueConstraint(fields=["asked", "question"], name="voice_answer_once"),
            models.CheckConstraint(condition=Q(value__range=(1, 5)), name="voice_answer_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Result(models.Model):
    """What reporters of one quarter said about one body (`agency_id`), or about all (0). `counts` holds, for each
    question, how many gave each value: {"reliable": {"5": 12, "4": 3}}.
    """

    quarter = models.DateField()  # its first day
    agency_id = models.BigIntegerField()
    version = models.CharField(max_length=10)
    asked = models.PositiveIntegerField()
    told = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hasil survei")
        constraints = [models.UniqueConstraint(fields=["quarter", "agency_id", "version"], name="voice_result_once")]
        indexes = [models.Index(fields=["agency_id", "-quarter"], name="voice_result_of_agency")]

    def __str__(self) -> str:
        return f"result {self.pk}"
