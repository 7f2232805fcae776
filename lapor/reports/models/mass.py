"""Many reports of one matter: the object that stands for them, and what is still to be handed on among them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    OFFERED = "offered", _("ditawarkan")
    OPEN = "open", _("dibuka")
    DECLINED = "declined", _("tidak dijadikan laporan massal")


class MassReport(models.Model):
    """One matter that many people reported. Its members are the reports that were merged into the one that leads."""

    lead = models.OneToOneField("reports.Report", models.PROTECT, related_name="mass")
    title = models.CharField(max_length=150, blank=True)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    alike = models.PositiveIntegerField(default=0)  # how many were alike when it was offered
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("laporan massal")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="mass_stage_known"),
            models.CheckConstraint(condition=~Q(stage="open") | ~Q(title=""), name="mass_open_has_a_title"),
            models.CheckConstraint(
                condition=Q(stage="offered", decided_by=None, decided_at=None)
                | (~Q(stage="offered") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="mass_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="mass_newest", condition=~Q(stage="declined"))]

    def __str__(self) -> str:
        return f"mass {self.pk}"


class Spread(models.Model):
    """What every report that joined `lead` still gets, in order of their keys from `after` on: its message, or another
    lead (`to`). The row goes when all have it.
    """

    lead = models.ForeignKey("reports.Report", models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey("reports.Message", models.PROTECT, null=True, related_name="+", db_index=False)
    to = models.ForeignKey("reports.Report", models.PROTECT, null=True, related_name="+", db_index=False)
    after = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, to=None) | Q(message=None, to__isnull=False),
                name="spread_message_or_lead",
            )
        ]
        indexes = [models.Index(fields=["lead", "id"], name="spread_in_order")]

    def __str__(self) -> str:
        return f"spread {self.pk}"
