"""One lasting process of a run: started, looked after, ended. Restarted when it dies, with pauses, but not for ever."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque

from config.place import BASE_DIR
from config.say import complain

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
WINDOW = 60.0  # seconds: a part that dies more often than there are pauses within this time is given up


class GaveUp(Exception):
    """A part of the run dies again and again."""


class Part:
    """A child process `python -m config.child NAME` that ends when we do (see config/child.py)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._deaths: deque[float] = deque()
        self._again_at = 0.0
        self._process: subprocess.Popen[bytes] | None = self._start()

    def look_after(self) -> None:
        """Starts it again when it died and its pause is over. Raises GaveUp when it dies too often."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._again_at:
                self._process = self._start()
            return
        code = self._process.poll()
        if code is None:
            return
        self._end_group(signal.SIGKILL)  # its own children would keep the port
        self._process = None
        self._deaths.append(now)
        while now - self._deaths[0] > WINDOW:
            self._deaths.popleft()
        if len(self._deaths) > len(PAUSES):
            raise GaveUp(f"The {self.name} process ends again and again (code {code}); its own words are above.")
        pause = PAUSES[len(self._deaths) - 1]
        self._again_at = now + pause
        complain(f"The {self.name} process ended (code {code}); starting it again in {pause:g} s.")

    def is_new(self) -> bool:
        """Whether it has not died yet."""
        return not self._deaths

    def ask_to_end(self) -> None:
        """Asks politely; `end` waits."""
        if self._process:
            self._process.terminate()

    def end(self, until: float) -> None:
        """Waits until the given monotonic time, then ends it by force."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            complain(f"The {self.name} process did not end in time; ending it by force.")
        self._end_group(signal.SIGKILL)
        self._process.wait(5)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "config.child", self.name],
            cwd=BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C comes to us, and we end the parts in order
        )
        self._group = process.pid
        return process

    def _end_group(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._group, number)
