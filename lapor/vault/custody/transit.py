"""Keys wrapped by a key server that speaks the HTTP interface of HashiCorp Vault's transit engine, as OpenBao does.

The server never hands out its own key. It wraps one random key for each version of ours; what it returned is the token.
Of the server only `encrypt` and `decrypt` on one named key are used, so a token with these two rights is enough.

The wrapped key is asked for when a process first needs it and kept in memory for five minutes: no request waits for the
server, a short failure of it is not noticed, and after five minutes without it everything that needs a key stops.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from ..trouble import KeyServerSilent, MissingKey, WrongKey
from .files import KEY_BYTES

TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_LOCAL = {"127.0.0.1", "::1", "localhost"}


class TransitCustody:
    name = "transit"
    kept_for: timedelta | None = timedelta(minutes=5)

    def make(self, number: int) -> bytes:
        key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        return _ask("encrypt", "ciphertext", plaintext=key, associated_data=_bound(number)).encode()

    def fetch(self, number: int, token: bytes) -> bytes:
        answer = _ask("decrypt", "plaintext", ciphertext=token.decode(), associated_data=_bound(number))
        try:
            key = base64.b64decode(answer, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            raise WrongKey("the key server does not return a key of ours")
        return key

    def place(self, number: int) -> str:
        return f"{settings.LAPOR_TRANSIT_URL} ({settings.LAPOR_TRANSIT_KEY})"


def _bound(number: int) -> str:
    return base64.b64encode(f"lapor:vault:{number}".encode()).decode()


def _ask(act: str, wanted: str, **content: str) -> str:
    """One question to the server. Nothing of question, answer or token gets into what is raised."""
    mount, _slash, name = settings.LAPOR_TRANSIT_KEY.rpartition("/")
    address = f"{_server()}/v1/{mount or 'transit'}/{act}/{name}"
    status, answer = 0, ""
    headers = {"X-Vault-Token": _token(), "X-Vault-Request": "true"}
    try:
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client:
            response = client.post(address, json=content, headers=headers)
        status = response.status_code
        answer = str(response.json()["data"][wanted]) if status == httpx.codes.OK else ""
    except (httpx.HTTPError, httpx.InvalidURL):
        status = 0  # raised below, where the exception that holds the request is no longer its cause
    except (ValueError, KeyError, TypeError):
        answer = ""
    if not answer:
        raise _problem(status, act)
    return answer


def _problem(status: int, act: str) -> KeyServerSilent | MissingKey | WrongKey:
    match status:
        case 0:
            return KeyServerSilent("the key server cannot be reached or is too slow")
        case 401 | 403:
            return KeyServerSilent(f"the key server refuses our token ({status}): LAPOR_TRANSIT_TOKEN or its policy")
        case 404:
            return MissingKey(f"the key server knows no key {settings.LAPOR_TRANSIT_KEY} (404)")
        case 400 if act == "decrypt":
            return WrongKey(
                "the key server cannot unwrap this version: another key, or one below its least version (400)"
            )
        case 200:
            return KeyServerSilent("the key server answers something else than a key")
        case _:
            return KeyServerSilent(f"the key server is not ready (status {status})")


def _server() -> str:
    address = str(settings.LAPOR_TRANSIT_URL).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL):
        return address
    raise KeyServerSilent("LAPOR_TRANSIT_URL must begin with https:// (http:// only on this machine)")


def _token() -> str:
    """From the file (read anew each time, for an agent that renews it), else from the environment."""
    if settings.LAPOR_TRANSIT_TOKEN_FILE:
        try:
            return Path(settings.LAPOR_TRANSIT_TOKEN_FILE).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            pass
        raise KeyServerSilent("LAPOR_TRANSIT_TOKEN_FILE cannot be read")
    if not settings.LAPOR_TRANSIT_TOKEN:
        raise KeyServerSilent("there is no token: set LAPOR_TRANSIT_TOKEN_FILE or LAPOR_TRANSIT_TOKEN")
    return str(settings.LAPOR_TRANSIT_TOKEN)
