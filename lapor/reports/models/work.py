"""Records of the work around a report: who leads and who contributes, hand-overs, presence, templates, ratings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Assignment(models.Model):
    """One disposition to one agency. `responsible` differs from `agency` while that is not connected."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="assignments")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    responsible = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    is_lead = models.BooleanField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("disposisi")
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                name="assignment_one_lead",
                condition=Q(ended_at__isnull=True, is_lead=True),
            ),
            models.UniqueConstraint(
                fields=["report", "agency"],
                name="assignment_agency_once",
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["responsible"], name="assignment_contributions", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class HandOver(models.Model):
    """The letter by which a connected body hands a report to one that is not connected, and its reply."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="hand_overs")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    responsible = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    replied_on = models.DateField(null=True)
    reply = models.ForeignKey("reports.Message", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("pelimpahan")

    def __str__(self) -> str:
        return self.number


class Presence(models.Model):
    """Who has a report open on the desk right now, so that two officers see each other."""

    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"presence {self.pk}"


class AnswerTemplate(models.Model):
    """A text to start an answer from; of one agency, or of all when `agency` is empty."""

    agency = models.ForeignKey(
        "agencies.Agency", models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField(max_length=100)
    text = models.TextField()
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("templat jawaban")

    def __str__(self) -> str:
        return self.title


class Rating(models.Model):
    """What the reporter thought of the answer: 1–5, and whether it dealt with the matter."""

    report = models.OneToOneField("reports.Report", models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    dealt_with = models.BooleanField()
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("penilaian")
        constraints = [models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rating_one_to_five")]

    def __str__(self) -> str:
        return str(self.stars)
