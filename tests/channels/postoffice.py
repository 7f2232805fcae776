"""A small mail server that keeps what it is given, and refuses on demand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from tests.channels.gateway import free_port


@dataclass
class PostOffice:
    """`says` is what it answers to a recipient ("550 5.1.1 unknown"), "250 OK" when it takes all."""

    port: int
    says: str = "250 OK"
    taken: list[Message] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content))
        self.senders.append(envelope.mail_from)
        return "250 OK"


@contextlib.contextmanager
def post_office() -> Iterator[PostOffice]:
    """Runs one."""
    found = PostOffice(free_port())
    running = Controller(found, hostname="127.0.0.1", port=found.port)
    running.start()
    try:
        yield found
    finally:
        running.stop()
