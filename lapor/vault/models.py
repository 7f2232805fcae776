"""Sealed identities: who a reporter is and how to reach them, unreadable without the key outside the database."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Identity(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    email_index = models.BinaryField(max_length=32, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None, sealed__isnull=False)
                | Q(erased_at__isnull=False, sealed=None, phone_index=None, email_index=None),
                name="identity_erased_is_empty",
            )
        ]
        indexes = [
            models.Index(fields=["phone_index"], name="identity_phone", condition=Q(phone_index__isnull=False)),
            models.Index(fields=["email_index"], name="identity_email", condition=Q(email_index__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)
