"""A report that its writer has not sent yet: sealed, bound to the browser's session, gone after a day."""

from __future__ import annotations

import uuid

from django.db import models


class Pending(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sealed = models.BinaryField()
    public = models.BinaryField(max_length=32, null=True)  # where the browser alone holds the key that opens
    made_at = models.DateTimeField()
    sent_code = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="pending_age")]

    def __str__(self) -> str:
        return str(self.id)
