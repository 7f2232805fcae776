"""What is remembered against floods: salts that live two days, counts under digests. No address of anybody."""

from __future__ import annotations

from django.db import models


class Salt(models.Model):
    """The random salt of one day. Once it is deleted, nobody can tell any more whose digests those of that day were."""

    day = models.DateField(primary_key=True)
    value = models.BinaryField()

    def __str__(self) -> str:
        return self.day.isoformat()
