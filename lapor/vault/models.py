"""Sealed identities: who a reporter is and how to reach them, unreadable without the key outside the database."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Identity(models.Model):
    """`data_key` is the key of what is sealed for this person, wrapped by one version of the key outside the database.

    It is empty once it was destroyed, which is the erasure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data_key = models.BinaryField(null=True)
    key_version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    email_index = models.BinaryField(max_length=32, null=True)
    account_index = models.BinaryField(max_length=32, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None, data_key__isnull=False, sealed__isnull=False)
                | Q(
                    erased_at__isnull=False,
                    data_key=None,
                    sealed=None,
                    phone_index=None,
                    email_index=None,
                    account_index=None,
                ),
                name="identity_erased_is_empty",
            )
        ]
        indexes = [
            models.Index(fields=["phone_index"], name="identity_phone", condition=Q(phone_index__isnull=False)),
            models.Index(fields=["email_index"], name="identity_email", condition=Q(email_index__isnull=False)),
            models.Index(fields=["account_index"], name="identity_account", condition=Q(account_index__isnull=False)),
            models.Index(fields=["key_version"], name="identity_key_version", condition=Q(erased_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def has_phone(self) -> bool:
        """Known without opening what is sealed."""
        return self.phone_index is not None

    @property
    def has_account(self) -> bool:
        """Whether they write by an account with a messaging service."""
        return self.account_index is not None

    @property
    def has_email(self) -> bool:
        return self.email_index is not None


class FileKey(models.Model):
    """The key of one file at rest, sealed like an identity. Without this row nobody can read the file."""

    id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class Original(models.Model):
    """A text as it was written, where its column elsewhere holds it without the reporter. Under the same data key.

    `place` names that column: "message:17:text". A room below cannot point at rows of a room above.
    """

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="originals", db_index=False)
    place = models.CharField(max_length=80)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "place"], name="original_one_per_place")]

    def __str__(self) -> str:
        return self.place


class KeyVersion(models.Model):
    """One version of the key outside the database: who keeps it, by what it is known again. The newest one wraps."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    custody = models.CharField(max_length=12)
    token = models.BinaryField(default=b"")
    fingerprint = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"version {self.number} of {self.made_at:%Y-%m-%d}"


class ServiceKey(models.Model):
    """A key of the service itself, wrapped like every data key."""

    name = models.CharField(max_length=12, primary_key=True)
    wrapped = models.BinaryField()
    key_version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Rotation(models.Model):
    """One pass that wraps every data key by a new version: how far it has come, so that it goes on after any end."""

    to_version = models.PositiveSmallIntegerField(primary_key=True)
    started_at = models.DateTimeField()
    after = models.UUIDField(null=True)
    total = models.PositiveBigIntegerField()
    done = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), name="rotation_one_at_a_time", condition=Q(finished_at=None))
        ]

    def __str__(self) -> str:
        return f"to version {self.to_version}"


class SealingKey(models.Model):
    """The key pair of one person: the public half closes envelopes, the private one opens after a passphrase.

    `owner_id` is the key of the account; the vault does not know accounts. `mark` ties the public half to its owner by
    the key outside the database, so that nobody who can only write to the database puts their own in its place.
    """

    owner_id = models.BigIntegerField()
    public = models.BinaryField(max_length=32, unique=True)
    mark = models.BinaryField(max_length=32)
    wrapped = models.BinaryField()  # the private half, under the passphrase
    salt = models.BinaryField(max_length=16)
    passes = models.PositiveIntegerField()
    memory = models.PositiveBigIntegerField()
    spare = models.BinaryField()  # the private half again, under the backup code on paper
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id"], condition=Q(retired_at=None), name="one_current_sealing_key_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"sealing key {self.pk}"


class KeyTries(models.Model):
    """Wrong passphrases of one person since the last right one, and when the next may be tried."""

    owner_id = models.BigIntegerField(primary_key=True)
    wrong = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"tries of {self.owner_id}"


class Unlocked(models.Model):
    """A private key unlocked for a short time, closed under a token that one browser holds."""

    digest = models.BinaryField(max_length=32, unique=True)
    owner_id = models.BigIntegerField(db_index=True)
    key = models.ForeignKey(SealingKey, models.CASCADE, related_name="+")
    box = models.BinaryField()
    since = models.DateTimeField()
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"unlocked {self.pk}"


class RecoveryKey(models.Model):
    """A key pair whose private half no single person can open."""

    public = models.BinaryField(max_length=32, unique=True)
    mark = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(retired_at=None), name="one_current_recovery_key")
        ]

    def __str__(self) -> str:
        return f"recovery key {self.pk}"


class Holder(models.TextChoices):
    """What an envelope was made for."""

    INVESTIGATOR = "investigator"
    REPORTER = "reporter"
    RECOVERY = "recovery"


class Envelope(models.Model):
    """The private key of one sealed report, closed for one holder."""

    sealed_id = models.UUIDField()
    holder = models.CharField(max_length=12, choices=Holder.choices)
    key = models.ForeignKey(SealingKey, models.CASCADE, null=True, related_name="envelopes", db_index=False)
    body_id = models.BigIntegerField(null=True)  # the agency the investigator has it for
    recovery = models.ForeignKey(RecoveryKey, models.PROTECT, null=True, related_name="envelopes")
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sealed_id", "holder", "key", "body_id", "recovery"],
                nulls_distinct=False,
                name="one_envelope_per_holder",
            ),
            models.CheckConstraint(
                condition=Q(holder=Holder.INVESTIGATOR, key__isnull=False, body_id__isnull=False, recovery=None)
                | Q(holder=Holder.REPORTER, key=None, body_id=None, recovery=None)
                | Q(holder=Holder.RECOVERY, key=None, body_id=None, recovery__isnull=False),
                name="envelope_names_its_holder",
            ),
        ]
        indexes = [models.Index(fields=["key", "body_id"], name="envelope_of_key")]

    def __str__(self) -> str:
        return f"envelope {self.pk}"


class ReporterSession(models.Model):
    """A visit of a reporter of a sealed report. It says neither which report nor the hour: the token opens both."""

    digest = models.BinaryField(max_length=32, unique=True)
    box = models.BinaryField()
    ends_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"visit {self.pk}"


class RecoveryShare(models.Model):
    """The recovery key's private half for one pair of custodians: a box for `second` inside a box for `first`."""

    recovery = models.ForeignKey(RecoveryKey, models.CASCADE, related_name="shares")
    first = models.ForeignKey(SealingKey, models.CASCADE, related_name="+")
    second = models.ForeignKey(SealingKey, models.CASCADE, related_name="+")
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recovery", "first", "second"], name="one_share_per_pair"),
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="share_is_of_two_people"),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"


class RecoveryRequest(models.Model):
    """What one custodian began and another decides: to hand reports to an investigator, or to renew the key itself."""

    class Kind(models.TextChoices):
        HAND = "hand"
        RENEW = "renew"

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    recovery = models.ForeignKey(RecoveryKey, models.PROTECT, null=True, related_name="+")
    for_owner = models.BigIntegerField(null=True)  # the investigator who is to get the keys
    body_id = models.BigIntegerField(null=True)  # of this agency
    sealed_id = models.UUIDField(null=True)  # this report alone; without it all that the body has
    reason = models.TextField(blank=True)
    ground = models.CharField(max_length=200, blank=True)
    opened_by = models.BigIntegerField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)  # how many reports were handed or closed anew

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | ~Q(state="open") & Q(decided_at__isnull=False),
                name="recovery_is_open_or_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("opened_by"))),
                name="recovery_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(kind="renew", for_owner=None, body_id=None, sealed_id=None)
                | Q(kind="hand", for_owner__isnull=False, body_id__isnull=False, recovery__isnull=False),
                name="recovery_says_for_whom",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="recovery_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"recovery {self.pk}"


class RecoveryLayer(models.Model):
    """What is left of a share after the first custodian opened theirs: still closed for `second`. Gone once decided."""

    request = models.ForeignKey(RecoveryRequest, models.CASCADE, related_name="layers")
    second = models.ForeignKey(SealingKey, models.CASCADE, related_name="+")
    box = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "second"], name="one_layer_per_custodian")]

    def __str__(self) -> str:
        return f"layer {self.pk}"
