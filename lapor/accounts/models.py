"""People who sign in: citizens with an account and officers; their sessions, devices and timed elevations.

Who works where is in `agencies`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from pgtrigger import Delete, Protect, Update


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Saves a person; the address is stored in lower case. Refuses an empty address."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person. `is_officer` makes a second factor compulsory."""

    email = models.EmailField(_("alamat e-mail"), unique=True)
    name = models.CharField(_("nama"), max_length=150)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_officer = models.BooleanField(_("petugas"), default=False)
    is_demonstration = models.BooleanField(_("akun peragaan"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    session_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]
        verbose_name = _("pengguna")

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """Ties each session to password and round: raising the round ends every session of this person."""
        return salted_hmac(
            "lapor.accounts.session", f"{self.password}:{self.session_round}", algorithm="sha256"
        ).hexdigest()

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class FactorReset(models.Model):
    """Until when a person may set up a second factor: after the invitation, or after the old one was lost."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("faktor kedua yang dilupakan")
        indexes = [models.Index(fields=["user", "-at"], name="factor_reset_latest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.until}"


class DemonstrationAccount(models.Model):
    """What the sign-in page of a demonstration shows about an invented person: role and open password."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="demonstration", limit_choices_to={"is_demonstration": True}
    )
    role = models.CharField(_("peran"), max_length=200, blank=True)
    password = models.CharField(_("kata sandi terbuka"), max_length=128)
    kept_hash = models.CharField(max_length=128, editable=False)  # spares hashing at every start

    class Meta:
        verbose_name = _("akun peragaan")

    def __str__(self) -> str:
        return self.role or str(self.user)


class Session(models.Model):
    """One browser's session. What opens it is in its cookie alone: by it `digest` is found and `content` sealed.

    `device` is a coarse name ("Chrome, Android"), for officers only; no address, no user agent.
    """

    digest = models.BinaryField(unique=True, max_length=32)
    content = models.BinaryField()
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("sesi")

    def __str__(self) -> str:
        return self.device or str(self.pk)


class Device(models.Model):
    """A browser that this person has signed in with: strangers' wrong guesses never shut it out."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    digest = models.BinaryField(max_length=32)
    name = models.CharField(max_length=60, blank=True)
    first_at = models.DateTimeField()
    last_on = models.DateField()
    is_news = models.BooleanField(default=False)  # the person is still to be told

    class Meta:
        verbose_name = _("perangkat yang dikenal")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="device_once")]
        indexes = [
            models.Index(fields=["first_at"], name="device_news", condition=models.Q(is_news=True)),
            models.Index(fields=["last_on"], name="device_last"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)


_APPEND_ONLY = [Protect(name="append_only", operation=Update | Delete)]


class Elevation(models.Model):
    """That a person proved themselves once more, why, and until when they may do dangerous acts. Append-only."""

    user = models.ForeignKey(User, models.PROTECT, related_name="elevations")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("akses khusus")
        triggers = _APPEND_ONLY
        indexes = [models.Index(fields=["user", "-at"], name="elevation_of_user")]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("at")), name="elevation_has_a_length"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="elevation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.until}"


class ElevationEnd(models.Model):
    """That a person gave an elevation back before its time. Append-only."""

    elevation = models.OneToOneField(Elevation, models.PROTECT, related_name="ended")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("akhir akses khusus")
        triggers = _APPEND_ONLY

    def __str__(self) -> str:
        return str(self.elevation_id)
