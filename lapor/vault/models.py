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

    @property
    def has_phone(self) -> bool:
        """Known without opening what is sealed."""
        return self.phone_index is not None

    @property
    def has_email(self) -> bool:
        return self.email_index is not None


class KeyCheck(models.Model):
    """One row: the fingerprint of the key that everything here was sealed with. It says nothing about the key."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fingerprint = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="only_one_key_check")]

    def __str__(self) -> str:
        return f"key of {self.made_at:%Y-%m-%d}"
