"""A push service for tests, written from RFC 8030 (delivery), RFC 8291 (encryption) and RFC 8292 (who sends).

It makes browsers, checks each message as a real service and a real browser would, and has faults on demand:
https://www.rfc-editor.org/rfc/rfc8030, https://www.rfc-editor.org/rfc/rfc8291, https://www.rfc-editor.org/rfc/rfc8292
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VAPID = re.compile(r"^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$")
DAY = 86_400


def written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@dataclass
class Browser:
    """One that subscribed: where it is reached, its keys, and what it was shown."""

    endpoint: str
    server_key: str  # under which it subscribed
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    shown: list[dict[str, Any]] = field(default_factory=list)

    def subscription(self) -> dict[str, Any]:
        """As `PushSubscription.toJSON()` gives it."""
        keys = {"p256dh": written(_point(self.private.public_key())), "auth": written(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def open(self, body: bytes) -> bytes:
        """RFC 8188 (one record) with the keys of RFC 8291, section 3.4."""
        salt, size, id_length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + id_length], body[21 + id_length :]
        assert len(sealed) <= size <= 4096 and len(body) <= 4096
        mine = _point(self.private.public_key())
        secret = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        key = _derive(secret, self.auth, b"WebPush: info\0" + mine + sender, 32)
        cek = _derive(key, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derive(key, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(cek).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record ends with 2"
        return plain[:-1]


@dataclass
class Service:
    """The running service. `faults` are answered first, one for each request: a status and headers."""

    origin: str
    browsers: dict[str, Browser] = field(default_factory=dict)
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[tuple[int, int]] = field(default_factory=list)  # status given, length of the body

    def subscribe(self, server_key: str) -> Browser:
        """A browser whose user agreed."""
        name = written(os.urandom(12))
        self.browsers[name] = browser = Browser(f"{self.origin}/send/{name}", server_key)
        return browser

    def judge(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, str]]:
        """What a service answers, and the browser shows."""
        if self.faults:
            return self.faults.pop(0)
        browser = self.browsers.get(path.removeprefix("/send/"))
        if browser is None:
            return 410, {}
        if not headers.get("TTL", "").isdigit():
            return 400, {}  # RFC 8030, section 5.2
        if headers.get("Content-Encoding") != "aes128gcm":
            return 415, {}
        if not self._may_send(headers.get("Authorization", ""), browser):
            return 403, {}
        browser.shown.append(json.loads(browser.open(body)))
        return 201, {"Location": f"{self.origin}/message/1"}

    def _may_send(self, said: str, browser: Browser) -> bool:
        """RFC 8292: a token of ES256, for this origin, not older than a day, signed by the key of the subscription."""
        found = VAPID.match(said)
        if found is None or found[4] != browser.server_key:
            return False
        head, claims, signature = (read(part) for part in found.groups()[:3])
        told, key = json.loads(claims), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read(found[4]))
        numbers = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
        try:
            key.verify(encode_dss_signature(*numbers), f"{found[1]}.{found[2]}".encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        now, origin, until, contact = time.time(), told["aud"], told["exp"], told["sub"]
        is_ours = json.loads(head)["alg"] == "ES256" and origin == self.origin
        return is_ours and now < until <= now + DAY and str(contact).startswith(("mailto:", "https:"))


@contextlib.contextmanager
def push_service() -> Iterator[Service]:
    """Runs one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, headers = service.judge(self.path, self.headers, body)
            service.asked.append((status, len(body)))
            self.send_response(status)
            for name, value in ({"Content-Length": "0"} | headers).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = Service(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
