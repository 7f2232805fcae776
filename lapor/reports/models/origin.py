"""What another service said of a report that was taken over from it, kept in its own words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """The source's names and numbers for agency, category and area, whether or not they could be matched with ours, and
    the stage it named, if any.

    `version` is that of the report when the source was last listened to: a higher one was changed here since.
    """

    report = models.OneToOneField("reports.Report", models.PROTECT, primary_key=True, related_name="origin")
    stage = models.CharField(max_length=7, blank=True)
    agency = models.CharField(max_length=250, blank=True)
    agency_key = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=150, blank=True)
    category_key = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=250, blank=True)
    area_key = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("asal")

    def __str__(self) -> str:
        return f"origin {self.pk}"
