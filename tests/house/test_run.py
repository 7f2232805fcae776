"""`lapor run` is one thing: it starts together, is told apart from a second one, survives kill -9 and ends together."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import postgres
from config.place import BASE_DIR

COMMAND = [sys.executable, "-m", "config.cli", "run"]
PATIENCE = 240.0  # on a busy machine; a first start takes some ten seconds on an idle one


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """An installation of its own, in a path with a space."""
    folder = Path(tempfile.mkdtemp(prefix="lapor run "))
    folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "DATABASE_URL", "DJANGO_"))
    }
    yield keep | {"LAPOR_DATA": str(folder), "PORT": str(port), "LAPOR_WEB_WORKERS": "1", "PYTHONPATH": str(BASE_DIR)}
    postgres.stop(folder)
    shutil.rmtree(folder)


def _start(environment: dict[str, str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, text=True, cwd=BASE_DIR)
    assert process.stdout is not None
    give_up = time.monotonic() + PATIENCE
    for line in process.stdout:
        if "LAPOR answers at" in line:
            return process
        assert time.monotonic() < give_up
    pytest.fail(f"the run ended with code {process.wait()}")


def _answers(environment: dict[str, str]) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(environment["PORT"])), 1):
        return True
    return False


def test_a_run_starts_is_told_apart_recovers_and_ends_as_one(environment: dict[str, str]) -> None:
    data = Path(environment["LAPOR_DATA"])
    first = _start(environment)
    assert _answers(environment)

    second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert second.returncode == 1
    assert "already runs" in second.stderr

    elsewhere = environment | {"LAPOR_DATA": str(data / "other")}
    taken = subprocess.run(COMMAND, env=elsewhere, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert taken.returncode == 1
    assert "Another program has it" in taken.stderr

    with psycopg.connect(postgres.dsn(data)) as connection:
        connection.execute("create table kept as select 1 as one")
    first.send_signal(signal.SIGKILL)
    first.communicate()

    again = _start(environment)
    assert _answers(environment)
    with psycopg.connect(postgres.dsn(data)) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)
    again.terminate()
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert not _answers(environment)
    assert not postgres.answers(data)


def test_a_port_that_is_no_port_is_named(environment: dict[str, str]) -> None:
    wrong = environment | {"PORT": "eight"}
    done = subprocess.run(COMMAND, env=wrong, capture_output=True, text=True, cwd=BASE_DIR, check=False)
    assert done.returncode == 1
    assert "PORT must be a number" in done.stderr
    assert "Traceback" not in done.stderr
