"""Intake through HTTP against a pgbench transaction that writes the same rows; and how the worker follows."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg

from config import postgres
from config.place import BASE_DIR
from config.postgres.cluster import binary

from .ground import NO_TRAINING, Ground
from .load import Tally, file_reports
from .side import Side

CONNECTIONS = 8  # of the HTTP client and of pgbench alike


@dataclass(frozen=True)
class Intake:
    """Reports filed per second, and the same rows written by pgbench per second: medians of alternating rounds."""

    http: float
    pgbench: float
    wait_50: float
    wait_99: float
    statements: int

    @property
    def share(self) -> float:
        return self.http / self.pgbench


@dataclass(frozen=True)
class Following:
    """A burst of intake while one worker runs: events written and read per second, and what was left at its end."""

    events_per_second: float
    left: int
    caught_up_after: float


def measure(
    ground: Ground, database: str, port: int, side: Side, small: Side, *, rounds: int, seconds: float
) -> Intake:
    """Client, server and database share this machine. Refuses to count when an answer is not 201."""
    report = side.ask("new_report")
    statements = small.ask("written_by_intake")  # the small side finds quickly which rows are new
    script = ground.data / "intake.sql"
    script.write_text(
        "\\set n :n + 1\n\\set code 9000000000 + :client_id * 100000000 + :n\nBEGIN;\n"
        + "\n".join(statements)
        + "\n"
        + "COMMIT;\n"
    )
    http, bench, waits = [], [], []
    file_reports(port, report, connections=CONNECTIONS, seconds=min(2.0, seconds))  # so that all is warm
    for _ in range(rounds):
        tally = _checked(file_reports(port, report, connections=CONNECTIONS, seconds=seconds))
        http.append(tally.per_second)
        waits += tally.waits
        bench.append(_pgbench(ground, database, script, seconds))
    side.ask("skip_to_end")
    cuts = quantiles(waits, n=100)
    return Intake(median(http), median(bench), cuts[49], cuts[98], len(statements))


def follow(ground: Ground, database: str, port: int, side: Side, *, seconds: float) -> Following:
    """How far the worker falls behind while reports come in as fast as they can, and how soon it has caught up."""
    report = side.ask("new_report")
    with child(ground, database, "worker"):
        _wait_for_worker(side)
        tally = _checked(file_reports(port, report, connections=CONNECTIONS, seconds=seconds))
        left = int(side.ask("lag"))
        began = time.perf_counter()
        _wait_for_worker(side)
        return Following(tally.per_second, left, time.perf_counter() - began)


def _checked(tally: Tally) -> Tally:
    if set(tally.statuses) != {201}:
        raise RuntimeError(f"not every report was filed: {dict(tally.statuses)}")
    return tally


def _wait_for_worker(side: Side) -> None:
    while side.ask("lag"):
        time.sleep(0.1)


def _pgbench(ground: Ground, database: str, script: Path, seconds: float) -> float:
    """Transactions per second. Tries again when a code was taken by a report of the other kind, which is rare."""
    command: list[Any] = [binary("pgbench"), "--no-vacuum", "--protocol=prepared", "-U", "lapor"]
    command += ["-h", postgres.socket_folder(ground.data), "-c", CONNECTIONS, "-j", 1, "-f", script]
    command += ["-T", max(1, round(seconds))]  # it counts whole seconds
    for _ in range(3):
        start = int(time.time()) % 10**5 * 1000  # numbers that no earlier round has used
        words = [*command, "-D", f"n={start}", database]
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
        found = re.search(r"tps = ([0-9.]+)", done.stdout)
        if found and not done.returncode:
            return float(found[1])
    raise RuntimeError(f"pgbench: {done.stderr[-2000:]}")


@contextlib.contextmanager
def web(ground: Ground, database: str, **more: str) -> Iterator[int]:
    """The web server as `lapor run` starts it, with two workers; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with child(ground, database, "web", PORT=str(port), **more) as process:
        until = time.monotonic() + 30
        while True:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the web server does not start; its own words are above")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port


@contextlib.contextmanager
def child(ground: Ground, database: str, name: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of the two lasting parts of a run, on this database. It ends when its input does."""
    with psycopg.connect(ground.dsn(database), autocommit=True) as connection:
        connection.execute(NO_TRAINING)
    process = subprocess.Popen(
        [sys.executable, "-m", "config.child", name],
        cwd=BASE_DIR,
        env=ground.environment(database) | more,
        stdin=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
