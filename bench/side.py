"""One side of a comparison: a process with Django and a database of its own, which does what it is asked.

The keeper (`python -m bench`) has a small and a large side and asks them in turn, so that whatever else the machine
does meets both alike. An order and its answer are one line of JSON each.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from typing import Any, TextIO

import django

from config.place import BASE_DIR


class Side:
    """The keeper's end. `ask` waits for the answer; `order` and `answer` let two sides work at once."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.side"],
            cwd=BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, task: str, **given: Any) -> Any:
        self.order(task, **given)
        return self.answer()

    def order(self, task: str, **given: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"task": task, "given": given}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a side ended; its own words are above")
        return json.loads(line)

    def end(self) -> None:
        """Closes its input, at which it ends."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def serve(orders: TextIO, answers: TextIO) -> None:
    """Does what is asked, line by line, until there is no more."""
    tasks = importlib.import_module("bench.tasks").TASKS  # only now: it needs Django to be ready
    for line in orders:
        order = json.loads(line)
        answers.write(json.dumps(tasks[order["task"]](**order["given"])) + "\n")
        answers.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    serve(sys.stdin, sys.stdout)
