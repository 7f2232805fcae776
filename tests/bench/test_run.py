"""The whole measurement, with next to no rows: that it runs and says something, never how fast."""

from __future__ import annotations

import os
import subprocess
import sys

from config.place import BASE_DIR


def test_a_tiny_run_measures_everything() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--small", "80", "--rows", "160"]
    command += ["--rounds", "1", "--seconds", "1", "--cities", "1"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for said in (
        "| front page ",
        "| desk, liaison: to do ",
        "| sweep, ",
        "| worker, ",
        "Sealing, with name",
        "Intake at 160 reports",
        "With one worker",
        "SMS at 160 reports",
        "| unlocking a key ",
    ):
        assert said in done.stdout
