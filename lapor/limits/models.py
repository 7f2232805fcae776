"""What is remembered against floods: salts that live two days, counts under digests. No address of anybody."""

from __future__ import annotations

from django.db import models


class Salt(models.Model):
    """The random salt of one day. Once it is deleted, nobody can tell any more whose digests those of that day were."""

    day = models.DateField(primary_key=True)
    value = models.BinaryField()

    def __str__(self) -> str:
        return self.day.isoformat()


class Count(models.Model):
    """How often one place asked for one thing in one stretch of time. `place` is a digest of the day (`visitor`).

    The table is not logged for recovery: after a crash of the database the counts begin anew.
    """

    rule = models.CharField(max_length=60)
    place = models.CharField(max_length=32)
    began_at = models.DateTimeField(db_index=True)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "place", "began_at"], name="count_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.n}"
