"""Web push as RFC 8291 and RFC 8292 want it: a message closed for one browser, and our signature for its push service.

The key pair is a file of its own beside the vault's keys, or a setting. It is never made in silence: browsers that
subscribed under the old one hear nothing any more.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from lapor.lib import base64url

from .keys import MissingKey, WrongKey

_SCALAR, _POINT, _AUTH, _SALT = 32, 65, 16, 16
_RECORD, _LAST = 4096, b"\x02"  # the size of a record, and what ends the last one
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
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64url.decode(self.p256dh))
            return len(base64url.decode(self.p256dh)) == _POINT and len(base64url.decode(self.auth)) == _AUTH
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
        handle.write(base64url.encode(number.to_bytes(_SCALAR, "big")))
        handle.flush()
        os.fsync(handle.fileno())
    return place


def public_key() -> str:
    """What a browser subscribes under: the public half, as `applicationServerKey` wants it."""
    return base64url.encode(_point(_pair()))


def close_for(browser: Browser, message: bytes) -> bytes:
    """The message as only this browser opens it: one record of aes128gcm, under a key pair of its own (RFC 8291 §3)."""
    return _closed(browser, message, pair=ec.generate_private_key(ec.SECP256R1()), salt=os.urandom(_SALT))


def authorization(endpoint: str, *, now: datetime) -> str:
    """The header by which a push service knows who sends: for its origin alone, and for half a day."""
    parts = urlsplit(endpoint)
    claims: dict[str, str | int] = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _HOLDS_FOR).timestamp()),
        "sub": _contact(),
    }
    return f"vapid t={_signed(claims)}, k={public_key()}"


def _closed(browser: Browser, message: bytes, *, pair: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    theirs, ours = base64url.decode(browser.p256dh), _point(pair)
    shared = pair.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    start = _derived(shared, salt=base64url.decode(browser.auth), info=b"WebPush: info\0" + theirs + ours, size=32)
    key = _derived(start, salt=salt, info=b"Content-Encoding: aes128gcm\0", size=16)
    nonce = _derived(start, salt=salt, info=b"Content-Encoding: nonce\0", size=12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours  # RFC 8188 §2.1
    return head + AESGCM(key).encrypt(nonce, message + _LAST, None)


def _derived(secret: bytes, *, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


def _signed(claims: dict[str, str | int]) -> str:
    """A JWT by ES256 (RFC 7515 appendix A.3): the two numbers of the signature, one after the other."""
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    said = ".".join(base64url.encode(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    numbers = decode_dss_signature(_pair().sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{said}.{base64url.encode(b''.join(number.to_bytes(_SCALAR, 'big') for number in numbers))}"


def _point(pair: ec.EllipticCurvePrivateKey) -> bytes:
    return pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


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
        scalar = base64url.decode(written.strip())
        if len(scalar) != _SCALAR:
            raise ValueError
        return ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
    except ValueError:
        raise WrongKey("the key of web push is not one: 32 bytes in base64url") from None
