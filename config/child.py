"""The lasting processes of `lapor run`: `web` (granian), `worker`, `messages` (a worker for SMS and the like alone) and
Kannel's two. Each ends when its parent does.

The parent holds the other end of our standard input. The kernel closes it even after kill -9 of the parent;
we read the end and go.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

from django.core.management import execute_from_command_line
from granian import Granian
from granian.constants import Interfaces

from config import kannel, place

WORKERS = {"worker": "rest", "messages": "messages"}
BEHIND = 5  # whoever waits for a page or an answer comes first; copies, figures and notices follow when there is time


def _follow_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _web() -> None:
    Granian(
        "config.wsgi:application",
        address=place.listen(),
        port=place.port(),
        interface=Interfaces.WSGI,
        workers=place.workers(),
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]  # granian takes the name of the level too
    ).serve()


def _kannel(name: str) -> None:
    """One of Kannel's programs, which ends with us. Its own log is in the data folder; it prints the same, unread."""
    where = kannel.folder(place.data())
    command = [kannel.program(name), str(where / "kannel.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    sys.exit(process.wait())


def main() -> None:
    """Runs the part that the first argument names."""
    threading.Thread(target=_follow_parent, daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1] == "web":
        _web()
    elif sys.argv[1] in kannel.PROGRAMS:
        _kannel(sys.argv[1])
    else:
        if sys.argv[1] == "worker":
            os.nice(BEHIND)
        execute_from_command_line(["lapor", "worker", "--part", WORKERS[sys.argv[1]]])


if __name__ == "__main__":
    main()
