"""Sessions whose table opens nothing to a thief: it finds a session by a digest of the cookie and cannot read it.

The engine that Django's session middleware uses (SESSION_ENGINE).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lapor.vault.keys import WrongKey
from lapor.vault.tokens import open_by, seal_by, token_digest

from .models import Session

DEVICE, BEGAN = "device", "began_at"
_SEEN_EVERY = timedelta(hours=1)


class SessionStore(SessionBase):
    """`session_key` is what the cookie holds; the database never sees it."""

    seen_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key
        row = None
        if key is not None:
            row = Session.objects.filter(digest=token_digest(key), expires_at__gt=timezone.now()).first()
        if key is None or row is None:
            self._session_key = None
            return {}
        self.seen_at = row.seen_at
        try:
            found: dict[str, Any] = self.serializer().loads(open_by(key, bytes(row.content)))
        except WrongKey:
            self._session_key = None
            return {}
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=token_digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # not in the stubs
        digest, values = token_digest(self.session_key), self._values(self.session_key, data)
        if not must_create:
            if not Session.objects.filter(digest=digest).update(**values):
                raise UpdateError  # it was ended meanwhile, elsewhere
            return None
        try:
            with transaction.atomic():
                Session.objects.create(digest=digest, **values)
        except IntegrityError:
            raise CreateError from None
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = self.session_key if session_key is None else session_key
        if key is not None:
            Session.objects.filter(digest=token_digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """`manage clearsessions` calls this, and so does the worker each day."""
        Session.objects.filter(expires_at__lt=timezone.now()).delete()

    def note_use(self, *, now: datetime) -> None:
        """Notes that the session is in use, to the hour."""
        if self.session_key is not None and self.seen_at is not None and self.seen_at <= now - _SEEN_EVERY:
            self.seen_at = now
            Session.objects.filter(digest=token_digest(self.session_key)).update(seen_at=now)

    def _values(self, key: str, data: dict[str, Any]) -> dict[str, Any]:
        user = data.get(SESSION_KEY)
        return {
            "content": seal_by(key, self.serializer().dumps(data)),
            "user_id": int(user) if user else None,
            "device": data.get(DEVICE, ""),
            "began_at": parse_datetime(data[BEGAN]) if BEGAN in data else None,
            "seen_at": timezone.now(),
            "expires_at": self.get_expiry_date(),
        }
