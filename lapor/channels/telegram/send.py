"""The way out by Telegram's Bot API, and the way to files (core.telegram.org/bots/api: sendMessage, getFile).

The token stands in every address, so no address may be logged or told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

from lapor.channels import http
from lapor.channels.base import Media, NeedsAttention, NotNow, Refused
from lapor.channels.shapes import at, text_at
from lapor.lib.files import MAX_BYTES

CHANNEL = "telegram"
_WRONG_TOKEN = (401, 404)  # 404 for one that was never a token


class Telegram:
    """One bot, by the settings LAPOR_TELEGRAM_*."""

    def is_set_up(self) -> bool:
        return bool(settings.LAPOR_TELEGRAM_TOKEN)

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over. Who blocked the bot is never reached again."""
        _, _, chat = to.partition(":")
        _call("sendMessage", {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}})

    def fetch(self, name: str) -> Media:
        """A file of at most 10 MB."""
        path = text_at(_call("getFile", {"file_id": name}), "file_path")
        if not path or ".." in path:
            raise Refused("no path")
        address = f"{_base()}/file/bot{settings.LAPOR_TELEGRAM_TOKEN}/{path}"
        return Media(path.rsplit("/", 1)[-1], http.download(address, most=MAX_BYTES))


def _call(method: str, said: dict[str, Any]) -> Any:
    answer = http.ask("POST", f"{_base()}/bot{settings.LAPOR_TELEGRAM_TOKEN}/{method}", body=said)
    if answer.status in _WRONG_TOKEN:
        raise NeedsAttention(str(answer.status))
    if answer.status == 429:
        seconds = at(answer.body, "parameters", "retry_after")
        raise NotNow("429", after=timedelta(seconds=min(seconds, 3600)) if type(seconds) is int else answer.after)
    return at(http.settle(answer), "result")


def _base() -> str:
    return settings.LAPOR_TELEGRAM_URL.rstrip("/")
