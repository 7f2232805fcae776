"""As whom PostgreSQL runs. It refuses root, so root hands it to an ordinary user with the least power that works.

The mode of a parent folder is never changed. Where that user cannot walk through one (a clone below /root, say),
the server is given the capability to walk through folders, and nothing else.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.postgres.cluster import PostgresError, binary

# From least to most: reach through closed folders; containers often withhold that one but grant the wider one.
CAPABILITIES = ("dac_read_search", "dac_override")


@dataclass(frozen=True)
class Owner:
    """The user of a server, and what stands before its command line."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """What subprocess needs to become this user; nothing where the prefix does it or no change is needed."""
        if self.prefix or os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end as this user, in the folder."""
        return subprocess.run(  # noqa: S603 - our own binaries
            [*self.prefix, *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **self.arguments(),
        )


def owner_of(folder: Path) -> Owner:
    """Who runs the server of this (existing) folder. Raises PostgresError when nobody suitable can."""
    there = folder.stat()
    if os.geteuid() != 0:
        if there.st_uid != os.geteuid():
            raise PostgresError(
                f"{folder} belongs to {_name(there.st_uid)}. Run LAPOR as that user, "
                "or set LAPOR_DATA to a folder of your own."
            )
        return Owner(there.st_uid, there.st_gid)
    for owner in _candidates(there.st_uid, there.st_gid):
        if _reaches(owner, folder):
            return owner
    raise PostgresError(
        f"PostgreSQL does not run as root, and the user {_name(there.st_uid)} cannot reach {folder} "
        f"or the programs in {binary('postgres').parent}: a folder above is closed. "
        "Run LAPOR as an ordinary user, or move it (or LAPOR_DATA) to a folder that others may pass through."
    )


def newcomer() -> tuple[int, int]:
    """The uid and gid that a new cluster is given: the caller's own, or nobody's when the caller is root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return nobody.pw_uid, nobody.pw_gid


def _candidates(uid: int, gid: int) -> Iterator[Owner]:
    if uid == 0:
        raise PostgresError("The database folder belongs to root, and PostgreSQL refuses to run as root.")
    yield Owner(uid, gid)
    setpriv = shutil.which("setpriv")
    for capability in CAPABILITIES if setpriv else ():
        only = f"=-all,+{capability}"
        yield Owner(
            uid,
            gid,
            (
                str(setpriv),
                *(f"--reuid={uid}", f"--regid={gid}", "--clear-groups"),
                *(f"--inh-caps{only}", f"--ambient-caps{only}", f"--bounding-set{only}"),
                # Without this the kernel drops the capability inside access(), by which initdb looks for postgres.
                "--securebits=+no_setuid_fixup,+noroot",
            ),
        )


def _reaches(owner: Owner, folder: Path) -> bool:
    look = 'cd "$1" && exec "$2" --version'
    try:
        found = owner.run(["/bin/sh", "-c", look, "sh", str(folder), str(binary("initdb"))], Path("/"))
    except OSError:
        return False
    return found.returncode == 0


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"
