"""A real Kannel for tests: bearerbox and smsbox of Debian, and an operator's centre that speaks its "fake" protocol."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from config.kannel import PLACES, PROGRAMS, configure, sendsms

BEARERBOX, SMSBOX = (shutil.which(name, path=PLACES) for name in PROGRAMS)
WHY_NOT = "no Kannel here: apt-get install kannel"
SECRET = "rahasia-uji"
USER, PASSWORD = "lapor", "kata-uji"
_PATIENCE = 15.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class Operator:
    """The operator's centre: hands in what telephones sent, and holds what they receive."""

    line: socket.socket
    rest: bytes = b""

    def hand_in(self, sender: str, text: str) -> None:
        """A telephone sends this to 1708."""
        self.line.sendall(f"{sender} 1708 data {quote_plus(text)}\n".encode())

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Gives Kannel the time to hand over what came."""
        give_up = time.monotonic() + _PATIENCE
        while not is_so():
            assert time.monotonic() < give_up, "Kannel handed nothing over"
            time.sleep(0.05)

    def next(self, *, within: float = _PATIENCE) -> str:
        """The next message to a telephone: "from to kind text", as the centre gets it."""
        self.line.settimeout(within)
        while b"\n" not in self.rest:
            more = self.line.recv(65_536)
            if not more:
                raise ConnectionError("Kannel has gone")
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()


@dataclass
class Kannel:
    """A gateway that runs; `stop` and `start` are its failures."""

    folder: Path
    ports: dict[str, int]
    boxes: list[subprocess.Popen[bytes]]

    @property
    def sendsms(self) -> str:
        return sendsms(self.ports)

    def start(self) -> None:
        assert BEARERBOX is not None and SMSBOX is not None
        for program, port in ((BEARERBOX, "SMSBOX_PORT"), (SMSBOX, "SENDSMS_PORT")):
            log = (self.folder / f"{Path(program).name}.out").open("wb")
            command = [program, str(self.folder / "kannel.conf")]
            self.boxes.append(subprocess.Popen(command, stdout=log, stderr=log))
            _wait_for(self.ports[port])

    def stop(self) -> None:
        """Killed, as by a power cut."""
        for box in reversed(self.boxes):
            box.kill()
            box.wait(10)
        self.boxes.clear()

    def operator(self) -> Operator:
        return Operator(_wait_for(self.ports["SMSC_PORT"]))


@contextlib.contextmanager
def kannel(folder: Path, *, lapor_url: str) -> Iterator[Kannel]:
    """Runs one that hands messages to this site."""
    ports = configure(folder, site=lapor_url, user=USER, password=PASSWORD, secret=SECRET)
    running = Kannel(folder, ports, [])
    try:
        running.start()
        yield running
    finally:
        running.stop()


def _wait_for(port: int) -> socket.socket:
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1)
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
