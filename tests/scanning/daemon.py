"""A real clamd of our own: its socket and its one signature lie in a folder of the test; nothing is downloaded."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.samples import EICAR

PROGRAM = shutil.which("clamd") or ("/usr/sbin/clamd" if Path("/usr/sbin/clamd").exists() else None)
WHY_NOT = "clamd is not installed (Debian: apt-get install clamav-daemon)"
LARGEST = 2 * 1024 * 1024
_CONF = """\
LocalSocket {folder}/socket
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength {largest}
MaxThreads 2
FixStaleSocket yes
"""


@contextmanager
def clamd(*, patience: float = 90.0) -> Iterator[Path]:
    """The socket of a daemon that runs until the block ends."""
    assert PROGRAM is not None
    folder = Path(tempfile.mkdtemp(prefix="lapor-clamd-"))
    (folder / "signatures").mkdir()
    (folder / "signatures" / "uji.ndb").write_text(f"Lapor.Uji.EICAR:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(_CONF.format(folder=folder, largest=LARGEST))
    daemon = subprocess.Popen(
        [PROGRAM, "--config-file", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        give_up = time.monotonic() + patience
        while not (folder / "socket").exists():
            if daemon.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError("clamd does not start")
            time.sleep(0.1)
        yield folder / "socket"
    finally:
        daemon.terminate()
        daemon.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
