"""A key server for tests, written from the published HTTP interface of the transit engine: encrypt and decrypt with
`X-Vault-Token`, base64 in both directions, versions in the ciphertext, errors as {"errors": [...]}. It can be spoiled.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "token-uji-7e57"


@dataclass
class KeyServer:
    """What the server holds and how it behaves."""

    address: str = ""
    keys: dict[int, bytes] = field(default_factory=lambda: {1: bytes(range(32))})
    least: int = 1
    status: int = 0  # answer this to everything
    slow: float = 0
    garbage: bool = False
    asked: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        """As `POST /transit/keys/lapor/rotate` does: older versions go on decrypting."""
        newest = max(self.keys)
        self.keys[newest + 1] = bytes([newest + 1]) * 32

    def answer(self, path: str, token: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        time.sleep(self.slow)
        if self.status:
            return self.status, {"errors": ["Vault is sealed"]}
        if token != TOKEN:
            return 403, {"errors": ["permission denied"]}
        bound = base64.b64decode(content.get("associated_data", ""))
        if path == "/v1/transit/encrypt/lapor":
            newest = max(self.keys)
            sealed = AESGCM(self.keys[newest]).encrypt(bytes(12), base64.b64decode(content["plaintext"]), bound)
            return 200, {"data": {"ciphertext": f"vault:v{newest}:{base64.b64encode(sealed).decode()}"}}
        if path == "/v1/transit/decrypt/lapor":
            return self._decrypt(content["ciphertext"], bound)
        return 404, {"errors": []}

    def _decrypt(self, ciphertext: str, bound: bytes) -> tuple[int, dict[str, Any]]:
        _vault, version, sealed = ciphertext.split(":")
        number = int(version[1:])
        if number < self.least or number not in self.keys:
            return 400, {"errors": ["ciphertext or signature version is disallowed by policy (too old)"]}
        try:
            plain = AESGCM(self.keys[number]).decrypt(bytes(12), base64.b64decode(sealed), bound)
        except InvalidTag:
            return 400, {"errors": ["cipher: message authentication failed"]}
        return 200, {"data": {"plaintext": base64.b64encode(plain[:5] if self.garbage else plain).decode()}}


@contextmanager
def running() -> Iterator[KeyServer]:
    """The server on a free port of this machine."""
    state = KeyServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = state.answer(self.path, self.headers.get("X-Vault-Token", ""), content)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
