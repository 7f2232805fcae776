"""Does the steps that are due, one line of progress each. A process of its own: the supervisor need not load Django."""

from __future__ import annotations

import argparse
import gc
import io
import os
import time
from pathlib import Path

import django
import psycopg
from django.core.management import call_command, get_commands

from config import database, place, steps
from config.say import say

LOCK = 0x1A9012  # any number, as long as it is always this one: two hosts on one database prepare it in turn


def main() -> None:
    """Prepares the database of the environment; the arguments name the steps."""
    parser = argparse.ArgumentParser()
    parser.add_argument("steps", nargs="+")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # A short process that makes many objects and keeps few: looking for cycles as often as a server does costs a fifth.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    wanted = [step for step in steps.STEPS if step.name in arguments.steps]
    with psycopg.connect(database.dsn(place.data()), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (LOCK,))
        for step in steps.due(wanted, connection, place.data()):
            _do(step, connection, place.data())


def _do(step: steps.Step, connection: psycopg.Connection, data: Path) -> None:
    began = time.monotonic()
    say(f"  {step.says} ...")
    if step.command[0] not in get_commands():
        say("    not part of this version, left out")
        return
    output = io.StringIO()
    call_command(*step.command, stdout=output)
    steps.done(step, output.getvalue(), connection, data)
    say(f"    done in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
