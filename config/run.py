"""`lapor run`: the database, the web server and the workers as one thing that starts and ends together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

from config import database, kannel, messages, place, postgres, steps
from config.lock import AlreadyRunning, alone
from config.part import GaveUp, Part
from config.say import complain, say

PATIENCE = 6.0  # seconds that the parts of a killed run may take to let go of the port


class Refused(Exception):
    """The run cannot go on; the text says what a person can do about it."""


def run(*, with_sms: bool = False) -> int:
    """Runs until Ctrl-C or SIGTERM; the exit code for the shell."""
    began = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        with contextlib.ExitStack() as until_the_end:
            until_the_end.enter_context(alone(place.data(), note=place.address()))
            _wait_for_port()
            dsn = until_the_end.enter_context(_database(place.data()))
            if with_sms:
                kannel.prepare(place.data())
            _prepare(dsn)
            parts = until_the_end.enter_context(_parts(with_sms=with_sms))
            _wait_for_answer(parts)
            parts.append(Part("messages"))  # nobody waits for it at a start
            _greet(dsn, time.monotonic() - began)
            if with_sms:
                say("\nSMS to 1708, one line each: .venv/bin/lapor telephone 081200000001")
            _look_after(parts)
    except KeyboardInterrupt:
        say("LAPOR has ended.")
        return 0
    except (AlreadyRunning, GaveUp, Refused, kannel.NoKannel, postgres.PostgresError, ValueError) as reason:
        complain(f"\n{reason}")
        return 1


def _end(number: int, frame: FrameType | None) -> None:
    for later in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(later, signal.SIG_IGN)  # a second Ctrl-C must not leave the database behind
    raise KeyboardInterrupt


@contextlib.contextmanager
def _database(data: Path) -> Iterator[str]:
    """The database for the length of the run; the embedded one ends with it."""
    if os.environ.get("DATABASE_URL"):
        yield database.dsn(data)
        return
    began = time.monotonic()
    try:
        server = postgres.start(data, progress=say)
        found = "found running after an earlier end" if server.process is None else "started"
        say(f"PostgreSQL {found} ({time.monotonic() - began:.1f} s)")
        yield database.dsn(data)
    finally:
        postgres.stop(data)


def _look_after(parts: list[Part]) -> NoReturn:
    embedded = not os.environ.get("DATABASE_URL")
    looks = 0
    while True:
        for part in parts:
            part.look_after()
        looks += 1
        if embedded and looks % 10 == 0 and not postgres.answers(place.data()):
            complain("PostgreSQL does not answer; starting it again.")
            _restart(place.data())
        time.sleep(0.5)


def _restart(data: Path) -> None:
    """Starts the database again; one that is told to end and waits for our own connections is ended first."""
    try:
        postgres.start(data, progress=say)
    except postgres.PostgresError:
        postgres.stop(data)
        postgres.start(data, progress=say)


def _wait_for_port() -> None:
    """Refuses a port that somebody else uses, after giving what a killed run left behind the time to end."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            with socket.create_server((place.listen(), place.port())):
                return
        except PermissionError:
            raise Refused(f"Port {place.port()} may not be used by this user. Set PORT to one above 1023.") from None
        except OSError as reason:
            if time.monotonic() > give_up:
                raise Refused(
                    f"Port {place.port()} at {place.listen()} cannot be used ({os.strerror(reason.errno or 0)}). "
                    f"Another program has it; choose another one: PORT={place.port() % 65535 + 1} make run"
                ) from None
        time.sleep(0.2)


def _prepare(dsn: str) -> None:
    data = place.data()
    messages.compile_all()
    wanted = [step for step in steps.STEPS if step.name != "demonstration" or place.flag("LAPOR_DEMO")]
    with psycopg.connect(dsn, autocommit=True) as connection:
        due = steps.due(wanted, connection, data)
    if not due:
        return
    say("Preparing (the first time takes a little):")
    command = [sys.executable, "-m", "config.prepare", *(step.name for step in due)]
    with subprocess.Popen(command, cwd=place.BASE_DIR, start_new_session=True) as process:  # noqa: S603
        try:
            code = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            raise
    if code != 0:
        raise Refused("The preparation failed; its own words are above. Nothing was started.")


@contextlib.contextmanager
def _parts(*, with_sms: bool) -> Iterator[list[Part]]:
    parts: list[Part] = []
    try:
        for name in ("web", "worker", *(kannel.PROGRAMS if with_sms else ())):
            parts.append(Part(name))
        yield parts
    finally:
        for part in parts:
            part.ask_to_end()
        until = time.monotonic() + 15
        for part in parts:
            part.end(until)


def _wait_for_answer(parts: list[Part]) -> None:
    host = "127.0.0.1" if place.listen() in {"0.0.0.0", "::"} else place.listen()  # noqa: S104
    while True:
        for part in parts:
            part.look_after()
        with contextlib.suppress(OSError), socket.create_connection((host, place.port()), 1):
            return
        time.sleep(0.05)


def _greet(dsn: str, seconds: float) -> None:
    say(f"\nLAPOR answers at {place.address()}/ (started in {seconds:.1f} s; Ctrl-C ends it)")
    say(f"Data, keys and outgoing mail are in {place.data()}")
    if place.flag("LAPOR_DEMO"):
        with psycopg.connect(dsn) as connection:
            output = steps.output_of("demonstration", connection).strip()
        if output:
            say("\n" + output)
