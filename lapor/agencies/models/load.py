"""Which reference files are in the database, so that an unchanged load ends at once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ReferenceLoad(models.Model):
    """The fingerprint of the files of one kind as they were last loaded."""

    part = models.CharField(max_length=20, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "reference load"

    def __str__(self) -> str:
        return f"{self.part} {self.fingerprint[:8]}"
