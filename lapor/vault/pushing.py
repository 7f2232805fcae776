"""Web push as RFC 8291 and RFC 8292 want it: a message closed for one browser, and our signature for its push service.

The key pair is a file of its own beside the vault's keys, or a setting. It is never made in silence: browsers that
subscribed under the old one hear nothing any more.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPusher

from .keys import MissingKey, WrongKey

_SCALAR, _POINT, _AUTH = 32, 65, 16
_HOLDS_FOR = timedelta(hours=12)  # RFC 8292 allows a day at most; a telephone network's clock may be off


class AlreadyThere(Exception):
    """There is a key pair; another one would silence every browser that subscribed under it."""


@dataclass(frozen=True)
class Browser:
    """Where one browser takes messages, and the two keys that close them for it. Its repr shows nothing."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    def is_whole(self) -> bool:
        """Whether the keys are keys: a point of P-256 and sixteen bytes."""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _read(self.p256dh))
            return len(_read(self.p256dh)) == _POINT and len(_read(self.auth)) == _AUTH
        except ValueError:
            return False


def is_ready() -> bool:
    """Whether there is a key pair; without one web push is off."""
    return bool(settings.LAPOR_PUSH_KEY) or path().exists()


def make() -> Path:
    """Makes the key pair; refuses with `AlreadyThere`. Returns where it lies."""
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise AlreadyThere(str(place)) from None
    with contextlib.closing(os.fdopen(descriptor, "w")) as handle:
        handle.write(_written(number.to_bytes(_SCALAR, "big")))
        handle.flush()
        os.fsync(handle.fileno())
    return place


def public_key() -> str:
    """What a browser subscribes under: the public half, as `applicationServerKey` wants it."""
    return _written(_pair().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def close_for(browser: Browser, message: bytes) -> bytes:
    """The message as only this browser opens it (aes128gcm)."""
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    return bytes(WebPusher({"endpoint": browser.endpoint, "keys": keys}).encode(message)["body"])


def authorization(endpoint: str, *, now: datetime) -> str:
    """The header by which a push service knows who sends: for its origin alone, and for half a day."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _HOLDS_FOR).timestamp()),
        "sub": _contact(),
    }
    return str(Vapid02(_pair()).sign(claims)["Authorization"])


def path() -> Path:
    return Path(settings.LAPOR_DATA) / "keys" / "push"


def _contact() -> str:
    """Whom a push service may write to when something goes wrong with our messages."""
    host = urlsplit(settings.LAPOR_PUBLIC_URL).hostname or "localhost"
    return settings.LAPOR_SECURITY_CONTACT or f"mailto:lapor@{host}"


def _pair() -> ec.EllipticCurvePrivateKey:
    written = settings.LAPOR_PUSH_KEY
    try:
        written = written or path().read_text()
    except FileNotFoundError:
        raise MissingKey(f"{path()} is not there; make it with: lapor push make") from None
    try:
        scalar = _read(written.strip())
        if len(scalar) != _SCALAR:
            raise ValueError
        return ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
    except ValueError:
        raise WrongKey("the key of web push is not one: 32 bytes in base64url") from None


def _read(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as problem:
        raise ValueError from problem


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
