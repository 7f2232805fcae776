"""A service of somebody else for tests: a real HTTP server on this machine, with faults on demand.

Each fake is written from the published contract, which its module names; it answers wrong calls as the service does.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Call:
    """What was asked of the service."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Reply:
    """What it says. `slow` seconds before it, `cut` to break its JSON."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    cut: bool = False

    def content(self) -> bytes:
        said = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        return said[: len(said) // 2] if self.cut else said


class Fake:
    """The base of all: `answer` is the service, `fail` puts a fault in front of it, `calls` are what it was asked."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._faults: deque[Reply] = deque()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def fail(self, *faults: Reply) -> None:
        """The next calls are answered so, one after the other."""
        self._faults.extend(faults)

    def answer(self, call: Call) -> Reply:
        raise NotImplementedError

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)

    def _handler(fake) -> type[BaseHTTPRequestHandler]:  # noqa: N805 -- the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                call = Call(self.command, parts.path, query, dict(self.headers.items()), raw)
                fake.calls.append(call)
                reply = fake._faults.popleft() if fake._faults else fake.answer(call)
                time.sleep(reply.slow)
                content = reply.content()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                self._any()

            def do_POST(self) -> None:
                self._any()

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        return Handler
