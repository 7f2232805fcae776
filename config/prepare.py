"""Does the steps that are due, one line of progress each. A process of its own: the supervisor need not load Django."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import time
from pathlib import Path

import django
import psycopg
from django.core.management import call_command, get_commands
from django.db import connection

from config import database, place, steps
from config.say import complain, say

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
    with psycopg.connect(database.dsn(place.data()), autocommit=True) as marks:
        marks.execute("select pg_advisory_lock(%s)", (LOCK,))
        for step in steps.due(wanted, marks, place.data()):
            _do(step, marks, place.data())


def _do(step: steps.Step, marks: psycopg.Connection, data: Path) -> None:
    began = time.monotonic()
    say(f"  {step.says} ...")
    if step.command[0] not in get_commands():
        say("    not part of this version, left out")
        return
    output = io.StringIO()
    call_command(*step.command, stdout=output)
    if step.name == "migrate" and (missing := missing_tables()):
        complain(
            f"    These data were made by an earlier state of development, and {len(missing)} tables are missing "
            f"({missing[0]} ...). Move {data} away, or name another database, and start again."
        )
        sys.exit(1)
    steps.done(step, output.getvalue(), marks, data)
    say(f"    done in {time.monotonic() - began:.1f} s")


def missing_tables() -> list[str]:
    """Tables of ours that the database should have after migrating and has not: it was made by migrations that are no
    more.
    """
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return sorted(set(connection.introspection.django_table_names()) - there)


if __name__ == "__main__":
    main()
