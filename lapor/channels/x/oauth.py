"""The signature by which X knows our account: OAuth 1.0a (RFC 5849 §3.4), whose tokens do not expire."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote

Keys = tuple[str, str, str, str]  # key and secret of the app, token and secret of the account


def header(method: str, address: str, params: Mapping[str, str], *, keys: Keys, nonce: str, at: int) -> str:
    """The `Authorization` of one call. A JSON body is no part of what is signed."""
    key, secret, token, token_secret = keys
    said = {
        "oauth_consumer_key": key,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(at),
        "oauth_token": token,
        "oauth_version": "1.0",
    }
    signing = f"{_escaped(secret)}&{_escaped(token_secret)}".encode()
    pairs = sorted((_escaped(name), _escaped(value)) for name, value in {**params, **said}.items())
    plain = "&".join(f"{name}={value}" for name, value in pairs)
    base = f"{method}&{_escaped(address)}&{_escaped(plain)}".encode()
    said["oauth_signature"] = base64.b64encode(hmac.new(signing, base, hashlib.sha1).digest()).decode()
    return "OAuth " + ", ".join(f'{_escaped(name)}="{_escaped(value)}"' for name, value in sorted(said.items()))


def _escaped(text: str) -> str:
    return quote(text, safe="~-._")
