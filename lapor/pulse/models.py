"""When each job of the worker last ran, and how it went: what the operator's page reads."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Beat(models.Model):
    """The last run of one job. `at` moves on success only; `failures` counts those since."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error_class = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("denyut pekerja")

    def __str__(self) -> str:
        return self.name
