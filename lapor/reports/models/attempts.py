"""Wrong PINs per code in the current hour. Keyed by a digest, so that codes that do not exist are counted alike."""

from __future__ import annotations

from django.db import models


class PinAttempts(models.Model):
    code_digest = models.BinaryField(max_length=32, unique=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"attempts {self.pk}"
